"""The schemes that pay for a reconversion, as they were on a day: rules, conditions, documents.

The rules are dated data (`schemes.toml`). A condition is yes, no with why, or a question: what is
unknown is never a no. Nothing says that a rule was checked but a person, in that file.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bassin.taxonomies.interval import Interval
from bassin.types import Text

State = Literal["yes", "no", "unknown"]
_FILE = Path(__file__).with_name("schemes.toml")


@dataclass(frozen=True, slots=True)
class Checked:
    """Who read the text itself, and on which day."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in force on a day, with the text it comes from."""

    code: str
    title: Text
    said: Text
    source: Text
    checked: Checked | None


@dataclass(frozen=True, slots=True)
class Document:
    """A paper to prepare, and who makes it."""

    said: Text
    who: Text
    source: Text
    checked: Checked | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the firm and of the training; None is unknown and becomes a question.

    `staff` is of the firm and its group, never of the establishment.
    """

    staff: Interval | None = None
    basis: str = ""
    plan: str = ""
    contract: str = ""
    hours: Interval | None = None
    wage: float | None = None
    course: float | None = None
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a day: how it is judged, and the sentence of each state."""

    code: str
    title: Text
    source: Text
    checked: Checked | None
    sentences: Mapping[str, Text]
    fact: str = ""
    cases: tuple[Mapping[str, Any], ...] = ()
    hours: Mapping[str, int] = field(default_factory=dict)

    def judged(self, facts: Facts) -> "Judged":
        """Its state for a firm."""
        state = self._state(facts)
        return Judged(self, state, self.sentences["ask" if state == "unknown" else state])

    def _state(self, facts: Facts) -> State:
        if self.hours:
            return _hours(self.hours, facts)
        if not self.fact:
            return "yes" if "ask" not in self.sentences else "unknown"
        value = getattr(facts, self.fact)
        if not value:
            return "unknown"
        answers = {value in case["accepts"] for case in applying(self.cases, facts.staff)}
        if len(answers) != 1:
            return "unknown"
        return "yes" if answers.pop() else "no"


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition, its state, and what is said of it."""

    condition: Condition
    state: State
    sentence: Text


def applying(cases: Sequence[Mapping[str, Any]], staff: Interval | None) -> list[Mapping[str, Any]]:
    """The cases that a headcount may fall in: several when it is unknown, or straddles a limit."""
    if staff is None:
        return list(cases)
    return [
        case for case in cases
        if staff.high >= case.get("from", 0) and staff.low < case.get("below", staff.low + 1)
    ]  # fmt: skip


def _hours(limits: Mapping[str, int], facts: Facts) -> State:
    hours = facts.hours
    if hours is None:
        return "unknown"
    if hours.low < limits["least"] or hours.high > limits["most_agreed"]:
        return "no"
    if hours.high <= limits["most"] or facts.basis == "agreement":
        return "yes"
    return "unknown" if not facts.basis else "no"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme as it was on a day. `funding` is empty while no amount is set."""

    code: str
    title: Text
    facts: tuple[str, ...]
    rules: tuple[Rule, ...]
    conditions: tuple[Condition, ...]
    documents: tuple[Document, ...]
    funding: Mapping[str, Any]

    def judged(self, facts: Facts) -> list[Judged]:
        """Every condition, for a firm."""
        return [each.judged(facts) for each in self.conditions]


@dataclass(frozen=True, slots=True)
class OnDay:
    """What was true on a day: the scheme, if any, and whether a file could be lodged."""

    day: date
    said: Text
    source: Text
    scheme: Scheme | None
    is_open: bool
    later: bool

    @property
    def questions(self) -> tuple[str, ...]:
        """The facts that the scheme asks for."""
        return self.scheme.facts if self.scheme else ()


@cache
def declared() -> dict[str, Any]:
    """The file."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def on(day: date) -> OnDay:
    """What was true on a day; `later`: after the day on which these rules were written."""
    raw = next(each for each in declared()["days"] if _holds(each, day))
    code = raw.get("scheme")
    return OnDay(
        day, Text.of(raw["said"]), _source(raw), _scheme(code, day) if code else None,
        bool(raw.get("open")), day > declared()["dated"],
    )  # fmt: skip


def _holds(raw: Mapping[str, Any], day: date) -> bool:
    return raw.get("from", date.min) <= day <= raw.get("to", date.max)


def _source(raw: Mapping[str, Any]) -> Text:
    return Text.of(declared()["sources"][raw["source"]])


def _checked(raw: Mapping[str, Any]) -> Checked | None:
    said = raw.get("checked")
    return Checked(said["on"], said["by"]) if said else None


def _scheme(code: str, day: date) -> Scheme:
    raw = next(each for each in declared()["schemes"] if each["code"] == code)
    funding = raw["funding"]
    return Scheme(
        code, Text.of(raw["title"]), tuple(raw["facts"]),
        tuple(
            Rule(each["code"], Text.of(each["title"]), Text.of(each["said"]), _source(each),
                 _checked(each))
            for each in raw["rules"] if _holds(each, day)
        ),
        tuple(_condition(each) for each in raw["conditions"] if _holds(each, day)),
        tuple(
            Document(
                Text.of(each["said"]), Text.of(each["who"]), _source(each), _checked(each)
            )
            for each in raw["documents"] if _holds(each, day)
        ),
        {**funding, "source": _source(funding)} if _holds(funding, day) else {},
    )  # fmt: skip


def _condition(raw: Mapping[str, Any]) -> Condition:
    sentences = {name: Text.of(raw[name]) for name in ("yes", "no", "ask") if name in raw}
    return Condition(
        raw["code"], Text.of(raw["title"]), _source(raw), _checked(raw), sentences,
        raw.get("fact", ""), tuple(raw.get("cases", ())), raw.get("hours", {}),
    )  # fmt: skip
