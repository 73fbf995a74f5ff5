"""The guide to aids: all aids for one firm, one aid and 260 before 57,828 firms.

The baseline judges the same clauses one firm at a time, on a part of the firms, told for all.
"""

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np

from bassin.match.aids.rules.aid import Aid, aid
from bassin.match.aids.rules.decide import decide
from bassin.pairing.conditions import Interval, OneOf, Tags, Value, finding, together
from bassin.pairing.conditions.batch import Column, Evaluation
from bench.harness import Measure, case

FIRMS, AIDS, PART = 57_828, 260, 60
DAY = date(2026, 11, 26)
_SECTIONS = "ABCDEFGHIJKLMNOPQRS"
_PROJECTS = ("energy", "waste", "hiring", "training", "investment", "innovation")


def run() -> Iterator[Measure]:
    """One firm, one aid, all."""
    aids, (columns, rows) = _aids(), _firms()
    clauses = [each.clauses(DAY) for each in aids]
    one = dict(rows(0))

    def all_for_one() -> object:
        return decide(aids, one, DAY)

    def all_for_one_plain() -> object:
        """the same, each demand judged anew"""
        return [together(finding(each, one).state for each in held) for held in clauses]

    yield case(f"{AIDS} aids × one firm, with reasons", all_for_one, all_for_one_plain, 2.0,
               goal=10.0)  # fmt: skip

    def one_for_all() -> object:
        return Evaluation(columns, FIRMS).together(clauses[7])

    def one_for_part() -> object:
        """one firm at a time, on a thousandth of them"""
        return [together(finding(each, rows(place)).state for each in clauses[7])
                for place in range(PART)]  # fmt: skip

    yield case(f"one aid × {FIRMS} firms", one_for_all, one_for_part, 10.0, goal=100.0)

    def everything() -> object:
        return Evaluation(columns, FIRMS).every(clauses)

    def part() -> object:
        """one firm at a time, on a thousandth of them"""
        return [together(finding(each, rows(place)).state for each in held)
                for held in clauses for place in range(PART)]  # fmt: skip

    yield case(f"{AIDS} aids × {FIRMS} firms", everything, part, 4.0, goal=1000.0, repeat=5)


def _aids() -> list[Aid]:
    """Invented sheets with the demands that real ones have."""
    draw = np.random.default_rng(7)
    return [
        aid(
            {
                "slug": f"aide-{number}", "title": f"Aide {number}", "holder": "Région",
                "natures": ["grant"], "scale": "regional", "promise": "Un essai.",
                "source": "Un texte.", "review_on": DAY,
                "conditions": [
                    {"fact": "staff", "op": "below", "value": int(draw.choice([10, 50, 250, 500]))},
                    {"fact": "activity", "op": "in",
                     "value": [_SECTIONS[each] for each in draw.choice(19, 8, replace=False)]},
                    {"fact": "place", "op": "in", "value": [f"region:{draw.choice([11, 84, 93])}"]},
                    {"fact": "age_months", "op": "at_least",
                     "value": int(draw.choice([0, 12, 36]))},
                    {"fact": "size", "op": "in", "value": ["micro", "small"]},
                    {"fact": "project", "op": "in", "value": [str(draw.choice(_PROJECTS))]},
                    {"fact": f"said:{number % 90}", "op": "is", "value": True, "question": "?"},
                ],
            }
        )
        for number in range(AIDS)
    ]  # fmt: skip


def _firms() -> tuple[dict[str, Column], Callable[[int], dict[str, Value]]]:
    """Invented firms, and one of them by its place."""
    draw = np.random.default_rng(8)
    known: dict[str, tuple[Value, ...]] = {
        "staff": tuple(Interval(low, high) for low, high in ((0, 0), (1, 9), (10, 49), (50, 999))),
        "activity": tuple(Tags(frozenset([each])) for each in _SECTIONS),
        "place": (Tags(frozenset(["region:11", "departement:94"])),),
        "age_months": tuple(Interval.exactly(each) for each in range(600)),
        "size": (OneOf(frozenset(["micro"])), OneOf(frozenset(["micro", "small"])), None),
    }
    columns = {
        fact: Column(held, draw.integers(0, len(held), FIRMS).astype(np.int32))
        for fact, held in known.items()
    }

    def row(place: int) -> dict[str, Value]:
        return {fact: each.values[each.codes[place]] for fact, each in columns.items()}

    return columns, row
