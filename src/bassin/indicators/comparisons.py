"""Our value set beside others': gaps in the right unit, shares, ranks, changes."""

from collections.abc import Mapping, Sequence

from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Change, Comparison, Observation, PlaceName, Rank, Status
from bassin.territory import Place
from bassin.territory.territory import Group
from bassin.types import Scale, Text

# Below this spread (relative, or in points) a rank says nothing.
RELATIVE_NOISE = 0.02
POINTS_NOISE = 0.2

WIDER = Text(
    "le nombre est celui des bassins d'emploi entiers qui touchent ce lieu : comparer des bassins "
    "entre eux, ou lire un taux",
    "the number is that of the whole employment areas that touch this place: compare employment "
    "areas with one another, or read a rate",
)
EXTREME = Text(
    "le plus haut ou le plus bas d'un lieu plus grand ne peut qu'être plus extrême",
    "the highest or lowest of a larger place can only be more extreme",
)

NOT_A_PART = Text(
    "un nombre ne se compare à un lieu plus grand que par une part, et celui-ci n'est pas la somme "
    "de ses parties",
    "a count is set against a larger place only as a share, and this one is not the sum of its "
    "parts",
)


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
        never = _structural(indicator, ours.place.scale)
        return Comparison(place, missing, comparable=False, why=never or missing.why)
    if ours.value is None:
        return Comparison(place, other, comparable=False, why=ours.why)
    if why := _structural(indicator, ours.place.scale):
        return Comparison(place, other, comparable=False, why=why)
    if indicator.additive:
        share = 100 * ours.value / other.value if other.value else None
        return Comparison(place, other, share_pct=share)
    gap, unit = difference(indicator, ours.value, other.value)
    return Comparison(place, other, gap=gap, gap_unit=unit)


def _structural(indicator: Indicator, scale: Scale) -> Text | None:
    """Why an indicator is never set against a larger place, whatever its values."""
    counted = indicator.kind in ("count", "sum")
    if is_wider(indicator, scale) and counted:
        return WIDER
    if counted and not indicator.additive:
        return NOT_A_PART
    return EXTREME if indicator.rule == "none" else None


def is_wider(indicator: Indicator, scale: Scale) -> bool:
    """Whether the value is that of the employment areas around a place, shared by neighbours."""
    return indicator.native == "employment_area" and scale != Scale.EMPLOYMENT_AREA


def not_with(one: Indicator, other: Indicator, why: Text, language: str) -> str:
    """The sentence that refuses to put two indicators side by side."""
    if language == "en":
        return (
            f"“{one.label.say('en')}” and “{other.label.say('en')}” are not compared: "
            f"{why.say('en')} Show each on its own, with its definition and its date."
        )
    return (
        f"« {one.label.fr} » et « {other.label.fr} » ne se comparent pas : "
        f"{why.fr} Présentez chacun seul, avec sa définition et sa date."
    )


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
    if is_wider(indicator, ours.place.scale) or ours.upper is not None:
        return None
    if ours.value is None or len(valued) < enough or not _differ(indicator, valued):
        return None
    descending = indicator.rank_order == "desc"
    ahead = [
        o for o in valued
        if o.place.key != ours.place.key and o.value is not None
        and ((o.value > ours.value) if descending else (o.value < ours.value))
    ]  # fmt: skip
    ahead.sort(key=lambda o: o.value or 0.0, reverse=descending)
    names = tuple(o.place for o in ahead) if len(ahead) <= 3 else ()
    spread = max(o.value or 0.0 for o in valued) - min(o.value or 0.0 for o in valued)
    return Rank(len(ahead) + 1, len(valued), names, group.title, indicator.rank_order, spread)


def peers(
    indicator: Indicator, ours: Observation, group: Group, theirs: Mapping[str, Observation]
) -> tuple[Observation, ...]:
    """The other places of the group; none where neighbours share the value of one larger area."""
    if is_wider(indicator, ours.place.scale):
        return ()
    others = (place.key for place in group.places if place.key != ours.place.key)
    return tuple(theirs[key] for key in others if key in theirs)


def _differ(indicator: Indicator, valued: Sequence[Observation]) -> bool:
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
    crosses = crossed[0] if crossed else None
    return Change(before.period, latest.period, amount, unit, crosses, before.value)


def _year(period: str) -> int:
    return int(period[:4]) if period[:4].isdigit() else 0
