"""Load one file into one source, as the runner does, and look at what came out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bassin.sources import Raw, Run, Runner, Source
from bassin.store import Store

TODAY = date(2026, 11, 20)
DATA = Path(__file__).parents[1] / "sources" / "data"


@dataclass(frozen=True)
class Loaded:
    """The run, the published rows and the refused ones."""

    run: Run
    rows: list[dict[str, Any]]
    refused: list[dict[str, Any]]


def runner(root: Path) -> Runner:
    """A runner on a fresh store, on a day that does not move."""
    return Runner(Store(root), today=TODAY, now=lambda: datetime.now(UTC))


def loaded(source: Source, root: Path, *paths: Path, name: str = "") -> Loaded:
    """Load files into a source. A file is named as in a pack: by its folder and its name."""
    made = runner(root)
    raws = [Raw(path, name or f"{path.parent.name}/{path.name}") for path in paths]
    run = made.load(source, raws, publish=False)
    if not run.version:
        return Loaded(run, [], [])
    folder = made.store.path(source.key, run.version)
    refused = folder / "refused.parquet"
    return Loaded(
        run,
        pq.read_table(folder / "data.parquet").to_pylist(),
        pq.read_table(refused).to_pylist() if refused.exists() else [],
    )


def edited(path: Path, into: Path, *changes: tuple[str, str], encoding: str = "utf-8") -> Path:
    """A copy of a text file with some words replaced (each must be there), under the same name."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{old!r} is not in {path.name}"
        text = text.replace(old, new)
    into.mkdir(parents=True, exist_ok=True)
    target = into / path.name
    target.write_text(text, encoding=encoding, newline="")
    return target


def derived(root: Path, table: str, *loads: tuple[Source, Path]) -> list[dict[str, Any]]:
    """The rows of a derived table, once its inputs were loaded and a release published."""
    made = runner(root)
    for source, path in loads:
        raw = Raw(path, f"{path.parent.name}/{path.name}")
        run = made.load(source, [raw], publish=False)
        assert run.status == "published", run.error
    made.finish()
    return published(root, table)


def published(root: Path, table: str) -> list[dict[str, Any]]:
    """The rows of the latest version of a table."""
    store = Store(root)
    version = store.versions(table)[-1].version
    return pq.read_table(store.path(table, version) / "data.parquet").to_pylist()
