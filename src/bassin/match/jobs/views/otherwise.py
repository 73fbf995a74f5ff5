"""« Que pourrais-je faire d'autre ? »: near trades that hire here, with what is missing."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.match.jobs import otherwise, searching
from bassin.match.jobs.knowledge import knowledge
from bassin.match.jobs.views.search import communes
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The near trades of those said, or the question."""
    opened = house()
    known = knowledge(opened)
    asked = searching.read(request.GET, opened, known)
    found = []
    if asked.wishes.rome_codes:
        found = otherwise.others(known, asked.wishes, today())
    context = {
        "form": asked.form, "asked": asked, "communes": list(communes().values()),
        "trades": [known.rome.label(code) for code in asked.wishes.rome_codes],
        "found": [_line(request, each) for each in found],
        "crumbs": [Crumb(_("Jobs"), reverse("jobs:home")), Crumb(_("What else could I do?"))],
    }  # fmt: skip
    return render(request, "jobs/otherwise.html", context)


def _line(
    request: HttpRequest, each: otherwise.Other
) -> tuple[otherwise.Other, str, str, list[systems.Card]]:
    """A near trade, its offers' address, the experts' view, what other systems say of it."""
    pages = systems.cards("trade", each.rome_code, language())
    return each, _search(request, each.rome_code), each.expert.say(language()), pages


def _search(request: HttpRequest, code: str) -> str:
    """The offers of that trade, for the same person."""
    kept = request.GET.copy()
    for name in ("cherche", "metier"):
        kept.pop(name, None)
    more = urlencode({"metier": code})
    return f"{reverse('jobs:home')}?{kept.urlencode()}&{more}" if kept else (
        f"{reverse('jobs:home')}?{more}"
    )  # fmt: skip
