"""What published data say of a claim: at its own date, at the nearest ones, and beside it.

Only values whose origin is real are read: an invented one is as absent as one not loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Figure, Observation
from bassin.indicators.house import House
from bassin.observe.observatory.claims.declared import Claim
from bassin.territory import Place
from bassin.types import Origin, Text


@dataclass(frozen=True, slots=True)
class Reading:
    """One published value in the claim's unit, with its period and its source."""

    value: float
    period: str
    source: Text


def places(house: House, claim: Claim) -> tuple[Place, Place | None]:
    """Where a claim is about (home by default), and the larger place it is set against."""
    return house.place(claim.place), house.place(claim.of) if claim.of else None


def known_periods(house: House, declared: Indicator, place: Place) -> list[str]:
    """Periods with a real value, oldest first."""
    observed = house.engine.observe(declared, [place])[place.key]
    return [o.period for o in observed if _real(o)]


def at(house: House, claim: Claim, period: str) -> Reading | None:
    """What published data say at a period, read as the claim reads it."""
    declared = indicators().get(claim.indicator)
    if declared is None:
        return None
    place, against = places(house, claim)
    figure = house.engine.figure(
        declared, place, period=period, against=[against] if against else None
    )
    if figure.observation.period != period or not _real(figure.observation):
        return None
    value = _read(claim, figure)
    return None if value is None else Reading(value, period, figure.source)


def _read(claim: Claim, figure: Figure) -> float | None:
    if claim.reads == "rank":
        return float(figure.rank.position) if figure.rank else None
    if claim.reads == "change":
        return _change(claim, figure)
    if claim.reads in ("share", "gap"):
        for each in figure.comparisons:
            if each.place.key == claim.of and _real(each.observation):
                return each.share_pct if claim.reads == "share" else each.gap
        return None
    value = figure.observation.value
    return None if value is None else value * claim.factor


def _change(claim: Claim, figure: Figure) -> float | None:
    before = [o for o in figure.series if o.period == claim.since and _real(o)]
    after = figure.observation.value
    if not before or not before[0].value or after is None:
        return None
    if figure.difference == "points":
        return after - before[0].value
    return 100 * (after / before[0].value - 1)


def around(house: House, claim: Claim) -> list[Reading]:
    """The nearest readings before and after the claim's period: two, one or none."""
    declared = indicators().get(claim.indicator)
    if declared is None or not claim.period or claim.reads == "change":
        return []
    place, _ = places(house, claim)
    periods = known_periods(house, declared, place)
    before = max((p for p in periods if p < claim.period), default="")
    after = min((p for p in periods if p > claim.period), default="")
    found = [at(house, claim, period) for period in (before, after) if period]
    return [each for each in found if each is not None]


def nearest(house: House, claim: Claim) -> list[Figure]:
    """Real figures of the indicators that come closest without measuring the same thing."""
    found = []
    place, _ = places(house, claim)
    for name in claim.nearest:
        declared = indicators().get(name)
        if declared is None:
            continue
        periods = known_periods(house, declared, place)
        if periods:
            period = _closest(periods, claim.period)
            found.append(house.engine.figure(declared, place, period=period))
    return [figure for figure in found if _real(figure.observation)]


def _closest(periods: Sequence[str], wanted: str) -> str:
    if not wanted:
        return periods[-1]
    return min(periods, key=lambda period: abs(int(period[:4]) - int(wanted[:4])))


def _real(observed: Observation) -> bool:
    return observed.value is not None and observed.origin == Origin.REAL
