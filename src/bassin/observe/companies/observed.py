"""A selection as a place for the observatory: what it is made of, how it lives.

Births, closures, survival and failures follow the rules of the observatory's own tables
(`bassin.sources`), on these establishments alone. A figure that rests on too few units is not told,
nor what would give it away: small groups are told together.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bassin.indicators.house import House
from bassin.indicators.secrecy import journal
from bassin.indicators.secrecy.regimes import Regime, regime
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
from bassin.sources.bodacc import local
from bassin.sources.sirene import flows
from bassin.taxonomies import naf
from bassin.taxonomies.codes import Level

MOST_ROWS = 12
SINCE = 2012
_LEVELS = (Level.SECTION, Level.DIVISION, Level.GROUP, Level.CLASS, Level.SUBCLASS)
_WHOLE_PCT = 85.0
_BY = {"activities": "naf_code", "sizes": "headcount_band", "forms": "left(legal_category, 1)",
       "communes": "commune_code"}  # fmt: skip

Counts = dict[str, Counter[str]]
"""Establishments by activity, by band of staff, by legal form, by commune."""


def rule() -> Regime:
    """The secrecy of business statistics: fewer units than it asks for make no figure."""
    return regime("business")


@dataclass(frozen=True, slots=True)
class Part:
    """One group of a whole: its share here and in the territory, in %.

    `quotient` is the one beside the other, None where the territory has none; a code of "" gathers
    the groups that are too small or too many.
    """

    code: str
    count: int
    share: float
    theirs: float | None

    @property
    def quotient(self) -> float | None:
        """How many times the territory's share."""
        return self.share / self.theirs if self.theirs else None


@dataclass(frozen=True, slots=True)
class Year:
    """The flows of one year; None where it is not over, or rests on too few units (`secret`)."""

    period: str
    births: int | None
    closures: int | None
    stock: int
    survival_3y: float | None
    survival_5y: float | None
    failures: int | None
    secret: frozenset[str]


@dataclass(frozen=True, slots=True)
class Observed:
    """A selection, observed. `level` is that of the activities it is told by."""

    total: int
    level: Level
    activities: tuple[Part, ...]
    sizes: tuple[Part, ...]
    forms: tuple[Part, ...]
    communes: tuple[Part, ...]
    years: tuple[Year, ...]
    with_failures: bool


def observe(house: House, selection: Selection) -> Observed | None:
    """Observe a selection; None when it holds too few establishments to be told as a whole."""
    total, ours = _counted(house, *selection.where())
    few = rule().min_units
    if total < few:
        return None
    theirs = _references(house, selection)
    level = _level(ours["activities"], total)
    told = {
        name: _parts(_raised(name, counts, level), _raised(name, theirs[name], level), few)
        for name, counts in ours.items()
    }
    years = _years(house, selection, few)
    return Observed(
        total, level, told["activities"], told["sizes"], told["forms"], told["communes"], years,
        house.reader.has("failures"),
    )  # fmt: skip


def beside(house: House, found: Observed, other: Selection) -> Observed | None:
    """The same, beside another selection in place of the territory; None when that one is too few.

    Of the other, only what its own portrait would tell is told.
    """
    few = rule().min_units
    total, counts = _counted(house, *other.where())
    if total < few:
        return None
    sides: dict[str, Any] = {
        name: _beside(getattr(found, name), _raised(name, side, found.level), few)
        for name, side in counts.items()
    }
    return replace(found, **sides)


def _beside(ours: Sequence[Part], theirs: Counter[str], few: int) -> tuple[Part, ...]:
    told = {each.code: each.share for each in _parts(theirs, {}, few) if each.code}
    return tuple(
        replace(each, theirs=told.get(each.code, None if theirs[each.code] or not each.code else 0))
        for each in ours
    )


def years(house: House, selection: Selection) -> tuple[Year, ...]:
    """The life of a selection, year by year."""
    return _years(house, selection, rule().min_units)


def _counted(house: House, where: str, values: Sequence[Any]) -> tuple[int, Counts]:
    """How many there are, and by each of their sides, in one pass."""
    sides = ", ".join(f"{sql} AS {name}" for name, sql in _BY.items())
    sets = ", ".join(f"({name})" for name in _BY)
    asked = f"SELECT {sides} FROM {TABLE} WHERE {where}"
    sql = (f"SELECT grouping({', '.join(_BY)}), {', '.join(_BY)}, count(*) FROM ({asked}) "
           f"GROUP BY GROUPING SETS ({sets}, ())")  # fmt: skip
    counts: Counts = {name: Counter() for name in _BY}
    total = 0
    for group, *codes, count in house.reader.rows(sql, list(values)):
        if group == _ALL_SIDES:
            total = int(count)
            continue
        name = _GROUP[group]
        code = codes[list(_BY).index(name)]
        if code is not None:
            counts[name][code] = int(count)
    return total, counts


_ALL_SIDES = 2 ** len(_BY) - 1
_GROUP = {_ALL_SIDES - 2 ** (len(_BY) - 1 - n): name for n, name in enumerate(_BY)}
"""What `grouping` says of each side: a bit is down where the side is told."""

_OPEN_HERE = "state = 'A' AND commune_code IN (SELECT unnest(?))"


@lru_cache(maxsize=2)
def _territory(release: str, house: House) -> Counts:
    return _counted(house, _OPEN_HERE, [_home(house)])[1]


_ABOUT = {"activities": ("naf", "perimetre", "domaine"), "sizes": ("effectif",),
          "forms": ("forme",), "communes": ("lieu",)}  # fmt: skip


def _references(house: House, selection: Selection) -> Counts:
    """The territory, side by side: where a side is filtered, by the same filter.

    Metal workshops are all metal: beside the whole territory, that tells nothing.
    """
    whole = _territory(house.reader.name, house)
    conditions = selection.conditions()
    found: Counts = {}
    for name, params in _ABOUT.items():
        own = [conditions[param] for param in params if param in conditions]
        if not own:
            found[name] = whole[name]
            continue
        where = " AND ".join([_OPEN_HERE, *(each.sql for each in own)])
        values = [_home(house), *(value for each in own for value in each.parameters)]
        found[name] = _counted(house, where, values)[1][name]
    return found


def _home(house: House) -> list[str]:
    return sorted(house.territory.codes(house.home))


def _raised(name: str, counts: Counter[str], level: Level) -> Counter[str]:
    """Activities at a level; the other sides as they are."""
    if name != "activities":
        return counts
    known, found = naf.rev2(), Counter[str]()
    for code, count in counts.items():
        chain = (code, *known.ancestors(code)) if code in known else ()
        at = next((each for each in chain if known.entries[each].level is level), None)
        if at is not None:
            found[at] += count
    return found


def _level(activities: Counter[str], total: int) -> Level:
    """The first level at which no activity is nearly all of it."""
    for level in _LEVELS:
        counts = _raised("activities", activities, level)
        if len(counts) > 1 and max(counts.values()) < total * _WHOLE_PCT / 100:
            return level
    return _LEVELS[-1]


def _parts(ours: Mapping[str, int], theirs: Mapping[str, int], few: int) -> tuple[Part, ...]:
    """The groups, the largest first; those that are too small or too many are told together."""
    total, whole = sum(ours.values()), sum(theirs.values())
    if total < few:
        journal.rows(len(ours))
        return ()
    ranked = sorted(ours.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [pair for pair in ranked if pair[1] >= few][:MOST_ROWS]
    while shown and 0 < total - sum(count for _code, count in shown) < few:
        shown.pop()  # what is left would be told by difference
    journal.rows(len(ranked) - len(shown))
    kept = {code for code, _count in shown}
    parts = [_part(code, count, total, theirs.get(code, 0), whole) for code, count in shown]
    rest = total - sum(count for _code, count in shown)
    if rest:
        others = sum(count for code, count in theirs.items() if code not in kept)
        parts.append(_part("", rest, total, others, whole))
    return tuple(parts)


def _part(code: str, count: int, total: int, theirs: int, whole: int) -> Part:
    return Part(code, count, 100 * count / total, 100 * theirs / whole if whole else None)


def _years(house: House, selection: Selection, few: int) -> tuple[Year, ...]:
    """Year by year, closed establishments included: a selection of open ones has its dead too."""
    where, values = selection.where(besides="etat")
    chosen = (f"SELECT siret, commune_code, state, created_on, closed_on FROM {TABLE} "
              f"WHERE {where}")  # fmt: skip
    history = house.reader.has("establishment_history")
    rows = house.reader.rows(flows.yearly(chosen, dated=TABLE, history=history), values)
    failed = _failures(house, where, values)
    found = (_year(row, failed, few) for row in rows if int(row[0]) >= SINCE)
    kept = tuple(each for each in found if each.births is not None or each.secret)
    journal.rows(sum(len(each.secret) for each in kept))
    return kept


def _failures(house: House, where: str, values: Sequence[Any]) -> dict[str, int]:
    """Failures by year of the firms whose head office is in the selection."""
    if not house.reader.has("failures"):
        return {}
    firms = f"SELECT siren FROM {TABLE} WHERE is_head_office AND {where}"
    return {str(year): int(n) for year, n in house.reader.rows(local.yearly(firms), list(values))}


def _year(row: Sequence[Any], failed: Mapping[str, int], few: int) -> Year:
    period, births, closures, stock, cohort_3y, alive_3y, cohort_5y, alive_5y = row
    secret = set()

    def count(name: str, value: int | None) -> int | None:
        if value is not None and 0 < value < few:
            secret.add(name)
            return None
        return value

    def rate(name: str, alive: int | None, cohort: int | None) -> float | None:
        if alive is None or not cohort:
            return None
        if cohort < few:
            secret.add(name)
            return None
        return 100 * alive / cohort

    return Year(
        str(period),
        count("births", births),
        count("closures", closures),
        int(stock),
        rate("survival_3y", alive_3y, cohort_3y),
        rate("survival_5y", alive_5y, cohort_5y),
        count("failures", failed.get(str(period))),
        frozenset(secret),
    )
