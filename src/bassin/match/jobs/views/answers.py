"""The receipt of a candidate: given without a name, looked at later by its number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bassin.errors import Refused
from bassin.match.jobs import actions_answers
from bassin.match.jobs.forms import ReceiptForm
from bassin.match.jobs.models import Offer
from bassin.match.jobs.views.common import crumbs, today
from bassin.parties import throttle

MOST = 20
"""Receipts that one address may take, or numbers that it may try, in an hour."""


@require_POST
def applied(request: HttpRequest, pk: int) -> HttpResponse:
    """“I applied”: a number to keep and to quote, nothing about who."""
    offer = get_object_or_404(Offer.objects.open(today()), pk=pk)
    if not throttle.allowed(request, "applied", MOST):
        raise Refused(_("Too many receipts were taken from here. Try again in an hour."))
    made = actions_answers.say_applied(offer, today=today())
    context = {
        "offer": offer,
        "application": made,
        "days": actions_answers.DAYS_TO_ANSWER,
        "crumbs": crumbs((_("My receipt"), "")),
    }
    return render(request, "jobs/receipt.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Look at a receipt again, and say that no answer came."""
    form = ReceiptForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["receipt"]
        try:
            if not throttle.allowed(request, "receipt", MOST):
                raise Refused(_("Too many numbers were tried from here. Try again in an hour."))
            found = actions_answers.find(number)
            if request.POST.get("do") == "deny":
                found = actions_answers.deny(number, today=today())
        except Refused as refusal:
            form.add_error("receipt", str(refusal))
    context = {
        "form": form,
        "application": found,
        "days": actions_answers.DAYS_TO_ANSWER,
        "crumbs": crumbs((_("My receipt"), "")),
    }
    return render(request, "jobs/receipt_find.html", context)
