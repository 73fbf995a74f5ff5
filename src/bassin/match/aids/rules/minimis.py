"""De minimis headroom: what a single undertaking may still receive within its rolling years."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bassin.pairing.conditions import Condition, Interval
from bassin.types import Text

FACT = "minimis_left_eur"
_FILE = Path(__file__).with_name("minimis.toml")


@dataclass(frozen=True, slots=True)
class Regime:
    """The rule of a time: how much, over how many years."""

    since: date
    until: date
    ceiling_eur: float
    years: int
    source: Text


@dataclass(frozen=True, slots=True)
class Grant:
    """An aid received under the rule: the day on which it was granted, its gross equivalent.

    Those of every firm of the same single undertaking count, wherever they are.
    """

    on: date
    eur: float


@cache
def regimes() -> tuple[Regime, ...]:
    """Every regime that the file holds."""
    return tuple(
        Regime(each["from"], each["until"], each["ceiling_eur"], each["years"],
               Text.of(each["source"]))
        for each in tomllib.loads(_FILE.read_text("utf-8"))["regimes"]
    )  # fmt: skip


def regime(day: date) -> Regime | None:
    """The regime of a day; None when the file holds none, and nothing is then said."""
    return next((each for each in regimes() if each.since <= day <= each.until), None)


def window(day: date, years: int) -> date:
    """The first day that counts: three years back, day for day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def left(grants: Iterable[Grant], day: date) -> Interval | None:
    """What is left on a day; what falls out of the window no longer counts."""
    rule = regime(day)
    if rule is None:
        return None
    first = window(day, rule.years)
    counted = sum(each.eur for each in grants if first < each.on <= day)
    return Interval.exactly(max(0.0, rule.ceiling_eur - counted))


def condition(day: date) -> Condition | None:
    """What an aid under the rule demands of a day: that something is left."""
    rule = regime(day)
    return None if rule is None else Condition(FACT, "above", (0.0,), source=rule.source)
