"""Establishments likely to hire a trade: no offer is needed to go and see them.

The share of a trade among the hires of an activity is national and a few years old; it says where
a trade is hired, never that this firm hires today. Sole traders and units whose diffusion is
partial are left out: their name and address are not ours to show.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from bassin.commons import weights
from bassin.indicators.house import House
from bassin.match.jobs.knowledge import Knowledge
from bassin.match.jobs.needs import Wishes, journeys
from bassin.match.jobs.pairing import FIRMS
from bassin.match.jobs.supply import USUAL
from bassin.pairing import Proposal, Tables, rank
from bassin.taxonomies.headcounts import bands

MOST_READ = 3_000
"""Establishments compared for one answer: those whose activity hires the trade most, the largest
first."""

_LEAST_SHARE = 0.01

_NEEDED = ("establishments", "legal_units", "occupation_hirings")
_ESTABLISHMENTS = """
    WITH found AS (
        SELECT siret, coalesce(nullif(sign, ''), nullif(e.name, ''), u.name) AS name, e.naf_code,
               commune_code, address, staff.minimum AS staff, share
        FROM establishments AS e
        JOIN legal_units AS u USING (siren)
        JOIN (SELECT unnest($1) AS naf, unnest($2) AS share) AS hired ON naf = e.naf_code
        JOIN (SELECT unnest($3) AS band, unnest($4) AS minimum) AS staff
            ON band = e.headcount_band
        WHERE e.state = 'A' AND e.is_employer AND e.diffusion = 'O' AND u.diffusion = 'O'
          AND NOT coalesce(u.is_natural_person, e.is_natural_person, true)
          AND commune_code IN (SELECT unnest($5))
    )
    SELECT siret, name, naf_code, commune_code, address, staff FROM found
    WHERE name IS NOT NULL
    ORDER BY share * least(staff, 100) DESC, siret
    LIMIT $6
"""
_SCHEMA = pa.schema(
    [
        ("siret", pa.string()),
        ("name", pa.string()),
        ("naf_code", pa.string()),
        ("commune_code", pa.string()),
        ("address", pa.string()),
        ("staff", pa.int32()),
        ("growth_pct", pa.float64()),
        ("when", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Firm:
    """An establishment and why it is proposed."""

    siret: str
    name: str
    naf_code: str
    commune_code: str
    address: str
    proposal: Proposal


def likely(
    opened: House, known: Knowledge, wishes: Wishes, today: date, top: int = 10
) -> list[Firm]:
    """The establishments most likely to hire these trades, with the reasons; [] without data."""
    shares = hired_shares(known, wishes.rome_codes)
    if not shares or not all(map(opened.reader.has, _NEEDED)):
        return []
    near = _within(opened, known, wishes)
    rows = _establishments(opened, shares, near)
    if not rows:
        return []
    need = {
        "rome_codes": list(wishes.rome_codes), "commune_code": wishes.commune_code or None,
        "mode": wishes.mode, "most_minutes": wishes.most_minutes, "staff_enough": 100,
        "growth_enough": 0,
    }  # fmt: skip
    table = pa.Table.from_pylist(rows, _SCHEMA)
    ranking = rank(
        FIRMS, need, table, _tables(wishes, known, shares, near), top=top,
        weights=weights.on(FIRMS, today),
    )  # fmt: skip
    by_siret = {row["siret"]: row for row in rows}
    return [_firm(by_siret[each.key], each) for each in ranking.proposals]


def _firm(row: Mapping[str, Any], proposal: Proposal) -> Firm:
    return Firm(
        row["siret"], row["name"], row["naf_code"], row["commune_code"], row["address"], proposal
    )


def hired_shares(known: Knowledge, rome_codes: Collection[str]) -> dict[tuple[str, str], float]:
    """By trade and activity, which share of the activity's hires are in the trade: 1 % at least."""
    return {
        (code, naf): share
        for code in rome_codes
        for naf, share in known.hired.get(code, {}).items()
        if share >= _LEAST_SHARE
    }


def _within(opened: House, known: Knowledge, wishes: Wishes) -> dict[str, int]:
    """Minutes to each commune that is near enough; the territory's own, unknown, without a home."""
    if not wishes.commune_code:
        return dict.fromkeys(opened.territory.codes(opened.home), -1)
    found = journeys(known, wishes)
    return {code: each for code, each in found.items() if each <= wishes.most_minutes}


def _establishments(
    opened: House, shares: Mapping[tuple[str, str], float], near: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Active employers of these activities in these communes, those that count most first."""
    best: dict[str, float] = {}
    for (_, naf), share in shares.items():
        best[naf] = max(best.get(naf, 0), share)
    staff = {code: band.minimum for code, band in bands().items() if band.minimum}
    growth = _growth(opened, best)
    rows = opened.reader.rows(
        _ESTABLISHMENTS,
        [list(best), list(best.values()), list(staff), list(staff.values()), list(near), MOST_READ],
    )
    return [
        {
            "siret": siret, "name": name, "naf_code": naf, "commune_code": commune,
            "address": address or "", "staff": least, "growth_pct": growth.get(naf), "when": USUAL,
        }
        for siret, name, naf, commune, address, least in rows
    ]  # fmt: skip


def _growth(opened: House, naf_codes: Collection[str]) -> dict[str, float]:
    """Change over three years of the jobs of each activity in the territory, in percent."""
    if not opened.reader.has("urssaf_headcounts"):
        return {}
    rows = opened.reader.rows(
        """
        WITH last AS (SELECT max(CAST(period AS INTEGER)) AS year FROM urssaf_headcounts)
        SELECT naf_code,
               sum(headcount) FILTER (period = CAST(year AS VARCHAR)) AS now,
               sum(headcount) FILTER (period = CAST(year - 3 AS VARCHAR)) AS before,
               bool_or(headcount_masked) AS masked
        FROM urssaf_headcounts, last
        WHERE naf_code IN (SELECT unnest($1)) AND commune_code IN (SELECT unnest($2))
          AND period IN (CAST(year AS VARCHAR), CAST(year - 3 AS VARCHAR))
        GROUP BY naf_code
        """,
        [list(naf_codes), sorted(opened.territory.codes(opened.home))],
    )
    return {
        naf: round(100 * (now - before) / before, 1)
        for naf, now, before, masked in rows
        if now and before and not masked
    }


def _tables(
    wishes: Wishes,
    known: Knowledge,
    shares: Mapping[tuple[str, str], float],
    near: Mapping[str, int],
) -> Tables:
    codes = [*wishes.rome_codes, *dict.fromkeys(naf for _, naf in shares)]
    index = {code: row for row, code in enumerate(codes)}
    matrix = np.zeros((len(codes), len(codes)), np.float32)
    for (code, naf), share in shares.items():
        matrix[index[code], index[naf]] = share
    places: Sequence[str] = tuple(dict.fromkeys((wishes.commune_code, *near)))
    minutes = np.full((len(places), len(places)), -1, np.int16)
    minutes[0] = [near.get(code, -1) for code in places]
    return Tables(
        nearness={"hirings": (codes, matrix)},
        reach={f"minutes:{wishes.mode}:{USUAL}": (places, minutes)},
        labels=known.tables.labels,
    )
