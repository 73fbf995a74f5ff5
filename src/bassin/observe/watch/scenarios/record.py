"""What a scenario says, as plain values that are kept for good: nothing hidden is written in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bassin.indicators.figure import Status
from bassin.indicators.house import House
from bassin.indicators.scenarios import dependency, jobs, quarters, trades
from bassin.indicators.scenarios.declared import Scenario, Shock
from bassin.indicators.scenarios.exposure import Exposure, expose, judge
from bassin.indicators.scenarios.jobs import NONE, Cell, Range, Source
from bassin.indicators.scenarios.study import Study, study
from bassin.indicators.secrecy import SHOWN, Verdict
from bassin.types import Origin, Text

ENGINE = 1
"""Raised when the same scenario over the same data says something else."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """A scenario applied to the territory, with what is kept of it."""

    study: Study
    record: Record


def applied(
    house: House, scenario: Scenario, source: Source, on: date | None = None
) -> Result | None:
    """Apply a scenario to the installation's territory; None where jobs are not known."""
    made = study(house, house.home, scenario, source, on)
    if made is None:
        return None
    activities = scenario.activities()
    read = jobs.read(
        house, [house.home], {code: code for code in activities}, source, on
    )  # fmt: skip
    cells = read.of(house.home.key) if read else {}
    places = [place for place, _exposure in made.communes] or [house.home]
    largest = dependency.concentrations(house, places, on)
    record: Record = {
        "engine": ENGINE, "place": made.place.key, "name": made.place.name,
        "source": made.source.code, "period": made.period, "origin": made.origin.value,
        "table_version": made.table_version, "release": house.reader.name,
        "total": cell(made.total),
        "communes": [
            {"key": place.key, "code": place.code, "name": place.name, **cell(exposure),
             "largest": _largest(largest.get(place.key))}
            for place, exposure in (made.communes or ((made.place, made.total),))
        ],
        "sectors": _sectors(cells, scenario),
        "trades": _trades(house, cells, scenario),
        # What stands where is known for today's stock alone: not for a starting point of the past.
        "quarters": None if on else _quarters(house, scenario),
    }  # fmt: skip
    return Result(made, record)


def cell(found: Exposure) -> Record:
    """One exposure; what may not be shown is not there, and `why` says so."""
    shown, reason = found.verdict.shown, found.verdict.reason
    return {
        "jobs": ends(found.jobs),
        "exposed": ends(found.exposed) if shown else None,
        "touched": ends(found.touched) if shown else None,
        "share": ends(found.share) if shown and found.share else None,
        "why": None if shown else {"fr": reason.fr, "en": reason.say("en")} if reason
        else {"fr": "", "en": ""},
    }  # fmt: skip


def part(found: Exposure) -> Record:
    """The same of what is not a commune: no other job of it is told."""
    return {**cell(found), "jobs": None, "share": None}


def ends(found: Range) -> list[float | None]:
    """Both ends, to a hundredth."""
    return [round(found.low, 2), None if found.high is None else round(found.high, 2)]


def between(told: Iterable[float | None]) -> Range:
    """The interval that two ends make again."""
    low, high = told
    return Range(low or 0.0, high)


def exposure(told: Mapping[str, Any]) -> Exposure:
    """A cell again, for words and pictures."""
    why = told["why"]
    verdict = SHOWN if why is None else Verdict(Status.SECRET, Text(why["fr"], why["en"]))
    hidden = told["exposed"] is None
    return Exposure(
        NONE if hidden else between(told["exposed"]), NONE if hidden else between(told["touched"]),
        NONE if told["jobs"] is None else between(told["jobs"]), verdict=verdict,
    )  # fmt: skip


def _largest(found: dependency.Dependency | None) -> Record | None:
    if found is None:
        return None
    return {
        "what": {"fr": found.what.fr, "en": found.what.say("en")}, "share": ends(found.share),
        "employers": found.employers, "period": found.period, "origin": found.origin.value,
    }  # fmt: skip


def _sectors(cells: Mapping[str, Cell], scenario: Scenario) -> list[Record]:
    """What each sector weighs, none of which gives an establishment away."""
    keys = scenario.activities()
    found: dict[str, Exposure] = {}
    for shock in scenario.shocks:
        ours = {code: one for code, one in cells.items() if keys.get(code) == shock.id}
        found[shock.id] = sum(
            (expose({shock.id: one}, scenario) for one in ours.values()), Exposure()
        )
    judged = judge(found)
    return [
        {"id": shock.id, "label": {"fr": shock.label.fr, "en": shock.label.say("en")},
         "low": shock.low, "high": shock.high, **part(judged[shock.id])}
        for shock in scenario.shocks
    ]  # fmt: skip


def _trades(house: House, cells: Mapping[str, Cell], scenario: Scenario) -> Record | None:
    if not house.reader.has(trades.TABLE):
        return None
    activities = scenario.activities()
    known = {code: one for code, one in cells.items() if code in activities}
    found = trades.by_trade(known, scenario, trades.shares(house, known))
    ordered = sorted(found.known.items(), key=lambda each: (-_size(each[1]), each[0]))
    served = house.reader.release.tables[trades.TABLE].version
    return {
        "known": [
            {"code": code, **part(one)}
            for code, one in ordered if one.exposed.high != 0
        ],
        "unknown": part(found.unknown), "period": served.vintage,
        "origin": served.origin.value, "table_version": served.version,
    }  # fmt: skip


def _size(found: Exposure) -> float:
    top = found.exposed.low if found.exposed.high is None else found.exposed.high
    return found.exposed.low + top


def _quarters(house: House, scenario: Scenario) -> Record | None:
    found = quarters.by_quarter(house, house.home, scenario)
    if found is None:
        return None
    return {
        "places": [{"code": place.code, "name": place.name, "key": place.key, **part(one)}
                   for place, one in found.places],
        "outside": part(found.outside), "unplaced": part(found.unplaced),
        "unsaid": found.unsaid, "period": found.period, "origin": found.origin.value,
        "table_version": found.table_version,
    }  # fmt: skip


def kept_shocks(scenario: Scenario) -> list[Record]:
    """The assumptions as they are kept: with the sub-classes that each of them meant."""
    return [
        {"id": each.id, "naf": list(each.naf), "within": sorted(each.within), "low": each.low,
         "high": each.high, "label": {"fr": each.label.fr, "en": each.label.say("en")},
         "why": each.why.fr}
        for each in scenario.shocks
    ]  # fmt: skip


def shock(told: Mapping[str, Any]) -> Shock:
    """An assumption as it was kept."""
    return Shock(
        told["id"], tuple(told["naf"]), Text(told["label"]["fr"], told["label"]["en"]),
        Text(told["why"], told["why"]), told["low"], told["high"], frozenset(told["within"]),
    )  # fmt: skip


def marked(record: Mapping[str, Any]) -> Origin:
    """Whether anything of it comes from invented data."""
    parts = [record, record.get("trades") or {}, record.get("quarters") or {}]
    return Origin.together(each["origin"] for each in parts if "origin" in each)
