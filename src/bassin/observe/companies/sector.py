"""How the sector of an establishment does where it is: declared figures, narrowed to a division."""

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.catalogue import indicator
from bassin.indicators.declaration import Indicator, declare
from bassin.indicators.figure import Observation
from bassin.indicators.house import House
from bassin.indicators.numbers import number, period, quantity
from bassin.indicators.valued import source
from bassin.observe.companies.rows import Establishment
from bassin.taxonomies import naf
from bassin.territory import Place
from bassin.types import Origin, Text
from bassin.ui.parts import Cell, Column, Row

_NARROWED = ("establishments", "births", "closures", "sector_share_trade",
             "industry_location_quotient")  # fmt: skip
"""Declarations whose numerator is narrowed; the last two are a share and a quotient of one."""


@dataclass(frozen=True, slots=True)
class Sector:
    """The table of a division, in a commune and in the territory, with the sources it rests on."""

    division: str
    label: Text
    columns: list[Column]
    rows: list[Row]
    sources: list[str]


@lru_cache(maxsize=512)
def narrowed(name: str, division: str, digest: str) -> Indicator:
    """A declared figure over one division of the NAF; `digest` is that of the declaration."""
    facts = deepcopy(indicator(name).raw)
    facts["id"] = f"{name}_naf_{division}"
    facts["measure"]["numerator"]["where"] = f'naf_code in naf("{division}")'
    return declare(facts)


def table(house: House, found: Establishment, language: str) -> Sector | None:
    """What is known of its division; None without an activity or a commune."""
    if not found.naf_code or not found.commune_code:
        return None
    try:
        entry = naf.rev2().entry(found.naf_code)
        here = house.territory.place(f"commune:{found.commune_code}")
    except Refused:
        return None
    places = list({each.key: each for each in (here, house.home)}.values())
    rows, cited = [], []
    for name in _NARROWED:
        made = narrowed(name, entry.division, indicator(name).digest)
        row, said = _row(house, made, name, places, language)
        if row is not None:
            rows.append(row)
            cited += said
    if not rows:
        return None
    columns = [Column(_("Figure")), *(Column(each.name, number=True) for each in places),
               Column(_("Date"))]  # fmt: skip
    label = naf.rev2().entry(entry.division).label
    return Sector(entry.division, label, columns, rows, list(dict.fromkeys(cited)))


def _row(
    house: House, made: Indicator, name: str, places: list[Place], language: str
) -> tuple[Row | None, list[str]]:
    observed = house.engine.observe(made, places)
    latest = [_latest(observed.get(each.key, [])) for each in places]
    known = [each for each in latest if each is not None]
    if not known:
        return None, []
    cells = [_cell(made, each, language) for each in latest]
    cells.append(Cell(period(known[0].period, language)))
    address = f"{reverse('observatory:indicator', kwargs={'name': name})}?lieu={places[0].key}"
    heading = Cell(_words()[name], url=address)
    return Row(heading, cells), [source(made, known[0]).say(language)]


def _latest(series: list[Observation]) -> Observation | None:
    """The last one that has a value, else the last that says why it has none."""
    return next((each for each in reversed(series) if each.value is not None),
                series[-1] if series else None)  # fmt: skip


def _cell(made: Indicator, observed: Observation | None, language: str) -> Cell:
    if observed is None:
        return Cell(why=_("no data"))
    if observed.value is None:
        return Cell(why=observed.why.say(language) if observed.why else _("no data"))
    shown = number(observed.value, made.decimals, language)
    if made.symbol == "%":
        shown = quantity(observed.value, "%", made.decimals, language)
    return Cell(shown, sort=observed.value, origin=Origin(observed.origin))


def _words() -> dict[str, str]:
    return {
        "establishments": _("Active establishments"),
        "births": _("Opened in the year"),
        "closures": _("Closed in the year"),
        "sector_share_trade": _("Share of all establishments"),
        "industry_location_quotient": _("Specialisation (1: as the region)"),
    }
