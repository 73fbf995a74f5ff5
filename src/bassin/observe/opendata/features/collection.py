"""One collection: what it is, what its features hold, how they are found."""

from collections.abc import Callable
from dataclasses import dataclass

from bassin.indicators.house import House
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.api.parameters import Parameter
from bassin.observe.opendata.features.search import Box, Feature, Found, Search
from bassin.observe.opendata.openness import declared
from bassin.types import Text

USUAL, MOST = 100, 5000


@dataclass(frozen=True, slots=True)
class Collection:
    """Features of one kind.

    Args:
        filters: names of the fields by which features may be chosen.
        find: the features of a search, by their id.
        one: the feature of an id; None when there is none.
        ready: whether it can be given here.
        extent: the box of everything; None when it is not known.
        dated: its features have a life, that `datetime=` chooses.
        kept: its features change with the release only.
        most: features of a page, at most.
    """

    id: str
    title: Text
    text: Text
    fields: tuple[Field, ...]
    filters: tuple[str, ...]
    find: Callable[[Search], Found]
    one: Callable[[House, str], Feature | None]
    ready: Callable[[House], bool]
    extent: Callable[[House], Box | None]
    dated: bool = False
    kept: bool = True
    most: int = MOST

    def parameters(self) -> tuple[Parameter, ...]:
        """What may be asked of its features besides where and when."""
        known = {each.name: each for each in self.fields}
        return tuple(
            Parameter(
                name, "text", known[name].text, known[name].example,
                choices=_of(known[name].choices) if known[name].choices else None,
            )
            for name in self.filters
        )  # fmt: skip


def _of(choices: tuple[str, ...]) -> Callable[[], tuple[str, ...]]:
    return lambda: choices


def is_given(house: House, table: str) -> bool:
    """Whether a table is loaded, and given to everyone."""
    decided = declared(table)
    return decided is not None and decided.is_open and house.reader.has(table)
