"""The addresses of the standard: landing page, conformance, collections, features."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from bassin.errors import Refused
from bassin.observe.opendata.api import paging
from bassin.observe.opendata.api.parameters import Parameter, read
from bassin.observe.opendata.api.problems import UNKNOWN, Problem
from bassin.observe.opendata.api.serving import (
    GEOJSON,
    HTML,
    JSON,
    Content,
    Wanted,
    form,
    serve,
    site,
    written,
)
from bassin.observe.opendata.features import page, shared
from bassin.observe.opendata.features.collection import USUAL, Collection
from bassin.observe.opendata.features.described import (
    CONFORMS,
    described,
    landing,
    link,
    listed,
    openapi,
)
from bassin.observe.opendata.features.operations import OPERATIONS
from bassin.observe.opendata.features.places import COMMUNES, GROUPED, QUARTERS
from bassin.observe.opendata.features.points import FIRMS, STOPS
from bassin.observe.opendata.features.search import Search, boxes, interval
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.reader import language, today

COLLECTIONS = (COMMUNES, GROUPED, QUARTERS, OPERATIONS, FIRMS, STOPS)
"""Those that every installation may have; `every` adds the layers that are shared here."""
_F = Parameter("f", "text", Text("json ou html", "json or html"), "json",
               choices=lambda: ("json", "html"))  # fmt: skip
_HOUSE = ("lang", "facile", "borne")
"""What the house itself reads in the address of a page."""
_SEARCH = (
    Parameter("bbox", "long", Text("ouest,sud,est,nord en degrés, le sud avant le nord",
                                   "west,south,east,north in degrees, the south before the north"),
              "3.4,44.5,3.6,44.6"),
    Parameter("datetime", "long", Text("un jour, ou deux avec / entre eux, le premier d'abord",
                                       "a day, or two with / between them, the earlier first"),
              "2025-01-01/.."),
    Parameter("limit", "integer", Text("objets d'une page", "features of a page"), 20, minimum=1,
              maximum=999_999_999, default=USUAL),
    Parameter("cursor", "long", Text("où reprendre ; le lien « next » le contient",
                                     "where to go on; the link “next” holds it")),
    _F,
)  # fmt: skip


def every() -> tuple[Collection, ...]:
    """The collections that may be given here."""
    return (*COLLECTIONS, *shared.collections())


Build = Callable[[Wanted], dict[str, Any]]
Shown = Callable[[dict[str, Any], str], dict[str, Any]]


def _answer(
    request: HttpRequest, build: Build, shown: Shown, media: str = JSON, *, keep: bool = True
) -> HttpResponse:
    """The same content for machines, or as a page for people.

    Raises:
        Refused, Http404: a page was wanted, and what was asked cannot be shown.
    """
    forms = (media, HTML) if media == JSON else (media, JSON, HTML)
    if request.method in ("GET", "HEAD") and form(request, forms) == HTML:
        wanted = Wanted(language(), HTML, site(request))
        try:
            context = shown(build(wanted), wanted.language)
        except Problem as problem:
            error = Http404 if problem.kind.status == 404 else Refused
            raise error(problem.detail.say(wanted.language)) from problem
        return render(request, "opendata/features.html", context)
    return serve(request, lambda w: Content(written(build(w)), media), forms[:1], keep=keep)


def _asked(request: HttpRequest, *parameters: Parameter) -> Mapping[str, Any]:
    query = request.GET.copy()
    for name in _HOUSE:
        query.pop(name, None)
    return read(parameters, query, {})


def _collection(name: str) -> Collection:
    found = next((each for each in every() if each.id == name), None)
    if found is None or not found.ready(house()):
        known = ", ".join(each.id for each in every() if each.ready(house()))
        raise Problem(UNKNOWN, Text(
            f"Il n'y a pas de collection « {name[:60]} » ici. Il y a : {known}.",
            f"There is no collection “{name[:60]}” here. There are: {known}.",
        ))  # fmt: skip
    return found


@csrf_exempt
def root(request: HttpRequest) -> HttpResponse:
    """The landing page."""

    def build(wanted: Wanted) -> dict[str, Any]:
        _asked(request, _F)
        return landing(wanted)

    return _answer(request, build, page.landing)


@csrf_exempt
def conformance(request: HttpRequest) -> HttpResponse:
    """The classes of the standard that are followed."""

    def build(_wanted: Wanted) -> dict[str, Any]:
        _asked(request, _F)
        return {"conformsTo": list(CONFORMS)}

    return _answer(request, build, page.conformance)


@csrf_exempt
def description(request: HttpRequest) -> HttpResponse:
    """These addresses as OpenAPI."""
    return serve(
        request, lambda w: Content(written(openapi(w, every(), _SEARCH)), JSON), (JSON,),
        keep=not shared.collections(),
    )  # fmt: skip


@csrf_exempt
def collections(request: HttpRequest) -> HttpResponse:
    """All the collections that can be given here."""

    def build(wanted: Wanted) -> dict[str, Any]:
        _asked(request, _F)
        return listed(wanted, [each for each in every() if each.ready(house())])

    return _answer(request, build, page.collections, keep=False)


@csrf_exempt
def collection(request: HttpRequest, name: str) -> HttpResponse:
    """What one holds."""

    def build(wanted: Wanted) -> dict[str, Any]:
        _asked(request, _F)
        return described(wanted, _collection(name))

    return _answer(request, build, page.collection, keep=False)


@csrf_exempt
def items(request: HttpRequest, name: str) -> HttpResponse:
    """Features of one, some at a time."""

    def build(wanted: Wanted) -> dict[str, Any]:
        of = _collection(name)
        shared.note(of, house(), today())
        return _items(request, wanted, of)

    kept = next((each.kept for each in every() if each.id == name), False)
    return _answer(request, build, page.items, GEOJSON, keep=kept)


def _items(request: HttpRequest, wanted: Wanted, of: Collection) -> dict[str, Any]:
    own = of.parameters()
    asked = _asked(request, *_SEARCH, *own)
    bound = paging.query(f"ogc {of.id}", asked)
    found = of.find(Search(
        house=house(), language=wanted.language, limit=min(asked["limit"], of.most),
        boxes=boxes(asked["bbox"]) if "bbox" in asked else (),
        when=interval(asked["datetime"]) if "datetime" in asked else None,
        filters={each.name: asked[each.name] for each in own if each.name in asked},
        after=str(paging.read(asked["cursor"], bound)[0]) if "cursor" in asked else "",
    ))  # fmt: skip
    here = f"{wanted.site}/ogc/collections/{of.id}/items"
    given = {key: value for key, value in request.GET.lists() if key not in ("cursor", "f")}
    links = [link(f"{here}?{urlencode({**given, 'f': 'json'}, doseq=True)}", "self", GEOJSON),
             link(f"{here}?{urlencode({**given, 'f': 'html'}, doseq=True)}", "alternate", HTML),
             link(here.removesuffix("/items"), "collection", JSON)]  # fmt: skip
    if found.goes_on:
        cursor = paging.write(bound, [found.features[-1].id])
        kind = {"f": request.GET["f"]} if "f" in request.GET else {}
        again = urlencode({**given, **kind, "cursor": cursor}, doseq=True)
        links.append(link(f"{here}?{again}", "next", GEOJSON))
    matched = {} if found.matched is None else {"numberMatched": found.matched}
    return {
        "type": "FeatureCollection", **matched, "numberReturned": len(found.features),
        "features": [each.written() for each in found.features], "links": links,
        "title": of.title.say(wanted.language), "collection": of.id,
    }  # fmt: skip


@csrf_exempt
def item(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """One feature."""

    def build(wanted: Wanted) -> dict[str, Any]:
        _asked(request, _F)
        of = _collection(name)
        shared.note(of, house(), today())
        found = of.one(house(), key)
        if found is None:
            raise Problem(UNKNOWN, Text(
                f"La collection {of.id} n'a pas d'objet « {key[:60]} ».",
                f"The collection {of.id} has no feature “{key[:60]}”.",
            ))  # fmt: skip
        here = f"{wanted.site}/ogc/collections/{of.id}"
        return {**found.written(), "title": of.title.say(wanted.language), "links": [
            link(f"{here}/items/{key}?f=json", "self", GEOJSON),
            link(f"{here}/items/{key}?f=html", "alternate", HTML),
            link(here, "collection", JSON),
        ]}  # fmt: skip

    kept = next((each.kept for each in every() if each.id == name), False)
    return _answer(request, build, page.item, GEOJSON, keep=kept)


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that the standard does not have."""

    def build(_wanted: Wanted) -> dict[str, Any]:
        raise Problem(UNKNOWN, Text(
            f"Il n'y a rien à l'adresse /ogc/{rest[:60]}. Commencez à /ogc/.",
            f"There is nothing at /ogc/{rest[:60]}. Begin at /ogc/.",
        ))  # fmt: skip

    return _answer(request, build, page.landing, keep=False)
