"""Dated conditions on facts, in three-valued logic: yes, no because, unknown so ask.

A gate compares two records; a condition compares a record with what a text demands, and keeps the
text. The state of a condition is what all the values that a fact may still have agree on: a band
of 10 to 19 employees is a yes for "at least 10", a no for "at least 20", a question for "at least
15". The same declaration is judged for one record (`judge`) and for many at once (`batch`).
"""

from bassin.pairing.conditions.declared import AnyOf, Clause, Condition, at, flat, parse
from bassin.pairing.conditions.judge import Finding, State, finding, state, together
from bassin.pairing.conditions.values import (
    ANYTHING,
    Fact,
    Interval,
    Kind,
    OneOf,
    Tags,
    Value,
    Values,
    flag,
)

__all__ = [
    "ANYTHING",
    "AnyOf",
    "Clause",
    "Condition",
    "Fact",
    "Finding",
    "Interval",
    "Kind",
    "OneOf",
    "State",
    "Tags",
    "Value",
    "Values",
    "at",
    "finding",
    "flag",
    "flat",
    "parse",
    "state",
    "together",
]
