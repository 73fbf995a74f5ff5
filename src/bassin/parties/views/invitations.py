"""What the link of an invitation opens."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bassin.errors import Refused
from bassin.parties import actions
from bassin.parties.access import signed_in
from bassin.parties.models import Invitation, Person


def address_of(request: HttpRequest) -> Callable[[str], str]:
    """The whole address of the page of a token, at the host people use now."""
    return lambda token: request.build_absolute_uri(reverse("parties:invitation", args=[token]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what; a button to join for whoever signed in at the invited address."""
    found = get_object_or_404(
        Invitation.objects.select_related("organisation", "invited_by"),
        token_digest=actions.digest(token),
    )
    refusal = ""
    if request.method == "POST" and request.user.is_authenticated:
        try:
            seat = actions.accept(found, by=signed_in(request), now=timezone.now())
        except Refused as said:
            refusal = str(said)
        else:
            joined = _("You are now a member of {name}.").format(name=seat.organisation)
            messages.success(request, joined)
            return redirect("parties:account")
    known = Person.objects.filter(email=found.email).exists()
    way = reverse("account_login" if known else "account_signup")
    query = urlencode({"email": found.email, "next": request.path})
    context = {
        "invitation": found, "refusal": refusal, "known": known, "way": f"{way}?{query}",
        "over": bool(found.accepted_at or found.withdrawn_at) or found.expires_at <= timezone.now(),
    }  # fmt: skip
    return render(request, "parties/invitation.html", context, status=400 if refusal else 200)
