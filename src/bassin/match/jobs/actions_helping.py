"""What people do with the directory and with referrals. One function per verb.

A referral is written only once the person agreed and confirmed: nothing is kept of one that is
begun and left.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.jobs import permissions_helping as permissions
from bassin.match.jobs import receipts
from bassin.match.jobs.models import Referral, Structure
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person
from bassin.types import Origin

DAYS_TO_ANSWER = 15
"""A referral that is open after that many days is late, and somebody is told."""

FIELDS = (
    "name", "kind", "needs", "publics", "age_from", "age_to", "conditions", "commune_codes",
    "commune_code", "place", "latitude", "longitude", "hours", "structure_telephone",
    "structure_email", "page", "languages", "capacity", "wait_days", "wait_on", "adviser_name",
    "adviser_telephone", "adviser_agreed_on", "adviser_until", "source", "checked_on",
)  # fmt: skip
"""What may be written of a structure."""

PERSON = ("person_name", "person_telephone", "person_email", "note")
"""What names a person referred; all of it goes together."""


@transaction.atomic
def add_structure(
    *, by: Person, today: date, organisation: Organisation | None = None, **fields: Any
) -> Structure:
    """Put a structure in the directory, kept up to date by an organisation.

    Raises:
        Refused: a value cannot be right.
    """
    structure = Structure(organisation=organisation)
    require(permissions.can_keep(by, structure))
    return _write(structure, fields, today)


@transaction.atomic
def change_structure(structure: Structure, *, by: Person, today: date, **fields: Any) -> Structure:
    """Change what the directory says of a structure; it is checked from that day.

    Raises:
        Refused: a value cannot be right.
    """
    kept = Structure.objects.select_for_update(of=("self",)).get(pk=structure.pk)
    require(permissions.can_keep(by, kept))
    return _write(kept, fields, today)


@transaction.atomic
def put_away(structure: Structure, *, by: Person, why: str, now: datetime) -> None:
    """Take a structure off the directory, with who and why. Its referrals stay."""
    kept = Structure.objects.select_for_update(of=("self",)).get(pk=structure.pk)
    require(permissions.can_keep(by, kept))
    if not why.strip():
        raise Refused(_("Say why it is put away."))
    kept.archived_at, kept.archived_by, kept.archived_why = now, by, why.strip()[:300]
    kept.save(update_fields=["archived_at", "archived_by", "archived_why"])


def _write(structure: Structure, fields: dict[str, Any], today: date) -> Structure:
    if strange := set(fields) - set(FIELDS):
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    for name, value in fields.items():
        setattr(structure, name, value)
    structure.checked_on = fields.get("checked_on") or today
    _judge(structure)
    structure.save()
    return structure


def _judge(structure: Structure) -> None:
    said = structure.adviser_name.strip()
    if said and not (structure.adviser_agreed_on and structure.adviser_until):
        raise Refused(_("An adviser is named with their agreement: give its day, and until when."))
    if structure.wait_days is not None and structure.wait_on is None:
        raise Refused(_("Give the day on which this waiting time was known: it changes fast."))
    first, last = structure.age_from, structure.age_to
    if first is not None and last is not None and first > last:
        raise Refused(_("The first age is above the last one: exchange them."))
    try:
        structure.clean_fields(exclude=["organisation"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


# Referrals


@transaction.atomic
def refer(
    structure: Structure,
    *,
    today: date,
    need: str,
    person_name: str,
    agreed_how: str,
    by: Person | None = None,
    through: Organisation | None = None,
    **fields: Any,
) -> Referral:
    """Pass a person on to a structure, for an answer within fifteen days.

    Without `by`, the person sends it themselves; then they alone may have agreed.

    Raises:
        Refused: nobody reads referrals there, or the person could not be called back.
    """
    themselves = agreed_how == Referral.Agreed.THEMSELVES
    if by is not None:
        require(permissions.can_refer(by) and through in permissions.partners_of(by))
    if themselves == (by is not None):
        raise Refused(_("Say how the person agreed: nothing is sent without it."))
    if not structure.receives:
        raise Refused(
            _("Nobody reads referrals of {name} here: call them.").format(name=structure.name)
        )
    made = Referral(
        structure=structure, owner=by, through=through, receipt=receipts.new(), need=need,
        person_name=person_name.strip(), agreed_how=agreed_how, sent_on=today,
        due_on=today + timedelta(days=DAYS_TO_ANSWER),
        agreed_on=fields.pop("agreed_on", None) or today, origin=structure.origin,
    )  # fmt: skip
    if strange := set(fields) - {"person_telephone", "person_email", "note", "commune_code"}:
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    for name, value in fields.items():
        setattr(made, name, value.strip())
    _judge_referral(made, today)
    made.save()
    return made


def _judge_referral(made: Referral, today: date) -> None:
    if not made.person_name:
        raise Refused(_("Give a first name: the service must know whom to ask for."))
    if not (made.person_telephone or made.person_email):
        raise Refused(_("Give a telephone or an e-mail address: the service must call back."))
    if made.agreed_on > today:
        raise Refused(_("This agreement is still to come: send the referral once it is given."))
    try:
        made.clean_fields(exclude=["structure", "owner", "through"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@transaction.atomic
def acknowledge(
    referral: Referral, *, by: Person, today: date, meeting_on: date | None = None
) -> Referral:
    """The structure says that it received it, and when it will meet the person.

    Raises:
        Refused: it is closed.
    """
    kept = _open(referral, by)
    if meeting_on is not None and meeting_on < kept.sent_on:
        raise Refused(_("This meeting would be before the referral was sent."))
    if kept.acknowledged_on is None:
        kept.acknowledged_on, kept.acknowledged_by = today, by
    kept.meeting_on = meeting_on or kept.meeting_on
    kept.save()
    return kept


@transaction.atomic
def close(referral: Referral, *, by: Person, today: date, outcome: str) -> Referral:
    """The structure says what came of it; that acknowledges it too.

    Raises:
        Refused: it is closed already, or this is no outcome that a structure says.
    """
    kept = _open(referral, by)
    if outcome not in Referral.Outcome.values or outcome == Referral.Outcome.WITHDRAWN:
        raise Refused(_("Choose what came of it in the list."))
    if kept.acknowledged_on is None:
        kept.acknowledged_on, kept.acknowledged_by = today, by
    kept.outcome, kept.closed_on = outcome, today
    kept.save()
    return kept


def _open(referral: Referral, by: Person) -> Referral:
    kept = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    require(permissions.can_receive(by, kept))
    if not kept.is_open:
        raise Refused(_("This referral is closed already."))
    return kept


def find(receipt: str) -> Referral:
    """The referral of a number, however it was typed.

    Raises:
        Refused: there is none.
    """
    found = Referral.objects.select_related("structure").filter(receipt=receipts.typed(receipt))
    referral = found.first()
    if referral is None:
        raise Refused(_("No referral has this number. It has eight letters and figures."))
    return referral


@transaction.atomic
def withdraw(receipt: str, *, today: date) -> Referral:
    """The person takes it back: their name and how to reach them are deleted at once."""
    kept = Referral.objects.select_for_update(of=("self",)).get(pk=find(receipt).pk)
    if kept.is_open:
        kept.outcome, kept.closed_on = Referral.Outcome.WITHDRAWN, today
    for name in PERSON:
        setattr(kept, name, "")
    kept.save()
    return kept


def is_sample(referral: Referral) -> bool:
    """Whether nobody real is behind it: no e-mail leaves about it."""
    return referral.origin == Origin.INVENTED
