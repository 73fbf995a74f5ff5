"""Which trades are promising, and where they hire within reach of a place."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.skills import near
from bassin.match.skills.developable import MAIN
from bassin.match.skills.reconversion.pairing import WAYS
from bassin.match.skills.trades import Trade, Trades
from bassin.territory.travel import Mode
from bassin.types import Origin

TENSE = 4
"""From this class of tension on (of 5), a trade is hard to hire for."""

_EMPLOYERS = {
    "establishment_stock": """
        SELECT naf_code, sum(establishments) FROM establishment_stock
        WHERE commune_code IN (SELECT unnest($1)) AND naf_code IS NOT NULL AND headcount_min > 0
            AND period = (SELECT max(period) FROM establishment_stock WHERE period <= $2)
        GROUP BY naf_code
    """,
    "urssaf_headcounts": """
        SELECT naf_code, sum(establishments) FROM urssaf_headcounts
        WHERE commune_code IN (SELECT unnest($1))
            AND period = (SELECT max(period) FROM urssaf_headcounts WHERE period < left($2, 4))
        GROUP BY naf_code
    """,
}
_OFFERS = """
    SELECT rome_code, sum(offers) FROM offers
    WHERE commune_code IN (SELECT unnest($1))
        AND period = (SELECT max(period) FROM offers WHERE period <= $2)
    GROUP BY rome_code
"""
_FIRST = {
    "establishment_stock": "SELECT min(period) FROM establishment_stock",
    "urssaf_headcounts": "SELECT min(period) FROM urssaf_headcounts",
    "offers": "SELECT min(period) FROM offers",
}
_SCHEMA = pa.schema(
    [
        ("rome_code", pa.string()),
        ("items", pa.list_(pa.string())),
        ("tension", pa.int16()),
        ("gap", pa.int32()),
        ("employers", pa.int32()),
        ("ways", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class Around:
    """What hires within reach of a place: by trade, establishments and offers.

    None: no table tells. `communes` is None when no journey is known from there, and the whole
    territory is then counted.
    """

    employers: Mapping[str, int] | None
    offers: Mapping[str, int] | None
    communes: int | None
    origin: Origin

    @property
    def reached(self) -> bool:
        """Whether journeys were counted."""
        return self.communes is not None


_LOCK = threading.Lock()
_KEPT: "OrderedDict[tuple[object, ...], Around]" = OrderedDict()


def around(
    house: House, trades: Trades, commune: str, mode: Mode, minutes: int, day: date
) -> Around:
    """What hires within reach of a commune on a day, by a way of travelling; kept for the release.

    Nothing published of a later time tells of that day: a table without an earlier period is as
    one that is not loaded.
    """
    key = (house.reader.key, house.home.key, commune, mode, minutes, day)
    with _LOCK:
        found = _KEPT.get(key)
    if found is None:
        found = _around(house, trades, commune, mode, minutes, day)
        with _LOCK:
            _KEPT[key] = found
            while len(_KEPT) > 16:
                _KEPT.popitem(last=False)
    return found


def _around(
    house: House, trades: Trades, commune: str, mode: Mode, minutes: int, day: date
) -> Around:
    codes = _reachable(house, commune, mode, minutes)
    counted = codes if codes is not None else sorted(house.territory.codes(house.home))
    table = next((name for name in _EMPLOYERS if _known(house, name, day)), "")
    has_offers = _known(house, "offers", day)
    asked = [counted, day.isoformat()]
    employers = (
        _by_trade(dict(house.reader.rows(_EMPLOYERS[table], asked)), trades) if table else None
    )
    offers = (
        {code: int(count or 0) for code, count in house.reader.rows(_OFFERS, asked)}
        if has_offers else None
    )  # fmt: skip
    used = [name for name, there in ((table, table), ("offers", has_offers)) if there]
    origin = Origin.together(house.reader.release.origin(name) for name in used)
    return Around(employers, offers, None if codes is None else len(codes), origin)


def _known(house: House, table: str, day: date) -> bool:
    """Whether a table is loaded and tells of that day or before."""
    if not house.reader.has(table):
        return False
    first = house.reader.rows(_FIRST[table])[0][0]
    return first is not None and str(first) <= day.isoformat()


def _reachable(house: House, commune: str, mode: Mode, minutes: int) -> list[str] | None:
    if not commune:
        return None
    try:
        return [each.code for each in house.travel.reachable(commune, mode, minutes)]
    except Refused:
        return None


def _by_trade(counts: Mapping[str, int | None], trades: Trades) -> dict[str, int]:
    """Establishments by trade: those whose activity makes at least 5 % of its hires in it."""
    found: dict[str, int] = {}
    for activity, count in counts.items():
        for trade, share in trades.work.shares.get(activity, {}).items():
            if share >= MAIN and count:
                found[trade] = found.get(trade, 0) + int(count)
    return found


@dataclass(frozen=True, slots=True)
class Demand:
    """What is known of the demand for one trade within reach."""

    tension: int | None
    gap: float | None
    employers: int | None
    offers: int | None

    @property
    def ways(self) -> list[str] | None:
        """In what ways it is promising; None when nothing is known of it."""
        held = {
            "tension": None if self.tension is None else self.tension >= TENSE,
            "gap": None if self.gap is None else self.gap > 0,
            "offers": None if self.offers is None else self.offers > 0,
        }
        if all(each is None for each in held.values()):
            return None
        return [way for way in WAYS if held[way]]


def demand(trade: Trade, there: Around) -> Demand:
    """That of one trade."""
    gap = trade.gap()
    return Demand(
        trade.seen.tension if trade.seen else None,
        gap.values.central if gap else None,
        None if there.employers is None or not there.reached
        else there.employers.get(trade.code, 0),
        None if there.offers is None else there.offers.get(trade.code, 0),
    )  # fmt: skip


def table(trades: Trades, there: Around) -> pa.Table:
    """All trades as offers of the pairing."""
    rows = []
    for trade in trades.all():
        found = demand(trade, there)
        rows.append(
            {
                "rome_code": trade.code, "items": near.skills(trades.rome, trade.code) or None,
                "tension": found.tension, "gap": None if found.gap is None else round(found.gap),
                "employers": found.employers, "ways": found.ways,
            }
        )  # fmt: skip
    return pa.Table.from_pylist(rows, _SCHEMA)
