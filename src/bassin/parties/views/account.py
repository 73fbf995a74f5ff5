"""A person's own pages: signing in, their account, the sessions they opened."""

from typing import Any

from allauth.account.views import RequestLoginCodeView, email_verification_sent
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.socialaccount.adapter import get_adapter as outside
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bassin.parties import actions, permissions
from bassin.parties.access import signed_in
from bassin.parties.forms import ProfileForm
from bassin.parties.middleware import AFTER, has_second_factor
from bassin.parties.models import Invitation, Membership, Person
from bassin.parties.views.address import named
from bassin.parties.views.sample import is_open


class SignIn(RequestLoginCodeView):
    """One field: the address to which a code is sent."""

    def get_initial(self) -> dict[str, Any]:
        """The address of an invitation, or of a person of the sample."""
        return {"email": self.request.GET.get("email", "")[:254]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Besides: the other provider of accounts, and whether this is the sample."""
        return {
            **super().get_context_data(**kwargs),
            "providers": outside().list_providers(self.request),
            "next": self.get_next_url() or "",
            "sample": is_open(),
        }


@login_not_required
def prove_address(request: HttpRequest) -> HttpResponse:
    """Type the code sent to a new address. Whoever is signed in has nothing left to prove."""
    if request.user.is_authenticated:
        return redirect("parties:account")
    answer: HttpResponse = email_verification_sent(request)
    return answer


class RecoveryCodes(ViewRecoveryCodesView):
    """The recovery codes, then the page that was wanted before there was a second factor."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Besides: that page, once."""
        after = self.request.session.pop(AFTER, "")
        return {**super().get_context_data(**kwargs), "after": after}


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """What we know of the person who signed in, and what they may change."""
    person = signed_in(request)
    kept = {name: getattr(person, name) for name in ("name", "telephone", "language")}
    form = ProfileForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(person, **form.cleaned_data)
        with translation.override(person.language):
            messages.success(request, _("Your account is up to date."))
        return redirect("parties:account")
    context = {
        "form": form,
        "seats": _seats(person),
        "waiting": Invitation.objects.waiting().filter(email=person.email),
        "sessions": UserSession.objects.filter(user=person).count(),
        "has_second_factor": has_second_factor(request),
        "outside": _outside(person),
        "lists_organisations": permissions.can_list_organisations(person),
    }
    return render(request, "parties/account.html", context)


def _outside(person: Person) -> list[tuple[int, str]]:
    """The accounts held elsewhere that open this one, each with its name."""
    held = SocialAccount.objects.filter(user=person).order_by("pk")
    return [(each.pk, named(each)) for each in held]


def _seats(person: Person) -> list[Membership]:
    held = Membership.objects.on(timezone.localdate()).filter(person=person)
    return list(held.select_related("organisation"))


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in; each session can be ended, or all the others at once."""
    opened = sorted(UserSession.objects.purge_and_list(request.user), key=lambda s: s.created_at)
    if request.method != "POST":
        return render(request, "usersessions/usersession_list.html", {"sessions": opened})
    one = request.POST.get("session", "")
    if one:
        chosen = [each for each in opened if str(each.pk) == one]
        if not chosen:
            raise Http404
    else:
        chosen = [each for each in opened if not each.is_current()]
    for each in chosen:
        each.end()
    messages.success(request, _("The session was ended.") if one else _("Others were ended."))
    return redirect("usersessions_list")
