"""What waits for the authority's eyes: each offer with the words that the rules found."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.match.jobs import actions, checks, permissions, wording
from bassin.match.jobs.forms import UntilForm, WhyForm, say
from bassin.match.jobs.models import FirmClaim, Offer
from bassin.match.jobs.views import twins
from bassin.match.jobs.views.common import crumbs, require, signed_in, today

PER_PAGE = 25


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The offers that wait, the oldest first, with the number of words to look at."""
    require(permissions.can_moderate(signed_in(request)))
    waiting = Offer.objects.waiting().select_related("employer", "posted_through")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": [(offer, *_counts(offer), (today() - _since(offer)).days) for offer in page],
        "claims": FirmClaim.objects.filter(state=FirmClaim.State.WAITING).count(),
        "crumbs": crumbs((_("To review"), "")),
    }
    return render(request, "jobs/queue.html", context)


def _counts(offer: Offer) -> tuple[int, int]:
    flags = checks.flags(offer)
    bad = len(wording.refused(flags))
    return bad, len(flags) - bad


def _since(offer: Offer) -> Any:
    return offer.submitted_on or offer.written_on


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one, then publish it or send it back with the reason."""
    person = signed_in(request)
    require(permissions.can_moderate(person))
    offer = get_object_or_404(Offer.objects.select_related("employer", "posted_through"), pk=pk)
    until, why, refusal = UntilForm(), WhyForm(), ""
    if request.method == "POST":
        publishing = request.POST.get("do") == "publish"
        if publishing:
            form: UntilForm | WhyForm = (until := UntilForm(request.POST))
        else:
            form = why = WhyForm(request.POST)
        if form.is_valid():
            try:
                _decide(offer, form.cleaned_data, publishing=publishing, person=person)
            except Refused as refused:
                refusal = str(refused)
            else:
                said = _("Published.") if publishing else _("Sent back, with the reason.")
                messages.success(request, said)
                return redirect("jobs:queue")
    context = {
        "offer": offer,
        "flags": checks.flags(offer),
        "lacking": say(checks.lacking(offer)),
        "questions": say(checks.questions(offer)),
        "until_form": until,
        "why_form": why,
        "refusal": refusal,
        "stands": actions.STANDS,
        **twins.shown(offer, request),
        "crumbs": crumbs((_("To review"), "jobs:queue"), (offer.title, "")),
    }
    return render(request, "jobs/review.html", context)


def _decide(offer: Offer, given: dict[str, Any], *, publishing: bool, person: Any) -> None:
    if publishing:
        actions.publish(offer, by=person, today=today(), until=given["until"])
    else:
        actions.refuse(offer, by=person, why=given["why"], today=today())


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """What may not be written in an offer: each rule with its law and its advice. Public."""
    context = {"rules": wording.rules(), "crumbs": crumbs((_("Words of offers"), ""))}
    return render(request, "jobs/rules.html", context)
