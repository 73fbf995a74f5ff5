"""What follows from signing in and from a new second factor."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils import timezone

from bassin.parties import once
from bassin.parties.models import Person


def note_seen(sender: Any, user: Person, **told: Any) -> None:
    """Remember the day, by which unused accounts are found."""
    Person.objects.filter(pk=user.pk).update(seen_on=timezone.localdate())


def trust_this_session_alone(
    sender: Any, request: HttpRequest, user: Person, authenticator: Authenticator, **told: Any
) -> None:
    """A new application: this session has shown its code; the others have not, and end."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    once.claim(authenticator, request.POST.get("code", ""))
    facts = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
    record_authentication(request, user, "mfa", **facts)
    for session in UserSession.objects.filter(user=user):
        if session.session_key != request.session.session_key:
            session.end()
