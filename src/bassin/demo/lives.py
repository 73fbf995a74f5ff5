"""When and where the sample's establishments are born and close, and what they do."""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from bassin.demo import facts
from bassin.demo.draws import Draws, Flags, Ints, shared

OPEN = -1
"""Day of closure of an establishment that is still active."""

# Chance of closing by age in full years, relative: the first years are the hardest.
_HAZARD = np.array([20, 48, 52, 48, 44, 41, 38, 36, 34, 32, 28, 28, 27, 27, 26, 26], dtype=np.int64)
_OLD = 24
_MONTHS = [13, 9, 9, 9, 8, 8, 7, 5, 10, 10, 8, 7]  # more firms start in January than in August


@dataclass(slots=True)
class Lives:
    """One entry per establishment, in order of creation. Days are counted from 1970-01-01."""

    created: Ints
    closed: Ints
    commune: Ints
    activity: Ints

    def __len__(self) -> int:
        return len(self.created)

    @property
    def active(self) -> Flags:
        """Active on the day of the stock."""
        return self.closed == OPEN


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def lives() -> Lives:
    """All establishments that lived since 2004, with the yearly totals of the calibration."""
    draws = Draws("lives")
    flows = facts.flows()
    active = facts.calibration()["stock"]["active"]
    initial = active - sum(born - closed for born, closed in flows.values())
    made = _born(draws, _founding_days(draws, initial), early=True)
    for year, (births, closures) in flows.items():
        _close(draws, made, year, closures)
        born = _born(draws, _days_of(draws, year, births), early=False)
        made = Lives(*(np.concatenate([getattr(made, f.name), getattr(born, f.name)])
                       for f in fields(Lives)))  # fmt: skip
    order = np.lexsort((made.activity, made.commune, made.created))
    return Lives(*(getattr(made, f.name)[order] for f in fields(Lives)))


def _founding_days(draws: Draws, count: int) -> Ints:
    """Creation days of those already there in 2004: the further back, the fewer are left."""
    years = np.arange(1965, 2004)
    weights = 20 + (years - 1965) ** 2 // 4
    chosen = years[draws.pick(weights, count)]
    return np.concatenate([_days_of(draws, int(y), int((chosen == y).sum())) for y in years])


def _days_of(draws: Draws, year: int, count: int) -> Ints:
    """Days of one year, no later than the stock's own day."""
    start = day_number(date(year, 1, 1))
    last = facts.stock_day() if year == facts.stock_day().year else date(year, 12, 31)
    months = [day_number(date(year, m, 1)) - start for m in range(1, last.month + 1)]
    ends = [*months[1:], day_number(last) - start + 1]
    month = draws.pick(_MONTHS[: last.month], count)
    lengths = np.array(ends) - np.array(months)
    days = start + np.array(months)[month] + draws.below(lengths[month])
    # One in eight begins on the first day of the month, as accountants like it.
    return np.where(draws.chance(12, count), start + np.array(months)[month], days)


def _born(draws: Draws, created: Ints, *, early: bool) -> Lives:
    """Give each a commune, by published counts, and an activity, by commune and year."""
    count = len(created)
    communes, activities = facts.communes(), facts.activities()
    commune = draws.pick([each.establishments_2014 for each in communes], count)
    progress = (
        0 if early else min(max((int(created.min()) - day_number(date(2009, 1, 1))) // 365, 0), 17)
    )
    activity = np.zeros(count, dtype=np.int64)
    for number, place in enumerate(communes):
        here = commune == number
        weights = [
            a.weight * place.boost(a.naf_code) * (1700 + (a.growth - 100) * progress)
            for a in activities
        ]
        activity[here] = draws.pick(np.maximum(weights, 0), int(here.sum()))
    return Lives(created, np.full(count, OPEN, dtype=np.int64), commune, activity)


def _close(draws: Draws, made: Lives, year: int, count: int) -> None:
    """Close that many of those active on 1 January, the young and the risky first."""
    start = day_number(date(year, 1, 1))
    age = np.minimum((start - made.created) // 365, len(_HAZARD))
    hazard = np.append(_HAZARD, _OLD)[age]
    risk = np.array([60 + each.risk for each in facts.activities()], dtype=np.int64)[made.activity]
    there = np.flatnonzero(made.active)
    gone = there[draws.first((hazard * risk)[there], count)]
    made.closed[gone] = np.maximum(_days_of(draws, year, count), made.created[gone] + 30)


def by_commune(total: int) -> Ints:
    """Share a total among communes as their establishments were in 2014."""
    return shared(total, [each.establishments_2014 for each in facts.communes()])
