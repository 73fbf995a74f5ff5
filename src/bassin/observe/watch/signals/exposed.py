"""Jobs that hang on a signal: the local establishments of the firm, as an interval, by trade."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bassin.indicators.activity_sets import known_fields, known_perimeters
from bassin.indicators.house import House
from bassin.observe.watch.signals.priority import Facts, Point, points
from bassin.observe.watch.signals.reading import SHOWN
from bassin.taxonomies import headcounts
from bassin.taxonomies.headcounts import Total
from bassin.taxonomies.interval import Interval, Part, shared

PRODUCTIVE = ("productive_activities_authority", "productive_activities_bassin")
"""The perimeters that tell what is productive: the authority's when it can be counted."""

STRATEGIC = "strategic_domains"
HIRES = "occupation_hirings"

_SITES = f"""
SELECT siret, naf_code, commune_code, headcount_band, qpv_code IS NOT NULL, has_position
FROM {SHOWN} WHERE siret IN (SELECT unnest($1)) ORDER BY siret
"""
_SHARES = f"""
SELECT naf_code, rome_code, sum(hirings) FROM {HIRES}
WHERE hirings > 0 AND naf_code IN (SELECT unnest($1)) GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A local establishment that a signal touches."""

    siret: str
    naf_code: str
    commune: str
    band: str | None
    in_qpv: bool | None


def places(
    house: House, sirets: Collection[str], remembered: Mapping[str, str]
) -> dict[str, Place]:
    """What is known of them; a band that the register emptied is the last one remembered."""
    if not sirets or not house.reader.has(SHOWN):
        return {}
    return {
        siret: Place(
            siret, naf or "", commune or "",
            code if code and not headcounts.band(code).unsure else remembered.get(siret, code),
            in_qpv if has_position else None,
        )
        for siret, naf, commune, code, in_qpv, has_position in house.reader.rows(
            _SITES, [sorted(sirets)]
        )
    }  # fmt: skip


def jobs(found: Sequence[Place]) -> Total:
    """The sum over places: from the least to the most that their bands allow."""
    return headcounts.counted(Counter(each.band for each in found))


def known(total: Total) -> bool:
    """Whether a sum says anything: not when every headcount is unknown."""
    return total.units_count > total.unsure_count


def by_activity(found: Sequence[Place]) -> dict[str, tuple[int, int]]:
    """The least and the most jobs of each activity; one without an upper end counts its least."""
    parts: dict[str, tuple[int, int]] = {}
    for each in found:
        one = headcounts.band(each.band)
        if each.naf_code and not one.unsure:
            low, high = parts.get(each.naf_code, (0, 0))
            most = one.minimum if one.maximum is None else one.maximum
            parts[each.naf_code] = (low + one.minimum, high + most)
    return parts


def by_trade(
    house: House, parts: Mapping[str, tuple[int, int]]
) -> tuple[dict[str, Part], Interval]:  # fmt: skip
    """Exposed jobs by trade, whose middles sum to the middle of the whole, and those without one.

    Args:
        parts: the least and the most jobs of each activity. Those of an activity whose hires are
            not known by trade are told apart.
    """
    hires: dict[str, dict[str, int]] = {}
    if house.reader.has(HIRES):
        for activity, trade, count in house.reader.rows(_SHARES, [sorted(parts)]):
            hires.setdefault(activity, {})[trade] = int(count)
    return split(parts, hires), unsplit(parts, hires)


def unsplit(parts: Mapping[str, tuple[int, int]], hires: Collection[str]) -> Interval:
    """The jobs of the activities whose trades nobody knows."""
    left = [Interval(*ends) for activity, ends in parts.items() if activity not in hires]
    return sum(left, Interval(0, 0))


def split(
    parts: Mapping[str, tuple[int, int]], hires: Mapping[str, Mapping[str, int]]
) -> dict[str, Part]:
    """The jobs of some activities among trades, each as its hires go."""
    whole = Interval(0, 0)
    weights: dict[str, Fraction] = {}
    for activity, (low, high) in parts.items():
        if activity not in hires:
            continue
        one, everyone = Interval(low, high), sum(hires[activity].values())
        whole += one
        for trade, count in hires[activity].items():
            held = one.central * Fraction(count, everyone)
            weights[trade] = weights.get(trade, Fraction(0)) + held
    return shared(whole, weights) if whole.high else {}


def facts(
    house: House, found: Sequence[Place], total: Total, contact: date | None, today: date
) -> Facts:
    """What the points of a firm's signal are given for."""
    naf = {each.naf_code for each in found if each.naf_code}
    productive, strategic = _productive(house, today), _strategic(house, today)
    quarters = [each.in_qpv for each in found if each.in_qpv is not None]
    return Facts(
        total.minimum if known(total) else None,
        total.maximum if known(total) else None,
        bool(naf & productive) if naf and productive else None,
        any(quarters) if quarters else None,
        bool(naf & strategic) if naf and strategic else None,
        contact,
    )


def points_of(
    house: House, naf_code: str, low: int, high: int, contact: date | None, today: date
) -> tuple[Point, ...]:
    """The points of a firm that somebody describes: its activity, and how many jobs."""
    productive, strategic = _productive(house, today), _strategic(house, today)
    told = Facts(
        low, high,
        naf_code in productive if naf_code and productive else None, None,
        naf_code in strategic if naf_code and strategic else None, contact,
    )  # fmt: skip
    return points(told, today)


def _productive(house: House, today: date) -> frozenset[str]:
    sets = known_perimeters(house, today)
    return next((sets[each].naf_codes for each in PRODUCTIVE if each in sets), frozenset())


def _strategic(house: House, today: date) -> frozenset[str]:
    sets = known_fields(house, today)
    return frozenset().union(
        *(each.naf_codes for key, each in sets.items() if key.startswith(f"{STRATEGIC}:"))
    )
