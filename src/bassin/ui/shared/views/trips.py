"""How far one goes from a commune, at an hour, by a mode: map, table, file; and the method."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.territory.travel import UNKNOWN, USUAL, At, Day, Mode
from bassin.types import Origin
from bassin.ui.data import safe
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Download, Row
from bassin.ui.shared import reach
from bassin.ui.shared.views.common import crumbs, language
from bassin.ui.templatetags.ui import number

_INPUTS = ("shapes", "stations", "lines")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, each part replaced by the usual one when it is not known."""

    start: str
    mode: Mode
    at: At
    most: int
    wrong: str = ""

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return urlencode(
            {"de": self.start, "mode": self.mode.value, "heure": str(self.at),
             "jour": self.at.day.value, "minutes": self.most}
        )  # fmt: skip


def _days() -> dict[str, str]:
    return {
        Day.WEEKDAY: _("Monday to Friday"), Day.SATURDAY: _("Saturday"), Day.SUNDAY: _("Sunday"),
    }  # fmt: skip


def _asked(request: HttpRequest, opened: House) -> Asked:
    given, travel, wrong = request.GET, opened.travel, ""
    start = opened.territory.communes(opened.home)[0].code
    try:
        start = travel.codes[travel.row_of(given.get("de") or start)]
    except Refused as refusal:
        wrong = refusal.text.say(language())
    usual = Mode.TRANSIT if travel.lines else Mode.CAR
    mode = Mode(given["mode"]) if given.get("mode") in set(Mode) else usual
    day = Day(given["jour"]) if given.get("jour") in set(Day) else Day.WEEKDAY
    at = At(USUAL.minute, day)
    try:
        at = At.of(given.get("heure") or str(USUAL), day)
    except Refused:
        wrong = wrong or _("This is no hour. Write it as 05:30.")
    most = given.get("minutes", "")
    limit = int(most) if most in {str(each) for each in reach.LIMITS} else 30
    return Asked(start, mode, at, limit, wrong)


def _names(opened: House) -> dict[str, str]:
    places = opened.territory.gazetteer().places
    return {code: places[f"commune:{code}"].name for code in opened.travel.codes}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The communes within so many minutes of one."""
    opened = house()
    asked = _asked(request, opened)
    names = _names(opened)
    minutes = opened.travel.row(asked.start, asked.mode, asked.at).tolist()
    found = opened.travel.reachable(asked.start, asked.mode, asked.most, asked.at)
    title = _("Within {most} minutes of {place}").format(most=asked.most, place=names[asked.start])
    said = _said(asked, names, len(found), known=any(each != UNKNOWN for each in minutes))
    picture = reach.drawn(
        opened, asked.start, minutes, names, most=asked.most, title=title, said=said
    )
    context = {
        "crumbs": crumbs((_("Travel times"), "")),
        "asked": asked, "title": title, "said": said, "picture": picture,
        "communes": sorted(names.items(), key=lambda each: each[1]),
        "modes": [(mode.value, mode.label.say(language())) for mode in Mode],
        "days": _days().items(), "limits": reach.LIMITS,
        "columns": [Column(_("Commune")), Column(_("Minutes"), number=True)],
        "rows": [_row(asked, names, each.code, each.minutes) for each in found],
        "unknown": _why(opened, asked, minutes),
        "files": [Download("CSV", f"{reverse('shared:trips_data')}?{asked.query}")],
        "matrix": f"{reverse('shared:trips_matrix')}?{asked.query}",
        "mark": _origin(opened), "version": opened.travel.said.version,
        "decided_on": opened.travel.said.decided_on,
    }  # fmt: skip
    return render(request, "ui/trips.html", context)


def _said(asked: Asked, names: dict[str, str], count: int, *, known: bool) -> str:
    facts = {
        "place": names[asked.start], "hour": str(asked.at), "day": _days()[asked.at.day],
        "mode": asked.mode.label.say(language()), "most": asked.most,
        "count": number(count),
    }  # fmt: skip
    if not known:
        return _("From {place}, {mode}, arriving at {hour} ({day}): unknown, ask.").format(**facts)
    return _(
        "From {place}, {mode}, arriving at {hour} ({day}): {count} communes within {most} minutes."
    ).format(**facts)


def _why(opened: House, asked: Asked, minutes: list[int]) -> str:
    """Why the start itself has no minutes, which is then so for all; "" when it has."""
    if minutes[opened.travel.rows[asked.start]] != UNKNOWN:
        return ""
    if any(each != UNKNOWN for each in minutes):
        return ""
    why = opened.travel.why(asked.start, asked.start, asked.mode, asked.at)
    return why.say(language())


def _row(asked: Asked, names: dict[str, str], code: str, minutes: int) -> Row:
    other = Asked(code, asked.mode, asked.at, asked.most)
    link = f"{reverse('shared:trips')}?{other.query}"
    ours = code == asked.start
    return Row(
        Cell(text=names[code], url="" if ours else link),
        [Cell(text=number(minutes), sort=minutes)],
        ours=ours,
    )


def _origin(opened: House) -> Origin:
    tables = [table for table in _INPUTS if opened.reader.has(table)]
    return Origin.together(opened.reader.release.origin(table) for table in tables)


_HEAD = ("from_code", "from_name", "to_code", "to_name", "mode", "day", "arrive_by", "minutes",
         "hypotheses")  # fmt: skip


def _rows_from(opened: House, asked: Asked, start: str, names: dict[str, str]) -> Iterator[Any]:
    minutes = opened.travel.row(start, asked.mode, asked.at).tolist()
    tail = (asked.mode.value, asked.at.day.value, str(asked.at))
    version = opened.travel.said.version
    for end, each in zip(opened.travel.codes, minutes, strict=True):
        known = "" if each == UNKNOWN else each
        yield (start, names[start], end, names[end], *tail, known, version)


def _file(opened: House, asked: Asked, starts: list[str], name: str) -> StreamingHttpResponse:
    names = safe(_names(opened))

    def written() -> Iterator[str]:
        yield "\ufeff" + ",".join(_HEAD) + "\r\n"  # spreadsheets then read the accents
        for start in starts:
            out = io.StringIO()
            writer = csv.writer(out, lineterminator="\r\n")
            writer.writerows(_rows_from(opened, asked, start, names))
            yield out.getvalue()

    response = StreamingHttpResponse(written(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_safe
def data(request: HttpRequest) -> StreamingHttpResponse:
    """The minutes from one commune to all, as CSV; empty is unknown."""
    opened = house()
    asked = _asked(request, opened)
    return _file(opened, asked, [asked.start], f"minutes-{asked.start}")


@require_safe
def matrix(request: HttpRequest) -> StreamingHttpResponse:
    """The minutes from each commune of the territory to all, as CSV."""
    opened = house()
    codes = [code for code in opened.home.communes if code in opened.travel.rows]
    return _file(opened, _asked(request, opened), codes, "minutes")


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Every hypothesis with its figures, its date, and who says it."""
    said = house().travel.said
    columns = [
        Column(_("Hypothesis")), Column(_("Figures")), Column(_("Unit")), Column(_("Who says it")),
        Column(_("Warning")),
    ]  # fmt: skip
    rows = [
        Row(
            Cell(text=each.label.say(language())),
            [
                Cell(text="\n".join(said.shown(each, language()))),
                Cell(text=each.unit.say(language()), why="" if each.unit.fr else _("none")),
                Cell(text=each.source or _("ours")),
                Cell(text=each.note.say(language())),
            ],
        )
        for each in said.groups.values()
    ]
    context = {
        "crumbs": crumbs((_("Travel times"), reverse("shared:trips")), (_("Method"), "")),
        "columns": columns, "rows": rows, "said": said,
    }  # fmt: skip
    return render(request, "ui/trips_method.html", context)
