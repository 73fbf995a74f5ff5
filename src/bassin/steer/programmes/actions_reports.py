"""What a person does with a report sent by e-mail: confirm the figure that it proposes, once."""

from datetime import date

from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.steer.programmes import actions
from bassin.steer.programmes.models import Update


def _mark(update: Update) -> str:
    """What makes a second confirmation of the same report the same update."""
    return f"confirmed:{update.pk}"


def is_confirmed(update: Update) -> bool:
    """Whether its author has confirmed what it proposes."""
    return Update.objects.filter(message_id=_mark(update)).exists()


def confirm(
    update: Update,
    *,
    today: date,
    progress: int | None = None,
    health: str = "",
    blocked_cause: str = "",
    unblock_condition: str = "",
) -> Update:
    """Add the figure and the health that the author of a report confirms, as a new update.

    Raises:
        Refused: nothing to record, or a blocked action without what blocks it.
        PermissionDenied: they no longer report on this action.
    """
    if update.author is None:
        raise Refused(_("Nobody is known to have written this report."))
    if progress is None and not health:
        raise Refused(_("There is nothing to record: give a percentage, or say how it goes."))
    return actions.report(
        update.action,
        text=update.text,
        by=update.author,
        today=today,
        progress=progress,
        health=health,
        via=Update.Via.EMAIL,
        message_id=_mark(update),
        blocked_cause=blocked_cause,
        unblock_condition=unblock_condition,
    )
