"""The pack of a committee: what moved since the last meeting, what to decide, what is wrong."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bassin.parties.access import User
from bassin.steer.programmes import rules, tree
from bassin.steer.programmes.models import (
    Action,
    AgendaItem,
    Contribution,
    Decision,
    FundingRequest,
    Meeting,
    Milestone,
    Update,
)
from bassin.steer.programmes.models.querysets import ActionQuerySet
from bassin.steer.programmes.standing import Standing, standings
from bassin.steer.programmes.tree import Tree


@dataclass(frozen=True, slots=True)
class Progressed:
    """An action, how far it was at the last meeting, and what was said since."""

    line: Standing
    before: rules.Progress
    news: tuple[Update, ...]
    steps: tuple[Milestone, ...]  # done since

    @property
    def moved(self) -> bool:
        """Whether anything was said or done since the last meeting."""
        return bool(self.news or self.steps)


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the pack of a meeting holds. `since` is None at a first meeting."""

    meeting: Meeting
    since: date | None
    agenda: tuple[AgendaItem, ...]
    actions: tuple[Progressed, ...]
    tree: Tree | None
    overdue: tuple[FundingRequest, ...]
    decisions: tuple[Decision, ...]
    claims: tuple[Contribution, ...]

    @property
    def late(self) -> list[Standing]:
        """Late actions, the latest first."""
        found = [each.line for each in self.actions if each.line.late]
        return sorted(found, key=lambda line: -(line.late.days if line.late else 0))

    @property
    def blocked(self) -> list[Standing]:
        """Blocked actions that are not over."""
        return [
            each.line
            for each in self.actions
            if each.line.health == "blocked" and each.line.lifecycle not in rules.OVER
        ]

    @property
    def moved(self) -> list[Progressed]:
        """Actions about which something was said or done since the last meeting."""
        return [each for each in self.actions if each.moved]

    @property
    def silent(self) -> list[Progressed]:
        """Actions that are not over and about which nothing was said since."""
        return [
            each
            for each in self.actions
            if not each.moved and each.line.lifecycle not in rules.OVER
        ]


def previous(meeting: Meeting) -> Meeting | None:
    """The meeting of the same body before this one."""
    held = Meeting.objects.filter(body=meeting.body_id, on__lt=meeting.on, cancelled_at=None)
    return held.order_by("-on").first()


def scope(meeting: Meeting, user: User) -> ActionQuerySet:
    """The actions that a body follows: those of its framework, else all that are not over."""
    seen = Action.objects.visible_to(user).kept()
    framework = meeting.body.framework
    if framework is None:
        return seen.living().order_by("pk")
    return seen.within(framework).order_by("pk")


def gather(meeting: Meeting, user: User, today: date) -> Pack:
    """Read everything at once, in a number of queries that does not depend on the actions."""
    last = previous(meeting)
    since = meeting.since or (last.on if last else None)
    followed = scope(meeting, user)
    lines = standings(followed, today)
    framework = meeting.body.framework
    keys = followed.order_by().values("pk")
    return Pack(
        meeting=meeting,
        since=since,
        agenda=tuple(meeting.agenda.select_related("action")),
        actions=_progressed(lines, since),
        tree=tree.build(framework, lines) if framework else None,
        overdue=tuple(
            FundingRequest.objects.filter(
                action__in=keys, state=FundingRequest.State.SENT, due_on__lt=today
            ).select_related("action", "organisation")
        ),
        decisions=tuple(last.decisions.select_related("action")) if last else (),
        claims=tuple(Contribution.objects.filter(action__in=keys).order_by("pk")),
    )


def _progressed(lines: Sequence[Standing], since: date | None) -> tuple[Progressed, ...]:
    keys = [line.pk for line in lines]
    updates: dict[int, list[Update]] = defaultdict(list)
    for update in Update.objects.filter(action__in=keys).order_by("-on", "-pk"):
        updates[update.action_id].append(update)
    steps: dict[int, list[Milestone]] = defaultdict(list)
    for step in Milestone.objects.filter(action__in=keys):
        steps[step.action_id].append(step)
    return tuple(
        Progressed(
            line,
            before(line, updates[line.pk], steps[line.pk], since),
            tuple(each for each in updates[line.pk] if since is None or each.on > since),
            tuple(
                each
                for each in steps[line.pk]
                if each.done_on and (since is None or each.done_on > since)
            ),
        )
        for line in lines
    )


def before(
    line: Standing, updates: Sequence[Update], steps: Sequence[Milestone], since: date | None
) -> rules.Progress:
    """How far an action was at the last meeting, by the same rules as today."""
    if since is None:
        return rules.Progress(None, rules.Basis.NOTHING)
    if line.lifecycle == "done" and line.done_on and line.done_on <= since:
        return line.progress
    done = sum((s.weight for s in steps if s.done_on and s.done_on <= since), Decimal(0))
    whole = sum((s.weight for s in steps), Decimal(0))
    said = next((u.progress for u in updates if u.progress is not None and u.on <= since), None)
    return rules.progress("in_progress", done, whole, said)
