"""Falls of offers: the last count of job offers against those of the same season before."""

from collections.abc import Mapping
from datetime import date, timedelta

from bassin.observe.watch.signals.robust import YEARS, falls, judge
from bassin.observe.watch.signals.signal import (
    Evidence,
    Kind,
    Look,
    Reliability,
    Sight,
    Signal,
    blind,
    news,
)

SOURCE = "offers"
FEWEST = 20
"""Offers of an ordinary year below which a fall is not told."""

NEAR = timedelta(days=14)
"""How far from the same day of an earlier year a count may stand for it."""

Counts = Mapping[date, Mapping[tuple[str, str], int]]
"""Offers by day of the count, then by group: ("commune", code), ("trades", letter), or all."""


def same_season(days: Mapping[date, object], day: date) -> list[date]:
    """For each earlier year, the count nearest to the same day; [] unless every year has one."""
    found = []
    for back in range(1, YEARS + 1):
        asked = day - timedelta(weeks=52 * back)
        near = [each for each in days if abs(each - asked) <= NEAR]
        if not near:
            return []
        found.append(min(near, key=lambda each: (abs(each - asked), each)))
    return found


def look(counts: Counts | None) -> Look:
    """The groups whose last count is far below those of the years before."""
    if not counts:
        return blind("offers", SOURCE)
    day = max(counts)
    others = same_season(counts, day)
    if not others:
        return Look("offers", Sight.SHORT, (), min(counts), day, SOURCE)
    groups = sorted({group for each in (day, *others) for group in counts[each]})
    found = []
    for subject, key in groups:
        past = [counts[each].get((subject, key), 0) for each in others]
        judged = judge(counts[day].get((subject, key), 0), past)
        if not falls(judged, FEWEST):
            continue
        facts = {
            "count": judged.value, "baseline": past, "middle": judged.middle,
            "z": round(judged.z, 1), "days": [each.isoformat() for each in others],
        }  # fmt: skip
        found.append(Signal(
            Kind.OFFERS, subject, key, day.isoformat(), day, SOURCE, Reliability.COMPUTED,
            evidence=(Evidence("count", day, facts),),
            communes=(key,) if subject == "commune" else (),
        ))  # fmt: skip
    return news("offers", SOURCE, found, day)
