"""What people do with money and figures: fundings, requests to funders, contributions, targets."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from bassin.commons import edition
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.steer.programmes import permissions
from bassin.steer.programmes.models import Action, Contribution, Funding, FundingRequest, Target

AMOUNTS = ("planned_eur", "committed_eur", "paid_eur")
FUNDING_FIELDS = ("organisation", "scheme", "year", *AMOUNTS, "source")
REQUEST_FIELDS = (
    "organisation", "scheme", "asked_eur", "asked_on", "due_on", "state", "answered_on",
    "granted_eur", "answer",
)  # fmt: skip
CONTRIBUTION_FIELDS = (
    "indicator", "place_key", "hypothesis", "baseline_value", "baseline_period",
)  # fmt: skip


def _set(record: Model, typed: Mapping[str, Any]) -> None:
    for name, value in typed.items():
        setattr(record, name, value)


@transaction.atomic
def fund(
    action: Action,
    *,
    typed: Mapping[str, Any],
    funding: Funding | None = None,
    base: Mapping[str, Any] | None = None,
    by: Person,
    today: date,
) -> Funding:
    """Write or change what a funder plans, has committed and has paid in a year.

    Raises:
        Conflict: someone else changed it meanwhile.
        Refused: no amount, one below zero, or that funder, scheme and year are there already.
    """
    require(permissions.can_edit(by, action))
    if funding is None:
        record = Funding(action=action, origin=action.origin)
    else:
        record = Funding.objects.select_for_update(of=("self",)).get(pk=funding.pk, action=action)
        edition.refuse_stale(record, base or {}, typed)
    _set(record, typed)
    amounts = [getattr(record, name) for name in AMOUNTS]
    if all(each is None for each in amounts):
        raise Refused(_("Give at least one of the three amounts; leave blank what is not known."))
    if any(each is not None and each < 0 for each in amounts):
        raise Refused(_("An amount is not below zero."))
    twin = Funding.objects.filter(
        action=action, organisation=record.organisation, scheme=record.scheme, year=record.year
    ).exclude(pk=record.pk)
    if twin.exists():
        raise Refused(_("This funder, scheme and year are there already: change that line."))
    record.save()
    return record


@transaction.atomic
def ask(
    action: Action,
    *,
    typed: Mapping[str, Any],
    request: FundingRequest | None = None,
    base: Mapping[str, Any] | None = None,
    by: Person,
    today: date,
) -> FundingRequest:
    """Write or change a request to a funder, with the day its answer is due, and the answer.

    Raises:
        Conflict: someone else changed it meanwhile.
        Refused: an answer without its day, or an answer before the question.
    """
    require(permissions.can_edit(by, action))
    if request is None:
        record = FundingRequest(action=action, origin=action.origin)
    else:
        record = FundingRequest.objects.select_for_update(of=("self",)).get(
            pk=request.pk, action=action
        )
        edition.refuse_stale(record, base or {}, typed)
    _set(record, typed)
    state = FundingRequest.State
    if record.state in (state.GRANTED, state.REFUSED) and not record.answered_on:
        raise Refused(_("Say on which day the answer came."))
    if record.state == state.SENT and not record.asked_on:
        raise Refused(_("Say on which day it was sent."))
    if record.asked_on and record.answered_on and record.answered_on < record.asked_on:
        raise Refused(_("The answer would come before the request. Change one of the two dates."))
    record.save()
    return record


@transaction.atomic
def contribute(
    action: Action,
    *,
    typed: Mapping[str, Any],
    targets: Mapping[date, float] | None = None,
    contribution: Contribution | None = None,
    base: Mapping[str, Any] | None = None,
    by: Person,
    today: date,
) -> Contribution:
    """Write or change the figure an action is meant to move, how, from where and up to where.

    The value observed is not among the fields: it is read from the observatory.

    Raises:
        Conflict: someone else changed it meanwhile.
        Refused: no hypothesis, a starting value without its period, or no target at all.
    """
    require(permissions.can_edit(by, action))
    if contribution is None:
        record = Contribution(action=action, origin=action.origin)
    else:
        record = Contribution.objects.select_for_update(of=("self",)).get(
            pk=contribution.pk, action=action
        )
        edition.refuse_stale(record, base or {}, typed)
    _set(record, typed)
    if not record.hypothesis.strip():
        raise Refused(_("Say how the action would move this figure: it is what will be reviewed."))
    if (record.baseline_value is None) != (not record.baseline_period):
        raise Refused(_("A starting value and its period go together."))
    twin = Contribution.objects.filter(
        action=action, indicator=record.indicator, place_key=record.place_key
    ).exclude(pk=record.pk)
    if twin.exists():
        raise Refused(_("This action already has that figure: change that line."))
    record.save()
    if targets is not None:
        _aim(record, targets)
    return record


def _aim(contribution: Contribution, targets: Mapping[date, float]) -> None:
    contribution.targets.exclude(on__in=list(targets)).delete()
    for on, value in targets.items():
        Target.objects.update_or_create(contribution=contribution, on=on, defaults={"value": value})


def review(
    contribution: Contribution, *, verdict: str, text: str, by: Person, today: date
) -> Contribution:
    """Judge whether the figures support what was claimed.

    Raises:
        Refused: a judgement without its reasons.
    """
    require(permissions.can_review(by, contribution.action))
    if verdict and not text.strip():
        raise Refused(_("Say on what this judgement rests."))
    contribution.review, contribution.review_text = verdict, text.strip()
    contribution.reviewed_by, contribution.reviewed_on = by, today
    contribution.save(update_fields=["review", "review_text", "reviewed_by", "reviewed_on"])
    return contribution
