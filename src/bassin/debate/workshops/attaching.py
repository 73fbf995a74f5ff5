"""Results placed on what they are about, so that an action's page says that it was debated."""

from datetime import date

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bassin import systems
from bassin.debate.workshops import permissions
from bassin.debate.workshops.models import Attachment, Round
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person

COUNTED = (Round.State.CLOSED, Round.State.REVEALED)


@transaction.atomic
def attach(held: Round, reference: str, *, by: Person, today: date) -> Attachment:
    """Place a result on an action, a part of a programme or an operation.

    Raises:
        Refused: the round has no result yet, or the reference leads nowhere.
    """
    require(permissions.can_run(by, held.workshop))
    if held.state not in COUNTED:
        raise Refused(_("This question has no result yet. Close it first."))
    plain = reference.strip()
    if systems.resolve(plain, (get_language() or "fr")[:2]) is None:
        raise Refused(
            _("“{reference}” leads to nothing that everyone may see.").format(reference=plain[:80])
        )
    return _placed(held, plain, today)


@transaction.atomic
def detach(placed: Attachment, *, by: Person) -> None:
    """Take a result away from what it was placed on."""
    require(permissions.can_run(by, placed.round.workshop))
    placed.delete()


def attach_target(held: Round, *, today: date) -> Attachment | None:
    """Place a result on what its statement is about; called when its round closes."""
    statement = held.step.statement
    target = statement.target if statement else ""
    return _placed(held, target, today) if target else None


def _placed(held: Round, reference: str, today: date) -> Attachment:
    placed, _made = Attachment.objects.get_or_create(
        round=held, reference=reference, defaults={"attached_on": today}
    )
    return placed
