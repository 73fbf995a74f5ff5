"""The catalogue: everything that is published, to search, to filter and to harvest."""

import functools

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.observe.opendata import files, search, services
from bassin.observe.opendata.datasets import Kind
from bassin.observe.opendata.feed import atom
from bassin.observe.opendata.linked.here import here
from bassin.observe.opendata.quality import CRITERIA
from bassin.observe.opendata.sharing.uses import read_as
from bassin.observe.opendata.views.common import Unanswered, View, crumbs, dataset, told
from bassin.ui.data import as_csv
from bassin.ui.kept import kept
from bassin.ui.opened import house
from bassin.ui.reader import language, today

A_PAGE = 25


def _negotiated(view: View) -> View:
    """Send whoever asks for linked data to the catalogue in that format; show it to the others."""

    @functools.wraps(view)
    def inner(request: HttpRequest) -> HttpResponseBase:
        wanted = _wanted(request.headers.get("Accept", ""))
        response: HttpResponseBase = (
            HttpResponseSeeOther(reverse("opendata:linked", kwargs={"extension": wanted}))
            if wanted
            else view(request)
        )
        patch_vary_headers(response, ("Accept",))
        return response

    return inner


class HttpResponseSeeOther(HttpResponseRedirect):
    """What was asked for has an address of its own (RFC 9110 §15.4.4)."""

    status_code = 303


_MEDIA = {
    "text/turtle": "ttl", "application/ld+json": "jsonld", "application/rdf+xml": "rdf",
}  # fmt: skip


def _wanted(accepted: str) -> str:
    """The ending of the format asked for; "" for a page, which a browser always accepts."""
    offers = [each.partition(";")[0].strip().lower() for each in accepted.split(",")]
    if "text/html" in offers or "application/xhtml+xml" in offers:
        return ""
    return next((_MEDIA[each] for each in offers if each in _MEDIA), "")


@kept
@told
@require_safe
def _home(request: HttpRequest) -> HttpResponse:
    words = language()
    every = search.entries(house(), today())
    try:
        wanted = search.asked(request.GET.dict(), every)
    except Refused as refusal:
        raise Unanswered(refusal.text.say(words), 400) from refusal
    answers = search.found(every, wanted, words)
    page = Paginator(answers, A_PAGE).get_page(request.GET.get("page"))
    tables = [each for each in every if each.dataset.kind == Kind.TABLE]
    context = {
        "crumbs": crumbs()[:2],
        "asked": wanted,
        "facets": (facets := search.facets(every, wanted, words)),
        "themes": _themes(facets, wanted),
        "page": page,
        "count": len(answers),
        "shown": [(each, files.page(each.dataset), files.forms(each.dataset)) for each in page],
        "tables": len(tables),
        "open_tables": sum(each.dataset.is_open for each in tables),
        "figures": len(every) - len(tables),
        "query": wanted.query,
        "services": services.every(),
    }
    return render(request, "opendata/home.html", context)


def _themes(facets: list[search.Facet], wanted: search.Asked) -> list[tuple[search.Option, str]]:
    """Each theme with the address that chooses it, or that leaves it when it is chosen."""
    options = next(each.options for each in facets if each.name == "theme")
    return [(each, f"?{wanted.but(theme='' if each.chosen else each.value)}") for each in options]


home = _negotiated(_home)
"""The catalogue as a page, or as linked data for whoever accepts nothing else."""


@told
@require_safe
def linked(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The whole catalogue: as linked data, or as a list in CSV."""
    if extension == "csv":
        return _listed()
    return _linked(request, extension)


@kept
def _linked(request: HttpRequest, extension: str) -> HttpResponse:
    from bassin.observe.opendata.linked.catalogue import FORMATS, whole

    if extension not in FORMATS:
        sentence = _("The catalogue is given as {formats}, not as “{asked}”.")
        formats = ", ".join((*FORMATS, "csv"))
        raise Unanswered(sentence.format(formats=formats, asked=extension[:20]))
    name, media = FORMATS[extension]
    written = whole(house(), here(request)).serialize(format=name)
    return _as_linked(written, media)


def _as_linked(written: str, media: str) -> HttpResponse:
    response = HttpResponse(written, content_type=f"{media}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@read_as("linked")
@told
@require_safe
def described(request: HttpRequest, kind: str, key: str, extension: str) -> HttpResponse:
    """One dataset as linked data, with its quality and its versions."""
    from bassin.observe.opendata.linked.catalogue import FORMATS, one

    found = dataset(kind, key)
    name, media = FORMATS[extension]
    judged = search.judged(house(), found, today())
    return _as_linked(one(house(), here(request), found, judged).serialize(format=name), media)


def _listed() -> HttpResponse:
    words = language()
    rows = [
        {
            "kind": str(each.dataset.kind), "name": each.dataset.key,
            "title": each.dataset.title.say(words), "publisher": each.dataset.publisher,
            "licence": each.dataset.licence.said, "theme": each.dataset.declared.theme.key,
            "vintage": each.dataset.version.vintage, "received": each.dataset.received_on,
            "origin": str(each.dataset.version.origin), "version": each.dataset.release,
            "open": each.dataset.is_open, "criteria_met": each.quality.met,
            "score": round(each.quality.score, 2),
        }
        for each in search.entries(house(), today())
    ]  # fmt: skip
    return as_csv(rows, "catalogue", sample=False)


@kept
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What each release changed, as an Atom feed."""
    written = atom(house(), request.build_absolute_uri, language())
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


@kept
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """The nine criteria: what is asked, how it is counted, where the question comes from."""
    context = {
        "crumbs": crumbs((_("Nine criteria of quality"), reverse("opendata:quality"))),
        "criteria": [criterion for criterion, _judge in CRITERIA],
    }
    return render(request, "opendata/quality.html", context)
