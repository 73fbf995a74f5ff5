"""Recruitment actions: register from a phone, follow who came, who was hired, who is there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.commons.actions import organisations_of
from bassin.commons.permissions import announcing_for
from bassin.errors import Refused
from bassin.match.jobs import actions_recruiting as actions
from bassin.match.jobs import giving, recruiting
from bassin.match.jobs import permissions_recruiting as permissions
from bassin.match.jobs.forms_helping import NumberForm
from bassin.match.jobs.forms_recruiting import ActionForm, BecameForm, RegisterForm, SendForm
from bassin.match.jobs.models import Recruitment, Registration
from bassin.match.jobs.views.common import communes, crumbs, require, signed_in, today
from bassin.parties import throttle
from bassin.parties.models import Person
from bassin.parties.privacy import audit
from bassin.ui import editing

MOST = 10
"""Registrations that one address may send in an hour, or numbers that it may try."""

LISTED = 20
"""Actions over that the list names; what it tells of them together is of all."""


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The actions to come, and what those that are over gave, all together."""
    now = timezone.now()
    done = list(recruiting.past(now))
    context = {
        "items": recruiting.to_come(now),
        "past": done[:LISTED],
        **(giving.in_public(recruiting.everyone(), done) if done else {}),
        "opens": permissions.can_open(request.user),
        "crumbs": crumbs((_("Recruitment actions"), "")),
    }
    return render(request, "jobs/recruitments.html", context)


def _found(pk: int) -> Recruitment:
    rows = Recruitment.objects.select_related("event__organiser", "employer")
    found = get_object_or_404(rows, pk=pk, archived_at=None)
    if found.event.archived_at is not None or found.event.visibility != "public":
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: what it is, and a place in it with a first name and a telephone."""
    found, now = _found(pk), timezone.now()
    form = RegisterForm(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            if not throttle.allowed(request, "register", MOST):
                raise Refused(_("Too many requests were sent from here. Try again in an hour, or "
                                "call."))  # fmt: skip
            made = actions.register(found, now=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    over = found.event.ends_at < now
    left = None if found.places is None else max(0, found.places - actions.registered(found))
    context = {
        "action": found,
        "form": form,
        "made": made,
        "open": actions.is_open(found, now) and left != 0,
        "left": left,
        "commune": communes().get(found.event.commune_code, ""),
        **(giving.in_public(found.registrations.all(), [found]) if over else {}),
        "runs": permissions.can_send(request.user, found),
        "crumbs": crumbs((_("Recruitment actions"), "jobs:recruitments"), (str(found), "")),
    }
    return render(request, "jobs/recruitment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """I will not come: by the number of the registration."""
    form = NumberForm(request.POST or None)
    done = None
    if request.method == "POST" and form.is_valid():
        try:
            if not throttle.allowed(request, "register_number", MOST):
                raise Refused(_("Too many numbers were tried from here. Try again in an hour."))
            done = actions.withdraw(form.cleaned_data["receipt"], today=today())
        except Refused as refusal:
            form.add_error("receipt", str(refusal))
    steps = ((_("Recruitment actions"), "jobs:recruitments"), (_("I will not come"), ""))
    context = {"form": form, "done": done, "crumbs": crumbs(*steps)}
    return render(request, "jobs/recruitment_mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open an action; its event is then in the agenda."""
    person = signed_in(request)
    require(permissions.can_open(person))
    bodies = [each.pk for each in organisations_of(person)]
    form = ActionForm(request.POST or None, communes=communes(), bodies=bodies)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_action(by=person, today=today(), **form.written())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("jobs:recruitment_follow", made.pk)
    steps = ((_("Recruitment actions"), "jobs:recruitments"), (_("A new action"), ""))
    return render(request, "jobs/recruitment_new.html", {"form": form, "crumbs": crumbs(*steps)})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an action, or call its meeting off; two people at once lose nothing."""
    person, found = signed_in(request), _found(pk)
    if not permissions.can_run(person, found):
        raise Http404
    if request.POST.get("do") == "cancel":
        return _cancelled(request, found, person)
    bodies = [each.pk for each in organisations_of(person)]
    form = ActionForm(
        request.POST or None, communes=communes(), bodies=bodies, initial=_filled(found)
    )
    edited = editing.edit(
        request, form, record=found, reads=lambda: ActionForm.of(_found(pk)),
        save=lambda _given: actions.change(found, by=person, **_written(form, found)),
    )  # fmt: skip
    if edited.saved:
        messages.success(request, _("It is kept, in the agenda too."))
        return redirect("jobs:recruitment_follow", pk)
    steps = ((_("Recruitment actions"), "jobs:recruitments"), (str(found), ""))
    context = {"form": form, "action": found, "edited": edited, "crumbs": crumbs(*steps)}
    return render(request, "jobs/recruitment_new.html", context, status=edited.status)


def _filled(found: Recruitment) -> dict[str, Any]:
    known = ActionForm.of(found)
    return {**known, "rome_codes": " ".join(known["rome_codes"])}


def _written(form: ActionForm, found: Recruitment) -> dict[str, Any]:
    """What is written: a firm of the house keeps its own name and SIRET."""
    given = form.written()
    if found.employer is not None and given["employer_siret"] in ("", found.siret):
        given["employer_name"] = given["employer_siret"] = ""
    elif found.employer is not None:
        given["employer"] = None
    return given


def _cancelled(request: HttpRequest, found: Recruitment, person: Person) -> HttpResponse:
    try:
        actions.cancel(found, by=person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs:recruitment_change", found.pk)
    messages.success(request, _("The meeting is called off: its page and the agenda say so."))
    return redirect("jobs:recruitment", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is registered, and what became of them; a partner sees the people it sent."""
    person, found = signed_in(request), _found(pk)
    if not permissions.can_send(person, found):
        raise Http404
    runs = permissions.can_run(person, found)
    bodies = sorted(_bodies(person))
    form = SendForm(request.POST or None, communes=communes(), bodies=bodies)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            made = actions.register(found, now=timezone.now(), by=person, **given)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Registered: {number}.").format(number=made.receipt))
            return redirect("jobs:recruitment_follow", found.pk)
    rows = found.registrations.select_related("through", "placement")
    rows = rows if runs else rows.filter(through__in=bodies)
    audit.listed(
        Registration, {each.pk: each.receipt for each in rows}, how="list", by=person,
        now=timezone.now(),
    )  # fmt: skip
    context = {
        "action": found,
        "form": form,
        "rows": rows,
        "funnel": recruiting.funnel(rows).steps(),
        "served": giving.served(rows),
        # A partner knows whom it sent; of all the others, what everyone does.
        "costs": giving.costs([found], None if runs else recruiting.of_action(found).public()),
        "runs": runs,
        "crumbs": crumbs((_("Recruitment actions"), "jobs:recruitments"), (str(found), "")),
    }
    return render(request, "jobs/recruitment_follow.html", context)


def _bodies(person: Person) -> set[int]:
    mine = announcing_for(person)
    return mine or {each.pk for each in organisations_of(person)}


@require_http_methods(["GET", "HEAD", "POST"])
def became(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of one person: came, interview, hired, still there."""
    person = signed_in(request)
    rows = Registration.objects.select_related("recruitment__event", "placement")
    found = get_object_or_404(rows, pk=pk)
    if not permissions.can_say(person, found):
        raise Http404
    form = BecameForm(request.POST or None, initial=_known(found))
    if request.method == "POST" and form.is_valid():
        try:
            _write(found, form.cleaned_data, person)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("jobs:recruitment_follow", found.recruitment_id)
    steps = ((_("Recruitment actions"), "jobs:recruitments"), (found.receipt, ""))
    context = {"form": form, "registration": found, "crumbs": crumbs(*steps)}
    return render(request, "jobs/recruitment_became.html", context)


def _known(found: Registration) -> dict[str, Any]:
    said = {True: "yes", False: "no", None: ""}
    names = ("attended", "interviewed", "present_3", "present_6", "woman", "from_qpv")
    known: dict[str, Any] = {name: said[getattr(found, name)] for name in names}
    return {**known, "hired_on": found.placement.hired_on if found.placement else None}


def _write(found: Registration, given: dict[str, Any], person: Person) -> None:
    """Each step that was said; a hire that is counted is not counted again."""
    actions.describe(found, by=person, woman=given["woman"], from_qpv=given["from_qpv"])
    found.refresh_from_db(fields=["from_qpv"])
    actions.say(
        found, by=person, today=today(), attended=given["attended"],
        interviewed=given["interviewed"],
    )  # fmt: skip
    if given["hired_on"] and found.placement_id is None:
        actions.hire(found, by=person, today=today(), hired_on=given["hired_on"])
    for months in actions.FOLLOWED:
        there = given[f"present_{months}"]
        if there is not None and there != getattr(found, f"present_{months}"):
            actions.present(found, by=person, today=today(), months=months, there=there)
