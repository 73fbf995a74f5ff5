"""What people do with actions: one function per verb. Each says who does it (`by`) and when.

Every verb asks `permissions` first and raises PermissionDenied: a page that forgets to ask opens
nothing.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bassin.commons import edition
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.steer.programmes import permissions
from bassin.steer.programmes.models import Action, Health, Milestone, Node, Placement, Update
from bassin.types import Origin

EDITABLE = (
    "kind", "title", "title_en", "text", "text_en", "holder", "lifecycle", "starts_on", "starts_to",
    "ends_on", "ends_to", "done_on", "abandoned_on", "abandoned_why", "cost_eur", "commune_codes",
    "elsewhere", "operation", "tags", "visibility", "confidential", "source",
)  # fmt: skip
"""What the form of an action holds. Health is not there: it comes with a report."""

OFFICERS_DECIDE = ("holder", "visibility", "confidential", "operation")
"""Fields that a holder does not change on its own action."""


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _settle(action: Action, today: date, *, dated: bool = True) -> None:
    """Make stage and dates agree. Without `dated`, a day that nobody said is not made up.

    Raises:
        Refused: they cannot; the sentence says which field to change.
    """
    stage = Action.Lifecycle
    if dated and action.lifecycle == stage.DONE and action.done_on is None:
        action.done_on = today
    if action.lifecycle == stage.ABANDONED:
        if not action.abandoned_why.strip():
            raise Refused(_("Say why it was abandoned: the balance sheet tells it."))
        action.abandoned_on = action.abandoned_on or (today if dated else None)
    if action.done_on and action.done_on > today:
        raise Refused(
            _("“Done on” is {day}, which is still to come. Put it in “ends”.").format(
                day=_day(action.done_on)
            )
        )
    if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
        raise Refused(
            _("It would end on {end}, before it starts on {start}. Change one of them.").format(
                end=_day(action.ends_on), start=_day(action.starts_on)
            )
        )


def _check(record: Action | Milestone | Update) -> None:
    try:
        record.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@transaction.atomic
def create(
    *, ref: str = "", by: Person, today: date, origin: str = Origin.REAL.value, **fields: Any
) -> Action:
    """Write a new action. Without a reference of a document, it gets `programmes:action:<number>`.

    A document that says that it is done, without a day, gives it no day.

    Raises:
        Refused: dates that disagree, or a reference that is taken.
    """
    action = Action(ref=ref, origin=origin, changed_by=by, **fields)
    require(permissions.can_create(by, action.holder_id))
    _settle(action, today, dated=origin != Origin.CITED)
    action.ref = ref or f"new-{timezone.now().timestamp()}"
    _check(action)
    if Action.objects.filter(ref=action.ref).exists():
        raise Refused(_("The reference {ref} is taken. Choose another.").format(ref=ref))
    action.save()
    if not ref:
        action.ref = f"programmes:action:{action.pk}"
        action.save(update_fields=["ref"])
    return action


@transaction.atomic
def edit(
    action: Action,
    *,
    typed: Mapping[str, Any],
    base: Mapping[str, Any],
    opened: int,
    by: Person,
    today: date,
) -> Action:
    """Change an action, unless someone else did since the form was opened on edition `opened`.

    Raises:
        Conflict: someone did; it lists what changed, field by field.
        Refused: dates that disagree.
    """
    now = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    require(permissions.can_edit(by, now))
    unknown = set(typed) - set(EDITABLE)
    reserved = set() if permissions.can_place(by, now) else set(typed) & set(OFFICERS_DECIDE)
    require(not unknown and not reserved)
    edition.refuse_stale(now, base, typed, stale=now.edition != opened)
    stage = now.lifecycle
    for name, value in typed.items():
        setattr(now, name, value)
    _settle(now, today, dated=now.lifecycle != stage)
    _check(now)
    now.edition += 1
    now.changed_by = by
    now.save()
    return now


@transaction.atomic
def report(
    action: Action,
    *,
    text: str,
    by: Person,
    today: date,
    progress: int | None = None,
    health: str = "",
    lifecycle: str = "",
    evidence: str = "",
    via: str = Update.Via.PAGE,
    message_id: str | None = None,
    **blocked: Any,
) -> Update:
    """Say how an action goes today. The same e-mail read twice gives the same update.

    A blocked one is told with `blocked_cause`, `unblock_condition` and `remind_on`.

    Raises:
        Refused: nothing was said, or a blocked action without what blocks it.
    """
    if message_id and (known := Update.objects.filter(message_id=message_id).first()):
        return known
    now = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    require(permissions.can_report(by, now))
    if not (text := text.strip()):
        raise Refused(_("Say in a sentence what happened: a number alone tells nobody anything."))
    made = Update(
        action=now, on=today, author=by, author_name=str(by), progress=progress, health=health,
        text=text, evidence=evidence.strip(), via=via, message_id=message_id, origin=now.origin,
    )  # fmt: skip
    _check(made)
    made.save()
    stage = now.lifecycle
    _feel(now, health, **blocked)
    _move(now, lifecycle)
    _settle(now, today, dated=now.lifecycle != stage)
    now.changed_by = by
    now.save()
    return made


def _feel(
    action: Action,
    health: str,
    blocked_cause: str = "",
    unblock_condition: str = "",
    remind_on: date | None = None,
) -> None:
    """Bring the health of an update to the action; what blocked it goes with the obstacle."""
    if not health:
        return
    if health == Health.BLOCKED and not blocked_cause.strip():
        raise Refused(_("Say what blocks it, so that someone can help."))
    blocked = health == Health.BLOCKED
    action.health = health
    action.blocked_cause = blocked_cause.strip() if blocked else ""
    action.unblock_condition = unblock_condition.strip() if blocked else ""
    action.remind_on = remind_on if blocked else None


def _move(action: Action, lifecycle: str) -> None:
    """Bring the stage of an update to the action."""
    if lifecycle and lifecycle != action.lifecycle:
        if lifecycle == Action.Lifecycle.ABANDONED:
            raise Refused(_("To abandon an action, open its form: it asks why."))
        action.lifecycle = lifecycle
        action.edition += 1


@transaction.atomic
def abandon(action: Action, *, why: str, by: Person, today: date) -> Action:
    """Stop an action, and say why. What others wrote of it since it was read stays.

    Raises:
        Refused: no reason was given.
    """
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    require(permissions.can_edit(by, action))
    action.lifecycle = Action.Lifecycle.ABANDONED
    action.abandoned_why, action.abandoned_on = why.strip(), today
    _settle(action, today)
    action.edition += 1
    action.changed_by = by
    action.save()
    return action


def add_milestone(action: Action, *, by: Person, today: date, **fields: Any) -> Milestone:
    """Write a step of an action.

    Raises:
        Refused: a weight that is not above zero, or a day done that is still to come.
    """
    require(permissions.can_edit(by, action))
    made = Milestone(action=action, **fields)
    _check_milestone(made, today)
    made.save()
    return made


@transaction.atomic
def edit_milestone(
    milestone: Milestone,
    *,
    typed: Mapping[str, Any],
    base: Mapping[str, Any],
    by: Person,
    today: date,
) -> Milestone:
    """Change a step, unless someone else did meanwhile.

    Raises:
        Conflict: someone did.
        Refused: a weight that is not above zero, or a day done that is still to come.
    """
    now = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    require(permissions.can_edit(by, now.action))
    edition.refuse_stale(now, base, typed)
    for name, value in typed.items():
        setattr(now, name, value)
    _check_milestone(now, today)
    now.save()
    return now


def close_milestone(milestone: Milestone, *, done_on: date, by: Person, today: date) -> Milestone:
    """Say that a step is done.

    Raises:
        Refused: the day is still to come.
    """
    require(permissions.can_report(by, milestone.action))
    milestone.done_on = done_on
    _check_milestone(milestone, today)
    milestone.save(update_fields=["done_on"])
    return milestone


def _check_milestone(milestone: Milestone, today: date) -> None:
    if milestone.weight <= 0:
        raise Refused(_("A weight is above zero. Leave 1 when all steps weigh the same."))
    if milestone.done_on and milestone.done_on > today:
        raise Refused(
            _("{day} is still to come: a step is done on a day that has passed.").format(
                day=_day(milestone.done_on)
            )
        )
    _check(milestone)


@transaction.atomic
def place(
    action: Action, node: Node, *, primary: bool = True, weight: Any = 1, by: Person, today: date
) -> Placement:
    """Put an action into a framework.

    Raises:
        Refused: it stands there already, or has another primary place in that framework.
    """
    require(permissions.can_place(by, action))
    held = list(Placement.objects.filter(action=action, framework=node.framework_id))
    if any(each.node_id == node.pk for each in held):
        raise Refused(
            _("“{action}” already stands under “{node}”.").format(action=action, node=node)
        )
    if primary and (first := next((each for each in held if each.primary), None)):
        raise Refused(
            _(
                "“{action}” already has its main place in this framework, under “{node}”: "
                "an average counts it once. Add it here as a secondary place."
            ).format(action=action, node=first.node)
        )
    if weight <= 0:
        raise Refused(_("A weight is above zero. Leave 1 when all actions weigh the same."))
    return Placement.objects.create(action=action, node=node, primary=primary, weight=weight)


def withdraw(placement: Placement, *, by: Person, today: date) -> None:
    """Take an action out of a framework; the audit keeps that it was there."""
    require(permissions.can_place(by, placement.action))
    placement.delete()


def archive(action: Action, *, why: str, by: Person, today: date) -> Action:
    """Put an action away: nobody but officers sees it any more, and nothing is lost.

    Raises:
        Refused: no reason was given.
    """
    require(permissions.can_archive(by, action))
    if not why.strip():
        raise Refused(_("Say why you put it away: the next person will ask."))
    action.archived_at, action.archived_by = timezone.now(), by
    action.archived_why = why.strip()
    action.save(update_fields=["archived_at", "archived_by", "archived_why"])
    return action


def restore(action: Action, *, by: Person, today: date) -> Action:
    """Bring back an action that was put away."""
    require(permissions.can_archive(by, action))
    action.archived_at = action.archived_by = None
    action.archived_why = ""
    action.save(update_fields=["archived_at", "archived_by", "archived_why"])
    return action
