"""Hires, counted once each, as anyone may read them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.commons import hires
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.shared.views.common import crumbs
from bassin.ui.templatetags.ui import number


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The hires of each year; a number under five is hidden, with what would give it away."""
    years = hires.by_year()
    columns = [
        Column(_("Year")), Column(_("Hires"), number=True),
        Column(_("from a priority neighbourhood"), number=True),
        Column(_("from elsewhere"), number=True), Column(_("not said"), number=True),
    ]  # fmt: skip
    rows = [_row(each) for each in years]
    context = {"crumbs": crumbs((_("Hires"), "")), "columns": columns, "rows": rows}
    return render(request, "commons/hires.html", context)


def _row(year: hires.Year) -> Row:
    origin = Origin.INVENTED if year.invented else Origin.REAL
    numbers = (year.total, year.from_qpv, year.elsewhere, year.unknown)
    return Row(Cell(text=str(year.year)), [_cell(each, origin) for each in numbers])


def _cell(value: int | None, origin: Origin) -> Cell:
    if value is None:
        return Cell(why=_("secret"))
    return Cell(text=number(value), sort=value, origin=origin)
