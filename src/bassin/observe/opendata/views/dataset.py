"""The page of a dataset: what a row is, what it is worth, how to take it, what changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bassin.observe.opendata import files, pictures, portrait, search, structured
from bassin.observe.opendata.datasets import Kind
from bassin.observe.opendata.sharing.uses import read_as
from bassin.observe.opendata.views.common import crumbs, dataset, told
from bassin.ui import embedding
from bassin.ui.kept import kept
from bassin.ui.opened import house
from bassin.ui.reader import language, today


@read_as("page")
@kept
@told
@require_safe
def table(request: HttpRequest, key: str) -> HttpResponse:
    """A published table."""
    return _page(request, Kind.TABLE, key)


@kept
@told
@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """A figure of every commune of the territory."""
    return _page(request, Kind.FIGURE, key)


def _page(request: HttpRequest, kind: Kind, key: str) -> HttpResponse:
    found, words = dataset(kind, key), language()
    judged = search.judged(house(), found, today())
    context = {
        "dataset": found,
        "quality": judged,
        "crumbs": crumbs((found.title.say(words), "")),
        "files": portrait.downloads(found, words),
        "machines": portrait.machines(found, words),
        "here": portrait.here(found),
        "structured": structured.script(found, judged, request.build_absolute_uri, words),
        **portrait.context(house(), found, request.build_absolute_uri, words, today()),
    }
    return render(request, "opendata/dataset.html", context)


@read_as("embed")
@kept
@told
@require_safe
def embedded(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """An open dataset on another site: its map, else its first rows."""
    found, words = dataset(kind, key), language()
    context = {
        "dataset": found,
        "title": found.title.say(words),
        "picture_address": embedding.spoken(pictures.chart(house(), found, "embed_picture")),
        "page": embedding.spoken(files.page(found)),
        **portrait.context(house(), found, request.build_absolute_uri, words, today()),
    }
    return render(request, "opendata/embed.html", context)
