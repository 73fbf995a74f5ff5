"""Where many actions stand, read at once: the lines of trees, tables, boards and exports.

At most four queries whatever the number of actions: the actions with their last report, the rest of
their sheet, their steps, their money.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q, Sum

from bassin.steer.programmes import rules
from bassin.steer.programmes.models import Funding, Milestone
from bassin.steer.programmes.models.querysets import ActionQuerySet
from bassin.steer.programmes.rules import Amount, Late, Money, Part, Progress, Rollup
from bassin.types import Origin, Text

_COLUMNS = (
    "pk", "title", "title_en", "holder_id", "holder__name", "holder__short", "lifecycle", "health",
    "starts_on", "ends_on", "done_on", "origin", "abandoned_why", "blocked_cause", "reported_on",
    "reported",
)  # fmt: skip
_REST = ("pk", "ref", "kind", "commune_codes", "tags", "confidential")
_AMOUNTS = ("planned_eur", "committed_eur", "paid_eur")
_ONE, _ZERO = Decimal(1), Decimal(0)
NO_MONEY = Money()

Steps = tuple[Decimal | None, Decimal | None, date | None]
"""Weight of the steps done, weight of all, oldest due date among the others."""


# Not frozen: a page makes thousands of them, and a frozen one takes three times as long.
@dataclass(slots=True)
class Standing:
    """One action as a line shows it."""

    pk: int
    title: Text
    holder_id: int | None
    holder: str
    lifecycle: str
    health: str
    starts_on: date | None
    ends_on: date | None
    done_on: date | None
    origin: Origin
    why: str  # why it was abandoned, or what blocks it
    late: Late | None
    progress: Progress
    reported_on: date | None
    money: Money = NO_MONEY
    ref: str = ""
    kind: str = ""
    communes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    confidential: bool = True  # until it is read: what is not known is not shown

    @property
    def silent(self) -> bool:
        """Whether nobody said how far it is."""
        return self.progress.value is None and self.lifecycle != "abandoned"

    def part(self, weight: Decimal = _ONE) -> Part:
        """What a rollup counts of it."""
        return Part(weight, self.progress.value, self.lifecycle == "abandoned")


def standings(
    actions: ActionQuerySet, today: date, *, money: bool = True, whole: bool = True
) -> list[Standing]:
    """The lines of some actions, in the order of the query.

    Without `whole`, they have no reference, kind, communes nor themes: lists that show none of
    these are made in three quarters of the time.
    """
    steps, spent = _steps(actions), _money(actions) if money else {}
    nothing = (None, None, None)
    lines = [
        _line(row, steps.get(row[0], nothing), spent.get(row[0], NO_MONEY), today)
        for row in actions.with_report().values_list(*_COLUMNS)
    ]
    if whole:
        rest = {row[0]: row for row in actions.order_by().values_list(*_REST)}
        for line in lines:
            _pk, line.ref, line.kind, communes, tags, line.confidential = rest[line.pk]
            line.communes, line.tags = tuple(communes or ()), tuple(tags or ())
    return lines


def _line(row: tuple[Any, ...], steps: Steps, money: Money, today: date) -> Standing:
    (pk, title, title_en, holder_id, name, short, lifecycle, health, starts_on, ends_on, done_on,
     origin, why, cause, reported_on, reported) = row  # fmt: skip
    done, whole, open_step = steps
    return Standing(
        pk, Text(title, title_en), holder_id, short or name or "", lifecycle, health, starts_on,
        ends_on, done_on, Origin(origin), why if lifecycle == "abandoned" else cause,
        rules.lateness(lifecycle, ends_on, open_step, today),
        rules.progress(lifecycle, done, whole, reported),
        reported_on, money,
    )  # fmt: skip


def _steps(actions: ActionQuerySet) -> dict[int, Steps]:
    """The steps of each action that has some."""
    grouped = (
        Milestone.objects.filter(action__in=actions.order_by().values("pk"))
        .order_by()
        .values("action_id")
        .annotate(
            done=Sum("weight", filter=Q(done_on__isnull=False)),
            whole=Sum("weight"),
            open_step=Min("due_on", filter=Q(done_on=None)),
        )
        .values_list("action_id", "done", "whole", "open_step")
    )
    return {pk: (done, whole, open_step) for pk, done, whole, open_step in grouped}


def _money(actions: ActionQuerySet) -> dict[int, Money]:
    """The three amounts of each action that has a funding."""
    grouped = (
        Funding.objects.filter(action__in=actions.order_by().values("pk"))
        .order_by()
        .values("action_id")
        .annotate(
            n=Count("pk"),
            **{f"{name}__sum": Sum(name) for name in _AMOUNTS},
            **{f"{name}__known": Count(name) for name in _AMOUNTS},
        )
    )
    return {row["action_id"]: Money(*(_amount(row, name) for name in _AMOUNTS)) for row in grouped}


def _amount(row: Mapping[str, Any], name: str) -> Amount:
    known = row[f"{name}__known"]
    return Amount(row[f"{name}__sum"], known, row["n"] - known)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a set of actions adds up to, each counted once."""

    rollup: Rollup
    money: Money
    count: int
    late: int
    red: int
    silent: int
    blocked: int
    done: int
    abandoned: int


def summary(lines: Sequence[Standing], weights: Mapping[int, Decimal] | None = None) -> Summary:
    """Counts, progress by weight, and money."""
    known = weights or {}
    late = [line.late for line in lines if line.late is not None]
    return Summary(
        rollup=rules.rollup(line.part(known.get(line.pk, _ONE)) for line in lines),
        money=rules.together(line.money for line in lines),
        count=len(lines),
        late=len(late),
        red=sum(each.red for each in late),
        silent=sum(line.silent for line in lines),
        blocked=sum(line.health == "blocked" and line.lifecycle not in rules.OVER
                    for line in lines),
        done=sum(line.lifecycle == "done" for line in lines),
        abandoned=sum(line.lifecycle == "abandoned" for line in lines),
    )  # fmt: skip


def by_euro(lines: Iterable[Standing]) -> Rollup:
    """Progress weighed by the euros planned; an action without a known amount counts as silent."""
    return rules.rollup(
        line.part(planned)
        if (planned := line.money.planned.total)
        else Part(_ZERO, None, line.lifecycle == "abandoned")
        for line in lines
    )


@dataclass(frozen=True, slots=True)
class Share:
    """What a commune gets: actions for it alone, actions shared with others, their money apart.

    Money of a shared action is not cut between its communes: nobody said how.
    """

    alone: Summary
    shared: Summary

    @property
    def count(self) -> int:
        """All actions that name the commune."""
        return self.alone.count + self.shared.count


def by_commune(lines: Sequence[Standing], codes: Iterable[str]) -> dict[str, Share]:
    """Each commune with what it gets, those that get nothing included."""
    alone: dict[str, list[Standing]] = {code: [] for code in codes}
    shared: dict[str, list[Standing]] = {code: [] for code in alone}
    for line in lines:
        into = alone if len(line.communes) == 1 else shared
        for code in line.communes:
            if code in into:
                into[code].append(line)
    return {code: Share(summary(alone[code]), summary(shared[code])) for code in alone}
