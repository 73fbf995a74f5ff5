"""Who helps near me: the directory, a structure, a request for help, and its number. Public."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.match.jobs import actions_helping, helping
from bassin.match.jobs.forms_helping import SPOKEN, AskForm, HelpersForm, NumberForm
from bassin.match.jobs.forms_search import MODES
from bassin.match.jobs.knowledge import knowledge
from bassin.match.jobs.models import Need, Public, Referral, Structure
from bassin.match.jobs.needs import Wishes, journeys
from bassin.match.jobs.permissions_helping import can_keep, can_refer
from bassin.match.jobs.searching import usual_mode
from bassin.match.jobs.views.common import communes, crumbs, house, today
from bassin.match.jobs.views.search import communes as around
from bassin.parties import throttle
from bassin.ui.moving import Chosen, MovingMap, Reached, Words, moving

MOST = 5
"""Requests for help that one address may send in an hour: a counter sends its own otherwise."""

TRIED = 20
"""Numbers that one address may try in an hour."""


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The structures that serve a commune, for a need."""
    named, opened, everywhere = communes(), house(), around()
    known = knowledge(opened)
    query = request.GET.copy()
    if query.get("commune") not in named:
        query.pop("commune", None)  # who lives elsewhere is shown every service
    form = HelpersForm(query or None, communes=named)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    commune, need = given.get("commune", ""), given.get("besoin", "")
    way = given.get("moyen") or usual_mode(known)
    serving = helping.structures(commune, need)
    chosen = Chosen.of(request.GET, opened)
    only = chosen.only(opened)
    found = [each for each in serving if only is None or each.commune_code in only]
    reached = Reached(commune, way, helping.NEAR) if commune in opened.travel.rows else Reached()
    minutes = journeys(known, Wishes(commune_code=commune, mode=way))
    context = {
        "form": form,
        "commune": named.get(commune, ""),
        "need": dict(Need.choices).get(need, ""),
        "items": [
            facts(each, named) | {"minutes": minutes.get(each.commune_code)} for each in found
        ],
        "way": dict(MODES)[way] if reached.start else "",
        "chosen": chosen, "chosen_name": everywhere.get(chosen.here, ""),
        "map": _map(request, serving, reached, everywhere),
        "method": reverse("shared:trips_method"),
        "keeps": can_keep(request.user),
        "refers": can_refer(request.user),
        "query": request.GET.urlencode(),
        "crumbs": crumbs((_("Who helps near me"), "")),
    }  # fmt: skip
    part = request.headers.get("HX-Request")
    response = render(request, "jobs/_helpers.html" if part else "jobs/helpers.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _map(
    request: HttpRequest, found: list[Structure], reached: Reached, names: dict[str, str]
) -> MovingMap | None:
    """Where the services are, over what can be reached from home."""
    words = Words(
        _("Where these services are"),
        lambda n: ngettext("{n} service", "{n} services", n).format(n=n),
        reverse("jobs:ground"),
    )
    numbers = Counter(each.commune_code or None for each in found)
    return moving(house(), request.GET, numbers, reached, names, words)


def facts(structure: Structure, named: dict[str, str]) -> dict[str, Any]:
    """What a page says of a structure, in words."""
    spoken, publics, needs = dict(SPOKEN), dict(Public.choices), dict(Need.choices)
    return {
        "structure": structure,
        "needs": [needs[code] for code in structure.needs if code in needs],
        "publics": [publics[code] for code in structure.publics if code in publics],
        "languages": [spoken[code] for code in structure.languages if code in spoken],
        "communes": [named[code] for code in structure.commune_codes if code in named],
        "commune": named.get(structure.commune_code, ""),
        "stale": helping.is_stale(structure, today()),
        "adviser": structure.adviser_on(today()),
    }


def _shown(pk: int) -> Structure:
    return get_object_or_404(Structure, pk=pk, archived_at=None)


@require_safe
def structure(request: HttpRequest, pk: int) -> HttpResponse:
    """One structure: whom it serves, when, how to reach it."""
    found = _shown(pk)
    context = {
        **facts(found, communes()),
        "can_keep": can_keep(request.user, found),
        "refers": can_refer(request.user) and found.receives,
        "days": actions_helping.DAYS_TO_ANSWER,
        "crumbs": crumbs((_("Who helps near me"), "jobs:helpers"), (found.name, "")),
    }
    return render(request, "jobs/helper.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to be called back. It is read again before it is sent; until then nothing is kept."""
    found = _shown(pk)
    form = AskForm(request.POST or None, communes=communes())
    context: dict[str, Any] = {
        "form": form, "structure": found, "days": actions_helping.DAYS_TO_ANSWER,
        "crumbs": crumbs((_("Who helps near me"), "jobs:helpers"), (found.name, "")),
    }  # fmt: skip
    page = "jobs/help_ask.html"
    if request.method == "POST" and form.is_valid() and request.POST.get("do") != "change":
        if request.POST.get("do") != "send":
            context["recap"] = _recap(form)
            return render(request, "jobs/help_recap.html", context)
        try:
            context["referral"] = _sent(request, found, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            page = "jobs/help_sent.html"
    return render(request, page, context)


def _recap(form: AskForm) -> list[tuple[Any, str]]:
    """What was typed, as people read it."""
    named = {**communes(), **dict(Need.choices)}
    given = ((field.label, form.cleaned_data.get(field.name)) for field in form)
    return [(label, str(named.get(value, value))) for label, value in given if value]


def _sent(request: HttpRequest, found: Structure, given: dict[str, Any]) -> Referral:
    if not throttle.allowed(request, "ask_help", MOST):
        raise Refused(_("Too many requests were sent from here. Try again in an hour, or call."))
    return actions_helping.refer(
        found, today=today(), agreed_how=Referral.Agreed.THEMSELVES.value, **given
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """By its number: where a request stands, and how to take it back."""
    form = NumberForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["receipt"]
        try:
            if not throttle.allowed(request, "help_number", TRIED):
                raise Refused(_("Too many numbers were tried from here. Try again in an hour."))
            found = actions_helping.find(number)
            if request.POST.get("do") == "withdraw":
                found = actions_helping.withdraw(number, today=today())
        except Refused as refusal:
            form.add_error("receipt", str(refusal))
    context = {
        "form": form,
        "referral": found,
        "withdrawn": found is not None and found.outcome == Referral.Outcome.WITHDRAWN,
        "late": found is not None and found.is_late(today()),
        "crumbs": crumbs((_("Who helps near me"), "jobs:helpers"), (_("My request"), "")),
    }
    return render(request, "jobs/help_mine.html", context)
