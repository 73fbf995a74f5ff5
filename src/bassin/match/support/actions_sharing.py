"""Sharing a case by the firm's agreement, and what partners do with what they are sent."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.support import permissions
from bassin.match.support.actions import held
from bassin.match.support.models import Case, Need, Referral, Share
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person


@transaction.atomic
def share(
    case: Case, *, by: Person, organisation: Organisation, scope: str, purpose: str,
    person_name: str, agreed_on: date, agreed_how: str, today: date,
) -> Share:  # fmt: skip
    """Let a partner read a case, as far as the firm agreed.

    Raises:
        Refused: no agreement is told, or it is in force already.
    """
    kept = held(case)
    require(permissions.can_write(by, kept))
    _judge(kept, organisation, purpose, person_name, agreed_on, today)
    if kept.shares.filter(organisation=organisation, withdrawn_on=None).exists():
        raise Refused(
            _("This case is already shared with {organisation}. To change how much, take that "
              "agreement back first.").format(organisation=organisation)
        )  # fmt: skip
    return Share.objects.create(
        case=kept, organisation=organisation, scope=scope, purpose=purpose.strip()[:200],
        person_name=person_name.strip()[:120], agreed_on=agreed_on, agreed_how=agreed_how, by=by,
    )  # fmt: skip


def _judge(
    case: Case, organisation: Organisation, purpose: str, person_name: str, agreed_on: date,
    today: date,
) -> None:  # fmt: skip
    if organisation.pk == case.organisation_id:
        raise Refused(_("This organisation keeps the case: it sees all of it already."))
    if organisation.kind == Organisation.Kind.FIRM:
        raise Refused(_("A case is shared with a partner, never with another firm."))
    if not person_name.strip():
        raise Refused(_("Write who agreed, in the firm: without them, nothing is shared."))
    if not purpose.strip():
        raise Refused(_("Write what it is shared for: the firm agreed to that, and to no more."))
    if agreed_on > today:
        raise Refused(_("This agreement is still to come: share the case once it is given."))


@transaction.atomic
def withdraw(given: Share, *, by: Person, today: date) -> Share:
    """Take an agreement back: the partner reads nothing from that moment.

    Referrals that rest on it are taken back too.
    """
    kept = Share.objects.select_for_update(of=("self",)).get(pk=given.pk)
    require(permissions.can_write(by, kept.case))
    if kept.withdrawn_on is not None:
        raise Refused(_("This agreement was taken back already."))
    kept.withdrawn_on = today
    kept.save(update_fields=["withdrawn_on"])
    for referral in kept.referrals.filter(state__in=Referral.LIVING):
        referral.state, referral.ended_on = Referral.State.WITHDRAWN, today
        referral.save(update_fields=["state", "ended_on"])
    return kept


@transaction.atomic
def refer(given: Share, *, by: Person, need: str, note: str, today: date) -> Referral:
    """Ask the partner of an agreement to act.

    Raises:
        Refused: the agreement was taken back, or the partner is asked the same already.
    """
    kept = Share.objects.select_for_update(of=("self",)).get(pk=given.pk)
    require(permissions.can_write(by, kept.case))
    if kept.withdrawn_on is not None:
        raise Refused(_("The firm took its agreement back: ask it first."))
    if need not in Need.values:
        raise Refused(_("Choose what the partner is asked in the list."))
    if kept.referrals.filter(need=need, state__in=Referral.LIVING).exists():
        raise Refused(_("This partner has this request already: see where it stands."))
    return Referral.objects.create(
        share=kept, need=need, note=note.strip(), sent_by=by, sent_on=today
    )


@transaction.atomic
def take(referral: Referral, *, by: Person, today: date) -> Referral:
    """The partner takes it in charge."""
    kept = _answered(referral, by)
    if kept.state == Referral.State.TAKEN:
        raise Refused(_("It is taken in charge already."))
    kept.state, kept.taken_by, kept.taken_on = Referral.State.TAKEN, by, today
    kept.save()
    return kept


@transaction.atomic
def end(referral: Referral, *, by: Person, state: str, answer: str, today: date) -> Referral:
    """The partner says that it is done, or not for them and why.

    Raises:
        Refused: nothing is said of what came of it, or of why it is not for them.
    """
    kept = _answered(referral, by)
    if state not in (Referral.State.DONE, Referral.State.NOT_FOR_ME):
        raise Refused(_("Say whether it is done, or not for you."))
    if not answer.strip():
        raise Refused(_("Say in a sentence what came of it, or who could do it."))
    if kept.taken_on is None and state == Referral.State.DONE:
        kept.taken_by, kept.taken_on = by, today
    kept.state, kept.ended_on, kept.answer = state, today, answer.strip()
    kept.save()
    return kept


def _answered(referral: Referral, by: Person) -> Referral:
    kept = Referral.objects.select_for_update(of=("self",)).select_related("share").get(
        pk=referral.pk
    )  # fmt: skip
    require(permissions.can_answer(by, kept))
    if not kept.is_living:
        raise Refused(_("This request is over."))
    return kept
