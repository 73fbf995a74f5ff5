"""What partners and officers do: keep their structures, refer people, answer referrals."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.match.jobs import actions_helping, helping
from bassin.match.jobs import permissions_helping as permissions
from bassin.match.jobs.forms_helping import (
    KeeperForm,
    OutcomeForm,
    ReceivedForm,
    ReferForm,
    StructureForm,
)
from bassin.match.jobs.models import Referral, Structure
from bassin.match.jobs.views.common import communes, crumbs, require, signed_in, today
from bassin.parties.models import Organisation
from bassin.parties.privacy import audit

PER_PAGE = 25


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """The structures that one may keep up to date."""
    person = signed_in(request)
    require(permissions.can_keep(person))
    every = Structure.objects.filter(archived_at=None).select_related("organisation")
    if not permissions.can_watch(person):
        every = every.filter(organisation__in=permissions.partners_of(person))
    page = Paginator(every, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "crumbs": crumbs((_("Our structures"), ""))}
    return render(request, "jobs/structures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Put a structure in the directory."""
    person = signed_in(request)
    require(permissions.can_keep(person))
    bodies = _keepers(person)
    form = StructureForm(request.POST or None, communes=communes())
    keeper = KeeperForm(request.POST or None, bodies=bodies)
    if request.method == "POST" and form.is_valid() and keeper.is_valid():
        try:
            made = actions_helping.add_structure(
                by=person, today=today(), organisation=keeper.cleaned_data["organisation"],
                **_written(form),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("jobs:helper", made.pk)
    steps = ((_("Our structures"), "jobs:structures"), (_("A new structure"), ""))
    context = {"form": form, "keeper": keeper, "structure": None, "crumbs": crumbs(*steps)}
    return render(request, "jobs/structure_write.html", context)


def _keepers(person: Any) -> list[Organisation]:
    """For whom they may keep a structure: any body but a firm, for an officer."""
    if permissions.can_watch(person):
        return list(Organisation.objects.exclude(kind=Organisation.Kind.FIRM))
    return permissions.partners_of(person)


def _written(form: StructureForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.Meta.fields}


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the directory says of a structure, or take it off."""
    person = signed_in(request)
    found = get_object_or_404(Structure, pk=pk, archived_at=None)
    if not permissions.can_keep(person, found):
        raise Http404
    form = StructureForm(request.POST or None, instance=found, communes=communes())
    if request.method == "POST" and request.POST.get("do") == "put_away":
        why = request.POST.get("why", "")
        actions_helping.put_away(found, by=person, why=why, now=timezone.now())
        messages.success(request, _("Taken off the directory."))
        return redirect("jobs:structures")
    if request.method == "POST" and form.is_valid():
        try:
            actions_helping.change_structure(found, by=person, today=today(), **_written(form))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("jobs:helper", found.pk)
    steps = ((_("Our structures"), "jobs:structures"), (found.name, ""))
    context = {"form": form, "keeper": None, "structure": found, "crumbs": crumbs(*steps)}
    return render(request, "jobs/structure_write.html", context)


@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """What one's organisations sent and received; for officers, all those that are late."""
    person = signed_in(request)
    require(permissions.can_refer(person))
    mine = helping.of(permissions.partners_of(person))
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    watches = permissions.can_watch(person)
    late = helping.late(today()).select_related("structure", "through") if watches else None
    context = {
        "page": page,
        "items": [(each, each.is_late(today())) for each in page],
        "late": late,
        "watches": watches,
        "answered": helping.answered(today()),
        "days": actions_helping.DAYS_TO_ANSWER,
        "crumbs": crumbs((_("Referrals"), "")),
    }
    return render(request, "jobs/referrals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass a person on to a structure, with their agreement."""
    person = signed_in(request)
    require(permissions.can_refer(person))
    found = get_object_or_404(Structure, pk=pk, archived_at=None)
    bodies = permissions.partners_of(person)
    form = ReferForm(request.POST or None, communes=communes(), bodies=bodies, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions_helping.refer(found, by=person, today=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent. Give the person their number."))
            return redirect("jobs:referral", made.pk)
    steps = ((_("Referrals"), "jobs:referrals"), (found.name, ""))
    context = {
        "form": form, "structure": found, "days": actions_helping.DAYS_TO_ANSWER,
        "crumbs": crumbs(*steps),
    }  # fmt: skip
    return render(request, "jobs/refer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral: who it is about for the two services concerned, its dates for officers."""
    person = signed_in(request)
    found = get_object_or_404(Referral.objects.select_related("structure", "through"), pk=pk)
    if not permissions.can_follow(person, found):
        raise Http404
    refusal = ""
    if request.method == "POST":
        refusal = _answer(request, found)
        if not refusal:
            return redirect("jobs:referral", found.pk)
    reads = permissions.can_read(person, found)
    if reads:
        audit.seen(found, by=person, now=timezone.now())
    context = {
        "referral": found,
        "reads": reads,
        "receives": permissions.can_receive(person, found) and found.is_open,
        "late": found.is_late(today()),
        "commune": communes().get(found.commune_code, ""),
        "received_form": ReceivedForm(),
        "outcome_form": OutcomeForm(),
        "refusal": refusal,
        "crumbs": crumbs((_("Referrals"), "jobs:referrals"), (str(found.structure), "")),
    }
    return render(request, "jobs/referral.html", context)


def _answer(request: HttpRequest, found: Referral) -> str:
    """Do what was asked; why it could not be done, "" when it was."""
    person, closing = signed_in(request), request.POST.get("do") == "close"
    form = OutcomeForm(request.POST) if closing else ReceivedForm(request.POST)
    if not form.is_valid():
        return " ".join(str(error) for errors in form.errors.values() for error in errors)
    try:
        if closing:
            outcome = form.cleaned_data["outcome"]
            actions_helping.close(found, by=person, today=today(), outcome=outcome)
        else:
            day = form.cleaned_data["meeting_on"]
            actions_helping.acknowledge(found, by=person, today=today(), meeting_on=day)
    except Refused as refused:
        return str(refused)
    return ""
