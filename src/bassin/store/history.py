"""What changed in a table from one release to the next: rows, columns, dates, origin."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bassin.store.store import Store
from bassin.store.version import Release, Version


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


def changes(store: Store) -> Mapping[str, tuple[Change, ...]]:
    """The changes of every table, newest first."""
    found: dict[str, list[Change]] = {}
    for release in releases(store):
        for name, served in release.tables.items():
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
