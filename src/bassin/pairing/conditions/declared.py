"""What a condition is, and how it is read from a file: nothing is guessed, a mistake is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bassin.errors import Refused
from bassin.pairing.conditions.values import Fact, Kind
from bassin.types import Text

NUMBERS = ("at_least", "at_most", "above", "below", "between")
CODES = ("in", "not_in")
OPS = {Kind.NUMBER: NUMBERS, Kind.TAGS: CODES, Kind.CHOICE: (*CODES, "is")}
_KEYS = frozenset(
    ["fact", "op", "value", "source", "verified_on", "verified_by", "quote", "from", "until",
     "question", "why", "said"]
)  # fmt: skip


_NUMBERS: dict[tuple[str, str, tuple[Any, ...]], int] = {}
"""Every demand met by this process, by which one that many texts share is judged once."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand of a text, on one fact, with the words that it comes from.

    Args:
        value: two numbers for "between", one for the other comparisons, codes else.
        source: the text; `quote` its own words.
        verified_on, verified_by: a person read the text itself that day; nothing else sets them.
        since, until: days between which it holds, both included.
        question, why: for a demand that no known fact tells, what to ask.
        said: what codes are called together ("the whole région"), when that is clearer.
    """

    fact: str
    op: str
    value: tuple[Any, ...]
    source: Text = Text("")
    quote: str = ""
    verified_on: date | None = None
    verified_by: str = ""
    since: date = date.min
    until: date = date.max
    question: Text = Text("")
    why: Text = Text("")
    said: Text = Text("")
    number: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", _NUMBERS.setdefault(self.demand, len(_NUMBERS)))

    @property
    def demand(self) -> tuple[str, str, tuple[Any, ...]]:
        """What is demanded, whatever text says it; `number` is the same number for the same."""
        return self.fact, self.op, self.value


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Conditions of which one is enough."""

    conditions: tuple[Condition, ...]


Clause = Condition | AnyOf


def flat(clauses: Iterable[Clause]) -> Iterator[Condition]:
    """Every condition, those of an alternative too."""
    for each in clauses:
        if isinstance(each, AnyOf):
            yield from each.conditions
        else:
            yield each


def at(clauses: Sequence[Clause], day: date) -> tuple[Clause, ...]:
    """Those that hold on a day; an alternative keeps the conditions of that day."""
    kept: list[Clause] = []
    for each in clauses:
        if isinstance(each, AnyOf):
            found = tuple(one for one in each.conditions if one.since <= day <= one.until)
            kept += [AnyOf(found)] if found else []
        elif each.since <= day <= each.until:
            kept.append(each)
    return tuple(kept)


def parse(raw: Mapping[str, Any], facts: Mapping[str, Fact]) -> Clause:
    """A clause as a file writes it: `{fact, op, value, source, verified_on, quote}`, or `{any}`.

    Raises:
        Refused: it says something that no condition can say.
    """
    if "any" in raw:
        _none_else(raw, frozenset(["any"]))
        if not raw["any"]:
            raise _refused("« any » ne contient aucune condition.", "“any” holds no condition.")
        return AnyOf(tuple(_condition(each, facts) for each in raw["any"]))
    return _condition(raw, facts)


def _condition(raw: Mapping[str, Any], facts: Mapping[str, Fact]) -> Condition:
    _none_else(raw, _KEYS)
    key, op = str(raw.get("fact", "")), str(raw.get("op", ""))
    kind = Kind.CHOICE if key.startswith("said:") else _known(key, facts).kind
    if op not in OPS[kind]:
        raise _refused(
            f"« {op} » ne compare pas « {key} » : écrivez {', '.join(OPS[kind])}.",
            f"“{op}” does not compare “{key}”: write {', '.join(OPS[kind])}.",
        )
    checked = raw.get("verified_on")
    if checked and not raw.get("verified_by"):
        raise _refused(
            f"« {key} » porte une date de vérification sans le nom de qui a vérifié.",
            f"“{key}” has a date of verification without who verified.",
        )
    return Condition(
        key, op, _value(key, op, kind, raw.get("value")), Text.of(raw.get("source", "")),
        str(raw.get("quote", "")), checked, str(raw.get("verified_by", "")),
        raw.get("from", date.min), raw.get("until", date.max), Text.of(raw.get("question", "")),
        Text.of(raw.get("why", "")), Text.of(raw.get("said", "")),
    )  # fmt: skip


def _known(key: str, facts: Mapping[str, Fact]) -> Fact:
    if key in facts:
        return facts[key]
    raise _refused(
        f"« {key} » n'est pas un fait connu : {', '.join(sorted(facts))}.",
        f"“{key}” is not a known fact: {', '.join(sorted(facts))}.",
    )


def _none_else(raw: Mapping[str, Any], keys: frozenset[str]) -> None:
    other = sorted(set(raw) - keys)
    if other:
        raise _refused(
            f"Une condition ne dit pas « {other[0]} » : {', '.join(sorted(keys))}.",
            f"A condition does not say “{other[0]}”: {', '.join(sorted(keys))}.",
        )


def _value(key: str, op: str, kind: Kind, value: Any) -> tuple[Any, ...]:
    listed = tuple(value) if isinstance(value, list | tuple) else (value,)
    if kind is Kind.NUMBER:
        found = [one for each in listed if (one := number(each)) is not None]
        wanted = 2 if op == "between" else 1
        if len(found) == len(listed) == wanted and found == sorted(found):
            return tuple(found)
    elif op == "is":
        if listed in ((True,), (False,)):
            return ("yes" if listed[0] else "no",)
    elif listed and all(isinstance(each, str) and each for each in listed):
        return tuple(sorted(set(listed)))
    raise _refused(
        f"« {key} » « {op} » ne se compare pas à « {value} ».",
        f"“{key}” “{op}” does not compare with “{value}”.",
    )


def number(value: Any) -> float | None:
    """A number, or a date as days; None for anything else."""
    if isinstance(value, date):
        return float(value.toordinal())
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _refused(french: str, english: str) -> Refused:
    return Refused(Text(french, english))
