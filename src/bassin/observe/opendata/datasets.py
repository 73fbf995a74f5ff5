"""What is published: each table of the release in service, with everything that is known of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bassin.indicators.house import House
from bassin.observe.opendata.openness import Declared, declared
from bassin.sources.contract import Column, Derivation, Source
from bassin.sources.registry import derivations, sources
from bassin.store import Version
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Dataset:
    """One published table.

    `cadence` and `stale_after` are those of the source that comes most often, for a derived table.
    """

    key: str
    title: Text
    definition: Text
    declared: Declared
    version: Version
    columns: dict[str, Column]
    unique: tuple[str, ...]
    inputs: tuple[str, ...]
    cadence: Text
    stale_after: timedelta | None

    @property
    def is_derived(self) -> bool:
        """Whether it is computed here, from published tables."""
        return bool(self.inputs)

    @property
    def received_on(self) -> date:
        """The day its version was made here."""
        return datetime.fromisoformat(self.version.created_at).date()


def published(opened: House) -> dict[str, Dataset]:
    """Every table of the release in service that somebody declared, open or not, by key."""
    if not opened.reader.name:
        return {}
    known: dict[str, Source | Derivation] = {**sources(), **derivations()}
    found = {}
    for key, served in opened.reader.release.tables.items():
        decided = declared(key)
        if decided is not None and key in known:
            found[key] = _dataset(known[key], decided, served.version)
    return found


def roots(key: str) -> tuple[str, ...]:
    """Keys of the sources a table is made of: itself, or those it derives from."""
    derived = derivations().get(key)
    if derived is None:
        return (key,)
    inputs = (*derived.inputs, *derived.optional)
    return tuple(dict.fromkeys(root for name in inputs for root in roots(name)))


def _dataset(known: Source | Derivation, decided: Declared, version: Version) -> Dataset:
    first = sources()[roots(known.key)[0]]
    derived = (*known.inputs, *known.optional) if isinstance(known, Derivation) else ()
    return Dataset(
        key=known.key, title=known.title, definition=known.definition, declared=decided,
        version=version, columns=known.columns, unique=known.unique, inputs=derived,
        cadence=first.cadence, stale_after=first.stale_after,
    )  # fmt: skip
