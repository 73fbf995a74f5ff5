"""What every page of the observatory needs: the house, the date asked for, answers as data."""

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.territory import Place
from bassin.ui.data import as_csv, as_json
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

__all__ = [
    "as_csv",
    "as_json",
    "asked_date",
    "crumbs",
    "found",
    "house",
    "language",
    "place_url",
    "today",
]


def asked_date(request: HttpRequest) -> date | None:
    """The date of `?at=`, as figures were known then.

    Raises:
        Refused: it is not a date; the sentence shows what was given.
    """
    text = request.GET.get("at", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text if len(text) > 4 else f"{text}-12-31")
    except ValueError as error:
        raise Refused(
            _("“{text}” is not a date. Write it as 2019-06-30, or a year.").format(text=text)
        ) from error


def found(opened: House, key: str, on: date | None = None) -> Place:
    """A place by key, 404 when there is none: an unknown address is not a bad request."""
    try:
        return opened.territory.place(key, on)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal


def place_url(place: Place, name: str = "place", **more: str) -> str:
    """Address of a page of a place."""
    keys = {"scale": place.scale, "code": place.code, **more}
    return reverse(f"observatory:{name}", kwargs=keys)


def crumbs(opened: House, place: Place, *after: Crumb, on: date | None = None) -> list[Crumb]:
    """France › Île-de-France › … › the place › the page."""
    above = reversed(opened.territory.containers(place, on))
    trail = [Crumb(each.name, place_url(each)) for each in above]
    here = Crumb(place.name, place_url(place) if after else "")
    return [*trail, here, *after]


def lighter(response: HttpResponse) -> HttpResponse:
    """The same page without the indentation of its templates, which long pages pay dearly."""
    response.content = re.sub(rb"\n\s+", b"\n", response.content)
    return response
