"""Report an error without an account; officers read, decide, and look again after each load."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bassin.commons.edition import number
from bassin.errors import Refused
from bassin.observe.companies import actions, correctable, corrections, naming, permissions
from bassin.observe.companies.corrections import Standing
from bassin.observe.companies.forms import ReportForm, WhyForm
from bassin.observe.companies.models import Correction
from bassin.observe.companies.rows import Establishment
from bassin.observe.companies.views.card import asked, trail
from bassin.parties import throttle
from bassin.parties.access import require, signed_in
from bassin.parties.models import Person
from bassin.parties.privacy import audit
from bassin.parties.traps import opened_now
from bassin.types import Origin
from bassin.ui.data import as_csv
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

MOST_AN_HOUR = 10
PER_PAGE = 25
_STATE = Correction.State


def _datum(found: Establishment, column: str) -> correctable.Datum | None:
    """The datum asked for; none was when it is empty.

    Raises:
        Http404: there is no such datum, or its correction would name who is hidden.
    """
    if not column:
        return None
    datum = next((each for each in correctable.open_to(found) if each.column == column), None)
    if datum is None and column not in correctable.DATA:
        raise Http404
    return datum


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, siret: str) -> HttpResponse:
    """Choose a datum, then say what is true; no account is needed."""
    found = asked(request, siret, "report")
    if isinstance(found, HttpResponse):
        return found
    column = request.GET.get("donnee", "")
    datum = _datum(found, column)
    words = language()
    hidden = bool(column) and datum is None
    form = _form(request, datum) if datum else None
    if datum and form and form.is_bound and form.is_valid() and _sent(request, found, datum, form):
        return redirect("companies:reported", siret=found.siret)
    name = naming.called(house(), found, words)
    context = {
        "found": found,
        "name": name,
        "datum": datum,
        "hidden": hidden,
        "said": correctable.written(column, correctable.value(found, column), words)
        if datum
        else "",
        "form": form,
        "choices": _choices(found, words),
        "crumbs": trail(Crumb(name, reverse("companies:establishment", args=[found.siret])),
                        Crumb(_("Report an error"))),
    }  # fmt: skip
    return render(request, "companies/report.html", context, status=400 if hidden else 200)


def _choices(found: Establishment, words: str) -> list[tuple[str, str, str]]:
    return [
        (each.column, each.label.say(words),
         correctable.written(each.column, correctable.value(found, each.column), words))
        for each in correctable.open_to(found)
    ]  # fmt: skip


def _form(request: HttpRequest, datum: correctable.Datum) -> ReportForm:
    data = request.POST if request.method == "POST" else None
    return ReportForm(data, datum=datum, initial={"opened": opened_now(ReportForm.salt)})


def _sent(
    request: HttpRequest, found: Establishment, datum: correctable.Datum, form: ReportForm
) -> bool:
    """Keep what was told; a machine learns nothing from the answer."""
    if form.is_trapped:
        return True
    if not throttle.allowed(request, "correction", MOST_AN_HOUR):
        form.add_error(None, _("That is many reports for one hour. Call the service below: they "
                               "will write them with you."))  # fmt: skip
        return False
    told = form.told()
    try:
        actions.report(
            house(), found, column=datum.column, typed=told["value"], why=told["why"],
            says_firm=told["says_firm"], by=request.user, today=today(),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("value", refusal.text.say(language()))
        return False
    return True


@require_safe
def reported(request: HttpRequest, siret: str) -> HttpResponse:
    """Thanks, and what happens next."""
    found = asked(request, siret, "reported")
    if isinstance(found, HttpResponse):
        return found
    name = naming.called(house(), found, language())
    address = reverse("companies:establishment", args=[found.siret])
    context = {
        "found": found,
        "name": name,
        "card_url": address,
        "crumbs": trail(Crumb(name, address), Crumb(_("Thank you"))),
    }
    return render(request, "companies/reported.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, what the source changed, what is shown: officers decide on one's word."""
    person = signed_in(request)
    require(permissions.can_moderate(person))
    refusal = ""
    if request.method == "POST":
        which = get_object_or_404(Correction, pk=number(request.POST.get("which", "")))
        try:
            _decide(request, which, person)
        except Refused as refused:
            refusal = refused.text.say(language())
        else:
            return redirect("companies:corrections")
    opened, words = house(), language()
    waiting = Correction.objects.filter(state=_STATE.WAITING).select_related("reported_by")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    audit.listed(
        Correction, {each.pk: str(each) for each in page if each.reported_by_id}, how="list",
        by=person, now=timezone.now(),
    )  # fmt: skip
    accepted = Correction.objects.filter(state=_STATE.ACCEPTED).order_by("-decided_on", "-pk")
    told = corrections.told_all(opened, accepted, words)
    context = {
        "page": page,
        "waiting": _items(corrections.told_all(opened, page, words), person),
        "again": [each for each in _items(told, person) if each["told"].standing in _AGAIN],
        "held": [each for each in _items(told, person) if each["told"].standing not in _AGAIN],
        "refusal": refusal,
        "crumbs": trail(Crumb(_("Reported errors"))),
    }
    return render(request, "companies/corrections.html", context)


_AGAIN = (Standing.CHANGED, Standing.GONE)


def _items(listed: list[corrections.Told], person: Person) -> list[dict[str, Any]]:
    return [
        {
            "told": each,
            "name": naming.called(house(), each.found, language()) if each.found else "",
            "siret": naming.spaced(each.correction.siret),
            "decides": permissions.can_moderate(person, each.correction),
        }
        for each in listed
    ]


def _decide(request: HttpRequest, which: Correction, person: Person) -> None:
    asked_for, day = request.POST.get("do", ""), today()
    if asked_for == "accept":
        actions.accept(house(), which, by=person, today=day)
        messages.success(request, _("Shown on the card, beside what the source says."))
    elif asked_for == "keep":
        actions.keep(house(), which, by=person, today=day)
        messages.success(request, _("Kept, against what the source says now."))
    elif asked_for == "end":
        actions.end(which, by=person, today=day)
        messages.success(request, _("No longer shown."))
    else:
        form = WhyForm(request.POST)
        why = form.cleaned_data["why"] if form.is_valid() else ""
        actions.refuse(which, why=why, by=person, today=day)
        messages.success(request, _("Refused, with the reason."))


@require_safe
def exported(request: HttpRequest) -> HttpResponse:
    """Accepted corrections that the publisher has not taken up, as CSV for it."""
    rows = corrections.exported(house())
    sample = any(each["origin"] == Origin.INVENTED for each in rows)
    return as_csv(rows, "corrections", sample=sample)
