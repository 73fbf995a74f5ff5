"""Conditions judged for many records at once, with the answers of the one-by-one evaluation.

A column holds each different value once, and for every record the number of its own: a condition
is judged once per different value, then spread over the records. Numbers are compared as arrays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bassin.pairing.conditions.declared import AnyOf, Clause, Condition, flat
from bassin.pairing.conditions.judge import State, state
from bassin.pairing.conditions.values import Interval, Value

States = npt.NDArray[np.int8]
_FASTER = 64
"""From this number of different values on, numbers are compared as arrays."""


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of many records: its different values, and which one each record has."""

    values: tuple[Value, ...]
    codes: npt.NDArray[np.int32]


Columns = Mapping[str, Column]


class Evaluation:
    """Sets of clauses on many records. A demand met twice is judged once.

    Args:
        columns: facts of the records; a fact without a column is unknown for all of them.
        count: how many records there are.
    """

    def __init__(self, columns: Columns, count: int) -> None:
        self.columns = columns
        self.count = count
        self._found: dict[int, States | State] = {}

    def condition(self, each: Condition) -> States | State:
        """The states of one condition; one state when it is that of every record."""
        found = self._found.get(each.number)
        if found is None:
            found = self._found[each.number] = self._judged(each)
        return found

    def _judged(self, each: Condition) -> States | State:
        column = self.columns.get(each.fact)
        if column is None:
            return state(each, None)
        table = _table(each, column.values)
        if len(table) == 1:
            return State(int(table[0]))
        return table[column.codes]

    def clause(self, each: Clause) -> States | State:
        """The states of one clause."""
        if isinstance(each, Condition):
            return self.condition(each)
        found = self.condition(each.conditions[0])
        for other in each.conditions[1:]:
            found = _joined(found, self.condition(other), np.maximum)
        return found

    def together(self, clauses: Sequence[Clause]) -> States:
        """The states of clauses that must all hold."""
        found: States | State = State.YES
        for each in clauses:
            found = _joined(found, self.clause(each), np.minimum)
            if isinstance(found, State) and found is State.NO:
                break
        if isinstance(found, State):
            return np.full(self.count, found, np.int8)
        return found

    def every(self, sets: Sequence[Sequence[Clause]]) -> States:
        """One line of states per set of clauses."""
        made = np.empty((len(sets), self.count), np.int8)
        for line, clauses in enumerate(sets):
            made[line] = self.together(clauses)
        return made

    def missing(self, clauses: Sequence[Clause], record: int) -> tuple[Condition, ...]:
        """The conditions whose facts are still to ask of one record."""
        return tuple(
            one
            for each in clauses
            if self._at(self.clause(each), record) is State.ASK
            for one in flat([each])
            if not isinstance(each, AnyOf) or self._at(self.condition(one), record) is State.ASK
        )

    @staticmethod
    def _at(found: States | State, record: int) -> State:
        return found if isinstance(found, State) else State(int(found[record]))


def _joined(one: States | State, other: States | State, join: np.ufunc) -> States | State:
    if isinstance(one, State) and isinstance(other, State):
        return State(int(join(int(one), int(other))))
    neutral = State.YES if join is np.minimum else State.NO
    if isinstance(one, State) and one is neutral:
        return other
    if isinstance(other, State) and other is neutral:
        return one
    made: States = join(np.int8(one) if isinstance(one, State) else one,
                        np.int8(other) if isinstance(other, State) else other)  # fmt: skip
    return made


def _table(each: Condition, values: Sequence[Value]) -> States:
    if len(values) >= _FASTER and all(isinstance(one, Interval) for one in values):
        ends = [(one.low, one.high) for one in values if isinstance(one, Interval)]
        return _numbers(each, np.array(ends, np.float64))
    return np.array([state(each, one) for one in values], np.int8)


def _numbers(each: Condition, ends: npt.NDArray[np.float64]) -> States:
    low, high = ends[:, 0], ends[:, 1]
    wanted = each.value
    match each.op:
        case "at_least":
            surely, never = low >= wanted[0], high < wanted[0]
        case "above":
            surely, never = low > wanted[0], high <= wanted[0]
        case "at_most":
            surely, never = high <= wanted[0], low > wanted[0]
        case "below":
            surely, never = high < wanted[0], low >= wanted[0]
        case _:
            surely = (low >= wanted[0]) & (high <= wanted[1])
            never = (high < wanted[0]) | (low > wanted[1])
    return np.where(surely, 2, np.where(never, 0, 1)).astype(np.int8)
