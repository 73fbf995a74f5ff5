"""Letters to a selection of firms: written, counted, confirmed with their number, sent, stopped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.support import permissions_mailing as permissions
from bassin.match.support.mailing import fields, recipients, refusing
from bassin.match.support.models import Contact, Delivery, Mailing, Reach
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person

FIELDS = ("selection", "selection_name", "purpose", "subject", "body")
MOST = 2000
"""Messages of one letter: beyond, a smaller selection says more to each."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The firms of a selection today, and the names of the communes."""

    sirets: Collection[str]
    communes: Mapping[str, str]


@transaction.atomic
def write(
    *, by: Person, organisation: Organisation, today: date, mailing: Mailing | None = None,
    **said: Any,
) -> Mailing:  # fmt: skip
    """Write a letter, or go on writing it.

    Raises:
        Refused: it has no words, or names a field that is not known.
    """
    made = _draft(mailing, by) if mailing else Mailing(author=by, written_on=today)
    made.organisation = organisation
    require(permissions.can_mail(by, organisation))
    if strange := set(said) - set(FIELDS):
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    for name, value in said.items():
        setattr(made, name, value.strip())
    if not (made.subject and made.body and made.purpose and made.selection):
        raise Refused(_("A letter needs a selection, what it is for, a subject and words."))
    fields.check(made.subject, made.body)
    made.save()
    return made


def _draft(mailing: Mailing, by: Person) -> Mailing:
    kept = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    require(permissions.can_see_mailing(by, kept))
    if kept.state != Mailing.State.DRAFT:
        raise Refused(_("This letter was sent already: write another."))
    return kept


def found(mailing: Mailing, audience: Audience) -> recipients.Found:
    """Who it would go to today, and why others would not be written to."""
    return recipients.find(
        mailing.organisation_id, audience.sirets, audience.communes, mailing.subject, mailing.body
    )


@transaction.atomic
def confirm(
    mailing: Mailing, *, by: Person, now: datetime, audience: Audience, count: int
) -> Mailing:  # fmt: skip
    """Let a letter leave, with the number of messages typed by who confirms it.

    Raises:
        Refused: the number is not the one of today, or there is nobody to write to.
    """
    kept = _draft(mailing, by)
    held = found(kept, audience)
    if not held.recipients:
        raise Refused(_("There is nobody to write to: see why below."))
    if len(held.recipients) > MOST:
        raise Refused(
            _(
                "{count} messages: {limit} at most leave at once. Choose a smaller selection."
            ).format(count=len(held.recipients), limit=MOST)
        )
    if count != len(held.recipients):
        raise Refused(
            _("You typed {typed}; {count} messages would leave now. Look at them, then type that "
              "number.").format(typed=count, count=len(held.recipients))
        )  # fmt: skip
    fields.check(kept.subject, kept.body)
    for each in held.recipients:
        Delivery.objects.create(
            mailing=kept, address=each.address, digest=refusing.digest(each.address),
            values=dict(each.values), at=now, origin=each.origin,
        )  # fmt: skip
    kept.state, kept.confirmed_by, kept.confirmed_at = Mailing.State.SENDING, by, now
    kept.left_out = {code: count for code, count in held.left_out.items() if count}
    kept.save()
    return kept


@transaction.atomic
def stop(mailing: Mailing, *, by: Person) -> Mailing:
    """Stop a letter: what has not left yet does not leave.

    Raises:
        Refused: nothing of it is leaving.
    """
    kept = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    require(permissions.can_see_mailing(by, kept))
    if kept.state != Mailing.State.SENDING:
        raise Refused(_("Nothing of this letter is leaving."))
    kept.state = Mailing.State.STOPPED
    kept.save(update_fields=["state"])
    Delivery.objects.filter(mailing=kept, state=Delivery.State.WAITING).update(
        state=Delivery.State.STOPPED
    )
    return kept


@transaction.atomic
def drop(mailing: Mailing, *, by: Person) -> None:
    """Delete a letter that was not sent."""
    _draft(mailing, by).delete()


@transaction.atomic
def ground(contact: Contact, *, by: Person, ground: str, today: date) -> None:
    """Note on what ground a contact may be sent letters; "" takes it off.

    Raises:
        Refused: the contact has no address, or the ground is none of ours.
    """
    require(permissions.can_note_ground(by, contact))
    if not ground:
        Reach.objects.filter(contact=contact).delete()
        return
    if ground not in Reach.Ground.values:
        raise Refused(_("Choose a ground in the list."))
    if not contact.contact_email:
        raise Refused(_("This contact has no e-mail address: no letter can reach them."))
    Reach.objects.update_or_create(
        contact=contact, defaults={"ground": ground, "on": today, "by": by}
    )
