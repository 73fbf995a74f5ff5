"""A firm comes by itself: its SIRET is looked up, an address is proven, an officer decides."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.commons.edition import number
from bassin.errors import Refused
from bassin.match.jobs import actions_claims as actions
from bassin.match.jobs import permissions_claims as permissions
from bassin.match.jobs import sirene
from bassin.match.jobs.forms import WhyForm
from bassin.match.jobs.forms_claims import ClaimForm, CodeForm, SiretForm
from bassin.match.jobs.models import FirmClaim
from bassin.match.jobs.sirene import Establishment
from bassin.match.jobs.views.common import crumbs, house, require, signed_in, today
from bassin.parties import codes, throttle
from bassin.parties.models import Organisation, Person
from bassin.parties.privacy import audit

LOOKED_UP, ASKED = 30, 10
"""SIRET that one address may look up, and requests that it may send, in an hour."""

PER_PAGE = 25
CODE, TYPED = "jobs_claim_code", "jobs_claim"
"""Where the session keeps the code sent, and what was typed until it is proven."""


@never_cache
@require_safe
def employers(request: HttpRequest) -> HttpResponse:
    """How to publish an offer here, and what SIRENE says of one's SIRET. No account is needed."""
    form = SiretForm(request.GET if "siret" in request.GET else None)
    found = None
    if form.is_bound and form.is_valid():
        try:
            found = _look_up(request, form.cleaned_data["siret"])
        except Refused as refusal:
            form.add_error("siret", str(refusal))
    firm = Organisation.objects.filter(kind=Organisation.Kind.FIRM)
    firm_here = found is not None and firm.filter(siret=found.siret).exists()
    context = {
        "form": form,
        "found": found,
        "firm_here": firm_here,
        "crumbs": crumbs((_("I hire"), "")),
    }
    return render(request, "jobs/employers.html", context)


def _look_up(request: HttpRequest, siret: str) -> Establishment:
    if not throttle.allowed(request, "siret", LOOKED_UP):
        raise Refused(_("Too many numbers were tried from here. Try again in an hour."))
    return sirene.look_up(house(), siret)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Ask to write for a firm; and what became of what one asked."""
    person = signed_in(request)
    require(permissions.can_claim(person))
    asked = SiretForm(request.GET if "siret" in request.GET else None)
    found, form, refusal = None, None, ""
    try:
        if asked.is_bound and asked.is_valid():
            found = _look_up(request, asked.cleaned_data["siret"])
            actions.check(found, by=person)
            form = _form(request, person, found)
            if form.is_bound and form.is_valid():
                return _send(request, person, found, form.cleaned_data)
    except Refused as refused:
        refusal = str(refused)
    context = {
        "asked": asked,
        "found": found,
        "form": form,
        "refusal": refusal,
        "claims": FirmClaim.objects.filter(asked_by=person).order_by("-asked_on", "-pk"),
        "crumbs": crumbs((_("I hire"), "jobs:employers"), (_("My firm"), "")),
    }
    return render(request, "jobs/claim.html", context)


def _form(request: HttpRequest, person: Person, found: Establishment) -> ClaimForm:
    known = {"contact_name": person.name, "contact_email": person.email}
    return ClaimForm(
        request.POST if request.method == "POST" else None, initial=known, named=bool(found.name)
    )


def _send(
    request: HttpRequest, person: Person, found: Establishment, given: dict[str, Any]
) -> HttpResponse:
    """Write the request when the address is the account's own, proven by signing in; else prove it.

    Raises:
        Refused: too many were sent, or this person cannot ask for it.
    """
    if not throttle.allowed(request, "claim", ASKED):
        raise Refused(_("Too many requests were sent from here. Try again in an hour, or call."))
    given = {"firm_name": "", **given}
    address = str(given["contact_email"]).lower()
    if address == (person.email or "").lower():
        return _written(request, person, found, given)
    if not codes.send(request, CODE, address, "jobs/mail/claim_code"):
        raise Refused(_("Too many codes were sent to this address. Wait ten minutes."))
    request.session[TYPED] = {"siret": found.siret, **given}
    return redirect("jobs:claim_code")


def _written(
    request: HttpRequest, person: Person, found: Establishment, given: dict[str, Any]
) -> HttpResponse:
    actions.ask(found, by=person, today=today(), **given)
    messages.success(
        request, _("Your request is sent. The authority calls the firm if it has a doubt, then "
                   "answers you by e-mail.")
    )  # fmt: skip
    return redirect("jobs:claim")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code sent to the firm's address; then the request is written."""
    person = signed_in(request)
    require(permissions.can_claim(person))
    typed, address = request.session.get(TYPED), codes.waiting(request, CODE)
    if not typed or not address:
        return redirect("jobs:claim")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proven = codes.take(request, CODE, form.cleaned_data["code"])
        if proven and proven == typed["contact_email"].lower():
            del request.session[TYPED]
            siret = typed.pop("siret")
            try:
                return _written(request, person, sirene.look_up(house(), siret), typed)
            except Refused as refusal:
                messages.error(request, str(refusal))
                return redirect("jobs:claim")
        if not codes.waiting(request, CODE):
            messages.error(request, _("Three wrong codes, or too old a one: begin again."))
            again = urlencode({"siret": typed["siret"]})
            return redirect(f"{request.path.rsplit('/', 2)[0]}/?{again}")
        form.add_error("code", _("This code is not the right one. Check it, and type it again."))
    steps = ((_("I hire"), "jobs:employers"), (_("My firm"), "jobs:claim"), (_("The code"), ""))
    context = {"form": form, "address": address, "crumbs": crumbs(*steps)}
    return render(request, "jobs/claim_code.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back."""
    person = signed_in(request)
    found = get_object_or_404(FirmClaim, pk=pk, asked_by=person)
    try:
        actions.withdraw(found, by=person, today=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("jobs:claim")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """The requests that wait, each with what SIRENE says today; decided on one's word."""
    person = signed_in(request)
    require(permissions.can_decide_claim(person))
    refusal = ""
    if request.method == "POST":
        found = get_object_or_404(FirmClaim, pk=number(request.POST.get("which", "")))
        try:
            _decide(request, found, person)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("jobs:claims")
    waiting = FirmClaim.objects.filter(state=FirmClaim.State.WAITING).select_related("asked_by")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    audit.listed(
        FirmClaim, {each.pk: str(each) for each in page}, how="list", by=person,
        now=timezone.now(),
    )  # fmt: skip
    context = {
        "page": page,
        "items": _items(list(page), person),
        "refusal": refusal,
        "crumbs": crumbs((_("To review"), "jobs:queue"), (_("Firms that ask"), "")),
    }
    return render(request, "jobs/claims.html", context)


def _items(claims: list[FirmClaim], person: Person) -> list[dict[str, Any]]:
    sirets = {each.siret for each in claims}
    told = sirene.look_up_all(house(), sirets)
    bodies = {each.siret: each for each in Organisation.objects.filter(siret__in=sirets)}
    waiting = FirmClaim.objects.filter(siret__in=sirets, state=FirmClaim.State.WAITING)
    count = Counter(waiting.values_list("siret", flat=True))
    return [
        {
            "claim": each,
            "found": told[each.siret],
            "body": bodies.get(each.siret),
            "others": count[each.siret] - 1,
            "decides": permissions.can_decide_claim(person, each),
        }
        for each in claims
    ]


def _decide(request: HttpRequest, found: FirmClaim, person: Person) -> None:
    if request.POST.get("do") == "accept":
        actions.accept(found, by=person, today=today())
        messages.success(request, _("Accepted: {firm}.").format(firm=found.firm_name))
    else:
        form = WhyForm(request.POST)
        why = form.cleaned_data["why"] if form.is_valid() else ""
        actions.refuse(found, by=person, today=today(), why=why)
        messages.success(request, _("Refused, with the reason."))
