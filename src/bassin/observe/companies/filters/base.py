"""What every filter is made of: how it is read, said, written in an address, and its SQL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """Where, when and for whom a choice is read: codes are looked up in this house, on this day.

    `officer`: it is read for somebody who works for the authority.
    """

    house: House
    today: date
    officer: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the rows of the shown table, its values apart from its words."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(f"{self.sql} AND {other.sql}", self.parameters + other.parameters)


ALL = Condition("TRUE")

MOST_VALUES = 100


class Choice(Protocol):
    """What somebody chose for one filter. Frozen: it may be a key."""

    def written(self) -> tuple[str, ...]:
        """Its values in an address."""

    def where(self) -> Condition:
        """Which establishments it keeps; never NULL."""

    def said(self) -> Text:
        """In words, for whoever looks at what was chosen."""


Read = Callable[[Sequence[str], Asked], "Choice | None"]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter.

    Args:
        param: its name in an address.
        field: its name in a `Selection`.
        label: what people call it.
        read: from the values of an address to a choice; refuses what it does not know.
    """

    param: str
    field: str
    label: Text
    read: Read


def given(values: Sequence[str]) -> list[str]:
    """The values that say something, each once, in their order.

    Raises:
        Refused: there are more than a page can offer.
    """
    found = list(dict.fromkeys(each.strip() for each in values if each.strip()))
    if len(found) > MOST_VALUES:
        raise Refused(
            Text(
                f"Un filtre prend {MOST_VALUES} valeurs au plus ({len(found)} données, dont "
                f"« {shown(found[0])} »). Prenez un niveau au-dessus.",
                f"A filter takes {MOST_VALUES} values at most ({len(found)} given, such as "
                f"“{shown(found[0])}”). Take one level up.",
            )
        )
    return found


def only(values: Sequence[str], param: str) -> str:
    """The one value of a filter that takes one; "" when none is given.

    Raises:
        Refused: there are several.
    """
    found = given(values)
    if len(found) > 1:
        raise Refused(
            Text(
                f"« {param} » est donné {len(found)} fois ({shown(', '.join(found))}). "
                "Gardez-en un seul.",
                f"“{param}” is given {len(found)} times ({shown(', '.join(found))}). Keep one.",
            )
        )
    return found[0] if found else ""


def shown(typed: str) -> str:
    """What somebody typed, short enough for a sentence."""
    return typed if len(typed) <= 60 else f"{typed[:57]}…"


def unknown(typed: str, param: str, known: str, known_en: str = "") -> Refused:
    """The refusal of a value that a filter does not know, with what it knows."""
    return Refused(
        Text(
            f"« {shown(typed)} » n'est pas une valeur de « {param} ». {known}",
            f"“{shown(typed)}” is not a value of “{param}”. {known_en or known}",
        )
    )


def among(column: str, values: Sequence[str]) -> Condition:
    """Whether a column has one of these values; a column without value has none."""
    if not values:
        return Condition("FALSE")
    if len(values) <= 100:
        marks = ", ".join("?" * len(values))
        return Condition(f"({column} IS NOT NULL AND {column} IN ({marks}))", tuple(values))
    held = listed(column, values)
    return Condition(f"({column} IS NOT NULL AND {held.sql})", held.parameters)


def listed(column: str, values: Sequence[str]) -> Condition:
    """Whether a column that is never empty has one of many values.

    Bound as one text: a long list takes longer to bind than to look for. Codes hold no space.
    """
    return Condition(f"{column} IN (SELECT unnest(string_split(?, ' ')))", (" ".join(values),))


def any_of(conditions: Sequence[Condition]) -> Condition:
    """Whether one of them holds."""
    if len(conditions) == 1:
        return conditions[0]
    if not conditions:
        return Condition("FALSE")
    words = " OR ".join(each.sql for each in conditions)
    return Condition(f"({words})", tuple(p for each in conditions for p in each.parameters))


def starting(column: str, starts: Sequence[str]) -> Condition:
    """Whether a column begins with one of these."""
    return any_of(
        [Condition(f"coalesce(starts_with({column}, ?), FALSE)", (each,)) for each in starts]
    )


def joined(texts: Sequence[Text]) -> Text:
    """Several labels as one, in each language; the first three of many."""
    few = list(texts[:3])
    more = len(texts) - len(few)
    rest = f" + {more}" if more else ""
    english = ", ".join(t.say("en") for t in few) + rest if any(t.en for t in few) else ""
    return Text(", ".join(t.fr for t in few) + rest, english)


def numbered(code: str, label: Text) -> Text:
    """A label after its code, in the languages that it has."""
    return Text(f"{code} {label.fr}", f"{code} {label.en}" if label.en else "")
