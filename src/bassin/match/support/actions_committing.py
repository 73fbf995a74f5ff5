"""What is done with a firm's promise: write it down, prove it, judge the proof, review, end."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from bassin.commons import files
from bassin.errors import Refused
from bassin.match.support import permissions_commitments as permissions
from bassin.match.support.models import Commitment, Proof
from bassin.match.support.models.promised import PILLARS
from bassin.parties.access import require, writes_for
from bassin.parties.models import Organisation, Person
from bassin.taxonomies import siret as numbers

FIELDS = (
    "siret", "firm_name", "commune_code", "scheme", "pillar", "title", "target", "unit",
    "signed_on", "due_on", "signatory_name", "signatory_role", "public", "agreed_name",
    "agreed_on", "action", "origin",
)  # fmt: skip
"""What may be written of a commitment."""

PROMISED = ("siret", "scheme", "pillar", "target", "unit", "due_on")
"""What a proof was judged against: it stays as it was signed once one was accepted."""


@transaction.atomic
def promise(*, by: Person, organisation: Organisation, today: date, **fields: Any) -> Commitment:
    """Write down what a firm promised.

    Raises:
        Refused: a value cannot be right.
    """
    require(permissions.can_promise(by, organisation))
    return _write(Commitment(organisation=organisation, by=by), fields, today)


@transaction.atomic
def change(commitment: Commitment, *, by: Person, today: date, **fields: Any) -> Commitment:
    """Correct what is written of a promise.

    Raises:
        Refused: a value cannot be right, or proofs were accepted against what would change.
    """
    kept = held(commitment)
    require(permissions.can_keep(by, kept))
    moved = [name for name in PROMISED if name in fields and fields[name] != getattr(kept, name)]
    if moved and kept.proofs.filter(state=Proof.State.ACCEPTED).exists():
        raise Refused(
            _("Proofs were accepted for this promise: its scheme, figure and term stay as signed. "
              "End it, saying why, and write the new promise down.")
        )  # fmt: skip
    return _write(kept, fields, today)


def held(commitment: Commitment) -> Commitment:
    """The commitment as it is now, held until the end of the transaction."""
    return Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)


def _write(made: Commitment, fields: dict[str, Any], today: date) -> Commitment:
    if strange := set(fields) - set(FIELDS):
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    for name, value in fields.items():
        setattr(made, name, value.strip() if isinstance(value, str) else value)
    _judge(made, today)
    made.save()
    return made


def _judge(made: Commitment, today: date) -> None:
    made.siret = numbers.siret(made.siret)
    made.siren = made.siret[:9]
    if made.pillar not in PILLARS.get(made.scheme, {}):
        raise Refused(_("This pillar is not one of this scheme: choose it in the list."))
    if made.signed_on > today:
        raise Refused(_("This day is still to come: a promise is written down once it is signed."))
    if made.due_on < made.signed_on:
        raise Refused(_("It would be due before it is signed: give a later term."))
    if made.public and not (made.agreed_name and made.agreed_on):
        raise Refused(
            _("To show it to everyone, write who agreed to it in the firm, and on which day.")
        )
    if not made.public:
        made.agreed_name, made.agreed_on = "", None
    try:
        made.clean_fields(exclude=["organisation", "by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@transaction.atomic
def bring(
    commitment: Commitment, *, by: Person, today: date, on: date, quantity: int, text: str,
    source: str = "", file: File | None = None,
) -> Proof:  # fmt: skip
    """Bring a proof; it waits for somebody else to judge it, and counts for nothing until then.

    Raises:
        Refused: it says nothing that could be judged.
    """
    kept = held(commitment)
    require(permissions.can_bring(by, kept))
    _refuse_a_hollow_proof(kept, today, on=on, quantity=quantity, text=text)
    body = _in_whose_name(by, kept)
    own = body.kind == Organisation.Kind.FIRM
    if not own and not source.strip():
        raise Refused(_("Say who says so: a name in the firm, a partner, a register."))
    made = Proof(
        commitment=kept, kind=Proof.Kind.DOCUMENT if file else Proof.Kind.FACT, quantity=quantity,
        on=on, text=text.strip()[:600], source=source.strip()[:200] or str(body), brought_by=by,
        brought_for=body, brought_on=today,
    )  # fmt: skip
    if file:
        made.extension = files.judge(file).extension
        # Its address on the disk tells nothing of whom it is about.
        file.name = f"{get_random_string(24)}.{made.extension}"
        made.file = file
    made.save()
    return made


def _refuse_a_hollow_proof(
    kept: Commitment, today: date, *, on: date, quantity: int, text: str
) -> None:
    if not text.strip():
        raise Refused(_("Say what was done: somebody else must be able to judge it."))
    if quantity < 1:
        raise Refused(_("Say how much it proves: at least 1."))
    if on > today:
        raise Refused(_("This day is still to come: only what was done is proved."))
    if on < kept.signed_on:
        raise Refused(
            _("This was done before the promise was signed: it is not what was promised.")
        )


def _in_whose_name(by: Person, kept: Commitment) -> Organisation:
    """The organisation that keeps it, else the firm."""
    if permissions.can_keep(by, kept):
        return kept.organisation
    firms = Organisation.objects.filter(kind=Organisation.Kind.FIRM)
    theirs = [each for each in firms.filter(siret__startswith=kept.siren) if writes_for(by, each)]
    theirs += [each for each in firms.filter(siren=kept.siren) if writes_for(by, each)]
    return theirs[0]


@transaction.atomic
def judge(proof: Proof, *, by: Person, accepted: bool, today: date, why: str = "") -> Proof:
    """Accept a proof, or refuse it and say why: never one's own.

    Raises:
        Refused: it was judged already, or it is refused without a reason.
    """
    kept = _proof(proof)
    require(permissions.can_judge(by, kept))
    if kept.state != Proof.State.WAITING:
        raise Refused(_("This proof was judged already."))
    if not accepted and not why.strip():
        raise Refused(_("Say why it is refused: who brought it must know what is missing."))
    kept.state = Proof.State.ACCEPTED if accepted else Proof.State.REFUSED
    kept.judged_by, kept.judged_on, kept.why = by, today, why.strip()[:300]
    kept.save()
    return kept


@transaction.atomic
def withdraw(proof: Proof, *, by: Person) -> None:
    """Take back a proof that waits, its file included."""
    kept = _proof(proof)
    require(permissions.can_withdraw(by, kept))
    storage, name = kept.file.storage, str(kept.file.name or "")
    kept.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _proof(proof: Proof) -> Proof:
    found = Proof.objects.select_for_update(of=("self",)).select_related("commitment")
    return found.get(pk=proof.pk)


@transaction.atomic
def review(commitment: Commitment, *, by: Person, today: date) -> Commitment:
    """Say that it was spoken of with the firm today: the half-year runs again."""
    kept = held(commitment)
    require(permissions.can_keep(by, kept))
    kept.reviewed_on = today
    kept.save(update_fields=["reviewed_on"])
    return kept


@transaction.atomic
def end(commitment: Commitment, *, by: Person, today: date, why: str) -> Commitment:
    """End a promise that will not be kept, and say why: it stays in the totals, as ended.

    Raises:
        Refused: it was ended already, or nothing is said.
    """
    kept = held(commitment)
    require(permissions.can_keep(by, kept))
    if kept.ended_on is not None:
        raise Refused(_("This commitment was ended already."))
    if not why.strip():
        raise Refused(_("Say why it ends."))
    kept.ended_on, kept.why = today, why.strip()[:300]
    kept.save(update_fields=["ended_on", "why"])
    return kept


@transaction.atomic
def hide(commitment: Commitment, *, by: Person) -> Commitment:
    """Show it to nobody any more: the firm takes its agreement back when it likes."""
    kept = held(commitment)
    require(permissions.can_see(by, kept))
    kept.public, kept.agreed_name, kept.agreed_on = False, "", None
    kept.save(update_fields=["public", "agreed_name", "agreed_on"])
    return kept
