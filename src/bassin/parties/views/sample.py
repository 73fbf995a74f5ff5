"""The counter of the sample: whoever tries the service there reads its e-mail on a page.

It exists only in the sample, and only while no server sends e-mail: it would open every account.
"""

import time
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bassin.parties.mail import letters
from bassin.parties.models import Person
from bassin.territory import Installation
from bassin.types import Origin

INVENTED_ADDRESSES = "@example.org"
KEPT = "bassin.parties.mail.Kept"
SHOWN = 10
PERIOD = 30


def is_open() -> bool:
    """Whether this installation is the sample and has no mail server."""
    return settings.EMAIL_BACKEND == KEPT and Installation.read(Path(settings.VAR)).sample


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The four people, the messages they received, the codes their applications show."""
    if not is_open():
        raise Http404("Only the sample has this page, and only while no server sends its e-mail.")
    people = Person.objects.filter(
        origin=Origin.INVENTED, email__endswith=INVENTED_ADDRESSES, is_active=True
    ).prefetch_related("memberships__organisation")
    context = {
        "people": [(person, _application(person)) for person in people],
        "letters": letters(INVENTED_ADDRESSES)[:SHOWN],
    }
    return render(request, "parties/mailbox.html", context)


def _application(person: Person) -> str:
    """What the application of an invented person shows now; nothing when they have none."""
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if kept is None:
        return ""
    return format_hotp_value(hotp_value(decrypt(kept.data["secret"]), int(time.time()) // PERIOD))
