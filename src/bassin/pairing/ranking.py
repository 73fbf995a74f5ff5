"""What a ranking says: proposals with their reasons, and what is blocked with what blocks it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion of a pairing, on one pair.

    Args:
        kind: "gate" or "signal".
        state: "yes", "no", or "ask" when a fact is missing.
        value: 0..1; while it is unknown, what is counted for it.
        weight: the points it can give at most; 0 for a gate.
        points: the points it gives. The points of all reasons are the score, to the hundredth.
    """

    code: str
    kind: str
    title: Text
    state: str
    value: float
    weight: Decimal
    points: Decimal
    sentence: Text
    source: Text


@dataclass(frozen=True, slots=True)
class Missing:
    """An element that the offer lists and the need does not hold."""

    criterion: str
    item: str
    label: Text


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Where an offer would stand if one thing changed; found by ranking all offers again.

    Args:
        kind: "gain" something missing, "accept" something else, "answer" a question.
        change: the fields of the need, as they would be.
        before: its rank now; None when it is blocked.
    """

    kind: str
    criterion: str
    label: Text
    change: Mapping[str, Any]
    before: int | None
    after: int
    sentence: Text


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer that nothing blocks, with all that was counted."""

    key: Any
    rank: int
    score: Decimal
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...] = ()
    counterfactuals: tuple[Counterfactual, ...] = ()

    @property
    def questions(self) -> tuple[Reason, ...]:
        """The gates that nobody can answer yet: to be asked, never a refusal."""
        return tuple(each for each in self.reasons if each.kind == "gate" and each.state == "ask")


@dataclass(frozen=True, slots=True)
class Blocked:
    """An offer that a gate blocks; its score is what it would have without the gate."""

    key: Any
    score: Decimal
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...] = ()
    counterfactuals: tuple[Counterfactual, ...] = ()

    @property
    def gates(self) -> tuple[Reason, ...]:
        """What blocks it."""
        return tuple(each for each in self.reasons if each.kind == "gate" and each.state == "no")


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best proposals, then the blocked offers that the fewest gates hold back.

    Args:
        open_count: how many offers nothing blocks.
        blocked_by: how many offers each gate blocks; an offer counts for each of its gates.
        listed_count: how many of those that nothing blocks may be listed (see `rank`, `only`).
        spread: how many offers nothing blocks, by field asked for and value; None is unknown.
    """

    proposals: tuple[Proposal, ...]
    blocked: tuple[Blocked, ...]
    open_count: int
    blocked_count: int
    blocked_by: Mapping[str, int] = field(default_factory=dict)
    listed_count: int = 0
    spread: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)
