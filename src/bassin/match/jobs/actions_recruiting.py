"""What people do with recruitment actions. One function per verb.

One person is one registration of an action, whoever registers them: the telephone, or the number
of a partner, makes the same pseudonym. A hire is one `Placement`, counted once for all systems.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bassin.commons import actions as shared
from bassin.commons import hires
from bassin.commons.models import Event
from bassin.errors import Refused
from bassin.match.jobs import permissions_recruiting as permissions
from bassin.match.jobs import receipts
from bassin.match.jobs.models import Recruitment, Registration
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person

FIELDS = (
    "employer", "employer_name", "employer_siret", "wanted", "rome_codes", "places", "words",
    "registers_until", "cost_eur", "cost_unit", "cost_source",
)  # fmt: skip
"""What may be written of an action, beside its event."""

FOLLOWED = {3: 91, 6: 182}
"""After how many days a presence at so many months may be said."""


@transaction.atomic
def open_action(
    *, by: Person, today: date, event: dict[str, Any], partners: list[Organisation] | None = None,
    **fields: Any,
) -> Recruitment:  # fmt: skip
    """Open an action, and put its event in the agenda.

    Raises:
        Refused: a value cannot be right.
    """
    require(permissions.can_open(by))
    if strange := set(fields) - set(FIELDS):
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    announced = shared.announce(by=by, **event)
    made = Recruitment(event=announced, opened_by=by, opened_on=today, **fields)
    _judge(made)
    made.save()
    made.partners.set(partners or [])
    shared.change_event(announced, by=by, reference=made.reference)
    return made


@transaction.atomic
def change(
    recruitment: Recruitment, *, by: Person, event: dict[str, Any],
    partners: list[Organisation] | None = None, **fields: Any,
) -> Recruitment:  # fmt: skip
    """Change an action and its event; whoever follows the agenda learns of it.

    Raises:
        Refused: a value cannot be right, or more people are registered than there would be places.
    """
    kept = Recruitment.objects.select_for_update(of=("self",)).get(pk=recruitment.pk)
    require(permissions.can_run(by, kept))
    if strange := set(fields) - set(FIELDS):
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.event = shared.change_event(kept.event, by=by, **event)
    _judge(kept)
    if kept.places is not None and registered(kept) > kept.places:
        raise Refused(
            _("{count} people are registered: there cannot be fewer places.").format(
                count=registered(kept)
            )
        )
    kept.save()
    if partners is not None:
        kept.partners.set(partners)
    day = _day(kept.event)
    Registration.objects.filter(recruitment=kept).exclude(event_on=day).update(event_on=day)
    return kept


@transaction.atomic
def cancel(recruitment: Recruitment, *, by: Person, now: datetime) -> Recruitment:
    """Call the meeting off: its page and the agenda say so; nobody registers any more."""
    kept = Recruitment.objects.select_for_update(of=("self",)).get(pk=recruitment.pk)
    require(permissions.can_run(by, kept))
    shared.cancel(kept.event, by=by, now=now)
    return kept


def _judge(made: Recruitment) -> None:
    if not made.employer_said:
        raise Refused(_("Say which employer hires: people come for them."))
    if made.registers_until and made.registers_until > _day(made.event):
        raise Refused(_("Registrations would end after the event."))
    if made.cost_eur is None:
        made.cost_unit = made.cost_source = ""
    elif not made.cost_unit or not made.cost_source.strip():
        raise Refused(_("A cost says its unit, what it holds, and which document says it."))
    try:
        made.clean_fields(exclude=["event", "employer", "opened_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _day(event: Event) -> date:
    return timezone.localtime(event.starts_at).date()


def registered(recruitment: Recruitment) -> int:
    """People registered who did not withdraw."""
    return recruitment.registrations.filter(withdrawn_on=None).count()


def is_open(recruitment: Recruitment, now: datetime) -> bool:
    """Whether one may register, places apart."""
    event, last = recruitment.event, recruitment.registers_until
    if recruitment.archived_at or event.cancelled_at or event.archived_at:
        return False
    return now < event.starts_at and (last is None or timezone.localtime(now).date() <= last)


@transaction.atomic
def register(
    recruitment: Recruitment,
    *,
    now: datetime,
    person_name: str = "",
    person_telephone: str = "",
    number: str = "",
    by: Person | None = None,
    through: Organisation | None = None,
    **more: Any,
) -> Registration:
    """Register somebody: with a first name and a telephone, or by a partner's number for them.

    Raises:
        Refused: it is over or full, they are registered already, or nothing tells them apart.
    """
    kept = Recruitment.objects.select_for_update(of=("self",)).get(pk=recruitment.pk)
    if by is not None or number:
        require(by is not None and permissions.can_send(by, kept))
    if not is_open(kept, now):
        raise Refused(_("One cannot register any more for this meeting."))
    if kept.places is not None and registered(kept) >= kept.places:
        raise Refused(_("Every place is taken. Call the service below: somebody may withdraw."))
    who = number or person_telephone
    if sum(sign.isalnum() for sign in who) < (4 if number else 9):
        raise Refused(_("Give a telephone number: it keeps your place, and is deleted after."))
    token = receipts.pseudonym(who)
    twin = kept.registrations.filter(token=token).first()
    if twin is not None and twin.withdrawn_on is None:
        raise Refused(_("This telephone is registered already for this meeting."))
    made = twin or Registration(recruitment=kept, token=token, event_on=_day(kept.event))
    made.receipt, made.registered_on = receipts.new(), timezone.localtime(now).date()
    made.person_name, made.person_telephone = person_name.strip(), person_telephone.strip()
    made.through, made.withdrawn_on, made.origin = through, None, kept.origin
    made.woman = more.get("woman")
    made.from_qpv, made.commune_code = more.get("from_qpv"), more.get("commune_code", "")
    made.save()
    return made


@transaction.atomic
def withdraw(receipt: str, *, today: date) -> Registration:
    """Somebody will not come: their place is free, and their name deleted at once.

    Raises:
        Refused: no registration has this number.
    """
    found = Registration.objects.filter(receipt=receipts.typed(receipt)).first()
    if found is None:
        raise Refused(_("No registration has this number. It has eight letters and figures."))
    found.withdrawn_on = found.withdrawn_on or today
    found.person_name = found.person_telephone = ""
    found.save()
    return found


@transaction.atomic
def say(
    registration: Registration,
    *,
    by: Person,
    today: date,
    attended: bool | None = None,
    interviewed: bool | None = None,
) -> Registration:
    """Say whether somebody came, and had an interview; who had one came.

    Raises:
        Refused: the event is still to come.
    """
    kept = _held(registration, by)
    if today < kept.event_on:
        raise Refused(_("This meeting is still to come."))
    kept.interviewed = interviewed
    kept.attended = True if interviewed else attended
    kept.save()
    return kept


@transaction.atomic
def describe(
    registration: Registration, *, by: Person, woman: bool | None, from_qpv: bool | None
) -> Registration:
    """Note what the person says of themselves, to be counted; not said is an answer."""
    kept = _held(registration, by)
    kept.woman, kept.from_qpv = woman, from_qpv
    kept.save(update_fields=["woman", "from_qpv"])
    return kept


@transaction.atomic
def hire(
    registration: Registration, *, by: Person, today: date, hired_on: date, token: str = ""
) -> Registration:
    """Somebody is hired: counted once, with the token by which another system counted it if any.

    Raises:
        Refused: the hire cannot be counted, or was already for this registration.
    """
    kept = _held(registration, by)
    action = kept.recruitment
    if kept.placement_id is not None:
        raise Refused(_("This hire is counted already."))
    if not action.siret:
        raise Refused(_("Give the employer's SIRET first: a hire is counted with it."))
    own = receipts.pseudonym(f"{kept.token}{action.siret}{hired_on:%Y%m%d}")
    kept.placement = hires.count(
        token or own, by=by, today=today, hired_on=hired_on, employer_siret=action.siret,
        reference=action.reference, rome_code=(action.rome_codes or [""])[0],
        resident_commune_code=kept.commune_code, from_qpv=kept.from_qpv,
    )  # fmt: skip
    kept.attended = kept.interviewed = True
    kept.save()
    return kept


@transaction.atomic
def present(
    registration: Registration, *, by: Person, today: date, months: int, there: bool
) -> Registration:
    """Say whether somebody hired is still there, three or six months later.

    Raises:
        Refused: nobody was hired, or it is too early.
    """
    kept = _held(registration, by)
    if kept.placement is None:
        raise Refused(_("Nobody was hired with this registration."))
    first = kept.placement.hired_on + timedelta(days=FOLLOWED[months])
    if today < first:
        raise Refused(_("It is too early: from {day} on.").format(day=first.isoformat()))
    setattr(kept, f"present_{months}", there)
    kept.save()
    return kept


def _held(registration: Registration, by: Person) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("recruitment__event")
    kept = rows.get(pk=registration.pk)
    require(permissions.can_say(by, kept))
    return kept
