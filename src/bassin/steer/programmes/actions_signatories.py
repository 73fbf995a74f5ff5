"""What is noted of signatories: the day they signed, the day they withdrew."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.steer.programmes import permissions
from bassin.steer.programmes.models import Commitment


@transaction.atomic
def sign(commitment: Commitment, *, on: date, by: Person, today: date) -> Commitment:
    """Note that a proposed commitment was signed.

    Raises:
        Refused: it was signed or withdrawn already, or the day is still to come.
    """
    now = _locked(commitment, by)
    if now.state != Commitment.State.PROPOSED:
        raise Refused(_("This commitment was signed or withdrawn already."))
    if on > today:
        raise Refused(_("A signature is noted once it is given."))
    now.state, now.signed_on = Commitment.State.SIGNED, on
    now.save(update_fields=["state", "signed_on"])
    return now


@transaction.atomic
def withdraw(commitment: Commitment, *, on: date, by: Person, today: date) -> Commitment:
    """Note that a signatory withdrew; what it promised stays written.

    Raises:
        Refused: it never signed, or would withdraw before it signed.
    """
    now = _locked(commitment, by)
    if now.state != Commitment.State.SIGNED or now.signed_on is None:
        raise Refused(_("Only a signed commitment is withdrawn."))
    if on < now.signed_on or on > today:
        raise Refused(_("The day is between the signature and today."))
    now.state, now.withdrawn_on = Commitment.State.WITHDRAWN, on
    now.save(update_fields=["state", "withdrawn_on"])
    return now


def _locked(commitment: Commitment, by: Person) -> Commitment:
    now = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    require(permissions.can_edit_framework(by, now.framework))
    return now
