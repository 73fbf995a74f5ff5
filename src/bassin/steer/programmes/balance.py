"""The balance sheet of a framework: of what was planned, what was done, and what was not, and why.

Every action that has its main place in the framework counts once, in one outcome. Rates are over a
stated number of actions; money keeps its three amounts; what nobody reported is an outcome, never
a zero.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bassin.steer.programmes.models import Framework, Placement
from bassin.steer.programmes.rules import Money
from bassin.steer.programmes.standing import Standing
from bassin.steer.programmes.tree import Branch, Tree


class Outcome(StrEnum):
    """What became of an action."""

    DONE = "done"
    MOVED = "moved"  # carried into a framework that came after
    ABANDONED = "abandoned"
    UNDER_WAY = "under_way"
    NOT_STARTED = "not_started"
    NOT_REPORTED = "not_reported"


_STARTED = frozenset({"in_progress", "paused"})
_BEFORE = frozenset({"idea", "proposed", "approved"})


def outcome(line: Standing, moved: bool) -> Outcome:
    """The one outcome of an action: what is over first, then what was carried on.

    An action said to be under way of which nobody ever reported anything is not reported: a stage
    copied from a document is no news.
    """
    if line.lifecycle == "done":
        return Outcome.DONE
    if line.lifecycle == "abandoned":
        return Outcome.ABANDONED
    if moved:
        return Outcome.MOVED
    if line.lifecycle in _STARTED and (line.reported_on or line.progress.value is not None):
        return Outcome.UNDER_WAY
    if line.lifecycle in _BEFORE:
        return Outcome.NOT_STARTED
    return Outcome.NOT_REPORTED


@dataclass(frozen=True, slots=True)
class Entry:
    """An action of the balance sheet."""

    line: Standing
    outcome: Outcome
    moved_to: tuple[str, ...] = ()  # titles of the frameworks that carried it on


@dataclass(frozen=True, slots=True)
class Count:
    """How many actions came out how, among how many; and their money."""

    entries: tuple[Entry, ...]

    @property
    def planned(self) -> int:
        """How many actions were planned: those that a rate is over."""
        return len(self.entries)

    def of(self, outcome: Outcome) -> int:
        """How many came out so."""
        return sum(each.outcome == outcome for each in self.entries)

    @property
    def done_share(self) -> float | None:
        """Share done of what was planned, in percent; None when nothing was."""
        return 100 * self.of(Outcome.DONE) / self.planned if self.entries else None

    @property
    def done_share_of_known(self) -> float | None:
        """The same of the actions whose outcome is known."""
        known = self.planned - self.of(Outcome.NOT_REPORTED)
        return 100 * self.of(Outcome.DONE) / known if known else None

    def money(self, outcome: Outcome | None = None) -> Money:
        """The three amounts, of all or of one outcome."""
        total = Money()
        for each in self.entries:
            if outcome in (None, each.outcome):
                total = total + each.line.money
        return total


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the balance sheet: an axis, a commune."""

    key: str
    title: str
    count: Count


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance sheet.

    `announced` is how many actions the document announces when more than were entered.
    `secondary` counts the actions that have their main place elsewhere. An action of several
    communes is in the line of each: lines of communes do not add up.
    """

    framework: Framework
    whole: Count
    axes: tuple[Part, ...]
    communes: tuple[Part, ...]
    without_commune: Count
    secondary: int

    @property
    def announced(self) -> int | None:
        """How many were announced, when that is more than were entered."""
        said = self.framework.announced_count
        return said if said and said > self.whole.planned else None

    def with_outcome(self, outcome: Outcome) -> list[Entry]:
        """The actions that came out so."""
        return [each for each in self.whole.entries if each.outcome == outcome]


def heirs(framework: Framework) -> dict[int, tuple[str, ...]]:
    """Which actions of a framework stand in one drafted from it, and in which."""
    placed = Placement.objects.filter(
        framework__ancestors=framework, framework__archived_at=None
    ).values_list("action_id", "framework__title")
    found: dict[int, list[str]] = {}
    for action, title in placed.order_by("framework__starts_on", "pk"):
        if title not in (listed := found.setdefault(action, [])):
            listed.append(title)
    return {action: tuple(titles) for action, titles in found.items()}


def sheet(
    tree: Tree,
    moved: dict[int, tuple[str, ...]],
    communes: dict[str, str],
    title: Callable[[Branch], str],
) -> Balance:
    """The balance sheet of a tree. `title` says a branch in the reader's language."""
    entries = {
        line.pk: Entry(line, outcome(line, line.pk in moved), moved.get(line.pk, ()))
        for root in tree.roots
        for line in root.below
    }
    whole = tuple(entries.values())
    return Balance(
        framework=tree.framework,
        whole=Count(whole),
        axes=tuple(_axis(branch, entries, title) for branch in tree.roots if _counts(branch)),
        communes=_by_commune(whole, communes),
        without_commune=Count(tuple(each for each in whole if not each.line.communes)),
        secondary=len({line.pk for b in tree.walk() for line in b.secondary} - set(entries)),
    )


def _counts(branch: Branch) -> bool:
    """Whether actions may stand under it: a stake or a vision is a text, not an axis."""
    return bool(branch.below) or branch.node.kind in ("axis", "axe")


def _axis(branch: Branch, entries: dict[int, Entry], title: Callable[[Branch], str]) -> Part:
    return Part(
        branch.node.code, title(branch), Count(tuple(entries[line.pk] for line in branch.below))
    )


def _by_commune(whole: Sequence[Entry], communes: dict[str, str]) -> tuple[Part, ...]:
    named: Iterable[tuple[str, str]] = communes.items()
    known = set(communes)
    others = sorted({c for each in whole for c in each.line.communes} - known)
    return tuple(
        Part(code, name, Count(tuple(each for each in whole if code in each.line.communes)))
        for code, name in (*named, *((code, code) for code in others))
    )
