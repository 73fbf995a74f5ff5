"""Rankings counted in three ways, because they may not put the same first.

Borda: of k missions the first gets k - 1 points, the next k - 2…; those left unranked share equally
what is left. First places: how many put it first. Pairs: how many put one before the other, one
ranked being before all those left out; who beats every other is the Condorcet winner, and the order
that contradicts the fewest of these preferences is Kemeny's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from bassin.debate.workshops.tally_shares import Result, lines, pct

MOST_ORDERED = 12
"""Kemeny's order is found exactly up to this many; beyond, it would take too long."""

Pairs = dict[str, dict[str, int]]


def ranking(asked: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Result:
    """The three counts, side by side, and whether they agree."""
    codes = [option["code"] for option in asked["options"]]
    orders = [answer["order"] for answer in answers]
    halves = _borda(codes, orders)
    first = Counter(order[0] for order in orders)
    ranked = Counter(code for order in orders for code in order)
    pairs = _pairs(codes, orders)
    shown = [
        line
        | {
            "borda": halves[line["code"]] / 2,
            "rank": 1 + sum(other > halves[line["code"]] for other in halves.values()),
            "first": first[line["code"]],
            "first_pct": pct(first[line["code"]], len(orders)),
        }
        for line in lines(asked, ranked, len(orders))
    ]
    condorcet = _condorcet(codes, pairs)
    order, unique = _closest(codes, pairs)
    winners = {
        "borda": _top(codes, halves),
        "first": _top(codes, first),
        "pairs": [condorcet] if condorcet else [],
    }
    return {
        "lines": sorted(shown, key=lambda line: line["rank"]),
        "pairs": pairs,
        "winners": winners,
        "condorcet": condorcet,
        "order": order,
        "unique": unique,
        "agree": len({tuple(each) for each in winners.values()}) == 1,
    }


def _borda(codes: Sequence[str], orders: Sequence[Sequence[str]]) -> dict[str, int]:
    """Points, in halves so that they stay whole numbers."""
    last = len(codes) - 1
    halves = dict.fromkeys(codes, 0)
    for order in orders:
        for place, code in enumerate(order):
            halves[code] += 2 * (last - place)
        for code in set(codes) - set(order):
            halves[code] += last - len(order)
    return halves


def _pairs(codes: Sequence[str], orders: Sequence[Sequence[str]]) -> Pairs:
    pairs = {a: {b: 0 for b in codes if b != a} for a in codes}
    for order in orders:
        left = set(codes) - set(order)
        for place, code in enumerate(order):
            for after in (*order[place + 1 :], *left):
                pairs[code][after] += 1
    return pairs


def _condorcet(codes: Sequence[str], pairs: Pairs) -> str | None:
    for code in codes:
        if all(pairs[code][other] > pairs[other][code] for other in codes if other != code):
            return code
    return None


def _closest(codes: Sequence[str], pairs: Pairs) -> tuple[list[str] | None, bool]:
    """The order that contradicts the fewest preferences, and whether it is the only one.

    Grows sets one code at a time (Held and Karp): the best order of a set ends with one of its
    codes, after the best order of the others.
    """
    if len(codes) > MOST_ORDERED:
        return None, False
    best: dict[frozenset[str], tuple[int, list[str], int]] = {frozenset(): (0, [], 1)}
    for size in range(1, len(codes) + 1):
        for chosen in combinations(codes, size):
            whole = frozenset(chosen)
            ways = []
            for last in chosen:
                cost, order, count = best[whole - {last}]
                against = sum(pairs[last][other] for other in chosen if other != last)
                ways.append((cost + against, [*order, last], count))
            least = min(cost for cost, _, _ in ways)
            level = [(order, count) for cost, order, count in ways if cost == least]
            best[whole] = (least, level[0][0], sum(count for _, count in level))
    _, order, count = best[frozenset(codes)]
    return order, count == 1


def _top(codes: Sequence[str], scores: Mapping[str, int]) -> list[str]:
    most = max(scores.values(), default=0)
    return [code for code in codes if scores.get(code, 0) == most]
