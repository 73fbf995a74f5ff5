"""What an import would write into a framework: new records, changes, and what is already there.

Nothing is written here. Bringing one plan twice proposes changes, not duplicates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bassin.parties.models import Organisation
from bassin.steer.programmes.imports import matching
from bassin.steer.programmes.imports.entries import Entry, Findings, Level
from bassin.steer.programmes.imports.text import folded, letters
from bassin.steer.programmes.models import Action, Framework, Node, Placement

TELLING = 15
"""Letters from which a title names one action, in whatever framework it stands."""


class Fate(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    PLACED = "placed"  # an action of another framework, which stands here too
    FROZEN = "frozen"  # a text of an adopted framework: left as it is


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would change."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Step:
    """What would be done with one entry."""

    entry: Entry
    fate: Fate
    record: Node | Action | None = None
    changes: tuple[Change, ...] = ()
    holder: Entry | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that would be done, and what the framework holds that the source does not."""

    steps: tuple[Step, ...]
    absent: tuple[Node | Action, ...]
    new_holders: tuple[str, ...]

    def count(self, fate: Fate, level: Level | None = None) -> int:
        """How many entries meet this fate."""
        return sum(each.fate == fate and level in (None, each.entry.level) for each in self.steps)

    @property
    def writes(self) -> int:
        """How many records would be made, changed or placed here too."""
        return sum(self.count(fate) for fate in (Fate.NEW, Fate.CHANGED, Fate.PLACED))


def plan(findings: Findings, framework: Framework | None) -> Plan:
    """What writing these findings would do."""
    return _Planner(findings, framework).plan()


def organisations() -> dict[str, Organisation]:
    """The organisations known, by their folded names."""
    return {
        folded(name): each
        for each in Organisation.objects.all()
        for name in (each.short, each.name)
        if name
    }


def values(entry: Entry, known: Mapping[str, Organisation]) -> dict[str, Any]:
    """The fields of an action as its entry gives them, in the database's own types.

    A holder that nobody knows yet stays a name.
    """
    given: dict[str, Any] = {"title": entry.title}
    for name, each in entry.fields.items():
        value = each.value
        if name in ("starts_on", "ends_on"):
            value = date.fromisoformat(value)
        elif name == "cost_eur":
            value = Decimal(value)
        elif name == "holder":
            value = known.get(folded(value), value)
        given[name] = value
    return given


class _Planner:
    """Compares findings with one framework."""

    def __init__(self, findings: Findings, framework: Framework | None) -> None:
        self.findings = findings
        self.organisations = organisations()
        self.frozen = framework is not None and framework.state != Framework.State.DRAFT
        self.nodes: list[Node] = list(framework.nodes.all()) if framework else []
        self.placed = _placed(framework) if framework else {}
        self.node_of = matching.nodes(findings, self.nodes)
        there = [each.action for each in self.placed.values()]
        self.action_of = matching.actions(findings, framework, there) if framework else {}
        self.elsewhere = _elsewhere(self.placed)

    def plan(self) -> Plan:
        steps = tuple(
            self._action(each) if each.level == Level.ACTION else self._node(each)
            for each in self.findings.taken
            if each.level != Level.HEADING
        )
        return Plan(steps, self._absent(), self._new_holders(steps))

    def _node(self, entry: Entry) -> Step:
        record = self.node_of.get(entry.key)
        changes: tuple[Change, ...] = ()
        if record is not None and letters(record.title) != letters(entry.title):
            changes = (Change("title", record.title, entry.title),)
        fate = _fate(record, changes)
        if self.frozen and fate != Fate.SAME:
            fate = Fate.FROZEN
        return Step(entry, fate, record, changes, self.findings.holder(entry))

    def _action(self, entry: Entry) -> Step:
        record = self.action_of.get(entry.key)
        holder = self.findings.holder(entry)
        changes: tuple[Change, ...] = ()
        if record is None and (other := self.elsewhere.get(letters(entry.title))):
            return Step(entry, Fate.PLACED, other, (), holder)
        if record is not None:
            changes = (*self._changes(entry, record), *self._moves(record, holder))
        return Step(entry, _fate(record, changes), record, changes, holder)

    def _changes(self, entry: Entry, record: Action) -> list[Change]:
        changes = []
        for name, value in values(entry, self.organisations).items():
            before = getattr(record, name)
            same = letters(before) == letters(value) if name == "title" else before == value
            if not same:
                changes.append(Change(name, before, value))
        return changes

    def _moves(self, record: Action, holder: Entry | None) -> list[Change]:
        """Whether the source puts it under another axis than the one where it stands."""
        node = self.node_of.get(holder.key) if holder else None
        stands = self.placed[record.pk].node
        if node is None or node.pk == stands.pk:
            return []
        return [Change("place", stands.title, node.title)]

    def _absent(self) -> tuple[Node | Action, ...]:
        known = {each.pk for each in self.node_of.values()}
        kinds = (Level.AXIS, Level.PRIORITY)
        nodes = [each for each in self.nodes if each.kind in kinds and each.pk not in known]
        done = {each.pk for each in self.action_of.values()}
        actions = [each.action for pk, each in self.placed.items() if pk not in done]
        return (*nodes, *actions)

    def _new_holders(self, steps: tuple[Step, ...]) -> tuple[str, ...]:
        named = (
            str(each.entry.fields["holder"].value)
            for each in steps
            if each.fate in (Fate.NEW, Fate.CHANGED) and "holder" in each.entry.fields
        )
        unknown: dict[str, str] = {}
        for name in named:
            if folded(name) not in self.organisations:
                unknown.setdefault(folded(name), name)
        return tuple(unknown.values())


def _fate(record: Node | Action | None, changes: tuple[Change, ...]) -> Fate:
    if record is None:
        return Fate.NEW
    return Fate.CHANGED if changes else Fate.SAME


def _elsewhere(here: Mapping[int, Placement]) -> dict[str, Action]:
    """Actions of other frameworks by their title, when it is long enough to name only one."""
    found: dict[str, list[Action]] = {}
    for action in Action.objects.filter(archived_at=None).exclude(pk__in=here):
        found.setdefault(letters(action.title), []).append(action)
    return {
        title: each[0] for title, each in found.items() if len(each) == 1 and len(title) >= TELLING
    }


def _placed(framework: Framework) -> dict[int, Placement]:
    """The place of each action of the framework, the primary one first."""
    found = framework.placements.filter(action__archived_at=None).order_by("-primary", "pk")
    placed: dict[int, Placement] = {}
    for placement in found.select_related("action__holder", "node"):
        placed.setdefault(placement.action_id, placement)
    return placed
