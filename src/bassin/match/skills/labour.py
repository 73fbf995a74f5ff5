"""What published tables say of trades here: jobseekers, tension, offers, announced projects.

Jobseekers and tension come by employment area: only areas wholly inside the territory are counted,
for a wider one says something else. The survey of hiring needs goes by FAP 2021, and no table
between it and ROME is published here: it is told for the area, and joined to no trade.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from bassin.indicators.house import House
from bassin.types import Origin

_AREAS = """
WITH latest AS (
    SELECT * FROM employment_areas WHERE period = (SELECT max(period) FROM employment_areas)
)
SELECT employment_area_code, any_value(employment_area_name),
    bool_and(commune_code IN (SELECT unnest($1))), count(*)
FROM latest
GROUP BY employment_area_code
HAVING bool_or(commune_code IN (SELECT unnest($1)))
"""
_TENSION = """
SELECT rome_code, sum(jobseekers_abc), sum(offers), max(tension), max(hiring_intensity),
    max(lack_of_workers), max(lasting_jobs), max(working_conditions), max(geographic_mismatch),
    max(specific_training)
FROM tension
WHERE employment_area_code IN (SELECT unnest($1)) AND period = $2
GROUP BY rome_code
"""
_OFFERS = """
SELECT rome_code, sum(offers) FROM offers
WHERE commune_code IN (SELECT unnest($1)) AND period = $2
GROUP BY rome_code
"""
_NEEDS = """
SELECT sum(projects), sum(difficult), bool_or(projects_masked) FROM hiring_needs
WHERE employment_area_code IN (SELECT unnest($1)) AND period = $2
"""
FACTORS = (
    "hiring_intensity", "lack_of_workers", "lasting_jobs", "working_conditions",
    "geographic_mismatch", "specific_training",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What the Dares publishes of a trade: yearly means, and classes from 1 (low) to 5 (high)."""

    jobseekers: float | None
    offers: float | None
    tension: int | None
    factors: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Announced:
    """Hiring projects of the areas, all occupations: a floor where a count is secret."""

    projects: int
    difficult: int
    masked: bool


@dataclass(frozen=True)
class Labour:
    """The published tables about trades here. An empty period: that table is not loaded.

    `areas` are those wholly inside the territory, `wider` those that only touch it.
    """

    areas: Mapping[str, str]
    wider: Mapping[str, str]
    tension_period: str
    tension_origin: Origin
    seen: Mapping[str, Seen]
    offers_period: str
    offers_origin: Origin
    offers: Mapping[str, int]
    needs_period: str
    needs_origin: Origin
    announced: Announced | None


def labour(house: House) -> Labour:
    """That of the installation's territory, kept for the release in service."""
    key = (house.reader.key, house.home.key)
    with _LOCK:
        found = _KEPT.get(key)
        if found is None:
            found = _KEPT[key] = _read(house)
            while len(_KEPT) > 2:
                _KEPT.popitem(last=False)
    return found


_LOCK = threading.Lock()
_KEPT: "OrderedDict[tuple[tuple[str, str], str], Labour]" = OrderedDict()


def _read(house: House) -> Labour:
    communes = sorted(house.territory.codes(house.home))
    areas = house.reader.rows(_AREAS, [communes]) if house.reader.has("employment_areas") else []
    inside = {code: name for code, name, whole, _count in areas if whole}
    wider = {code: name for code, name, whole, _count in areas if not whole}
    tension, seen = _latest(house, "tension", _TENSION, sorted(inside))
    offered, offers = _latest(house, "offers", _OFFERS, communes)
    needed, needs = _latest(house, "hiring_needs", _NEEDS, sorted(inside))
    return Labour(
        inside, wider, tension, _origin(house, "tension"),
        {row[0]: Seen(row[1], row[2], row[3], dict(zip(FACTORS, row[4:], strict=True)))
         for row in seen},
        offered, _origin(house, "offers"), {row[0]: int(row[1]) for row in offers},
        needed, _origin(house, "hiring_needs"),
        Announced(int(needs[0][0]), int(needs[0][1] or 0), bool(needs[0][2]))
        if needs and needs[0][0] is not None else None,
    )  # fmt: skip


_LAST = {
    "tension": "SELECT max(period) FROM tension",
    "offers": "SELECT max(period) FROM offers",
    "hiring_needs": "SELECT max(period) FROM hiring_needs",
}


def _latest(house: House, table: str, sql: str, codes: list[str]) -> tuple[str, list[tuple]]:
    """The last period of a table, and the rows of a question about these codes."""
    if not house.reader.has(table) or not codes:
        return "", []
    period = house.reader.rows(_LAST[table])[0][0] or ""
    return period, house.reader.rows(sql, [codes, period])


def _origin(house: House, table: str) -> Origin:
    if not house.reader.has(table):
        return Origin.REAL
    return house.reader.release.origin(table)
