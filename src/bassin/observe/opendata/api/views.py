"""The root of the API, its description, and what is answered where there is nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from bassin.observe.opendata.api.document import TITLE, TOLD, document
from bassin.observe.opendata.api.endpoint import PREFIX
from bassin.observe.opendata.api.endpoints import ENDPOINTS
from bassin.observe.opendata.api.problems import UNKNOWN, Problem
from bassin.observe.opendata.api.serving import JSON, Content, Wanted, serve, written
from bassin.types import Text
from bassin.ui.opened import house


@csrf_exempt
def root(request: HttpRequest) -> HttpResponse:
    """Where to begin: the addresses, the release, the territory."""

    def make(wanted: Wanted) -> Content:
        words, opened = wanted.language, house()
        lists = [each for each in ENDPOINTS if "{" not in each.path]
        body: dict[str, Any] = {
            "title": TITLE.say(words),
            "description": TOLD.say(words),
            "release": opened.reader.name,
            "territory": opened.installation.territory or None,
            "openapi": f"{wanted.site}{PREFIX}openapi.json",
            "documentation": f"{wanted.site}{reverse('opendata:api_page')}",
            "features": f"{wanted.site}{reverse('opendata:ogc')}",
            **{each.path: f"{wanted.site}{PREFIX}{each.path}" for each in lists},
        }
        return Content(written(body), JSON)

    return serve(request, make, (JSON,), keep=True)


@csrf_exempt
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return serve(
        request,
        lambda wanted: Content(written(document(wanted.site, wanted.language)), JSON),
        (JSON,),
        keep=True,
    )


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that is not: the refusal says where the list is."""

    def make(wanted: Wanted) -> Content:
        shown = rest if len(rest) <= 60 else f"{rest[:60]}…"
        raise Problem(UNKNOWN, Text(
            f"L'API n'a pas d'adresse « {shown} ». La liste est à {PREFIX}.",
            f"The API has no address “{shown}”. The list is at {PREFIX}.",
        ))  # fmt: skip

    return serve(request, make, (JSON,), keep=False)
