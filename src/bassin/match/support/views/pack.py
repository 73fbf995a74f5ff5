"""What a prospect is answered: the place, who could work there, training, aids; to print and send.

It is shared by a link that ends on a day: its page is public, and holds public facts alone.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.match.support import packing
from bassin.match.support.forms_pack import LinkForm
from bassin.match.support.models import Case
from bassin.match.support.packing import Wanted
from bassin.match.support.views.common import communes, crumbs, house, read_or_404, today
from bassin.ui.data import as_csv, private


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The pack of a prospect, and where it is shared."""
    _person, case = read_or_404(request, pk)
    if case.kind != Case.Kind.PROSPECT:
        raise Http404
    wanted = _wanted(case, today())
    asked = request.GET.get("jusqu", "")
    form = LinkForm(request.GET if asked else None, today=today())
    link = ""
    if asked and form.is_valid():
        token = packing.sealed(wanted, form.cleaned_data["jusqu"])
        link = request.build_absolute_uri(reverse("support:given", args=[token]))
    steps = ((case.firm_name, reverse("support:case", args=[case.pk])), (_("Answer pack"), ""))
    context = {
        **_facts(wanted, request.user), "case": case, "form": form, "link": link,
        "until": form.cleaned_data.get("jusqu") if link else None, "crumbs": crumbs(*steps),
    }  # fmt: skip
    return render(request, "support/pack.html", context, status=400 if form.errors else 200)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Its figures as a file."""
    _person, case = read_or_404(request, pk)
    if case.kind != Case.Kind.PROSPECT:
        raise Http404
    rows = packing.flat(_wanted(case, today()))
    sample = bool(house().installation.sample)
    return private(as_csv(rows, f"accueil-{today().isoformat()}", sample=sample))


@require_safe
def given(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever was given the link, until the day on which it ends."""
    found = packing.opened(token)
    if found is None:
        raise Http404
    wanted, until = found
    if until < today():
        return render(request, "support/pack_over.html", {"until": until}, status=410)
    context = {**_facts(wanted, None), "case": None, "until": until, "crumbs": []}
    return render(request, "support/pack.html", context)


def _wanted(case: Case, day: date) -> Wanted:
    return Wanted(case.commune_code, day, case.naf_code, case.jobs_count)


def _facts(wanted: Wanted, person: Any) -> dict[str, Any]:
    columns, rows = packing.portrait(wanted)
    steps = packing.steps(wanted, person)
    return {
        "place": communes().get(wanted.commune_code, "") or house().home.name,
        "chosen": wanted.commune_code in communes(), "day": wanted.day, "jobs": wanted.jobs,
        "columns": columns, "rows": rows, "pools": packing.pools(wanted),
        "minutes": packing.MINUTES, "training": steps["training"], "settling": steps["settling"],
        "hiring_url": _address("jobs:home", {"minutes": "45", "lieu": communes().get(
            wanted.commune_code, "")}),
        "aids_home": _address("aids:home", {}),
    }  # fmt: skip


def _address(name: str, query: dict[str, str]) -> str:
    """A page of another system; "" where it is not there."""
    try:
        found = reverse(name)
    except NoReverseMatch:
        return ""
    return f"{found}?{urlencode(query)}" if query else found


def aids(case: Case) -> str:
    """The address of the aids for a case; "" where no guide is there."""
    if case.siret:
        return _address("aids:by_number", {"siret": case.siret})
    return _address("aids:home", {})
