"""The catalogue: everything that is published, to search and to filter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bassin.observe.opendata.datasets import published
from bassin.ui.opened import house
from bassin.ui.reader import language


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The tables of the release in service, by theme then title."""
    words = language()
    found = sorted(
        published(house()).values(),
        key=lambda each: (each.declared.theme.key, each.title.say(words)),
    )
    return render(request, "opendata/home.html", {"datasets": found})
