"""What people do with obstacles: a firm files one, officers pass it on, answer and publish."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.steer.programmes import permissions_governance as permissions
from bassin.steer.programmes import words
from bassin.steer.programmes.models import Action, Obstacle

LONGEST_DELAY = 36_500  # a century: a delay beyond is a slip of the hand


def file(
    *,
    procedure: str,
    text: str,
    today: date,
    by: Person | None = None,
    competent_body: str = "",
    delay_days: int | None = None,
    proposal: str = "",
    siret: str = "",
    contact_email: str = "",
) -> Obstacle:
    """Tell of a procedure that holds a firm back; no account is needed.

    Raises:
        Refused: the procedure or what happened is missing, or the delay is out of reach.
    """
    if not procedure.strip() or not text.strip():
        raise Refused(_("Name the procedure, and say in a sentence what happened."))
    if delay_days is not None and delay_days > LONGEST_DELAY:
        raise Refused(_("{days} days are more than a century: give the delay in days.").format(
            days=delay_days))  # fmt: skip
    return Obstacle.objects.create(
        procedure=" ".join(procedure.split()), text=text.strip(),
        competent_body=" ".join(competent_body.split()), delay_days=delay_days,
        proposal=proposal.strip(), siret=siret, contact_email=contact_email.strip().lower(),
        filed_by=by, filed_on=today,
    )  # fmt: skip


@transaction.atomic
def pass_on(
    obstacle: Obstacle, *, competent_body: str, due_on: date | None, by: Person, today: date
) -> Obstacle:
    """Say that the body in charge was told, and by when it is to answer.

    Raises:
        Refused: no body is named, it was answered already, or the answer is due before today.
    """
    now = _open(obstacle, by)
    if not competent_body.strip():
        raise Refused(_("Name the body in charge."))
    if due_on and due_on < today:
        raise Refused(_("An answer is due on a day to come: {day} has passed.").format(
            day=words.day(due_on)))  # fmt: skip
    now.competent_body = " ".join(competent_body.split())
    now.state, now.sent_on, now.due_on = Obstacle.State.SENT, today, due_on
    now.save()
    return now


def _open(obstacle: Obstacle, by: Person) -> Obstacle:
    """The obstacle, locked, when it is not answered yet.

    Raises:
        Refused: it is.
    """
    require(permissions.can_handle_obstacles(by))
    now = Obstacle.objects.select_for_update(of=("self",)).get(pk=obstacle.pk)
    if now.state not in (Obstacle.State.FILED, Obstacle.State.SENT):
        raise Refused(_("This obstacle was answered on {day} already.").format(
            day=words.day(now.answered_on)))  # fmt: skip
    return now


@transaction.atomic
def answer(
    obstacle: Obstacle,
    *,
    text: str,
    state: str,
    by: Person,
    today: date,
    days_saved: int | None = None,
    rule: str = "",
    action: Action | None = None,
) -> Obstacle:
    """Write the answer of the body in charge, and whether the obstacle is lifted.

    Raises:
        Refused: nothing is answered, or days are saved on an obstacle that is not lifted.
    """
    now = _open(obstacle, by)
    over = (Obstacle.State.ANSWERED, Obstacle.State.LIFTED, Obstacle.State.NOT_LIFTED)
    if not text.strip() or state not in over:
        raise Refused(_("Write the answer, and say whether the obstacle is lifted."))
    if days_saved is not None and state != Obstacle.State.LIFTED:
        raise Refused(_("Days are saved when the obstacle is lifted."))
    if days_saved is not None and now.delay_days is not None and days_saved > now.delay_days:
        raise Refused(
            _("It cannot save {saved} days out of {waited} waited.").format(
                saved=days_saved, waited=now.delay_days
            )
        )
    now.answer, now.state, now.answered_on = text.strip(), state, today
    now.days_saved, now.rule = days_saved, rule.strip() or now.rule
    now.action = action or now.action
    now.save()
    return now


def publish(obstacle: Obstacle, *, public: bool, by: Person, today: date) -> Obstacle:
    """Show an obstacle to everyone, or stop; never the firm nor what it told."""
    require(permissions.can_handle_obstacles(by))
    obstacle.public = public
    obstacle.save(update_fields=["public"])
    return obstacle


def archive(obstacle: Obstacle, *, why: str, by: Person, today: date) -> Obstacle:
    """Put an obstacle away, with the reason.

    Raises:
        Refused: no reason was given.
    """
    require(permissions.can_handle_obstacles(by))
    if not why.strip():
        raise Refused(_("Say why you put it away: the next person will ask."))
    obstacle.archived_at, obstacle.archived_by = timezone.now(), by
    obstacle.archived_why, obstacle.public = why.strip(), False
    obstacle.save(update_fields=["archived_at", "archived_by", "archived_why", "public"])
    return obstacle
