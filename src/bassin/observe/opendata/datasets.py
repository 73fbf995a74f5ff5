"""What is published: each table of the release in service and each figure made from one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.house import House
from bassin.observe.opendata.licences import Licence, licence
from bassin.observe.opendata.openness import Declared, declared, themes, under_secrecy
from bassin.observe.opendata.readers import rooms
from bassin.observe.opendata.units import OBSERVATION
from bassin.sources.authority.table import AuthorityTable
from bassin.sources.contract import Column, Derivation, Source
from bassin.sources.registry import Stamp, derivations, sources, stamp
from bassin.store import Reader, Version
from bassin.types import Origin, Text


class Kind(StrEnum):
    """What a dataset is."""

    TABLE = "table"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """One published table, or one figure for every place of the territory.

    `version` is that of its table; `columns` and `unique` those of its files. `cadence` and
    `stale_after` are those of the first source that it is made of. `used` names the columns of
    the table that a figure reads.
    """

    kind: Kind
    key: str
    title: Text
    definition: Text
    declared: Declared
    version: Version
    columns: Mapping[str, Column]
    unique: tuple[str, ...]
    inputs: tuple[str, ...]
    cadence: Text
    stale_after: timedelta | None
    publisher: str
    licence: Licence
    rooms: tuple[str, ...]
    indicator: Indicator | None = None

    @property
    def identity(self) -> str:
        """Its name among all, "table:census"."""
        return f"{self.kind}:{self.key}"

    @property
    def is_open(self) -> bool:
        """Whether anybody may take it whole; a figure is hidden where it must be, then given."""
        return self.kind == Kind.FIGURE or self.declared.is_open

    @property
    def is_invented(self) -> bool:
        """Whether it was made for the sample."""
        return self.version.origin == Origin.INVENTED

    @property
    def received_on(self) -> date:
        """The day its version was made here."""
        return datetime.fromisoformat(self.version.created_at).date()

    @property
    def release(self) -> str:
        """Its version: that of the table, after that of the declaration of a figure."""
        made = self.indicator
        return f"{made.version}@{self.version.version}" if made else self.version.version

    @property
    def shape(self) -> str:
        """What tells where its rows are: "shape", "point", or nothing."""
        if self.columns.get("shape", None) is not None:
            return "shape"
        return "point" if {"longitude", "latitude"} <= self.columns.keys() else ""


def tables(opened: House) -> dict[str, Dataset]:
    """Every table of the release in service that somebody declared, open or not, by key."""
    if not opened.reader.name:
        return {}
    return _tables(opened.reader.key, under_secrecy(), stamp(), opened.reader)


@lru_cache(maxsize=4)
def _tables(
    key: tuple[str, str], hidden: frozenset[str], shared: Stamp, reader: Reader
) -> dict[str, Dataset]:
    known: dict[str, Source | Derivation] = {**sources(), **derivations()}
    found = {}
    for name, served in reader.release.tables.items():
        decided = declared(name)
        if decided is not None and name in known:
            found[name] = _of_table(known[name], decided, served.version)
    return found


def shared(opened: House, table: AuthorityTable) -> Dataset | None:
    """A shared table of the release in service, whatever its level; None when it is not served.

    For those who may read it: nothing here asks who does. Under a rule of secrecy it is not open.
    """
    if not opened.reader.has(table.key):
        return None
    theme = themes().get(table.declaration.theme, themes()["places"])
    decided = Declared(table.key, theme, "secrecy" if table.regime else "")
    return _of_table(table, decided, opened.reader.release.tables[table.key].version)


def figures(opened: House) -> dict[str, Dataset]:
    """Every figure whose table is served, by id; drafts are nobody's yet."""
    if not opened.reader.name:
        return {}
    declared_now = tuple(indicators().values())
    return _figures(opened.reader.key, under_secrecy(), stamp(), declared_now, opened.reader)


@lru_cache(maxsize=4)
def _figures(
    key: tuple[str, str],
    hidden: frozenset[str],
    shared: Stamp,
    made: tuple[Indicator, ...],
    reader: Reader,
) -> dict[str, Dataset]:
    served = _tables(key, hidden, shared, reader)
    return {
        each.id: _of_figure(each, served[each.dataset])
        for each in made
        if each.dataset in served and each.status != "draft"
    }


def roots(key: str) -> tuple[str, ...]:
    """Keys of the sources a table is made of: itself, or those it derives from."""
    derived = derivations().get(key)
    if derived is None:
        return (key,)
    inputs = (*derived.inputs, *derived.optional)
    return tuple(dict.fromkeys(root for name in inputs for root in roots(name)))


def _of_table(known: Source | Derivation, decided: Declared, version: Version) -> Dataset:
    first = sources()[roots(known.key)[0]]
    derived = (*known.inputs, *known.optional) if isinstance(known, Derivation) else ()
    return Dataset(
        kind=Kind.TABLE, key=known.key, title=known.title, definition=known.definition,
        declared=decided, version=version, columns=known.columns, unique=known.unique,
        inputs=derived, cadence=first.cadence, stale_after=first.stale_after,
        publisher=version.publisher or first.publisher,
        licence=licence(version.licence or first.licence), rooms=rooms(known.key),
    )  # fmt: skip


def _of_figure(made: Indicator, table: Dataset) -> Dataset:
    return Dataset(
        kind=Kind.FIGURE, key=made.id, title=made.label, definition=made.definition,
        declared=table.declared, version=table.version, columns=OBSERVATION,
        unique=("place", "period"), inputs=(table.key,), cadence=table.cadence,
        stale_after=table.stale_after, publisher=made.producer, licence=licence(made.licence),
        rooms=("observe",), indicator=made,
    )  # fmt: skip
