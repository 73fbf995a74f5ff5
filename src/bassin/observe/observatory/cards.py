"""The observatory's cards on assembled pages: a place before a council meeting."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.indicators.catalogue import indicators
from bassin.indicators.engine import name_of
from bassin.indicators.figure import Figure
from bassin.indicators.numbers import period
from bassin.indicators.sentences import distinctive, headline, sentence
from bassin.observe.observatory import profile, provenance, tables
from bassin.observe.observatory.words import amount, gap, link, moved, rank, share, written
from bassin.systems import Card
from bassin.territory import Place
from bassin.types import Scale, Text
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Row

MOST_ROWS = 10
MOST_STRIPS = 2
MOST_SOURCES = 5


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
            "sources": [_credit(each) for each in used if each.vintage][:MOST_SOURCES],
            "troubles": [u.trouble for u in used if u.trouble],
        },
        order=10,
    )


def _credit(source: provenance.Used) -> str:
    return f"{source.publisher}, {source.title} ({source.vintage})"


def _chosen(figures: dict[str, Figure], apart: Sequence[Figure]) -> list[Figure]:
    """Key figures that have a value, then what tells the place apart, in chapter order."""
    known = indicators()
    keyed = [
        figure
        for name, figure in figures.items()
        if figure.observation.value is not None
        and (known[name].cadrage or known[name].raw.get("presentation", {}).get("card"))
    ]
    rest = [f for f in figures.values() if f.observation.value is not None]
    chosen = {f.observation.indicator: f for f in (*keyed[: MOST_ROWS - 2], *apart, *rest)}
    listed = list(chosen.values())[:MOST_ROWS]
    order = list(profile.CHAPTERS)
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
        Cell(text=moved(figure, language), note=since),
    ]
    for each in against:
        other = by_key.get(each.key)
        value = written(other.observation, figure.decimals, language) if other else ""
        note = gap(other, figure.decimals, language)
        if part := share(other, figure.decimals, language):
            note = _("we are {share}").format(share=part)
        cells.append(Cell(text=value or "—", note=note if value else ""))
    cells.append(Cell(text=rank(figure.rank, language)))
    return Row(Cell(text=figure.label.say(language), url=link(figure)), cells)
