"""The API as people read it: every address, what may be asked, an example to try."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.observe.opendata.api import limits
from bassin.observe.opendata.api.document import TITLE, TOLD, address
from bassin.observe.opendata.api.endpoint import PREFIX, Endpoint
from bassin.observe.opendata.api.endpoints import ENDPOINTS
from bassin.observe.opendata.api.parameters import Parameter
from bassin.observe.opendata.api.problems import KINDS
from bassin.ui.parts import Cell, Column, Crumb, Row
from bassin.ui.reader import language


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """The page; everything on it comes from the table of endpoints."""
    words = language()
    context = {
        "title": TITLE, "told": TOLD, "prefix": PREFIX,
        "site": f"{request.scheme}://{request.get_host()}",
        "endpoints": [_told(each, words) for each in ENDPOINTS],
        "kinds": KINDS,
        "seconds": limits.SECONDS,
        "crumbs": [Crumb(_("Open data"), "/donnees/"), Crumb("API")],
    }  # fmt: skip
    return render(request, "opendata/api.html", context)


def _told(endpoint: Endpoint, words: str) -> dict[str, Any]:
    asked = [Column(_("Parameter")), Column(_("What it is")), Column(_("Example"))]
    given = [Column(_("Field")), Column(_("What it holds")), Column(_("Type"))]
    return {
        "name": endpoint.name,
        "title": endpoint.title.say(words),
        "text": endpoint.text.say(words),
        "path": PREFIX + endpoint.path,
        "example": address(endpoint),
        "parameters": (asked, [_parameter(each, words) for each in endpoint.parameters]),
        "fields": (given, [
            Row(Cell(text=each.name), [
                Cell(text=each.text.say(words)),
                Cell(text=each.type.replace("[]", " […]")),
            ])
            for each in endpoint.fields
        ]),
    }  # fmt: skip


def _parameter(each: Parameter, words: str) -> Row:
    example = each.example
    written = ",".join(map(str, example)) if isinstance(example, list) else str(example or "")
    written = written.lower() if isinstance(example, bool) else written
    return Row(Cell(text=each.name), [Cell(text=each.text.say(words)), Cell(text=written)])
