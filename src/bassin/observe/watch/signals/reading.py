"""What the signals are made of, read from the release in service; None where it is not loaded."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from bassin.indicators.house import House
from bassin.letters import spaced
from bassin.observe.watch.signals.leaving import Site
from bassin.observe.watch.signals.offers import Counts
from bassin.observe.watch.signals.openings import Firm, Notice
from bassin.observe.watch.signals.signal import WINDOW

SHOWN, NOTICES, OFFERS, LINKS = "establishments_shown", "failures", "offers", "successions"
PAST = timedelta(days=4 * 366 + 60)
"""How far back notices are read: four years of the same weeks, and what went before them."""

_COLUMNS = tuple(each.name for each in fields(Notice))
_NOTICES = f"""
SELECT {", ".join(_COLUMNS)} FROM {NOTICES}
WHERE published_on >= $1 AND (siren IN (FROM {{firms}})
    OR postal_code IN (SELECT unnest($3)))
ORDER BY published_on, notice_id, firm_number
"""
_HERE = f"(SELECT siren FROM {SHOWN} WHERE commune_code IN (SELECT unnest($2)))"
_NOBODY = "(SELECT NULL WHERE len($2) < 0)"
_FIRMS = f"""
SELECT siren,
    list(siret ORDER BY siret) FILTER (state = 'A' OR closed_on >= $3),
    list(DISTINCT commune_code) FILTER (state = 'A' OR closed_on >= $3),
    coalesce(max(naf_code) FILTER (is_head_office), max(naf_code)),
    coalesce(max(unit_name), max(name), ''), bool_or(is_hidden),
    coalesce(max(commune_code) FILTER (is_head_office), '')
FROM {SHOWN} WHERE siren IN (SELECT unnest($1)) AND commune_code IN (SELECT unnest($2))
GROUP BY siren
"""
_LEFT = f"""
SELECT e.siret, coalesce(e.unit_name, e.name, ''), coalesce(e.naf_code, ''), e.commune_code,
    coalesce(e.closed_on, e.moved_to_on), e.headcount_band, e.is_hidden,
    coalesce(e.moved_to, t.successor, ''), coalesce(e.moved_to_on, t.linked_on), n.commune_code
FROM {SHOWN} e LEFT JOIN ({{taken}}) t USING (siret)
    LEFT JOIN {SHOWN} n ON n.siret = coalesce(e.moved_to, t.successor)
WHERE e.state = 'F' AND coalesce(e.closed_on, e.moved_to_on) >= $1
    AND e.commune_code IN (SELECT unnest($2))
"""
_TAKEN = f"""
SELECT predecessor_siret AS siret, max_by(successor_siret, linked_on) AS successor,
    max(linked_on) AS linked_on
FROM {LINKS} WHERE left(predecessor_siret, 9) <> left(successor_siret, 9)
    AND coalesce(goes_on, true) GROUP BY 1
"""
_NO_LINK = "SELECT '' AS siret, NULL::VARCHAR AS successor, NULL::DATE AS linked_on WHERE false"
_CLOSED = f"""
SELECT commune_code, left(naf_code, 2), closed_on FROM {SHOWN}
WHERE state = 'F' AND moved_to IS NULL AND closed_on BETWEEN $1 AND $2
    AND commune_code IN (SELECT unnest($3))
"""
_OFFERS = f"""
SELECT extracted_on, commune_code, left(rome_code, 1), sum(offers)::INTEGER FROM {OFFERS}
WHERE commune_code IN (SELECT unnest($1)) GROUP BY ALL
"""
_BANDS = f"""
SELECT siret, headcount_band FROM {SHOWN}
WHERE state = 'A' AND NOT is_hidden AND headcount_band IN (SELECT unnest($1))
    AND commune_code IN (SELECT unnest($2))
"""
_POSTAL = """
SELECT commune_code, name, string_split(coalesce(postal_codes, ''), ' ') FROM communes
WHERE cog = (SELECT max(cog) FROM communes) AND commune_code IN (SELECT unnest($1))
"""

Placed = dict[tuple[str, int], str]


def codes(house: House) -> list[str]:
    """The communes of the territory."""
    return sorted(house.territory.codes(house.home))


def span(house: House, table: str, column: str) -> tuple[date | None, date | None]:
    """The first and the last day of a table; (None, None) when it is not loaded."""
    if not house.reader.has(table):
        return None, None
    first, last = house.reader.rows(f"SELECT min({column}), max({column}) FROM {table}")[0]
    return first, last


def notices(house: House, until: date | None) -> list[Notice] | None:
    """Those of firms that have a place here, and those whose address is here."""
    if until is None:
        return None
    firms = _HERE if house.reader.has(SHOWN) else _NOBODY
    postal = sorted({code for _code, _name, held in _postal(house) for code in held})
    sql = _NOTICES.format(firms=firms)
    return [Notice(*row) for row in house.reader.rows(sql, [until - PAST, codes(house), postal])]


def loaded(house: House) -> int:
    """How many notices were read in all, from wherever they are."""
    count: int = house.reader.rows(f"SELECT count(DISTINCT notice_id) FROM {NOTICES}")[0][0]
    return count


def _postal(house: House) -> list[tuple[str, str, list[str]]]:
    if not house.reader.has("communes"):
        return []
    rows = house.reader.rows(_POSTAL, [codes(house)])
    return [(code, name, [each for each in held if each]) for code, name, held in rows]


def firms(house: House, found: Collection[Notice], until: date | None) -> dict[str, Firm]:
    """Who the notices tell of, by SIREN, where the register gives them a place here."""
    return firms_of(house, sorted({each.siren for each in found if each.siren}), until)


def firms_of(house: House, sirens: Collection[str], until: date | None) -> dict[str, Firm]:
    """Some firms by SIREN, those that have a place here."""
    if not sirens or until is None or not house.reader.has(SHOWN):
        return {}
    rows = house.reader.rows(_FIRMS, [list(sirens), codes(house), until - WINDOW])
    return {
        siren: Firm(tuple(sites or ()), tuple(sorted(places or ())), naf or "", name, hidden, seat)
        for siren, sites, places, naf, name, hidden, seat in rows
    }


def placed(house: House, found: Collection[Notice]) -> Placed:
    """The commune of each notice by its address: its postal code, and its town where needed."""
    by_code: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for commune, name, held in _postal(house):
        for code in held:
            by_code[code].append((commune, _town(name)))
    where: Placed = {}
    for each in found:
        there = by_code.get(each.postal_code or "", [])
        same = [commune for commune, name in there if name == _town(each.city or "")]
        if same or len(there) == 1:
            where[each.notice_id, each.firm_number] = same[0] if same else there[0][0]
    return where


def _town(name: str) -> str:
    words = spaced(name).replace("-", " ").replace("'", " ").split(" cedex")[0].split()
    return " ".join("st" if each in {"saint", "sainte"} else each for each in words)


def left(house: House, until: date | None) -> list[Site] | None:
    """The establishments that closed or moved lately."""
    if until is None or not house.reader.has(SHOWN):
        return None
    here = set(codes(house))
    sql = _LEFT.format(taken=_TAKEN if house.reader.has(LINKS) else _NO_LINK)
    found = []
    for *facts, now in house.reader.rows(sql, [until - WINDOW, sorted(here)]):
        siret, name, naf, commune, on, code, hidden, successor, linked_on = facts
        place = None if now is None else now in here
        found.append(
            Site(siret, name, naf, commune, on, code, hidden, successor, linked_on, place)
        )  # fmt: skip
    return found


def closures(house: House, until: date | None) -> dict[tuple[str, str], list[date]] | None:
    """The day of each closing of an establishment, by commune and by division of activity.

    One that moved did not close. Counted, never named: identities that are hidden count too.
    """
    if until is None or not house.reader.has(SHOWN):
        return None
    found: dict[tuple[str, str], list[date]] = defaultdict(list)
    for commune, division, day in house.reader.rows(_CLOSED, [until - PAST, until, codes(house)]):
        found["commune", commune].append(day)
        if division:
            found["activity", division].append(day)
    return found


def offers(house: House) -> Counts | None:
    """Offers by day of the count: by commune, by family of trades, and together."""
    if not house.reader.has(OFFERS):
        return None
    found: dict[date, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for day, commune, family, count in house.reader.rows(_OFFERS, [codes(house)]):
        for group in (("commune", commune), ("trades", family), ("territory", "")):
            found[day][group] += count
    return {day: dict(groups) for day, groups in found.items()}


def bands(house: House, asked: Collection[str]) -> Mapping[str, str]:
    """The active establishments of some headcount bands: what is remembered of the large ones."""
    if not house.reader.has(SHOWN):
        return {}
    return dict(house.reader.rows(_BANDS, [sorted(asked), codes(house)]))


def stock_day(house: House) -> date | None:
    """The day of the register: the last one on which anything closed may be known."""
    if not house.reader.has(SHOWN):
        return None
    period: Any = house.reader.rows(f"SELECT max(period) FROM {SHOWN}")[0][0]
    return date.fromisoformat(period) if period else None
