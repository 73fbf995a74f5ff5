"""Offers that resemble each other: shown to who writes and to who reviews, decided by officers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bassin.commons.edition import number
from bassin.errors import Refused
from bassin.match.jobs import actions_twins as actions
from bassin.match.jobs import permissions, resembling
from bassin.match.jobs.models import Offer, OfferPair
from bassin.match.jobs.views.common import language, require, signed_in, today


def shown(offer: Offer, request: HttpRequest) -> dict[str, Any]:
    """What a page says of the twins of an offer: those proposed, those decided."""
    found = resembling.twins_of(offer, by=request.user, today=today())
    merged = offer.twins.filter(verdict=OfferPair.Verdict.MERGED, undone_on=None)
    return {
        "twins": [(each.offer, each.reasons(language())) for each in found],
        "merged": merged.select_related("other__employer", "other__posted_through"),
        "merges": permissions.can_merge(request.user),
        "same_as": actions.merged_into(offer),
    }


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One and the same, or two offers."""
    person = signed_in(request)
    require(permissions.can_merge(person))
    offer = get_object_or_404(Offer, pk=pk, archived_at=None)
    other = get_object_or_404(Offer, pk=number(request.POST.get("other", "")), archived_at=None)
    try:
        if request.POST.get("do") == "merge":
            actions.merge(offer, other, by=person, today=today())
            messages.success(request, _("They are one offer from now on."))
            return redirect("jobs:manage", other.pk)
        actions.keep_apart(other, offer, by=person, today=today())
        messages.success(request, _("They are two offers from now on."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("jobs:manage", offer.pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """They were two offers after all."""
    person = signed_in(request)
    require(permissions.can_merge(person))
    pair = get_object_or_404(OfferPair.objects.select_related("other"), pk=pk)
    try:
        back = actions.undo(pair, by=person, today=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs:manage", pair.kept_id)
    messages.success(request, _("Each offer stands again as it stood."))
    return redirect("jobs:manage", back.pk)
