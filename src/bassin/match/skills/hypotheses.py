"""What a forecast supposes: what officers wrote, else the declared defaults, each with its why."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

from bassin.match.skills.forecast import Band, Values, ages, exits, older
from bassin.types import Origin, Text

_FILE = Path(__file__).with_name("hypotheses.toml")
YEARS = 5
"""How far a forecast looks."""


class Written(Protocol):
    """A record of an officer (`models.Assumption`)."""

    term: str
    sector: str
    rome_code: str
    low: float
    central: float
    high: float
    applies_from: date
    why: str
    origin: str


@dataclass(frozen=True, slots=True)
class Supposed:
    """Three values with why they were chosen; `since` is empty for a declared default."""

    values: Values
    why: Text
    since: date | None
    origin: Origin


@cache
def declared() -> dict[str, Any]:
    """The defaults."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def question(term: str) -> Text:
    """What is asked when nobody knows a term."""
    return Text.of(declared()["questions"][term])


def dated() -> date:
    """The day on which the defaults were declared."""
    day: date = declared()["dated"]
    return day


def is_enough(taught: int, missing: int) -> bool:
    """Whether a course teaches the declared least of what somebody lacks."""
    return 100 * taught >= enough() * missing


def enough() -> int:
    """The least share of what somebody lacks, in %, for a course to be proposed as the one."""
    return int(declared()["enough"]["least"])


@dataclass(frozen=True)
class Hypotheses:
    """All that is supposed on a day. `written` goes by (term, sector, trade)."""

    written: Mapping[tuple[str, str, str], Supposed]

    @classmethod
    def of(cls, records: Iterable[Written]) -> "Hypotheses":
        """Those in force, of which each kind comes once."""
        return cls(
            {
                (each.term, each.sector, each.rome_code): Supposed(
                    Values(each.low, each.central, each.high), Text(each.why),
                    each.applies_from, Origin(each.origin),
                )
                for each in records
            }
        )  # fmt: skip

    def of_term(self, term: str, rome_code: str = "", sector: str = "") -> Supposed | None:
        """For this trade, else for its sector, else for all, else the default; None: a question."""
        for key in ((term, "", rome_code), (term, sector, ""), (term, "", "")):
            if key in self.written:
                return self.written[key]
        default = declared().get(term)
        if default is None:
            return None
        return Supposed(Values(*map(float, default["values"])), Text.of(default["why"]), None,
                        Origin.REAL)  # fmt: skip

    def growth(self, rome_code: str, sector: str) -> Values:
        """The rate a year, 0.01 for 1 %."""
        found = self.of_term("growth", rome_code, sector)
        assert found is not None  # declared
        return found.values.times(0.01)

    def exits(self, rome_code: str, years: int) -> Values:
        """The share of those in place who end their career within so many years."""
        found = self.of_term("older", rome_code)
        assert found is not None  # declared
        return _exits(found.values, years)


@lru_cache(maxsize=4096)
def _exits(shares: Values, years: int) -> Values:
    shape = ages([Band(int(start), share) for start, share in declared()["ages"]["bands"]])
    found = [
        exits(older(shape, share / 100), _leaving(name), years)
        for name, share in zip(Values._fields, shares, strict=True)
    ]
    return Values(*found)


@cache
def _leaving(name: str) -> tuple[Band, ...]:
    return tuple(Band(int(start), share / 100) for start, share in declared()["exits"][name])
