"""The map of a selection, or one of its charts, on another site."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bassin.observe.companies import finding, said, standing
from bassin.observe.companies.embedded import address
from bassin.observe.companies.mapping import drawing
from bassin.observe.companies.selection import Selection
from bassin.observe.companies.views import figures
from bassin.ui.embedding import spoken
from bassin.ui.opened import house
from bassin.ui.reader import language, today


@require_safe
def firms_map(request: HttpRequest) -> HttpResponse:
    """Where the firms of an address are, drawn: how many, by commune or by square."""
    opened, words = house(), language()
    selection = Selection.read(request.GET, opened, today())
    found = finding.find(opened, selection, per_page=1)
    home = address("companies:home", selection.query())
    context: dict[str, Any] = {
        "title": said.sentence(selection, found.total, words),
        "page": spoken(home),
        "map": drawing.shown(opened, request.GET, selection, words, page=reverse("companies:home"))
        if found.total else None,
        "standing": standing.standing(opened, words),
    }  # fmt: skip
    return render(request, "companies/embed.html", context)


@require_safe
def chart(request: HttpRequest, code: str) -> HttpResponse:
    """A chart of the portrait of a selection."""
    opened, words = house(), language()
    selection = Selection.read(request.GET, opened, today())
    made, query = figures.drawn(request, code), selection.query()
    context = {
        "title": made.title,
        "page": spoken(address("companies:figures", query)),
        "chart": made,
        "picture": spoken(address("companies:embed_picture", query, code=code)),
        "parts": said.parts(selection, words),
        "standing": standing.standing(opened, words),
    }
    return render(request, "companies/embed.html", context)


@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The drawing alone, with its title, source and date."""
    return figures.chart(request, code, "svg")
