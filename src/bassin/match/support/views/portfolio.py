"""The portfolio: what waits for an adviser, all the cases, the firms that nobody sees any more."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bassin.match.support import actions, drawing, firms, hours, permissions, portfolio, themes
from bassin.match.support.forms import FilterForm
from bassin.match.support.models import Case, Referral
from bassin.match.support.models.querysets import CaseQuerySet
from bassin.match.support.views.common import (
    adviser,
    communes,
    crumbs,
    house,
    language,
    say,
    signed_in,
    today,
)
from bassin.parties.models import Person
from bassin.parties.privacy import audit
from bassin.taxonomies.siret import digits
from bassin.ui.parts import Tab

PER_PAGE = 30
MOST = 1000
"""Cases of which the themes are told at once."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits today: for me, or for all of my organisation."""
    person = signed_in(request)
    if not permissions.can_open(person):
        return render(request, "support/outside.html", {"crumbs": crumbs()})
    everyone = request.GET.get("vue") == "tous"
    now = timezone.localtime()
    cases = permissions.kept(person)
    waits = portfolio.monday(cases, None if everyone else person, now)
    received = portfolio.inbox(person).filter(state=Referral.State.WAITING)
    context = {
        "waits": waits,
        "everyone": everyone,
        "tabs": _views(everyone),
        "silent": portfolio.silent(cases if everyone else cases.filter(adviser=person), today()),
        "answered": portfolio.answered(cases, now),
        "hours": hours.HOURS,
        **_left_behind(person, cases),
        "open": cases.open().count(),
        "received": received[:10],
        "drawing": drawing.drawn(house(), portfolio.by_commune(cases.open())),
        "communes": communes(),
        "crumbs": crumbs(),
    }
    return render(request, "support/home.html", context)


def _left_behind(person: Person, cases: CaseQuerySet) -> dict[str, Any]:
    """The cases whose adviser left, and who may take them."""
    found = portfolio.left_behind(cases, today())
    return {"left_behind": found, "heirs": _heirs(found) if found else []}


def _heirs(cases: list[Case]) -> list[Person]:
    bodies = {case.organisation for case in cases}
    return [] if len(bodies) != 1 else actions.advisers(bodies.pop(), today())


@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Give the cases of who left to a colleague, all at once."""
    person = adviser(request)
    found = portfolio.left_behind(permissions.kept(person), today())
    chosen_one = {str(each.pk): each for each in _heirs(found)}.get(request.POST.get("adviser", ""))
    if chosen_one is None:
        say(request, "", _("Choose a colleague in the list: nothing was changed."))
    else:
        count = actions.take_over(found, by=person, adviser=chosen_one, today=today())
        say(request, ngettext(
            "{n} case is handed over.", "{n} cases are handed over.", count
        ).format(n=count))  # fmt: skip
    return redirect("support:home")


def _views(everyone: bool) -> list[Tab]:
    here = reverse("support:home")
    return [
        Tab(_("For me"), here, current=not everyone),
        Tab(_("For all of us"), f"{here}?vue=tous", current=everyone),
    ]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The cases of one's organisations, and those shared with them; by theme, need, place."""
    person = adviser(request)
    opened = house()
    used, known = themes.themes(opened, today())
    choices = [(each.code, each.label.say(language())) for each in known]
    form = FilterForm(request.GET, communes=communes(), themes=choices)
    found = chosen(permissions.readable(person), form, person)
    told = _with_themes(found.select_related("organisation", "adviser")[:MOST], known)
    if form.is_valid() and form.cleaned_data["theme"]:
        wanted = form.cleaned_data["theme"]
        told = [(case, points) for case, points in told if wanted in {p.code for p in points}]
    page = Paginator(told, PER_PAGE).get_page(request.GET.get("page"))
    shown = {case.pk: str(case) for case, _points in page}
    audit.listed(Case, shown, how="list", by=person, now=timezone.now())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form, "page": page, "total": len(told), "communes": communes(), "themes": used,
        "by_theme": _counted(told, known), "query": query.urlencode(), "person": person,
        "crumbs": crumbs((_("All the cases"), "")),
    }  # fmt: skip
    return render(request, "support/cases.html", context)


def chosen(cases: CaseQuerySet, form: FilterForm, person: Any) -> CaseQuerySet:
    """Those that a form asks for; the theme is looked at afterwards."""
    if not form.is_valid():
        return cases.none()
    asked = form.cleaned_data
    if asked["q"]:
        words, number = asked["q"].strip(), digits(asked["q"])
        wanted = Q(firm_name__icontains=words) | Q(title__icontains=words)
        if number.isdigit():
            wanted |= Q(siret__startswith=number) | Q(siren__startswith=number)
        cases = cases.filter(wanted)
    plain = {"etat": "state", "quoi": "kind", "commune": "commune_code"}
    cases = cases.filter(**{field: asked[name] for name, field in plain.items() if asked[name]})
    if asked["besoin"]:
        # No database looks in a list the same way: read among few, then asked for by number.
        need = asked["besoin"]
        keys = [pk for pk, needs in cases.values_list("pk", "needs") if need in needs]
        cases = cases.filter(pk__in=keys)
    return cases.filter(adviser=person) if asked["moi"] else cases


def _with_themes(
    cases: CaseQuerySet, known: list[themes.Theme]
) -> list[tuple[Case, list[themes.Point]]]:
    listed_cases = list(cases)
    found = firms.firms(house(), [case.siret for case in listed_cases])
    return [(case, themes.points(case, found.get(case.siret), known)) for case in listed_cases]


def _counted(
    told: list[tuple[Case, list[themes.Point]]], known: list[themes.Theme]
) -> list[tuple[themes.Theme, int]]:
    return [
        (theme, sum(theme.code in {point.code for point in points} for _case, points in told))
        for theme in known
    ]
