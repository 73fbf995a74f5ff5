"""What changed in a table from one release to the next: rows, columns, dates, origin."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from bassin.indicators.house import House
from bassin.observe.opendata.openness import declared
from bassin.sources.registry import Stamp, stamp
from bassin.store import Release, Store, Version


@dataclass(frozen=True, slots=True)
class Change:
    """A version of a table that took the place of another; the first one has none before it.

    `is_kept` tells whether its file is still there.
    """

    release: str
    at: datetime
    version: Version
    before: Version | None
    is_kept: bool

    @property
    def on(self) -> date:
        """The day it was put in service."""
        return self.at.date()

    @property
    def rows(self) -> int:
        """Rows more, or less."""
        return self.version.rows - (self.before.rows if self.before else 0)

    @property
    def added(self) -> list[str]:
        """Columns that were not there before."""
        known = self.before.columns if self.before else self.version.columns
        return [name for name in self.version.columns if name not in known]

    @property
    def removed(self) -> list[str]:
        """Columns that are there no longer."""
        before = self.before.columns if self.before else ()
        return [name for name in before if name not in self.version.columns]


def history(opened: House) -> Mapping[str, tuple[Change, ...]]:
    """The changes of every table that somebody declared, newest first."""
    return _history(opened.reader.key, stamp(), opened.store)


@lru_cache(maxsize=4)
def _history(key: tuple[str, str], shared: Stamp, store: Store) -> Mapping[str, tuple[Change, ...]]:
    found: dict[str, list[Change]] = {}
    for release in releases(store):
        for name, served in release.tables.items():
            if declared(name) is None:
                continue
            listed = found.setdefault(name, [])
            before = listed[-1].version if listed else None
            if before is None or before.version != served.version.version:
                kept = store.has(name, served.version.version)
                at = datetime.fromisoformat(release.created_at)
                listed.append(Change(release.name, at, served.version, before, kept))
    return {name: tuple(reversed(listed)) for name, listed in found.items()}


def releases(store: Store) -> list[Release]:
    """Every release that was put in service, oldest first."""
    made = [Release.read(path) for path in (store.root / "releases").glob("*.json")]
    return sorted(made, key=lambda each: (each.created_at, each.name))
