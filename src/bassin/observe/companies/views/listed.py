"""The explorer: a search, filters with their counts, what they keep as a list beside a map."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies import (
    asking,
    embedded,
    finding,
    lines,
    panel,
    said,
    standing,
    widening,
)
from bassin.observe.companies.asking import Asking, Refusal
from bassin.observe.companies.finding import Found
from bassin.observe.companies.mapping import drawing
from bassin.observe.companies.views import reading
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.parts import Crumb, Tab
from bassin.ui.reader import language, today


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One page of the establishments that the address asks for.

    A form is answered at the address that says the same shortly; a part of the page is answered
    to who asks as htmx does. A value that no filter knows is a bad request that shows the rest.
    """
    opened, part = house(), bool(request.headers.get("HX-Request"))
    sent = asking.joined(request.GET)
    if not part and sent.urlencode() != request.GET.urlencode():
        return redirect(f"{request.path}?{sent.urlencode(safe=',;:@')}" if sent else request.path)
    asked = asking.ask(sent, opened, today(), officer=reading.officer(request))
    found, refusals = _found(opened, asked)
    context = _context(opened, asked, found, sent, request) | {"refusals": refusals}
    response = render(request, "companies/home.html", context, status=400 if refusals else 200)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _found(opened: House, asked: Asking) -> tuple[Found | None, list[Refusal]]:
    """What is found; an order or a page that cannot be is said, and the first one is shown."""
    refusals = list(asked.refusals)
    for page, sort in ((asked.page, asked.sort), (1, asked.sort), (1, "")):
        try:
            return finding.find(opened, asked.selection, page, sort), refusals
        except Refused as error:
            refusals.append(Refusal(Text("Liste", "List"), error.text))
    return None, refusals[:1]


def _context(
    opened: House, asked: Asking, found: Found | None, query: QueryDict, request: HttpRequest
) -> dict[str, Any]:
    spoken, selection = language(), asked.selection
    groups, _counted = panel.panel(opened, asked)
    context: dict[str, Any] = {
        "selection": selection, "asked": asked, "groups": groups, "found": found,
        "active": panel.has(selection), "words": selection.words.text if selection.words else "",
        "chips": said.chips(opened, selection), "standing": standing.standing(opened, spoken),
        "crumbs": [Crumb(_("Firms"))], "metres": panel.METRES, "query": selection.query(),
    }  # fmt: skip
    if found is None:
        return context
    return context | {
        "said": said.head(selection, found.total, spoken),
        "narrowed": said.parts(selection, spoken),
        "jobs": said.staff(found.jobs, spoken),
        "lines": lines.lines(opened, found.rows, spoken, officer=asked.officer),
        "page": _page(found),
        "sorts": _sorts(asked, found, spoken),
        "map": drawing.shown(opened, query, selection, spoken) if found.total else None,
        "embed": embedded.map_lines(
            selection, said.sentence(selection, found.total, spoken), request
        ),
        "wider": widening.wider(opened, selection) if not found.total else [],
    }


def _page(found: Found) -> Page:
    return Paginator(range(found.total), found.per_page).page(found.page)


def _sorts(asked: Asking, found: Found, spoken: str) -> list[Tab]:
    """The orders that this selection can be listed in."""
    selection = asked.selection
    alone = selection.circle is not None and len(selection.circle.centres) == 1
    useful = {"pertinence": selection.words is not None, "distance": alone,
              "fermeture": selection.closed is not None or selection.state is not None}  # fmt: skip
    query = selection.query()
    return [
        Tab(label.say(spoken), f"?{query}{'&' if query else ''}tri={key}", key == found.sort)
        for key, label in finding.SORTS.items()
        if useful.get(key, True)
    ]
