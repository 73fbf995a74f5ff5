"""What happened, beside what was said: jobs of the same activities, in the same source, later.

A score says whether the jobs that went are inside the interval. It does not say why they went: a
shock, a move, a takeover and a change of activity all count alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bassin.indicators.house import House
from bassin.indicators.scenarios import jobs
from bassin.indicators.scenarios.jobs import Range
from bassin.indicators.scenarios.study import Study, study
from bassin.observe.watch.scenarios.record import Record, between, ends

HIT, LESS, MORE, UNSURE = "hit", "less", "more", "unsure"


@dataclass(frozen=True, slots=True)
class Score:
    """How an interval came out.

    `lost` holds the ends of the jobs that went (None: not known), negative where there are more.
    `error` is how far they stand from the interval, 0 inside it, None where intervals do not tell.
    """

    verdict: str
    lost: tuple[float | None, float | None]
    error: float | None


def score(said: Range, then: Range, now: Range) -> Score:
    """Set what was said beside the jobs of then and of now; all three are intervals."""
    least = None if now.high is None else then.low - now.high
    most = None if then.high is None else then.high - now.low
    top = float("inf") if said.high is None else said.high
    if least is None or most is None:
        return Score(UNSURE, (least, most), None)
    lost = (least, most)
    if said.low <= least and most <= top:
        return Score(HIT, lost, 0.0)
    if most < said.low:
        return Score(LESS, lost, most - said.low)
    if least > top:
        return Score(MORE, lost, least - top)
    return Score(UNSURE, lost, None)


def scored(house: House, kept: Any, until: date) -> Record | None:
    """The score of a kept scenario at the last period until its horizon; None before there is one.

    Args:
        kept: a `CrisisScenario`.
    """
    source = next((each for each in jobs.loaded(house) if each.code == kept.source), None)
    if source is None or kept.place_key != house.home.key:
        return None
    now = study(house, house.home, kept.scenario(), source, until)
    if now is None or now.period <= kept.period:
        return None
    record = _record(kept.result, now)
    over = (jobs.latest(house, source) or "") > now.period or jobs.day(now.period) >= until
    return {**record, "final": over}


def _record(said: Mapping[str, Any], now: Study) -> Record:
    today = {place.key: found for place, found in now.communes or ((now.place, now.total),)}
    lines, counted = [], {HIT: 0, LESS: 0, MORE: 0, UNSURE: 0}
    hidden = 0
    for each in said["communes"]:
        later = today.get(each["key"])
        if each["exposed"] is None or later is None or not later.verdict.shown:
            hidden += 1
            continue
        line = _line(each, later.touched)
        counted[line["verdict"]] += 1
        lines.append({"key": each["key"], "name": each["name"], **line})
    total = said["total"]
    whole = total["exposed"] is not None and now.total.verdict.shown
    return {
        "period": now.period, "origin": now.origin.value, "table_version": now.table_version,
        "counted": counted, "hidden": hidden,
        "total": _line(total, now.total.touched) if whole else None, "communes": lines,
    }  # fmt: skip


def _line(said: Mapping[str, Any], now: Range) -> Record:
    exposed, then = between(said["exposed"]), between(said["touched"])
    found = score(exposed, then, now)
    return {
        "said": said["exposed"], "then": said["touched"], "now": ends(now),
        "lost": [None if each is None else round(each, 2) for each in found.lost],
        "verdict": found.verdict,
        "error": None if found.error is None else round(found.error, 2),
    }  # fmt: skip
