"""The cohorts of firms created with help, read beside their likes in the loaded SIRENE."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bassin.indicators.house import House
from bassin.match.support.firms import TABLE
from bassin.match.support.models import PATHWAY, Backed, Case
from bassin.match.support.survival import HORIZONS, Gap, Life, compare, later
from bassin.taxonomies.aggregates import aggregates

SINCE = 7
"""Years of births that are read: five years of life, and a quarter to spare."""

_BIRTHS = """
    SELECT siret, coalesce(naf_code, ''), left(coalesce(legal_category, ''), 1), created_on,
        CASE WHEN moved_to IS NULL THEN closed_on END,
        CASE WHEN NOT has_position THEN '' WHEN qpv_code IS NULL THEN 'no' ELSE 'yes' END
    FROM establishments_shown
    WHERE moved_from IS NULL AND created_on >= ?
        AND commune_code IN (SELECT unnest(?))
"""
_UNTIL = "SELECT max(try_cast(period AS DATE)) FROM establishments_shown"


@dataclass(frozen=True, slots=True)
class Cohort:
    """The firms of one agreement: how many, and what became of them after 1, 3 and 5 years.

    `alive`: by years, how many were alive, of how many that are old enough to tell.
    """

    agreement: str
    count: int
    unknown: int
    gaps: list[Gap]
    alive: dict[int, tuple[int, int]]


@lru_cache(maxsize=1)
def _a38() -> dict[str, str]:
    """The A38 post of each division of the NAF."""
    return {each: post.code for post in aggregates("a38") for each in post.divisions}


def _cell(naf: str, family: str, born: date, quarter: str) -> tuple[str, str, str, str]:
    when = f"{born.year}-{(born.month - 1) // 3 + 1}"
    return (_a38().get(naf[:2], naf[:2]), family, when, quarter)


def lives(opened: House, since: date) -> tuple[dict[str, Life], date | None]:
    """The births of the territory since a day, and the last day of which lives are known."""
    if not opened.reader.has(TABLE):
        return {}, None
    rows = opened.reader.rows(_BIRTHS, [since, list(opened.home.communes)])
    found = {
        siret: Life(siret, _cell(naf, family, born, quarter), born, ended)
        for siret, naf, family, born, ended, quarter in rows
    }
    return found, opened.reader.rows(_UNTIL)[0][0]


def cohorts(opened: House, backed: Iterable[Backed], today: date) -> tuple[list[Cohort], Any]:
    """Each agreement beside its likes, the largest first, and the day of the files."""
    found, until = lives(opened, today.replace(year=today.year - SINCE, month=1, day=1))
    by_agreement: dict[str, list[Backed]] = {}
    for each in backed:
        by_agreement.setdefault(each.agreement, []).append(each)
    told = [
        _cohort(agreement, listed, found, until or today)
        for agreement, listed in by_agreement.items()
    ]
    return sorted(told, key=lambda each: (-each.count, each.agreement)), until


def _cohort(agreement: str, listed: list[Backed], found: dict[str, Life], until: date) -> Cohort:
    known = [found[each.siret] for each in listed if each.siret in found]
    cells = {each.cell for each in known}
    likes = [each for each in found.values() if each.cell in cells]
    gaps = [compare(known, likes, years, until) for years in HORIZONS]
    return Cohort(agreement, len(listed), len(listed) - len(known), gaps, alive(known, until))


def alive(firms: Iterable[Life], until: date) -> dict[int, tuple[int, int]]:
    """By years, how many firms were alive that long after their birth, of those old enough."""
    listed = list(firms)
    found = {}
    for years in HORIZONS:
        old = [each for each in listed if later(each.born_on, years) <= until]
        found[years] = (sum(each.lived(years) for each in old), len(old))
    return found


def funnel(cases: Iterable[Case]) -> list[tuple[Any, int]]:
    """How many projects reached each stage, or went beyond it."""
    order = [stage.value for stage in PATHWAY]
    reached = Counter(
        stage for case in cases if case.stage in order
        for stage in order[: order.index(case.stage) + 1]
    )  # fmt: skip
    return [(stage.label, reached[stage.value]) for stage in PATHWAY]
