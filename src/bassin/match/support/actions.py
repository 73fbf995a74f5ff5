"""What advisers do with a case: open, change, hand over, close, reopen. One function per verb."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.support import permissions
from bassin.match.support.models import (
    PATHWAY,
    PIPELINE,
    Backed,
    Case,
    Contact,
    Lead,
    Need,
    Outcome,
    Stage,
)
from bassin.parties.access import require
from bassin.parties.models import Membership, Organisation, Person
from bassin.taxonomies import siret as numbers

FIELDS = (
    "title", "text", "needs", "siret", "siren", "firm_name", "commune_code", "naf_code",
    "headcount", "channel", "source", "stage", "jobs_count", "social_form", "woman", "from_qpv",
    "created_on", "agreement", "origin",
)  # fmt: skip
"""What may be written of a case."""

CONTACT = ("contact_name", "function", "contact_telephone", "contact_email")

STAGES: dict[str, tuple[Stage, ...]] = {
    Case.Kind.FIRM: (),
    Case.Kind.HOLDER: PATHWAY,
    Case.Kind.PROSPECT: PIPELINE,
}
"""The stages of each kind of case, in their order."""


@transaction.atomic
def open_case(
    *,
    by: Person,
    organisation: Organisation,
    kind: str,
    asked_at: datetime,
    now: datetime,
    contact: dict[str, str] | None = None,
    **fields: Any,
) -> Case:
    """Open a case for a need, led by who opens it.

    Raises:
        Refused: a value cannot be right.
    """
    require(permissions.can_open(by, organisation))
    if asked_at > now:
        raise Refused(_("This request is still to come: give the day on which it arrived."))
    made = Case(
        organisation=organisation, kind=kind, adviser=by, asked_at=asked_at,
        last_contact_on=asked_at.date(),
    )  # fmt: skip
    first = next(iter(STAGES.get(kind, ())), "")
    _write(made, {"stage": fields.pop("stage", "") or first, **fields})
    Lead.objects.create(case=made, adviser=by, since_on=now.date())
    if contact and any(contact.values()):
        add_contact(made, by=by, **contact)
    return made


@transaction.atomic
def change(case: Case, *, by: Person, **fields: Any) -> Case:
    """Change what is written of a case.

    Raises:
        Refused: a value cannot be right.
    """
    kept = held(case)
    require(permissions.can_write(by, kept))
    return _write(kept, fields)


def held(case: Case) -> Case:
    """The case as it is now, held until the end of the transaction."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def _write(case: Case, fields: dict[str, Any]) -> Case:
    if strange := set(fields) - set(FIELDS):
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    for name, value in fields.items():
        setattr(case, name, value.strip() if isinstance(value, str) else value)
    _judge(case)
    case.save()
    _enter_cohort(case)
    return case


def _enter_cohort(case: Case) -> None:
    """A firm born of a project enters the cohort of its agreement, where no name follows it."""
    born = case.kind == Case.Kind.HOLDER and case.stage == Stage.CREATED
    if born and case.siret and case.created_on:
        facts = {"agreement": case.agreement, "born_on": case.created_on, "origin": case.origin}
        Backed.objects.update_or_create(
            siret=case.siret, organisation=case.organisation, defaults=facts
        )


def _judge(case: Case) -> None:
    if case.siret:
        case.siret = numbers.siret(case.siret)
        case.siren = case.siret[:9]
    elif case.siren:
        case.siren = numbers.siren(case.siren)
    if not case.title:
        raise Refused(_("Say the need in a few words: it is the title of the case."))
    if not case.firm_name:
        raise Refused(_("Give the name of the firm or of the project."))
    if case.kind == Case.Kind.FIRM and not case.siren:
        raise Refused(
            _("A firm is followed by its SIRET or its SIREN. Without one, open the case of a "
              "project holder or of a prospect.")
        )  # fmt: skip
    if case.stage and case.stage not in STAGES[case.kind]:
        raise Refused(_("This stage is not one of this kind of case: choose it in the list."))
    if strange := set(case.needs) - set(Need.values):
        raise Refused(_("Unknown needs: {needs}.").format(needs=", ".join(sorted(strange))))
    try:
        case.clean_fields(exclude=["organisation", "adviser"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@transaction.atomic
def add_contact(case: Case, *, by: Person, **said: str) -> Contact:
    """Write down whom to call.

    Raises:
        Refused: no name, or no way to reach them.
    """
    require(permissions.can_write(by, case))
    if strange := set(said) - set(CONTACT):
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    made = Contact(case=case, **{name: value.strip() for name, value in said.items()})
    if not made.contact_name:
        raise Refused(_("Give a name: one must know whom to ask for."))
    if not (made.contact_telephone or made.contact_email):
        raise Refused(_("Give a telephone number or an e-mail address."))
    try:
        made.clean_fields(exclude=["case"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    made.save()
    return made


@transaction.atomic
def forget_contact(contact: Contact, *, by: Person) -> None:
    """Delete somebody who is no longer to be called."""
    require(permissions.can_write(by, contact.case))
    contact.delete()


@transaction.atomic
def hand_over(case: Case, *, by: Person, adviser: Person, today: date, why: str = "") -> Case:
    """Give a case to another adviser of the organisation. Who led it before is kept.

    Raises:
        Refused: they do not write for the organisation that keeps the case.
    """
    kept = held(case)
    require(permissions.can_write(by, kept))
    if adviser not in advisers(kept.organisation, today):
        raise Refused(
            _("{person} does not write for {organisation}: choose one of its advisers.").format(
                person=adviser, organisation=kept.organisation
            )
        )
    if kept.adviser_id != adviser.pk:
        kept.adviser = adviser
        kept.save(update_fields=["adviser"])
        Lead.objects.create(case=kept, adviser=adviser, since_on=today, why=why.strip()[:300])
    return kept


@transaction.atomic
def take_over(cases: Iterable[Case], *, by: Person, adviser: Person, today: date) -> int:
    """Give a colleague the cases of somebody who left; how many. Who led them before is kept."""
    why = _("the adviser left")
    done = [hand_over(each, by=by, adviser=adviser, today=today, why=why) for each in cases]
    return len(done)


def advisers(organisation: Organisation, today: date) -> list[Person]:
    """Those who write for an organisation on a day."""
    writers = (Membership.Role.ADMINISTRATOR, Membership.Role.OFFICER)
    seats = Membership.objects.on(today).filter(organisation=organisation, role__in=writers)
    return list(Person.objects.filter(pk__in=seats.values("person"), is_active=True))


@transaction.atomic
def close(case: Case, *, by: Person, outcome: str, today: date) -> Case:
    """Say what came of a case.

    Raises:
        Refused: it is closed already, or the outcome is none of ours.
    """
    kept = held(case)
    require(permissions.can_write(by, kept))
    if not kept.is_open:
        raise Refused(_("This case is closed already."))
    if outcome not in Outcome.values:
        raise Refused(_("Choose what came of it in the list."))
    kept.state, kept.outcome, kept.closed_on = Case.State.CLOSED, outcome, today
    kept.save()
    return kept


@transaction.atomic
def reopen(case: Case, *, by: Person) -> Case:
    """Take a closed case up again: what was said of its end is taken back."""
    kept = held(case)
    require(permissions.can_write(by, kept))
    kept.state, kept.outcome, kept.closed_on = Case.State.OPEN, "", None
    kept.save()
    return kept


@transaction.atomic
def move_on(case: Case, *, by: Person, stage: str, created_on: date | None = None) -> Case:
    """Bring a project to a stage; at the creation of the firm, keep its day.

    Raises:
        Refused: the stage is none of this kind of case.
    """
    fields: dict[str, Any] = {"stage": stage}
    if created_on is not None:
        fields["created_on"] = created_on
    return change(case, by=by, **fields)
