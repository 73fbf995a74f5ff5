"""Who wants no more letters: known by the digest of their address, under our own key.

The link of a letter is signed: it holds the digest, no address, and needs no account. A list made
under a former key still counts as long as that key is among `BASSIN_FORMER_SECRET_KEYS`.
"""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac

from bassin.match.support.models import Delivery, OptOut

_SALT = "bassin.support.letters"
_LINK = "bassin.support.letters.stop"


def plain(address: str) -> str:
    """An address as it is compared: without spaces, in small letters."""
    return address.strip().lower()


def digest(address: str, key: str | bytes | None = None) -> str:
    """What is kept of an address that refuses."""
    return salted_hmac(_SALT, plain(address), secret=key, algorithm="sha256").hexdigest()


def refused(addresses: Iterable[str]) -> set[str]:
    """Those of some addresses that want no more letters."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    asked = {digest(each, key): plain(each) for each in addresses for key in keys}
    found = OptOut.objects.filter(digest__in=list(asked)).values_list("digest", flat=True)
    return {asked[each] for each in found}


def token(address: str) -> str:
    """What the link of a letter to an address holds."""
    return signing.dumps(digest(address), salt=_LINK)


def opened(link: str) -> str | None:
    """The digest behind a link; None when we did not sign it."""
    try:
        found = signing.loads(link, salt=_LINK)
    except signing.BadSignature:
        return None
    return found if isinstance(found, str) and len(found) == len(digest("")) else None


@transaction.atomic
def refuse(found: str, today: date) -> None:
    """Never write to this address again; what waits for it does not leave."""
    OptOut.objects.get_or_create(digest=found, defaults={"on": today})
    Delivery.objects.filter(digest=found, state=Delivery.State.WAITING).update(
        state=Delivery.State.OPTED_OUT
    )
