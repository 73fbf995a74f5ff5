"""A choice of establishments: read from an address, written back to one, turned into SQL.

A selection is a value: two that keep the same things for the same reasons are equal, and it may be
kept, shared or saved by its address. The words of a search are among its filters: what they find
is looked up once, when the address is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Protocol, Self
from urllib.parse import urlencode

from bassin.indicators.house import House
from bassin.observe.companies.filters.activities import Activities, Sets
from bassin.observe.companies.filters.base import Asked, Choice, Condition
from bassin.observe.companies.filters.drawn import Circle, Operations, Zone
from bassin.observe.companies.filters.every import FILTERS
from bassin.observe.companies.filters.firms import Forms, Insertion, Staff, Told, YesNo
from bassin.observe.companies.filters.lives import Closed, Created, Moved, Procedures, State
from bassin.observe.companies.filters.places import Places, Quarters
from bassin.observe.companies.filters.words import Words
from bassin.types import Text


class Parameters(Protocol):
    """What an address says: Django's QueryDict, for instance."""

    def getlist(self, key: str) -> Sequence[str]:
        """All values of one name."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter that is in use, for whoever looks at it or takes it off.

    `without` is the address of the same selection without it.
    """

    param: str
    label: Text
    said: Text
    without: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen, filter by filter; None where nothing was."""

    words: Words | None = None
    places: Places | None = None
    quarters: Quarters | None = None
    zone: Zone | None = None
    circle: Circle | None = None
    operations: Operations | None = None
    activities: Activities | None = None
    activities_2025: Activities | None = None
    perimeters: Sets | None = None
    fields: Sets | None = None
    staff: Staff | None = None
    forms: Forms | None = None
    ess: YesNo | None = None
    insertion: Insertion | None = None
    head_office: YesNo | None = None
    offers: Told | None = None
    created: Created | None = None
    closed: Closed | None = None
    moved: Moved | None = None
    procedures: Procedures | None = None
    state: State | None = None

    @classmethod
    def read(
        cls, parameters: Parameters, house: House, today: date, *, officer: bool = False
    ) -> Self:
        """The selection that an address asks for.

        Args:
            officer: it is read for somebody who works for the authority.

        Raises:
            Refused: a value is unknown or makes no sense; the sentence says which and what to do.
        """
        asked = Asked(house, today, officer)
        chosen: dict[str, Any] = {
            each.field: each.read(parameters.getlist(each.param), asked) for each in FILTERS
        }
        return cls(**chosen)

    def chosen(self) -> Iterator[tuple[str, Choice]]:
        """The filters in use, by their names in an address."""
        for each in FILTERS:
            choice: Choice | None = getattr(self, each.field)
            if choice is not None:
                yield each.param, choice

    def parameters(self) -> list[tuple[str, str]]:
        """As names and values of an address."""
        return [(param, text) for param, choice in self.chosen() for text in choice.written()]

    def query(self) -> str:
        """As what follows the ? of an address; "" when nothing is chosen."""
        return urlencode(self.parameters(), safe=",;:@")

    def without(self, *params: str) -> "Selection":
        """The same, less some filters."""
        off: dict[str, Any] = {each.field: None for each in FILTERS if each.param in params}
        return replace(self, **off)

    def told(self) -> list[Chosen]:
        """The filters in use, in words."""
        labels = {each.param: each.label for each in FILTERS}
        return [
            Chosen(param, labels[param], choice.said(), self.without(param).query())
            for param, choice in self.chosen()
        ]

    def conditions(self) -> dict[str, Condition]:
        """What each filter keeps, by its name in an address.

        Closed establishments are kept only when they are asked for: by their state, or by a day
        of closing.
        """
        found = {param: choice.where() for param, choice in self.chosen()}
        if self.state is None and self.closed is None:
            found["etat"] = State("A").where()
        return found

    def where(self, *, besides: str = "") -> tuple[str, list[Any]]:
        """A condition on the rows of `establishments_shown` itself (some go by `rowid`), and its
        values.

        Args:
            besides: a filter to set aside, as its own counts do.
        """
        kept = [each for param, each in self.conditions().items() if param != besides]
        if not kept:
            return "TRUE", []
        return " AND ".join(each.sql for each in kept), [
            p for each in kept for p in each.parameters
        ]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen: every active establishment."""
        return all(getattr(self, each.name) is None for each in fields(self))


@dataclass(frozen=True, slots=True)
class Typed:
    """What an address would say, for who has it as pairs (a saved selection, a test)."""

    values: Mapping[str, Sequence[str]]

    def getlist(self, key: str) -> Sequence[str]:
        """All values of one name."""
        return self.values.get(key, ())
