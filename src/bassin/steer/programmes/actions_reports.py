"""What a person does with a report sent by e-mail: confirm the figure that it proposes, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.steer.programmes import actions, rules, words
from bassin.steer.programmes.models import Action, Milestone, Update


@dataclass(frozen=True, slots=True)
class Change:
    """What a confirmation changed, in words; `before` is empty when nothing was said."""

    what: str
    before: str
    after: str


def _mark(update: Update) -> str:
    """What makes a second confirmation of the same report the same update."""
    return f"confirmed:{update.pk}"


def is_confirmed(update: Update) -> bool:
    """Whether its author has confirmed what it proposes."""
    return Update.objects.filter(message_id=_mark(update)).exists()


@transaction.atomic
def confirm(
    update: Update,
    *,
    today: date,
    progress: int | None = None,
    health: str = "",
    blocked_cause: str = "",
    unblock_condition: str = "",
    finished: bool = False,
    steps: Sequence[Milestone] = (),
) -> list[Change]:
    """Add what the author of a report confirms, as a new update, and tell what changed.

    Args:
        finished: the whole action is done.
        steps: those of its steps that are done.

    Raises:
        Refused: nothing to record, or a blocked action without what blocks it.
        PermissionDenied: they no longer report on this action.
    """
    if update.author is None:
        raise Refused(_("Nobody is known to have written this report."))
    if progress is None and not health and not finished and not steps:
        raise Refused(
            _("There is nothing to record: give a percentage, say how it goes, or what is done.")
        )
    before = _state(update.action)
    if not is_confirmed(update):
        for step in steps:
            actions.close_milestone(step, done_on=today, by=update.author, today=today)
        actions.report(
            update.action, text=update.text, by=update.author, today=today, progress=progress,
            health=health, lifecycle=Action.Lifecycle.DONE.value if finished else "",
            via=Update.Via.EMAIL, message_id=_mark(update), blocked_cause=blocked_cause,
            unblock_condition=unblock_condition,
        )  # fmt: skip
    after = _state(Action.objects.get(pk=update.action_id))
    return [Change(name, before.get(name, ""), said) for name, said in after.items()
            if said != before.get(name, "")]  # fmt: skip


def _state(action: Action) -> dict[str, str]:
    """Where an action stands, in words: its stage, how it goes, its progress, its steps."""
    steps = list(action.milestones.all())
    reported = action.updates.exclude(progress=None).values_list("progress", flat=True).first()
    progress = rules.progress_of(action.lifecycle, steps, reported)
    found = {
        _("stage"): words.stage(action.lifecycle),
        _("how it goes"): words.health(action.health),
        _("progress"): words.progress(progress),
        _("done on"): words.day(action.done_on),
    }
    open_, done = _("open"), _("done on {day}")
    for step in steps:
        said = done.format(day=words.day(step.done_on)) if step.done_on else open_
        found[_("step “{title}”").format(title=step.said)] = said
    return found
