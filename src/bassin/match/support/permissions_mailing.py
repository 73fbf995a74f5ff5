"""Who writes letters to firms, and reads who they went to. What is not said here is refused."""

from bassin.match.support.models import Contact, Mailing
from bassin.match.support.permissions import can_write
from bassin.parties.access import User, bodies_of
from bassin.parties.models import Organisation


def can_mail(user: User, body: Organisation | None = None) -> bool:
    """Write letters in the name of an organisation that they write for. None: of some one."""
    mine = bodies_of(user)
    return bool(mine) if body is None else body.pk in mine


def can_see_mailing(user: User, mailing: Mailing) -> bool:
    """Read a letter, send it, stop it: who writes for the organisation in whose name it is."""
    return mailing.organisation_id in bodies_of(user)


def can_note_ground(user: User, contact: Contact) -> bool:
    """Note that a contact may be sent letters: who may change the case."""
    return can_write(user, contact.case)
