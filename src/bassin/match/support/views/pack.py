"""What a prospect is answered: the place, its firms, its jobs, the aids, on one page to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.match.support.models import Case
from bassin.match.support.views.common import communes, crumbs, house, language, read_or_404, today


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """To print and send: public facts alone, assembled from what each system says of the place."""
    _person, case = read_or_404(request, pk)
    if case.kind != Case.Kind.PROSPECT:
        raise Http404
    commune = communes().get(case.commune_code, "")
    key = f"commune:{case.commune_code}" if commune else house().home.key
    context = {
        "case": case,
        "place": commune or house().home.name,
        "cards": systems.cards("place", key, language()),
        "ways": _ways(case, commune),
        "today": today(),
        "crumbs": crumbs(
            (case.firm_name, reverse("support:case", args=[case.pk])), (_("Answer pack"), "")
        ),
    }
    return render(request, "support/pack.html", context)


def _ways(case: Case, commune: str) -> list[tuple[str, str, str]]:
    """Where the rest stands: labour, training, aids. A system that is not there is left out."""
    asked = [
        (_("Who could work there"), _("hiring within 45 minutes, by trade"),
         "jobs:home", {"minutes": "45", "lieu": commune}),
        (_("Where people are trained"), _("courses, places left, near trades"), "skills:home", {}),
        (_("Which aids"), _("yes, no because, or what is to be asked"), *_aids(case)),
    ]  # fmt: skip
    found = []
    for title, detail, name, query in asked:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        found.append((title, detail, f"{address}?{urlencode(query)}" if query else address))
    return found


def _aids(case: Case) -> tuple[str, dict[str, str]]:
    """The aids of this firm where its number is known, else the guide."""
    return ("aids:by_number", {"siret": case.siret}) if case.siret else ("aids:home", {})


def aids(case: Case) -> str:
    """The address of the aids for a case; "" where no guide is there."""
    name, query = _aids(case)
    try:
        return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
    except NoReverseMatch:
        return ""
