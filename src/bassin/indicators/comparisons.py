"""Our value set beside others': gaps in the right unit, shares, ranks, changes."""

from collections.abc import Mapping, Sequence

from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Change, Comparison, Observation, PlaceName, Rank, Status
from bassin.territory import Place
from bassin.territory.territory import Group
from bassin.types import Text

# Below this spread (relative, or in points) a rank says nothing.
RELATIVE_NOISE = 0.02
POINTS_NOISE = 0.2


def _name(place: Place) -> PlaceName:
    return PlaceName(place.key, place.name, place.scale, place.article)


def compare(
    indicator: Indicator,
    ours: Observation,
    containers: Sequence[Place],
    theirs: Mapping[str, Observation],
) -> tuple[Comparison, ...]:
    """One comparison per container; a container without data is said to lack it."""
    return tuple(
        _compare_one(indicator, ours, _name(place), theirs.get(place.key)) for place in containers
    )


def _compare_one(
    indicator: Indicator, ours: Observation, place: PlaceName, other: Observation | None
) -> Comparison:
    if other is None or other.value is None:
        missing = other or Observation(
            indicator.id, indicator.version, place, ours.period, ours.cog, None,
            status=Status.MISSING, why=Text("à charger", "to be loaded"),
        )  # fmt: skip
        return Comparison(place, missing, comparable=False, why=missing.why)
    if ours.value is None:
        return Comparison(place, other, comparable=False, why=ours.why)
    if indicator.additive:
        share = 100 * ours.value / other.value if other.value else None
        return Comparison(place, other, share_pct=share)
    gap, unit = difference(indicator, ours.value, other.value)
    return Comparison(place, other, gap=gap, gap_unit=unit)


def difference(indicator: Indicator, ours: float, theirs: float) -> tuple[float | None, str]:
    """The gap and its unit: points between rates, per cent between amounts, else the unit."""
    if indicator.difference == "points":
        return ours - theirs, "points"
    if indicator.difference == "relative":
        return (100 * (ours / theirs - 1), "%") if theirs else (None, "%")
    return ours - theirs, indicator.symbol


def rank(
    indicator: Indicator, ours: Observation, group: Group, theirs: Mapping[str, Observation]
) -> Rank | None:
    """Our position among peers, when enough of them have a value and they do differ."""
    known = [theirs[place.key] for place in group.places if place.key in theirs]
    valued = [o for o in known if o.value is not None]
    enough = max(indicator.min_units, 5)
    if ours.value is None or len(valued) < enough or not _spread(indicator, valued):
        return None
    descending = indicator.rank_order == "desc"
    ahead = [
        o for o in valued
        if o.place.key != ours.place.key and o.value is not None
        and ((o.value > ours.value) if descending else (o.value < ours.value))
    ]  # fmt: skip
    ahead.sort(key=lambda o: o.value or 0.0, reverse=descending)
    names = tuple(o.place for o in ahead) if len(ahead) <= 3 else ()
    return Rank(len(ahead) + 1, len(valued), names, group.title, indicator.rank_order)


def _spread(indicator: Indicator, valued: Sequence[Observation]) -> bool:
    values = [o.value for o in valued if o.value is not None]
    low, high = min(values), max(values)
    if indicator.difference == "points":
        return high - low > POINTS_NOISE
    return high - low > RELATIVE_NOISE * max(abs(high), abs(low))


def change(
    indicator: Indicator, series: Sequence[Observation], latest: Observation
) -> Change | None:
    """The evolution since the last period far enough back; None when there is none."""
    if latest.value is None or indicator.kind == "index":
        return None
    year = _year(latest.period)
    earlier = [
        o for o in series
        if o.value is not None and o.status == latest.status
        and year - _year(o.period) >= indicator.min_gap_years and o.period < latest.period
    ]  # fmt: skip
    if not earlier:
        return None
    before = earlier[-1]
    assert before.value is not None
    crossed = [why for at, why in indicator.breaks if before.period < at <= latest.period]
    if indicator.difference == "points":
        amount, unit = latest.value - before.value, "points"
    elif before.value:
        amount, unit = 100 * (latest.value / before.value - 1), "%"
    else:
        return None
    return Change(before.period, latest.period, amount, unit, crossed[0] if crossed else None)


def _year(period: str) -> int:
    return int(period[:4]) if period[:4].isdigit() else 0
