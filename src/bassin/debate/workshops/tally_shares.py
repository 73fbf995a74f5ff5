"""Shares and lines that every tally is made of."""

from collections.abc import Mapping
from typing import Any

Ballot = Mapping[str, Any]
Result = dict[str, Any]


def pct(part: int, whole: int) -> float | None:
    """A share in percent to one decimal, halves away from zero; counted in whole numbers, so that
    every machine gives the same. None of nothing."""
    if whole == 0:
        return None
    tenths = (2000 * abs(part) + whole) // (2 * whole)
    return (tenths if part >= 0 else -tenths) / 10


def lines(asked: Mapping[str, Any], counts: Mapping[str, int], spoke: int) -> list[Result]:
    """One line for each answer proposed, in the order in which it was."""
    return [
        {
            "code": option["code"],
            "text": option["text"],
            "count": counts.get(option["code"], 0),
            "pct": pct(counts.get(option["code"], 0), spoke),
        }
        for option in asked["options"]
    ]
