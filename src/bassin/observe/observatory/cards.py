"""The observatory's cards on assembled pages: a place before a council meeting."""

from collections.abc import Sequence
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.engine import name_of
from bassin.indicators.figure import Figure
from bassin.indicators.house import House
from bassin.indicators.numbers import period
from bassin.indicators.sentences import distinctive, headline, sentence
from bassin.indicators.valued import source
from bassin.observe.observatory import profile, provenance, tables
from bassin.observe.observatory.words import (
    amount,
    gap,
    link,
    moved,
    place_link,
    rank,
    share,
    written,
)
from bassin.systems import Card
from bassin.taxonomies import naf
from bassin.taxonomies.codes import Nomenclature
from bassin.territory import Place
from bassin.types import Origin, Scale, Text
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.shared.works import spot

MINE = 3
_OF_SECTIONS = {
    "BCDE": "sector_share_industry", "F": "sector_share_construction", "G": "sector_share_trade",
    "H": "sector_share_transport", "I": "sector_share_hospitality",
    "J": "sector_share_information", "MN": "sector_share_business_services",
    "OPQ": "sector_share_public_services",
}  # fmt: skip
"""Sections of the NAF, and the figure that tells of them in a commune."""
_OF_A_COMMUNE = ("private_employees", "births", "establishments", "jobs_at_workplace",
                 "population")  # fmt: skip
"""What a firm asks of where it is, the first that are known."""

MOST_ROWS = 10
MOST_STRIPS = 2


def place(key: str, language: str) -> Card | None:
    """The paragraph, the key figures beside larger places, and what tells the place apart."""
    from django.utils import timezone

    opened = house()
    where = opened.territory.place(key)
    figures = profile.figures_of(opened, where)
    telling = profile.telling_of(figures)
    apart = [each.figure for each in distinctive(telling)]
    rows = _chosen(figures, apart)
    against = [p for p in opened.territory.comparators(where) if p.scale != Scale.FRANCE][:2]
    used = provenance.used(opened, rows, timezone.localdate(), language)
    return Card(
        system="observatory",
        title=Text("Les chiffres", "The figures"),
        template="observatory/_place_card.html",
        context={
            "paragraph": headline(telling, name_of(where), language) if telling else "",
            "table": _table(rows, against, language),
            "strips": [
                (figure, spots, sentence(figure, language))
                for figure in apart
                if (spots := tables.spots(figure, language))
            ][:MOST_STRIPS],
            "sources": _credits([each for each in used if each.vintage]),
            "troubles": [u.trouble for u in used if u.trouble],
        },
        order=10,
    )


def _credits(sources: Sequence[provenance.Used]) -> list[str]:
    """Each published source with its date; what a sample invents comes last, in one breath."""
    published = [
        f"{each.publisher}, {each.title} ({each.vintage})"
        for each in sources
        if each.origin != Origin.INVENTED
    ]
    invented = ", ".join(each.title for each in sources if each.origin == Origin.INVENTED)
    told = [_("invented sample in place of: {sources}").format(sources=invented)]
    return published + (told if invented else [])


def _chosen(figures: dict[str, Figure], apart: Sequence[Figure]) -> list[Figure]:
    """What tells the place apart and the key figures, each chapter in its turn, then in order."""
    known = indicators()
    order = list(profile.CHAPTERS)
    turns: dict[str, list[Figure]] = {code: [] for code in order}
    for name, figure in figures.items():
        shown = known[name].raw.get("presentation", {})
        if figure.observation.value is not None and (shown.get("card") or known[name].cadrage):
            turns[known[name].chapter].append(figure)
    by_turn = (figure for turn in zip_longest(*turns.values()) for figure in turn if figure)
    rest = (f for f in figures.values() if f.observation.value is not None)
    chosen = {f.observation.indicator: f for f in (*apart, *by_turn, *rest)}
    listed = list(chosen.values())[:MOST_ROWS]
    return sorted(listed, key=lambda f: order.index(known[f.observation.indicator].chapter))


def _table(
    figures: Sequence[Figure], against: Sequence[Place], language: str
) -> tuple[list[Column], list[Row]]:
    columns = [
        Column(pgettext("framing", "Indicator")),
        Column(pgettext("framing", "Value"), number=True),
        Column(pgettext("framing", "Date")),
        Column(pgettext("framing", "Change"), number=True),
        *(Column(each.name, number=True) for each in against),
        Column(pgettext("framing", "Rank")),
    ]
    return columns, [_row(figure, against, language) for figure in figures]


def _row(figure: Figure, against: Sequence[Place], language: str) -> Row:
    observed = figure.observation
    since = _("since {period}").format(period=figure.change.since) if figure.change else ""
    by_key = {each.place.key: each for each in figure.comparisons}
    cells = [
        Cell(text=amount(figure, language), origin=observed.origin),
        Cell(text=period(observed.period, language)),
        Cell(text=moved(figure, language), note=since, origin=observed.origin),
    ]
    for each in against:
        other = by_key.get(each.key)
        value = written(other.observation, figure.decimals, language) if other else ""
        note = gap(other, figure.decimals, language)
        if part := share(other, figure.decimals, language):
            note = _("we are {share}").format(share=part)
        origin = other.observation.origin if other and value else Origin.REAL
        cells.append(Cell(text=value or "—", note=note if value else "", origin=origin))
    cells.append(Cell(text=rank(figure.rank, language)))
    return Row(Cell(text=figure.label.say(language), url=link(figure)), cells)


def mine(siret: str, language: str) -> Card | None:
    """Three figures of the commune of a firm, one of them of its activity, with their sources."""
    opened = house()
    where = spot(opened.reader, siret)
    if where is None or not where.commune_code:
        return None
    try:
        there = opened.territory.place(f"commune:{where.commune_code}")
    except Refused:
        return None
    names = [*_of_activity(opened, siret), *_OF_A_COMMUNE]
    known = indicators()
    made = opened.figures(there, [each for each in names if each in known])
    shown = [made[each] for each in names if each in made]
    shown = [each for each in shown if each.observation.value is not None][:MINE]
    if not shown:
        return None
    lines = [
        (each, amount(each, language), period(each.observation.period, language),
         sentence(each, language),
         source(known[each.observation.indicator], each.observation).say(language), link(each))
        for each in shown
    ]  # fmt: skip
    context = {"lines": lines, "place": there.name, "url": place_link(there)}
    title = Text("Ma commune et mon activité en trois chiffres",
                 "My commune and my activity in three figures")  # fmt: skip
    return Card("observatory", title, "observatory/_mine_card.html", context, order=45)


def _of_activity(opened: House, siret: str) -> list[str]:
    """The figure of a commune that tells of an activity."""
    rows = opened.reader.rows(
        "SELECT naf_code FROM establishments_shown WHERE siret = ? AND naf_code IS NOT NULL",
        [siret],
    )
    try:
        section = naf.section_of(rows[0][0], Nomenclature.REV2) if rows else ""
    except Refused:
        return []
    return [name for sections, name in _OF_SECTIONS.items() if section in sections]
