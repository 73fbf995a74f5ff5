"""What may be said of a figure, before any word is chosen.

Two values closer than the noise are « comparables »: two counts, when chance alone could make
their difference; differences of rates are in points;
counts are set against a larger place only as a share of it; a rank is told among five
comparable places or more that differ by more than the noise; a fragile value is compared with
nothing, a real one never with an invented one. Thresholds are the platform's own, to be stated
on the method page.
"""

from dataclasses import dataclass
from math import isfinite, sqrt

from bassin.indicators.figure import (
    Change,
    Comparison,
    Figure,
    Observation,
    PlaceName,
    Rank,
    Reliability,
    Status,
)
from bassin.types import Origin

NOISE_PCT = 2.0  # amounts and indices: within 2 % of each other
NOISE_POINTS = 0.5  # rates: within half a point
CAUTION_FACTOR = 2.0  # both thresholds double when one of the two values calls for caution
CHANCE_FACTOR = 2.0  # counts a and b: closer than 2·√(a + b), as two Poisson draws of one law are
RANK_MIN_UNITS = 5
RANK_MAX_NAMED = 3
_CONFIDENCE_95 = 1.96


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference worth saying: `amount` in `unit` ("points", "%" or the figure's symbol)."""

    place: PlaceName
    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Share:
    """Our count in percent of a larger place's."""

    place: PlaceName
    pct: float


@dataclass(frozen=True, slots=True)
class Near:
    """A count that chance alone could set apart from ours."""

    place: PlaceName
    value: float


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Every comparison that may be said, in the order the figure gives them."""

    gaps: tuple[Gap, ...] = ()
    near: tuple[Near, ...] = ()
    similar: tuple[PlaceName, ...] = ()
    shares: tuple[Share, ...] = ()


def is_rate(figure: Figure) -> bool:
    """Whether differences are in points."""
    return figure.difference == "points" or (figure.kind == "ratio" and figure.symbol == "%")


def is_count(figure: Figure) -> bool:
    """Whether the value grows with the size of the place."""
    return figure.kind in ("count", "sum")


def is_tally(figure: Figure) -> bool:
    """Whether the value is a number of things, which chance moves; money is not."""
    return is_count(figure) and not figure.symbol.endswith("€")


def chance(one: float, other: float) -> float:
    """The difference between two counts from which it is told from chance."""
    return CHANCE_FACTOR * sqrt(max(one + other, 0.0))


def is_by_chance(figure: Figure, other: float | None) -> bool:
    """Whether our count and another, or an earlier one, differ by less than chance may do."""
    ours = figure.observation.value
    if not is_tally(figure) or ours is None or other is None or min(ours, other) < 0:
        return False
    return 0 < abs(ours - other) < chance(ours, other)


def has_value(observation: Observation) -> bool:
    """Whether there is a number that may be shown."""
    shown = observation.status in (Status.NORMAL, Status.ROUNDED)
    return shown and observation.value is not None and isfinite(observation.value)


def is_interval(observation: Observation) -> bool:
    """Whether the figure is known only between two bounds."""
    return observation.upper is not None and observation.upper != observation.value


def may_compare(observation: Observation) -> bool:
    """Whether a value is firm enough to be set against another.

    One rounded for secrecy is not: a share or a gap taken before rounding would give it back.
    """
    firm = observation.status == Status.NORMAL and has_value(observation)
    return firm and observation.reliability != Reliability.FRAGILE and not is_interval(observation)


def _may_stand_beside(figure: Figure, other: Observation) -> bool:
    """Whether another value may be told beside ours: a real figure never leans on an invented."""
    invented = Origin.INVENTED
    return other.origin != invented or figure.observation.origin == invented


def sampling_error(observation: Observation) -> float:
    """Half-width, in points, of the 95 % interval of a rate from a sample; 0 when exhaustive.

    Reckoned as a simple random draw of the denominator: the least the true margin can be.
    """
    top, bottom = observation.numerator, observation.denominator
    if observation.reliability == Reliability.EXHAUSTIVE or not bottom or top is None:
        return 0.0
    share = min(max(top / bottom, 0.0), 1.0)
    return 100 * _CONFIDENCE_95 * sqrt(share * (1 - share) / bottom)


def noise(figure: Figure, *observations: Observation) -> float:
    """Return the difference below which values are comparable: points for a rate, else percent."""
    both = (figure.observation, *observations)
    cautious = any(o.reliability == Reliability.CAUTION for o in both)
    factor = CAUTION_FACTOR if cautious else 1.0
    if not is_rate(figure):
        return NOISE_PCT * factor
    return max(NOISE_POINTS * factor, sqrt(sum(sampling_error(o) ** 2 for o in both)))


def _amount(figure: Figure, comparison: Comparison) -> tuple[float, str] | None:
    """Return the difference in the unit the figure allows, or None when it cannot be said."""
    theirs, ours = comparison.observation.value, figure.observation.value
    if is_rate(figure):
        if comparison.gap is not None and comparison.gap_unit.startswith("point"):
            return comparison.gap, "points"
        # A percentage of a rate is never said: the difference is taken again, in points.
        return None if theirs is None or ours is None else (ours - theirs, "points")
    return None if comparison.gap is None else (comparison.gap, comparison.gap_unit)


def is_within_noise(
    figure: Figure, amount: float, reference: float, *others: Observation, unit: str = ""
) -> bool:
    """Whether a difference from a reference value is too small to be told.

    `amount` is in points for a rate, in percent when `unit` is "%", else in the figure's unit.
    """
    threshold = noise(figure, *others)
    if is_rate(figure) or unit == "%":
        return abs(amount) <= threshold
    return abs(amount) <= threshold / 100 * abs(reference)


def comparisons(figure: Figure) -> Comparisons:
    """Sort out what each comparator allows us to say."""
    if not may_compare(figure.observation):
        return Comparisons()
    gaps: list[Gap] = []
    similar: list[PlaceName] = []
    shares: list[Share] = []
    near: list[Near] = []
    for comparison in figure.comparisons:
        theirs = comparison.observation
        if not (
            comparison.comparable and may_compare(theirs) and _may_stand_beside(figure, theirs)
        ):
            continue
        if is_count(figure) and comparison.share_pct is not None:
            shares.append(Share(comparison.place, comparison.share_pct))
        elif not is_count(figure) or _same_scale(figure, comparison):
            found = _amount(figure, comparison)
            if found is None or not isfinite(found[0]):
                continue
            if is_within_noise(figure, found[0], theirs.value or 0.0, theirs, unit=found[1]):
                similar.append(comparison.place)
            elif is_by_chance(figure, theirs.value):
                near.append(Near(comparison.place, theirs.value or 0.0))
            else:
                gaps.append(Gap(comparison.place, *found))
    return Comparisons(tuple(gaps), tuple(near), tuple(similar), tuple(shares))


def _same_scale(figure: Figure, comparison: Comparison) -> bool:
    return figure.observation.place.scale == comparison.place.scale


def rank(figure: Figure) -> Rank | None:
    """Return the rank when it means something."""
    found = figure.rank
    if found is None or found.size < RANK_MIN_UNITS or not may_compare(figure.observation):
        return None
    if not all(_may_stand_beside(figure, peer) for peer in figure.peers):
        return None
    if found.spread is None:
        return found
    if is_tally(figure) and found.spread < chance(*_ends(figure, found.spread)):
        return None
    value = abs(figure.observation.value or 0.0)
    spread = found.spread if is_rate(figure) else 100 * found.spread / value if value else 0.0
    return found if spread > noise(figure) else None


def _ends(figure: Figure, spread: float) -> tuple[float, float]:
    """The largest and the smallest count of those that are ranked."""
    known = (figure.observation, *figure.peers)
    largest = max((o.value for o in known if o.value is not None), default=0.0)
    return largest, max(largest - spread, 0.0)


def change(figure: Figure) -> Change | None:
    """Return the change when it is in a unit the figure allows and its value is firm."""
    found = figure.change
    if found is None or not may_compare(figure.observation) or not isfinite(found.amount):
        return None
    return None if is_rate(figure) and not found.unit.startswith("point") else found


def before(figure: Figure, found: Change) -> float | None:
    """The value a change started from, worked out from its amount where it is not given."""
    after = figure.observation.value
    if found.before is not None or after is None:
        return found.before
    if found.unit != "%":
        return after - found.amount
    return after / (1 + found.amount / 100) if found.amount > -100 else None


def has_moved(figure: Figure, found: Change) -> bool:
    """Whether a change is larger than the noise, and than what chance does to a count."""
    return _is_beyond_noise(figure, found) and not is_by_chance(figure, before(figure, found))


def chance_start(figure: Figure, found: Change) -> float | None:
    """The earlier count, when a change beyond the noise may still be by chance."""
    start = before(figure, found)
    by_chance = is_by_chance(figure, start) and _is_beyond_noise(figure, found)
    return start if by_chance else None


def _is_beyond_noise(figure: Figure, found: Change) -> bool:
    start = before(figure, found) or 0.0
    return not is_within_noise(figure, found.amount, start, unit=found.unit)


def strength(figure: Figure, found: Change) -> float:
    """How many times the noise a change is."""
    start, after = before(figure, found), figure.observation.value
    least = noise(figure)
    if is_tally(figure) and found.unit == "%" and start and after is not None:
        least = max(least, 100 * chance(start, after) / start)
    return abs(found.amount) / least


def is_favourable(figure: Figure, found: Change) -> bool | None:
    """Say whether a rise or a fall is good.

    None when the indicator declares no polarity, or when the series breaks in between: how much
    of the change is the break's, nobody knows.
    """
    wanted = {"higher_better": 1, "lower_better": -1}.get(figure.polarity)
    if wanted is None or found.crosses_break is not None:
        return None
    return found.amount * wanted > 0
