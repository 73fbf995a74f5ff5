"""What happens to a raw file: kept, read, checked, published; and the record of it.

A failed run publishes nothing; the last good version stays and its age is shown.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from bassin.errors import SourceError
from bassin.sources.contract import Area, Derivation, Raw, Source
from bassin.sources.raw import keep, recognised
from bassin.sources.registry import derivations, sources
from bassin.sources.staging import Staged, stage, stage_derived
from bassin.store import Release, Store, Version
from bassin.store.store import Covers, Inspect
from bassin.types import Origin, Text

Say = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What one load did.

    `status` is "published", "unchanged" or "failed"; of a derived table also "waiting".
    """

    source: str
    started_at: str
    status: str
    origin: Origin
    version: str = ""
    rows: int = 0
    refused: int = 0
    error: str = ""
    files: tuple[str, ...] = ()
    error_fr: str = ""  # the same in French, where it was written


def _nowhere() -> Area:
    raise SourceError(
        Text(
            "Cette source se prend dans le rectangle du territoire, et aucun territoire n'est "
            "choisi. Choisissez-en un, puis relancez.",
            "This source is taken within the bounds of the territory, and no territory is chosen. "
            "Choose one, then start again.",
        )
    )


def _silent(text: str, done: float) -> None:
    """Progress that nobody watches."""


class Runner:
    """Loads sources into a store.

    Args:
        today: the day of loading (a date after it is refused as being in the future).
        now: gives the present moment as ISO text; passed in so that tests need no clock tricks.
        covers: whether a real version has rows for this installation's territory.
        inspect: looks at a release, by its name, before it is put in service, and again at each
            load: what it looks for may have changed without the tables.
        say: told (what is being done, share done from 0 to 1).
        area: the bounds of the installation's territory, for sources fetched within them.
    """

    def __init__(
        self,
        store: Store,
        *,
        today: date,
        now: Callable[[], datetime],
        covers: Covers | None = None,
        inspect: Inspect | None = None,
        say: Say = _silent,
        area: Callable[[], Area] = _nowhere,
    ) -> None:
        self.store = store
        self.today = today
        self._now = now
        self.covers = covers
        self.inspect = inspect
        self.say = say
        self._area = area

    def now(self) -> str:
        """The present moment, to the microsecond so that versions have an order."""
        return self._now().isoformat(timespec="microseconds")

    def load_folder(self, folder: Path) -> tuple[list[Run], list[str]]:
        """Load a data pack with no network; give the runs and the files nobody recognises."""
        found, unknown = recognised(folder, sources().values())
        with self.store.writing():
            runs = [self._run(source, raws) for source, raws in found]
            runs += self._derive()
            self.publish()
        return runs, unknown

    def load(
        self,
        source: Source,
        raws: Iterable[Raw],
        origin: Origin = Origin.REAL,
        publish: bool = True,
    ) -> Run:
        """Load files into one source; publish a release unless told to wait."""
        with self.store.writing():
            run = self._run(source, list(raws), origin)
            if publish:
                self._derive()
                self.publish()
        return run

    def load_installed(self) -> list[Run]:
        """Load the sources that come with packages installed at set-up."""
        with self.store.writing():
            return [self._run(s, s.installed()) for s in sources().values() if s.packaged]

    def fetch(self, source: Source) -> Run:
        """Take a source from its publisher, then load it."""
        started = self.now()
        with self.store.scratch(f"fetch-{source.key}"):
            into = self.store.root / "raw" / "incoming" / source.key
            into.mkdir(parents=True, exist_ok=True)
            try:
                if source.by_area:
                    paths = source.fetch_area(into, self._area(), self.say)
                else:
                    paths = source.fetch(into, self.say)
            except SourceError as error:
                return self._record(_failed(source.key, started, Origin.REAL, error))
            return self.load(source, [Raw(path, path.name) for path in paths])

    def finish(self) -> Release:
        """Compute derived tables and put a new release in service."""
        with self.store.writing():
            self._derive()
            return self.publish()

    def publish(self) -> Release:
        """Put the latest versions in service (call inside `writing`)."""
        before = self.store.current
        release = self.store.publish(self.now(), self.covers, self.inspect)
        if self.inspect is not None and release.name == before:
            self.inspect(release.name)
        for key in _forgotten():
            self.store.forget_older(key)
        return release

    def _run(self, source: Source, raws: list[Raw], origin: Origin = Origin.REAL) -> Run:
        started = self.now()
        self.say(f"{source.title}", 0.0)
        record_interrupted(self.store)
        try:
            with _noted(self.store, Run(source.key, started, "started", origin)):
                run = self._load(source, raws, origin, started)
        except SourceError as error:
            run = _failed(source.key, started, origin, error)
        except (OSError, duckdb.Error) as error:
            run = _failed(source.key, started, origin, _storage_error(source, error))
        self.say(f"{source.title}", 1.0)
        return self._record(replace(run, files=tuple(raw.name for raw in raws)))

    def _load(self, source: Source, raws: list[Raw], origin: Origin, started: str) -> Run:
        kept = keep(self.store, source.key, raws, origin, afresh=source.whole)
        version = _identity(source, kept.raws, origin)
        if self.store.has(source.key, version):
            facts = self._again(source.key, version, origin, started)
            kept.settle(older=source.keeps_older)
            return Run(source.key, started, "unchanged", origin, version, facts.rows, facts.refused)
        try:
            with self.store.scratch(source.key) as scratch:
                staged = stage(source, kept.raws, scratch, self.today)
                facts = _facts(source, staged, version, origin, started, kept.raws)
                self.store.add(facts, staged.folder)
        except (SourceError, OSError, duckdb.Error):
            kept.discard()
            raise
        kept.settle(older=source.keeps_older)
        return Run(source.key, started, "published", origin, version, staged.rows, staged.refused)

    def _again(self, table: str, version: str, origin: Origin, now: str) -> Version:
        """An older version that comes back becomes the latest again."""
        versions = [v for v in self.store.versions(table) if v.origin == origin]
        facts = next(v for v in versions if v.version == version)
        if versions[-1].version != version:
            path = self.store.path(table, version) / "facts.json"
            text = json.dumps(replace(facts, created_at=now).to_json(), ensure_ascii=False)
            fresh = path.with_name("facts.new")
            fresh.write_text(text, encoding="utf-8")
            os.replace(fresh, path)
        return facts

    def _derive(self) -> list[Run]:
        return [self._derive_one(each) for each in derivations().values()]

    def _derive_one(self, derivation: Derivation) -> Run:
        started = self.now()
        inputs = {
            name: served
            for name in (*derivation.inputs, *derivation.optional)
            if (served := self.store.served(name, self.covers)) is not None
        }
        missing = set(derivation.inputs) - inputs.keys()
        if missing:
            return Run(derivation.key, started, "waiting", Origin.REAL, error=", ".join(missing))
        versions = [served.version for served in inputs.values()]
        origin = Origin.together(version.origin for version in versions)
        version = _digest([derivation.key, derivation.version, *(v.version for v in versions)])
        if self.store.has(derivation.key, version):
            facts = self._again(derivation.key, version, origin, started)
            return Run(derivation.key, started, "unchanged", origin, version, facts.rows)
        record_interrupted(self.store)
        begun = Run(derivation.key, started, "started", origin)
        try:
            with _noted(self.store, begun), self.store.scratch(derivation.key) as scratch:
                paths = {v.table: self.store.path(v.table, v.version) for v in versions}
                invented_at = [paths[v.table] for v in versions if v.origin == Origin.INVENTED]
                staged = stage_derived(derivation, paths, scratch, self.today, invented_at)
                facts = _derived_facts(derivation, staged, version, origin, started, versions)
                self.store.add(facts, staged.folder)
        except (SourceError, OSError, duckdb.Error) as error:
            return self._record(_failed(derivation.key, started, origin, error))
        return self._record(
            Run(derivation.key, started, "published", origin, version, staged.rows, staged.refused)
        )

    def _record(self, run: Run) -> Run:
        return _written(self.store, run)


def _forgotten() -> list[str]:
    """The tables whose older versions go: people may ask to be hidden from them.

    With what is computed from them establishment by establishment, or firm by firm.
    """
    found = [source.key for source in sources().values() if not source.keeps_older]
    for each in derivations().values():
        tells_firms = not {"siret", "siren"}.isdisjoint(each.columns)
        if tells_firms and not set(found).isdisjoint((*each.inputs, *each.optional)):
            found.append(each.key)
    return found


def _written(store: Store, run: Run) -> Run:
    # A line cut by a stopped machine must not swallow this one: it begins a line of its own.
    with (store.root / "runs.jsonl").open("a", encoding="utf-8") as log:
        log.write("\n" + json.dumps(asdict(run), ensure_ascii=False) + "\n")
    return run


@contextmanager
def _noted(store: Store, run: Run) -> Iterator[None]:
    """Note what is being loaded until it is done or refused: a killed process leaves its note."""
    store.note.write_text(json.dumps(asdict(run)), encoding="utf-8")
    try:
        yield
    except Exception:
        store.note.unlink()
        raise
    store.note.unlink()


def record_interrupted(store: Store) -> Run | None:
    """Record as failed the run whose process was stopped, if any (call inside `writing`)."""
    if not store.note.exists():
        return None
    try:
        run = _read_run(store.note.read_text(encoding="utf-8"))
    except json.JSONDecodeError:  # the process was killed while it wrote the note
        store.note.unlink()
        return None
    known: dict[str, Source | Derivation] = {**sources(), **derivations()}
    title = known[run.source].title if run.source in known else Text(run.source)
    moment = f"{run.started_at[:10]}", f"{run.started_at[11:16]} UTC"
    error = SourceError(
        Text(
            f"{title.fr} : le chargement commencé le {moment[0]} à {moment[1]} a été interrompu. "
            "La dernière bonne version reste en service. Chargez à nouveau.",
            f"{title.say('en')}: the load begun on {moment[0]} at {moment[1]} was interrupted. "
            "The last good version stays in service. Load again.",
        )
    )
    failed = _written(store, _failed(run.source, run.started_at, run.origin, error))
    store.note.unlink()
    return failed


def last_runs(store: Store) -> dict[str, Run]:
    """The last run of each source."""
    path = store.root / "runs.jsonl"
    if not path.exists():
        return {}
    runs = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            run = _read_run(line)
        except json.JSONDecodeError:  # the machine stopped while this line was being written
            continue
        runs[run.source] = run
    return runs


def _read_run(line: str) -> Run:
    facts: dict[str, Any] = json.loads(line)
    facts["origin"], facts["files"] = Origin(facts["origin"]), tuple(facts["files"])
    return Run(**facts)


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:12]


def _identity(source: Source, raws: list[Raw], origin: Origin) -> str:
    columns = {name: repr(column) for name, column in source.columns.items()}
    sums = sorted((raw.name, raw.sha256) for raw in raws)
    return _digest([source.key, source.reader_version, origin, columns, source.sort, sums])


def _facts(
    source: Source, staged: Staged, version: str, origin: Origin, now: str, raws: list[Raw]
) -> Version:
    return Version(
        table=source.key, version=version, origin=origin, rows=staged.rows, refused=staged.refused,
        vintage=source.vintage(raws) or staged.vintage, created_at=now, source=source.key,
        title=source.title.fr, publisher=source.publisher, licence=source.licence,
        page=source.page, files=tuple(raw.name for raw in raws), columns=tuple(source.columns),
        has_communes="commune_code" in source.columns, bytes=staged.bytes,
    )  # fmt: skip


def _derived_facts(
    derivation: Derivation,
    staged: Staged,
    version: str,
    origin: Origin,
    now: str,
    inputs: list[Version],
) -> Version:
    first = inputs[0]
    return Version(
        table=derivation.key, version=version, origin=origin, rows=staged.rows,
        refused=staged.refused, vintage=staged.vintage or first.vintage, created_at=now,
        source=first.source, title=derivation.title.fr, publisher=first.publisher,
        licence=first.licence, page=first.page,
        files=tuple(sorted({name for each in inputs for name in each.files})),
        columns=tuple(derivation.columns), has_communes="commune_code" in derivation.columns,
        bytes=staged.bytes,
    )  # fmt: skip


def _failed(key: str, started: str, origin: Origin, error: Exception) -> Run:
    french = error.text.fr if isinstance(error, SourceError) else ""
    return Run(key, started, "failed", origin, error=str(error), error_fr=french)


def _storage_error(source: Source, error: Exception) -> SourceError:
    """A full disk or a damaged file, said so that a person can act."""
    text = str(error).split("\n")[0]
    return SourceError(
        Text(
            f"{source.title.fr} : l'écriture a échoué. La dernière bonne version reste en service. "
            "Libérez de l'espace disque ou vérifiez les droits du dossier, puis chargez à nouveau.",
            f"{source.title} could not be written ({text}). The last good version stays in "
            "service. Free some disk space or check the folder's rights, then load again.",
        )
    )
