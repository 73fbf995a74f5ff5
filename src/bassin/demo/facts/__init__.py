"""What the sample is scaled on: cited totals, published counts, and its own choices, as data."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent

# The one territory the sample is about: the EPT Grand-Orly Seine Bièvre.
TERRITORY = "200058014"


@dataclass(frozen=True, slots=True)
class Commune:
    """A real commune, with the published counts by which invented ones are scaled."""

    code: str
    name: str
    postal_code: str
    establishments_2014: int
    employers_2014: int
    population_2012: int
    population_2018: int
    level: int
    boosts: dict[str, int]

    def boost(self, naf_code: str) -> int:
        """How much an activity weighs here, in per cent of elsewhere; the finest prefix wins."""
        fitting = [prefix for prefix in self.boosts if naf_code.startswith(prefix)]
        return self.boosts[max(fitting, key=len)] if fitting else 100


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of the sample: `weight` in 2009, `growth` of it by 2026 in per cent.

    `persons` and `chains` are per cent of establishments held by a natural person, or that are
    not the head office of their firm; `staff` and `risk` are relative.
    """

    naf_code: str
    noun: str
    weight: int
    growth: int
    persons: int
    staff: int
    chains: int
    risk: int


def toml(name: str) -> dict[str, Any]:
    """One file of facts."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def communes() -> tuple[Commune, ...]:
    """The communes of the sample, in the order of their codes."""
    return tuple(Commune(code, **facts) for code, facts in sorted(toml("communes").items()))


@cache
def activities() -> tuple[Activity, ...]:
    """The activities of the sample."""
    with (_HERE / "activities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Activity(row.pop("naf_code"), row.pop("noun"), **{k: int(v) for k, v in row.items()})
            for row in csv.DictReader(file)
        )


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The lines of one table of facts."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def trades() -> dict[str, dict[str, Any]]:
    """What the sample says of each trade, in the order of their codes."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((_HERE / "trades").glob("*.toml")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return dict(sorted(found.items()))


@cache
def calibration() -> dict[str, Any]:
    """What the totals are held to."""
    return toml("calibration")


def stock_day() -> date:
    """The day of the invented stock."""
    day: date = calibration()["stock"]["day"]
    return day


@cache
def flows() -> dict[int, tuple[int, int]]:
    """Births and closures of each year."""
    return {int(year): (born, closed) for year, (born, closed) in calibration()["flows"].items()}
