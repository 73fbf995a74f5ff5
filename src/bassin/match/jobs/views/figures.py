"""The figures of jobs, on a page and as a file."""

from collections.abc import Callable, Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.indicators.house import House
from bassin.indicators.numbers import number, unit
from bassin.indicators.numbers import period as in_words
from bassin.match.jobs import declared, figures, giving, recruiting, searches
from bassin.match.jobs.figures import Told
from bassin.match.jobs.figures_told import everything
from bassin.match.jobs.knowledge import knowledge
from bassin.match.jobs.models import Offer
from bassin.match.jobs.views.common import communes, crumbs, house, language, today
from bassin.types import LANGUAGES, Origin, Text
from bassin.ui.data import as_csv
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.templatetags.ui import french

SHOWN = 15


def _every(opened: House) -> list[tuple[str, list[Told]]]:
    day = today()
    return [
        (_("Offers here"), figures.offers(opened, day)),
        (_("Who was hired"), figures.hired(opened, day)),
        (_("The market around"), figures.market(opened, language())),
    ]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every figure with its unit, perimeter, date, source and definition."""
    opened, day = house(), today()
    origin = Origin.REAL if figures.has_real(day) else Origin.INVENTED
    context = {
        "groups": [(title, [_shown(each) for each in told]) for title, told in _every(opened)],
        "real": origin == Origin.REAL,
        "tables": [table for table in _tables(opened, origin) if table[2]],
        **giving.in_public(recruiting.everyone(), list(recruiting.past(timezone.now()))),
        "weeks": searches.WEEKS,
        "methods": [
            (
                each.label.say(language()),
                each.definition.say(language()),
                each.source.say(language()),
            )
            for each in declared.figures().values()
        ],
        "crumbs": crumbs((_("Figures"), "")),
    }
    return render(request, "jobs/figures.html", context)


def _shown(told: Told) -> tuple[Told, str, str]:
    """A figure, its value as it is read, and its date."""
    decimals = 1 if told.unit == "%" else 0
    value = "" if told.value is None else number(told.value, decimals, language())
    counted = Text(told.unit, unit(told.unit, "en")).say(language())
    return told, f"{value} {counted}".strip(), _day(told.day)


def _day(written: str) -> str:
    """A day, or what is shorter, as the page's language writes it."""
    known = language() in LANGUAGES or len(written) < len("2026-11-26")
    return in_words(written, language()) if known else date_format(date.fromisoformat(written))


def _french(words: Mapping[str, str]) -> Callable[[str], str]:
    """Names by their codes, said to be French where the page is not; "" where there is none."""
    return lambda code: str(french(words.get(code)))


def _tables(opened: House, origin: Origin) -> list[tuple[str, list[Column], list[Row]]]:
    """Open offers by trade, commune and contract; trades that lack people; searches; tensions."""
    day, named, label = today(), _french(communes()), _french(knowledge(opened).rome.labels)
    offers, trade, commune = Column(_("Offers"), number=True), Column(_("Trade")), _("Commune")
    by: list[tuple[str, Column, str, Callable[[str], str]]] = [
        (_("Open offers by trade"), trade, "rome_code", label),
        (_("Open offers by commune"), Column(commune), "commune_code", named),
        (_("Open offers by contract"), Column(_("Contract")), "contract", _contract),
    ]
    tables = [
        (title, [first, offers],
         [_row(words(line.code) or line.code or _("not said"), line.number, origin)
          for line in figures.broken_down(day, field)[:SHOWN]])
        for title, first, field, words in by
    ]  # fmt: skip
    lacking = [
        _row(label(code) or code, count, origin, named(where) or _("not said"))
        for code, where, count in figures.unmet(day)[:SHOWN]
    ]
    tables.append(
        (_("Trades that lack people: offers open for {days} days").format(days=figures.UNMET),
         [trade, Column(commune), Column(_("Positions"), number=True)], lacking)
    )  # fmt: skip
    tables.append(_sought(label, named))
    tense = [_row(label(each.rome_code) or each.rome_code, each.tension, Origin.REAL)
             for each in figures.tensions(opened)[:SHOWN]]  # fmt: skip
    tables.append((_("Tensest occupations of the employment area, from 1 to 5"),
                   [trade, Column(_("Tension"), number=True)], tense))  # fmt: skip
    return tables


def _contract(code: str) -> str:
    return str(Offer.Contract(code).label) if code else ""


def _row(words: str, count: int, origin: Origin, *more: str) -> Row:
    cells = [Cell(text) for text in more]
    return Row(Cell(words), [*cells, Cell(number(count, 0, language()), sort=count, origin=origin)])


def _sought(
    say: Callable[[str], str], named: Callable[[str], str]
) -> tuple[str, list[Column], list[Row]]:
    columns = [
        Column(_("Trade")), Column(_("From")), Column(_("Searches"), number=True),
        Column(_("In vain"), number=True),
    ]  # fmt: skip
    rows = []
    for each in searches.sought(today())[:SHOWN]:
        origin = Origin.INVENTED if each.invented else Origin.REAL
        vain = (
            Cell(why=_("hidden, under 5"))
            if each.in_vain is None
            else Cell(number(each.in_vain, 0, language()), sort=each.in_vain, origin=origin)
        )
        searched = Cell(number(each.searched, 0, language()), sort=each.searched, origin=origin)
        place = Cell(named(each.commune_code) or _("not said"))
        rows.append(Row(Cell(say(each.rome_code) or each.rome_code), [place, searched, vain]))
    return _("What people look for and do not find"), columns, rows


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """All that the page shows, and the lines that it leaves out, as a CSV file."""
    opened = house()
    found = everything(opened, today(), communes(), dict(knowledge(opened).rome.labels))
    rows = [
        {
            "figure": each.code, "label": each.label, "detail": each.detail,
            "value": "" if each.value is None else each.value, "unit": each.unit,
            "perimeter": each.place, "date": each.day, "source": each.source,
            "definition": each.definition, "origin": each.origin.value, "absent": each.why,
        }
        for each in found
    ]  # fmt: skip
    sample = any(row["origin"] == Origin.INVENTED for row in rows)
    return as_csv(rows, "emplois-chiffres", sample=sample)
