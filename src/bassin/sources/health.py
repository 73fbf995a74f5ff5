"""The state of every source: what is loaded, how old it is, what failed last, what was refused."""

import json
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bassin.errors import Refused
from bassin.sources.contract import Source
from bassin.sources.registry import derivations, sources
from bassin.sources.runner import Run, last_runs, record_interrupted
from bassin.store import Served, Store

_REFUSED = pa.schema(
    [
        ("file", pa.string()),
        ("line", pa.int64()),
        ("file_column", pa.string()),
        ("column_name", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
    ]
)


def health(store: Store, today: date) -> list[dict[str, Any]]:
    """One entry per registered source, loaded or not, in the order of their keys.

    Each has `key, title` (French)`, rows, refused, vintage, age_days` (days since the data were
    loaded, None when never)`, last_run` (moment of the last attempt, "" if none)`, error` (the
    last attempt's sentence, "" when it worked)`, error_fr` (the same in French, "" where nobody
    wrote it)`, origin` ("" when not loaded)`, stale` (older than
    its publisher's rhythm allows)`, publisher` and `covered` (False: real data are loaded but
    have no row for this territory, and the sample is served).
    """
    release = store.release()
    runs = last_runs(store)
    served = release.tables if release else {}
    return [
        _entry(source, served.get(key), runs.get(key), today) for key, source in sources().items()
    ]


def _entry(source: Source, served: Served | None, run: Run | None, today: date) -> dict[str, Any]:
    version = served.version if served else None
    age = (today - datetime.fromisoformat(version.created_at).date()).days if version else None
    limit = source.stale_after
    return {
        "key": source.key,
        "title": source.title.fr,
        "rows": version.rows if version else 0,
        "refused": version.refused if version else 0,
        "vintage": version.vintage if version else "",
        "age_days": age,
        "last_run": run.started_at if run else "",
        "error": run.error if run and run.status == "failed" else "",
        "error_fr": run.error_fr if run and run.status == "failed" else "",
        "origin": str(version.origin) if version else "",
        "stale": age is not None and limit is not None and age > limit.days,
        "publisher": source.publisher,
        "covered": not (served and served.without_coverage),
    }


def notice_interrupted(store: Store) -> Run | None:
    """Record the load that a killed process left unfinished, unless one is going on."""
    if not store.note.exists():
        return None
    with store.writing_if_free() as nobody_writes:
        return record_interrupted(store) if nobody_writes else None


def failing_since(store: Store) -> dict[str, str]:
    """For each source whose last attempts failed, the moment of the first of these failures."""
    path = store.root / "runs.jsonl"
    if not path.exists():
        return {}
    since: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            run = json.loads(line)
        except json.JSONDecodeError:  # the machine stopped while this line was being written
            continue
        if run["status"] == "failed":
            since.setdefault(run["source"], run["started_at"])
        else:
            since.pop(run["source"], None)
    return since


def refused_rows(store: Store, key: str) -> pa.Table:
    """Rows that the served version of a table left out, with their file, line, value and reason.

    `file_column` is the name in the file ("" when nothing tells), `column_name` ours.

    Raises:
        Refused: no source or derived table has that name, or it is not loaded.
    """
    if key not in {**sources(), **derivations()}:
        raise Refused(f"There is no source named {key}. Known sources: {', '.join(sources())}.")
    release = store.release()
    if release is None or key not in release.tables:
        raise Refused(f"{key} is not loaded. Run `bassin load FOLDER` or `bassin fetch {key}`.")
    path = store.path(key, release.tables[key].version.version) / "refused.parquet"
    if not path.exists():
        return _REFUSED.empty_table()
    found = pq.read_table(path)
    if "file_column" not in found.column_names:  # a version of before these were noted
        found = found.append_column("file_column", pa.array([""] * len(found), pa.string()))
    return found.select(_REFUSED.names).cast(_REFUSED)
