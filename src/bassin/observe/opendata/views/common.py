"""What pages and files share: finding a dataset, and saying what cannot be given."""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.observe.opendata.datasets import Dataset, Kind, figures, tables
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language

View = Callable[..., HttpResponseBase]
Asked = ParamSpec("Asked")
Given = TypeVar("Given", bound=HttpResponseBase)


class Unanswered(Exception):
    """Nothing can be given at an address; the sentence says why, and what to do."""

    def __init__(self, said: str, status: int = 404) -> None:
        super().__init__(said)
        self.status = status


def told(view: Callable[Asked, Given]) -> Callable[Asked, Given | HttpResponse]:
    """Say in words what a view cannot give: on a page, or to a machine (RFC 9457)."""

    @functools.wraps(view)
    def inner(*args: Asked.args, **kwargs: Asked.kwargs) -> Given | HttpResponse:
        try:
            return view(*args, **kwargs)
        except Unanswered as error:
            return unanswered(_request(args), str(error), error.status)
        except Refused as error:
            return unanswered(_request(args), error.text.say(language()), 403)

    return inner


def _request(args: tuple[Any, ...]) -> HttpRequest:
    """What a view is called with first."""
    request: HttpRequest = args[0]
    return request


def unanswered(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """The sentence as a page, or as problem details for whoever does not read pages."""
    if request.accepts("text/html"):
        return render(request, "400.html", {"sentence": sentence}, status=status)
    answer = JsonResponse(
        {"title": _("This cannot be done"), "status": status, "detail": sentence},
        status=status, json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip
    answer.headers["Content-Type"] = "application/problem+json"
    return answer


def dataset(kind: str, key: str) -> Dataset:
    """A dataset of the release in service.

    Raises:
        Unanswered: there is none of that name, or nobody said that it may be shown.
    """
    known = tables(house()) if kind == Kind.TABLE else figures(house())
    if key not in known:
        sentence = _(
            "Nothing is published under the name “{name}”. The catalogue lists what is: {url}"
        )
        raise Unanswered(sentence.format(name=key[:80], url=reverse("opendata:home")))
    return known[key]


def crumbs(*after: tuple[str, str]) -> list[Crumb]:
    """Home › Open data › …; the last one, where we are, has no address."""
    trail = [(_("Home"), reverse("observatory:home")), (_("Open data"), reverse("opendata:home"))]
    every = [*trail, *after]
    last = len(every) - 1
    return [Crumb(label, "" if at == last else url) for at, (label, url) in enumerate(every)]


def both(text: Text) -> str:
    """A text in the language of the page."""
    return text.say(language())
