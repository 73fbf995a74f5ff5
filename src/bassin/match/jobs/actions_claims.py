"""What people do to publish in the name of a firm: ask, take back, accept, refuse.

A request gives no right. When an officer accepts, the firm is an organisation of the house and the
person holds a seat in it; the first offer is then written, and reviewed like any other.
"""

import logging
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.jobs import permissions_claims as permissions
from bassin.match.jobs.models import FirmClaim
from bassin.match.jobs.sirene import Establishment
from bassin.parties import actions as parties
from bassin.parties.access import require, writes_for
from bassin.parties.mail import sending
from bassin.parties.models import Membership, Organisation, Person
from bassin.ui.mailing import letter

logger = logging.getLogger(__name__)

MOST_WAITING = 5
"""Requests of one person that may wait at once."""

_STATE = FirmClaim.State
_FIRM = Organisation.Kind.FIRM


def check(found: Establishment, *, by: Person) -> None:
    """Stop here when this person cannot ask for this establishment.

    Raises:
        Refused: it is closed, it is no firm, they write for it already, or they asked already.
    """
    require(permissions.can_claim(by))
    if not found.may_be_claimed:
        raise Refused(_("SIRENE says that this establishment is closed: nobody hires in its name."))
    body = Organisation.objects.filter(siret=found.siret).first()
    if body is not None and body.kind != _FIRM:
        raise Refused(
            _("This SIRET is that of “{name}”, which is here as a partner. Ask its administrators "
              "for an invitation.").format(name=body)
        )  # fmt: skip
    if body is not None and writes_for(by, body):
        raise Refused(_("You write for this firm already."))
    mine = FirmClaim.objects.filter(asked_by=by, state=_STATE.WAITING)
    if mine.filter(siret=found.siret).exists():
        raise Refused(_("You asked for this firm already: the authority reads your request."))
    if mine.count() >= MOST_WAITING:
        raise Refused(
            _("{count} of your requests wait already. Wait for an answer, or take one back.")
            .format(count=MOST_WAITING)
        )  # fmt: skip


@transaction.atomic
def ask(
    found: Establishment, *, by: Person, today: date, firm_name: str, contact_name: str,
    contact_role: str, contact_email: str,
) -> FirmClaim:  # fmt: skip
    """Ask to write for a firm; the address was proven by a code before.

    Raises:
        Refused: this person cannot ask for it, or a value is missing.
    """
    check(found, by=by)
    made = FirmClaim(
        siret=found.siret, firm_name=found.name or " ".join(firm_name.split()),
        sirene=found.standing.value, commune_code=found.commune_code,
        contact_name=" ".join(contact_name.split()), contact_role=" ".join(contact_role.split()),
        contact_email=contact_email.strip().lower(), confirmed_on=today, asked_by=by,
        asked_on=today,
    )  # fmt: skip
    try:
        made.clean_fields(exclude=["asked_by", "decided_by", "organisation"])
        with transaction.atomic():
            made.save()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    except IntegrityError as error:  # asked twice at the same moment
        raise Refused(
            _("You asked for this firm already: the authority reads your request.")
        ) from error
    return made


@transaction.atomic
def withdraw(claim: FirmClaim, *, by: Person, today: date) -> FirmClaim:
    """Take a request back."""
    kept = _held(claim)
    require(permissions.can_withdraw_claim(by, kept))
    kept.state, kept.decided_on = _STATE.WITHDRAWN, today
    kept.save()
    return kept


@transaction.atomic
def accept(claim: FirmClaim, *, by: Person, today: date) -> FirmClaim:
    """Let the person write for the firm, which becomes an organisation if it was not one.

    Raises:
        Refused: it was decided already, the person is gone, or the SIRET is a partner's by now.
    """
    kept = _held(claim)
    require(permissions.can_decide_claim(by, kept))
    person = kept.asked_by
    if person is None or not person.is_active:
        raise Refused(_("The person who asked has no account any more. Refuse this request."))
    body = Organisation.objects.filter(siret=kept.siret).first()
    if body is None:
        body = parties.add_organisation(
            by=by, name=kept.firm_name, kind=_FIRM.value, siret=kept.siret
        )
        body.commune_code = kept.commune_code
        body.save(update_fields=["commune_code"])
    if body.kind != _FIRM:
        raise Refused(_("This SIRET is that of a partner by now: refuse this request."))
    parties.let_in(body, person, _role(body, today), by=by, today=today)
    kept.organisation = body
    _decide(kept, _STATE.ACCEPTED, by, today)
    return kept


def _role(body: Organisation, today: date) -> str:
    """Who comes first administers; who comes after writes beside them."""
    role = Membership.Role.ADMINISTRATOR
    held = Membership.objects.on(today).filter(organisation=body, role=role).exists()
    return (Membership.Role.OFFICER if held else role).value


@transaction.atomic
def refuse(claim: FirmClaim, *, by: Person, today: date, why: str) -> FirmClaim:
    """Say no, with the reason: who asked reads it as it is.

    Raises:
        Refused: it was decided already, or no reason is given.
    """
    kept = _held(claim)
    require(permissions.can_decide_claim(by, kept))
    if not why.strip():
        raise Refused(_("Say why it is refused, and what to do: who asked will read it."))
    kept.refused_why = why.strip()
    _decide(kept, _STATE.REFUSED, by, today)
    return kept


def _decide(claim: FirmClaim, state: FirmClaim.State, by: Person, today: date) -> None:
    claim.state, claim.decided_by, claim.decided_on = state, by, today
    claim.save()
    language = claim.asked_by.language if claim.asked_by else "fr"
    transaction.on_commit(lambda: tell(claim, language))


def tell(claim: FirmClaim, language: str) -> None:
    """Write to who asked. A decision holds even when the mail server is down."""
    page = "jobs:mine" if claim.state == _STATE.ACCEPTED else "jobs:claim"
    try:
        with sending():
            letter(
                "jobs/mail/claim.txt", claim.contact_email, language=language, page=page,
                claim=claim,
            ).send()  # fmt: skip
    except Refused as refusal:
        logger.warning("%s", refusal)


def _held(claim: FirmClaim) -> FirmClaim:
    """The request as it stands now, locked, when nothing was decided.

    Raises:
        Refused: it was decided, or taken back.
    """
    rows = FirmClaim.objects.select_for_update(of=("self",)).select_related("asked_by")
    kept = rows.get(pk=claim.pk)
    if kept.state != _STATE.WAITING:
        raise Refused(
            _("This request is “{state}” already.").format(state=kept.get_state_display())
        )
    return kept
