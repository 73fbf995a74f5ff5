"""Conditions judged for one record, with what was found: the evaluation that people can read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bassin.pairing.conditions.declared import AnyOf, Clause, Condition
from bassin.pairing.conditions.values import Interval, OneOf, Tags, Value, Values


class State(IntEnum):
    """No, ask, yes: the least of several is their "and", the greatest their "or"."""

    NO = 0
    ASK = 1
    YES = 2

    @property
    def word(self) -> str:
        """As gates and files write it."""
        return ("no", "unknown", "yes")[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """A clause, its state, and the conditions of it that are still open."""

    clause: Clause
    state: State
    parts: tuple["Finding", ...] = ()

    @property
    def asked(self) -> tuple[Condition, ...]:
        """The conditions whose facts are missing, when the clause is open."""
        if self.state is not State.ASK:
            return ()
        if isinstance(self.clause, Condition):
            return (self.clause,)
        return tuple(one for part in self.parts for one in part.asked)


def together(states: Iterable[State]) -> State:
    """That of conditions that must all hold; yes without any."""
    return min(states, default=State.YES)


def finding(clause: Clause, values: Values) -> Finding:
    """One clause on one record."""
    if isinstance(clause, AnyOf):
        parts = tuple(finding(each, values) for each in clause.conditions)
        return Finding(clause, max(each.state for each in parts), parts)
    return Finding(clause, state(clause, values.get(clause.fact)))


def state(condition: Condition, value: Value) -> State:
    """One condition on what is known of its fact."""
    if value is None:
        return State.ASK
    if isinstance(value, Interval):
        return _number(condition.op, condition.value, value)
    found = _tags(condition.value, value) if isinstance(value, Tags) else _one(condition, value)
    return State(2 - found) if condition.op == "not_in" else found


_YES_NO: dict[str, tuple[Callable[[float, float], bool], Callable[[float, float], bool]]] = {
    "at_least": (lambda low, x: low >= x, lambda high, x: high < x),
    "above": (lambda low, x: low > x, lambda high, x: high <= x),
    "at_most": (lambda high, x: high <= x, lambda low, x: low > x),
    "below": (lambda high, x: high < x, lambda low, x: low >= x),
}


def _number(op: str, wanted: Sequence[float], value: Interval) -> State:
    if op == "between":
        return min(_number("at_least", wanted[:1], value), _number("at_most", wanted[1:], value))
    surely, never = _YES_NO[op]
    first, last = value.low, value.high
    if op in ("at_most", "below"):
        first, last = last, first
    if surely(first, wanted[0]):
        return State.YES
    return State.NO if never(last, wanted[0]) else State.ASK


def _tags(wanted: Sequence[str], value: Tags) -> State:
    if not value.held.isdisjoint(wanted):
        return State.YES
    if not value.maybe.isdisjoint(wanted):
        return State.ASK
    if value.open_to and any(
        each.startswith(value.open_to) and each not in value.out for each in wanted
    ):
        return State.ASK
    return State.NO


def _one(condition: Condition, value: OneOf) -> State:
    inside = value.possible.intersection(condition.value)
    if not inside:
        return State.NO
    return State.YES if inside == value.possible else State.ASK
