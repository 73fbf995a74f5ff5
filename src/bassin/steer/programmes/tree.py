"""A framework's tree: its nodes with what stands under each, every primary action counted once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bassin.steer.programmes.models import Framework, Node, Placement
from bassin.steer.programmes.standing import Standing, Summary, summary
from bassin.types import Text


@dataclass(slots=True)
class Branch:
    """A node of the tree, its children, and its own actions (those of its children are theirs)."""

    node: Node
    title: Text
    depth: int
    children: "list[Branch]" = field(default_factory=list)
    lines: list[Standing] = field(default_factory=list)
    secondary: list[Standing] = field(default_factory=list)
    summary: Summary | None = None
    heading: Text | None = None

    def walk(self) -> "Iterator[Branch]":
        """Itself, then everything below."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def below(self) -> list[Standing]:
        """Every primary action of the branch."""
        return [line for branch in self.walk() for line in branch.lines]


@dataclass(frozen=True, slots=True)
class Tree:
    """A framework with its branches, the actions counted once, and what they add up to."""

    framework: Framework
    roots: tuple[Branch, ...]
    summary: Summary
    counted: tuple[Standing, ...]

    def find(self, code: str) -> Branch | None:
        """The branch of that code."""
        return next((b for root in self.roots for b in root.walk() if b.node.code == code), None)

    def walk(self) -> Iterator[Branch]:
        """Every branch, in the order of the document."""
        for root in self.roots:
            yield from root.walk()


def build(framework: Framework, lines: Sequence[Standing], *, sums: bool = True) -> Tree:
    """The tree of a framework with some of its actions: those a person may see. Two queries.

    Without `sums`, no branch has a summary.
    """
    by_pk = {line.pk: line for line in lines}
    weights: dict[int, Decimal] = {}
    first: dict[int, list[Standing]] = defaultdict(list)
    second: dict[int, list[Standing]] = defaultdict(list)
    placed = Placement.objects.filter(framework=framework).order_by("order", "pk")
    for action, node, primary, weight in placed.values_list(
        "action_id", "node_id", "primary", "weight"
    ):
        if action in by_pk:
            (first if primary else second)[node].append(by_pk[action])
            if primary:
                weights[action] = weight
    roots = _branches(list(framework.nodes.all()), first, second)
    if sums:
        for root in roots:
            for branch in root.walk():
                branch.summary = summary(branch.below, weights)
    counted = [by_pk[pk] for pk in weights]
    whole = summary(counted if sums else (), weights)
    return Tree(framework, tuple(roots), whole, tuple(counted))


def _branches(
    nodes: Sequence[Node],
    first: dict[int, list[Standing]],
    second: dict[int, list[Standing]],
) -> list[Branch]:
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


def _deepen(branch: Branch, depth: int) -> None:
    branch.depth = depth
    for child in branch.children:
        _deepen(child, depth + 1)
