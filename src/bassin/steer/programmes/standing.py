"""Where many actions stand, read at once: the lines of trees, tables, boards and exports.

Two queries whatever the number of actions: the actions with what the rules need, and their money.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from bassin.steer.programmes import rules
from bassin.steer.programmes.models import Funding
from bassin.steer.programmes.models.querysets import ActionQuerySet
from bassin.steer.programmes.rules import Amount, Late, Money, Part, Progress, Rollup
from bassin.types import Origin, Text

_COLUMNS = (
    "pk", "ref", "kind", "title", "title_en", "holder_id", "holder__name", "holder__short",
    "lifecycle", "health", "starts_on", "ends_on", "done_on", "commune_codes", "tags", "origin",
    "visibility", "confidential", "abandoned_why", "blocked_cause", "weight_done", "weight_all",
    "open_step", "reported_on", "reported",
)  # fmt: skip
_AMOUNTS = ("planned_eur", "committed_eur", "paid_eur")


@dataclass(frozen=True, slots=True)
class Standing:
    """One action as a line shows it."""

    pk: int
    ref: str
    kind: str
    title: Text
    holder_id: int | None
    holder: str
    lifecycle: str
    health: str
    starts_on: date | None
    ends_on: date | None
    done_on: date | None
    communes: tuple[str, ...]
    tags: tuple[str, ...]
    origin: Origin
    visibility: str
    confidential: bool
    why: str  # why it was abandoned, or what blocks it
    late: Late | None
    progress: Progress
    reported_on: date | None
    money: Money = field(default_factory=Money)

    @property
    def silent(self) -> bool:
        """Whether nobody said how far it is."""
        return self.progress.value is None and self.lifecycle != "abandoned"

    def part(self, weight: Decimal = Decimal(1)) -> Part:
        """What a rollup counts of it."""
        return Part(weight, self.progress.value, self.lifecycle == "abandoned")


def standings(actions: ActionQuerySet, today: date, *, money: bool = True) -> list[Standing]:
    """The lines of some actions, in the order of the query."""
    lines = [_line(row, today) for row in actions.with_standing().values_list(*_COLUMNS)]
    if not money:
        return lines
    spent = _money(actions)
    return [replace(line, money=spent[line.pk]) if line.pk in spent else line for line in lines]


def _line(row: tuple[Any, ...], today: date) -> Standing:
    (pk, ref, kind, title, title_en, holder_id, name, short, lifecycle, health, starts_on, ends_on,
     done_on, communes, tags, origin, visibility, confidential, why, cause, done, whole, open_step,
     reported_on, reported) = row  # fmt: skip
    return Standing(
        pk, ref, kind, Text(title, title_en), holder_id, short or name or "", lifecycle, health,
        starts_on, ends_on, done_on, tuple(communes or ()), tuple(tags or ()), Origin(origin),
        visibility, confidential, why if lifecycle == "abandoned" else cause,
        rules.lateness(lifecycle, ends_on, open_step, today),
        rules.progress(lifecycle, done, whole, reported),
        reported_on,
    )  # fmt: skip


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
    by_euro: Rollup


def summary(lines: Sequence[Standing], weights: dict[int, Decimal] | None = None) -> Summary:
    """Counts, progress by weight and by euro planned, and money."""
    weights = weights or {}
    spent = Money()
    for line in lines:
        spent = spent + line.money if line.money else spent
    return Summary(
        rollup=rules.rollup(line.part(weights.get(line.pk, Decimal(1))) for line in lines),
        money=spent,
        count=len(lines),
        late=sum(line.late is not None for line in lines),
        red=sum(line.late is not None and line.late.red for line in lines),
        silent=sum(line.silent for line in lines),
        blocked=sum(line.health == "blocked" and line.lifecycle not in rules.OVER
                    for line in lines),
        done=sum(line.lifecycle == "done" for line in lines),
        abandoned=sum(line.lifecycle == "abandoned" for line in lines),
        by_euro=by_euro(lines),
    )  # fmt: skip


def by_euro(lines: Iterable[Standing]) -> Rollup:
    """Progress weighed by the euros planned; an action without a known amount counts as silent."""
    parts = []
    for line in lines:
        planned = line.money.planned.total
        part = line.part(planned or Decimal(0))
        parts.append(part if planned or part.abandoned else replace(part, progress=None))
    return rules.rollup(parts)


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
