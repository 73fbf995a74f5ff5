"""Where many actions stand, read at once: the lines of trees, tables, boards and exports.

At most four queries whatever the number of actions: the actions with their last report, the rest of
their sheet or their holders, their steps, their money. A page of thousands of actions reads only
what it counts (`counted`) or filters (`sought`), then the whole lines of the few that it shows.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast

from bassin.parties.models import Organisation
from bassin.steer.programmes import rules
from bassin.steer.programmes.models import Funding, Milestone
from bassin.steer.programmes.models.querysets import ActionQuerySet
from bassin.steer.programmes.rules import Amount, Late, Money, Part, Progress, Rollup
from bassin.types import Origin, Text

_COUNTED = ("pk", "lifecycle", "health", "ends_on")
_COLUMNS = (
    *_COUNTED, "title", "title_en", "holder_id", "holder__name", "holder__short", "starts_on",
    "done_on", "origin", "abandoned_why", "blocked_cause", "confidential", "reported_on",
    "reported", "starts_to", "ends_to",
)  # fmt: skip
_REST = ("pk", "ref", "kind", "commune_codes", "tags")
_AMOUNTS = ("planned_eur", "committed_eur", "paid_eur")
_ONE, _ZERO = Decimal(1), Decimal(0)
_DIGITS = Context(prec=15)
BARE = TextField()
"""Sums and days as the database gives them: Django would convert thousands one by one."""

NO_MONEY = Money()

Steps = tuple[Decimal | None, Decimal | None, date | None]
"""Weight of the steps done, weight of all, oldest due date among the others."""

_NO_STEPS: Steps = (None, None, None)


# Not frozen: a page makes thousands of them, and a frozen one takes three times as long.
@dataclass(slots=True)
class Counted:
    """One action as sums count it."""

    pk: int
    lifecycle: str
    health: str
    ends_on: date | None
    late: Late | None
    progress: Progress
    money: Money

    @property
    def silent(self) -> bool:
        """Whether nobody said how far it is."""
        return self.progress.value is None and self.lifecycle != "abandoned"

    def part(self, weight: Decimal = _ONE) -> Part:
        """What a rollup counts of it."""
        return Part(weight, self.progress.value, self.lifecycle == "abandoned")


@dataclass(slots=True)
class Sought(Counted):
    """One action as filters look for it."""

    title: Text
    holder_id: int | None
    holder: str
    communes: tuple[str, ...]


@dataclass(slots=True)
class Standing(Sought):
    """One action as a line shows it."""

    starts_on: date | None
    done_on: date | None
    origin: Origin
    why: str  # why it was abandoned, or what blocks it
    reported_on: date | None
    starts_to: str  # how precisely its days are known
    ends_to: str
    confidential: bool
    ref: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()


def counted(actions: ActionQuerySet, today: date) -> list[Counted]:
    """Some actions as sums count them, in the order of the query: no word of them is read."""
    steps, spent = _steps(actions), _money(actions)
    lines = []
    for pk, lifecycle, health, ends_on, reported in actions.with_progress().values_list(
        *_COUNTED, "reported"
    ):
        done, weight, open_step = steps.get(pk, _NO_STEPS)
        late = rules.lateness(lifecycle, ends_on, open_step, today)
        far = rules.progress(lifecycle, done, weight, reported)
        money = spent.get(pk, NO_MONEY)
        lines.append(Counted(pk, lifecycle, health, ends_on, late, far, money))
    return lines


def sought(actions: ActionQuerySet, today: date) -> list[Sought]:
    """Some actions as filters look for them, in the order of the query."""
    steps, spent = _steps(actions), _money(actions)
    named = {pk: short or name for pk, name, short in _holders(actions)}
    read: dict[str, tuple[str, ...]] = {}
    lines = []
    rows = actions.with_progress().annotate(told=Cast("commune_codes", TextField()))
    for row in rows.values_list(*_COUNTED, "title", "title_en", "holder_id", "told", "reported"):
        pk, lifecycle, health, ends_on, title, title_en, holder_id, told, reported = row
        done, weight, open_step = steps.get(pk, _NO_STEPS)
        if told not in read:
            read[told] = tuple(json.loads(told) or ())
        lines.append(Sought(
            pk, lifecycle, health, ends_on,
            rules.lateness(lifecycle, ends_on, open_step, today),
            rules.progress(lifecycle, done, weight, reported),
            spent.get(pk, NO_MONEY), Text(title, title_en), holder_id, named.get(holder_id, ""),
            read[told],
        ))  # fmt: skip
    return lines


def _holders(actions: ActionQuerySet) -> QuerySet[Organisation, tuple[int, str, str]]:
    """The organisations that hold some actions, each once."""
    held = Organisation.objects.filter(pk__in=actions.order_by().values("holder"))
    return held.order_by().values_list("pk", "name", "short")


def standings(
    actions: ActionQuerySet, today: date, *, money: bool = True, whole: bool = True
) -> list[Standing]:
    """The lines of some actions, in the order of the query.

    Without `whole`, they have no reference, kind, communes nor themes: lists that show none of
    these are made in three quarters of the time.
    """
    steps, spent = _steps(actions), _money(actions) if money else {}
    lines = [
        _line(row, steps.get(row[0], _NO_STEPS), spent.get(row[0], NO_MONEY), today)
        for row in actions.with_report().values_list(*_COLUMNS)
    ]
    if whole:
        rest = {row[0]: row for row in actions.order_by().values_list(*_REST)}
        for line in lines:
            _pk, line.ref, line.kind, communes, tags = rest[line.pk]
            line.communes, line.tags = tuple(communes or ()), tuple(tags or ())
    return lines


def _line(row: tuple[Any, ...], steps: Steps, money: Money, today: date) -> Standing:
    (pk, lifecycle, health, ends_on, title, title_en, holder_id, name, short, starts_on, done_on,
     origin, why, cause, confidential, reported_on, reported, starts_to, ends_to) = row  # fmt: skip
    done, weight, open_step = steps
    return Standing(
        pk, lifecycle, health, ends_on,
        rules.lateness(lifecycle, ends_on, open_step, today),
        rules.progress(lifecycle, done, weight, reported),
        money, Text(title, title_en), holder_id, short or name or "", (), starts_on, done_on,
        Origin(origin), why if lifecycle == "abandoned" else cause, reported_on,
        starts_to, ends_to, confidential,
    )  # fmt: skip


def _steps(actions: ActionQuerySet) -> dict[int, Steps]:
    """The steps of each action that has some."""
    grouped = (
        Milestone.objects.filter(action__in=actions.order_by().values("pk"))
        .order_by()
        .values("action_id")
        .annotate(
            done=Sum("weight", filter=Q(done_on__isnull=False), output_field=BARE),
            whole=Sum("weight", output_field=BARE),
            open_step=Min("due_on", filter=Q(done_on=None), output_field=BARE),
        )
        .values_list("action_id", "done", "whole", "open_step")
    )
    return {
        pk: (_known(done), _known(whole), _date(open_step))
        for pk, done, whole, open_step in grouped
    }


def _money(actions: ActionQuerySet) -> dict[int, Money]:
    """The three amounts of each action that has a funding."""
    grouped = (
        Funding.objects.filter(action__in=actions.order_by().values("pk"))
        .order_by()
        .values("action_id")
        .annotate(
            n=Count("pk", output_field=BARE),
            **{f"{name}__sum": Sum(name, output_field=BARE) for name in _AMOUNTS},
            **{f"{name}__known": Count(name, output_field=BARE) for name in _AMOUNTS},
        )
        .values_list(
            "action_id", "n", *(f"{name}__{what}" for name in _AMOUNTS for what in ("sum", "known"))
        )
    )
    return {
        pk: Money(
            Amount(_known(planned), known, n - known),
            Amount(_known(committed), known_2, n - known_2),
            Amount(_known(paid), known_3, n - known_3),
        )
        for pk, n, planned, known, committed, known_2, paid, known_3 in grouped
    }  # fmt: skip


def decimal(value: Decimal | float) -> Decimal:
    """A number of the database: SQLite adds amounts up as floats, of which 15 digits are true."""
    return value if isinstance(value, Decimal) else _DIGITS.create_decimal_from_float(value)


def _known(value: Decimal | float | None) -> Decimal | None:
    return None if value is None else decimal(value)


def _date(value: date | str | None) -> date | None:
    """A day of the database: SQLite keeps it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


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

    def __add__(self, other: "Summary") -> "Summary":
        return Summary(
            self.rollup + other.rollup,
            self.money + other.money,
            self.count + other.count,
            self.late + other.late,
            self.red + other.red,
            self.silent + other.silent,
            self.blocked + other.blocked,
            self.done + other.done,
            self.abandoned + other.abandoned,
        )


def summary(lines: Sequence[Counted], weights: Mapping[int, Decimal] | None = None) -> Summary:
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


def by_euro(lines: Iterable[Counted]) -> Rollup:
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
