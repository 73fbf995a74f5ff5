"""A framework's tree: its nodes with what stands under each, every primary action counted once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from django.db.models import ExpressionWrapper, F

from bassin.steer.programmes.models import Framework, Node, Placement
from bassin.steer.programmes.standing import BARE, Counted, Summary, decimal, summary
from bassin.types import Text

L = TypeVar("L", bound=Counted)


@dataclass(slots=True)
class Branch(Generic[L]):
    """A node of the tree, its children, and its own actions (those of its children are theirs)."""

    node: Node
    title: Text
    depth: int
    children: "list[Branch[L]]" = field(default_factory=list)
    lines: list[L] = field(default_factory=list)
    secondary: list[L] = field(default_factory=list)
    summary: Summary | None = None
    heading: Text | None = None

    def walk(self) -> "Iterator[Branch[L]]":
        """Itself, then everything below."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def below(self) -> list[L]:
        """Every primary action of the branch."""
        return [line for branch in self.walk() for line in branch.lines]


@dataclass(frozen=True, slots=True)
class Tree(Generic[L]):
    """A framework with its branches, the actions counted once, and what they add up to."""

    framework: Framework
    roots: tuple[Branch[L], ...]
    summary: Summary
    counted: tuple[L, ...]

    def find(self, code: str) -> Branch[L] | None:
        """The branch of that code."""
        return next((b for root in self.roots for b in root.walk() if b.node.code == code), None)

    def walk(self) -> Iterator[Branch[L]]:
        """Every branch, in the order of the document."""
        for root in self.roots:
            yield from root.walk()


def build(framework: Framework, lines: Sequence[L], *, sums: bool = True) -> Tree[L]:
    """The tree of a framework with some of its actions: those a person may see. Two queries.

    Without `sums`, no branch has a summary.
    """
    by_pk = {line.pk: line for line in lines}
    weights: dict[int, Decimal] = {}
    first: dict[int, list[L]] = defaultdict(list)
    second: dict[int, list[L]] = defaultdict(list)
    placed = Placement.objects.filter(framework=framework).order_by("order", "pk")
    bare = ExpressionWrapper(F("weight"), output_field=BARE)
    for action, node, primary, weight in placed.values_list(
        "action_id", "node_id", "primary", bare
    ):
        if action in by_pk:
            (first if primary else second)[node].append(by_pk[action])
            if primary:
                weights[action] = decimal(weight)
    roots = _branches(list(framework.nodes.all()), first, second)
    whole = summary(())
    if sums:
        for root in roots:
            whole += _sum(root, weights)
    return Tree(framework, tuple(roots), whole, tuple(by_pk[pk] for pk in weights))


def _sum(branch: Branch[L], weights: dict[int, Decimal]) -> Summary:
    """What a branch adds up to with all below it, each action read once."""
    made = summary(branch.lines, weights)
    for child in branch.children:
        made += _sum(child, weights)
    branch.summary = made
    return made


def _branches(
    nodes: Sequence[Node],
    first: dict[int, list[L]],
    second: dict[int, list[L]],
) -> list[Branch[L]]:
    made = {
        node.pk: Branch(
            node, Text(node.title, node.title_en), 0,
            lines=first.get(node.pk, []), secondary=second.get(node.pk, []),
            heading=Text(node.heading, node.heading_en) if node.heading else None,
        )
        for node in nodes
    }  # fmt: skip
    roots = []
    for node in nodes:
        branch = made[node.pk]
        if node.parent_id in made:
            made[node.parent_id].children.append(branch)
        else:
            roots.append(branch)
    for root in roots:
        _deepen(root, 0)
    return roots


def _deepen(branch: Branch[L], depth: int) -> None:
    branch.depth = depth
    for child in branch.children:
        _deepen(child, depth + 1)
