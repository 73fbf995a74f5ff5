"""Where an offer stands, in one whole number: gates that block, hundredths, then questions.

Numbers of criteria add up, and the greatest is the best: whatever adds them, compiled or not, the
order is the one of `onebyone.Standing`.
"""

from typing import Any

BLOCK = 1 << 21
"""What a gate that blocks takes away: more than all points."""

POINT = 64
"""What a hundredth of a point is worth; a question takes 1 away."""


def packed(points: Any, asks: Any) -> Any:
    """Hundredths and questions, as what adds up."""
    return points * POINT - asks


def blocks(total: Any) -> Any:
    """How many gates block."""
    return (BLOCK - POINT - total) // BLOCK


def score(total: Any) -> Any:
    """The hundredths, whatever blocks."""
    return (total + blocks(total) * BLOCK + POINT - 1) // POINT


def asks(total: Any) -> Any:
    """How many questions are open."""
    return score(total) * POINT - (total + blocks(total) * BLOCK)
