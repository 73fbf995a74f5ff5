"""A code of an application serves once.

django-allauth forgets a used code after thirty seconds, while it accepts each for ninety.
"""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST = "last_step"
"""Where an authenticator keeps the step (thirty seconds each) of the last code it gave."""


@transaction.atomic
def claim(authenticator: Authenticator, code: str) -> bool:
    """Take a code; False when it, or a later one, was taken before. Two at once: one wins."""
    kept = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(kept.data["secret"])
    for step in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, step))
        if step > kept.data.get(LAST, -1) and compare_user_code(actual=code, expected=expected):
            kept.data[LAST] = step
            kept.save(update_fields=["data"])
            return True
    return False
