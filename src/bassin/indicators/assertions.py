"""What a check of a declaration may say of a figure, and whether a figure holds it.

`0 <= value <= 100`, `sum(communes) == value`, `abs(value - previous) <= 5`: comparisons of numbers,
`and`, `or`, `not`, `+ - * /`, and the names below. Anything else is refused when the declaration
is read, so a check can never run code. Equal means within one part in a billion.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose
from operator import add, mul, sub, truediv
from typing import TypeGuard

from bassin.errors import Refused

NAMES = {
    "value": "the figure of a place and a period, in its unit",
    "upper": "the upper end of an interval",
    "numerator": "the numerator, before scaling",
    "denominator": "the denominator, before scaling",
    "previous": "the value of the same place at the period before that has one",
    "units_count": "how many units stand behind the value",
    "n_communes": "how many communes the place has",
}
"""The names of a number. A check that meets one nobody knows says nothing."""

COMMUNES = "communes"
"""Inside `sum()`, `min()` or `max()`: the values of the communes of the home territory, at the same
period. Known for that territory only, and when each of its communes has a value."""

_LONGEST = 300
_ARITHMETIC = {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv}
_OVER_COMMUNES: dict[str, Callable[[Sequence[float]], float]] = {"sum": sum, "min": min, "max": max}


class _Unknown(Exception):
    """A name of the check has no value here."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a place at a period: numbers by name, and its communes' values."""

    numbers: Mapping[str, float | None]
    communes: Sequence[float] = ()


Number = Callable[[Facts], float]
Truth = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class Assertion:
    """A check's text, made into a question that is asked of facts."""

    text: str
    names: frozenset[str]
    _truth: Truth = field(compare=False, repr=False)

    def holds(self, facts: Facts) -> bool | None:
        """Whether the facts hold it; None when they lack a value it names (or divide by zero)."""
        try:
            return self._truth(facts)
        except (_Unknown, ZeroDivisionError):
            return None


@dataclass(frozen=True, slots=True)
class Check:
    """A named assertion; `blocks` when what fails it is not shown."""

    name: str
    assertion: Assertion
    blocks: bool


def assertion(text: str) -> Assertion:
    """Understand the text of a check.

    Raises:
        Refused: it is not a comparison of the known names, or it names nothing and cannot fail.
    """
    if len(text) > _LONGEST:
        raise Refused(f"“{text[:60]}…” is too long for a check: write several.")
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Refused(f"“{text}” is not a check ({error}).") from error
    truth = _truth(node)
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    names = frozenset(found & {*NAMES, COMMUNES})
    if not names:
        raise Refused(f"“{text}” names nothing of the figure: it cannot fail. Compare `value`.")
    return Assertion(text, names, truth)


def _truth(node: ast.expr) -> Truth:
    if isinstance(node, ast.BoolOp):
        parts = [_truth(each) for each in node.values]
        every = isinstance(node.op, ast.And)
        return lambda facts: (all if every else any)(part(facts) for part in parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _truth(node.operand)
        return lambda facts: not inner(facts)
    if isinstance(node, ast.Compare):
        return _comparison(node)
    raise Refused(f"“{ast.unparse(node)}” is not a comparison: it is neither true nor false.")


def _comparison(node: ast.Compare) -> Truth:
    for operator in node.ops:
        if type(operator) not in _COMPARE:
            raise Refused(f"“{ast.unparse(node)}” compares otherwise than by == != < <= > >=.")
    terms = [_number(each) for each in (node.left, *node.comparators)]
    pairs = list(zip(node.ops, terms, terms[1:], strict=False))
    return lambda facts: all(_COMPARE[type(o)](one(facts), two(facts)) for o, one, two in pairs)


def _equal(one: float, two: float) -> bool:
    return isclose(one, two, rel_tol=1e-9, abs_tol=1e-9)


_COMPARE: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Eq: _equal,
    ast.NotEq: lambda one, two: not _equal(one, two),
    ast.Lt: lambda one, two: one < two and not _equal(one, two),
    ast.LtE: lambda one, two: one < two or _equal(one, two),
    ast.Gt: lambda one, two: one > two and not _equal(one, two),
    ast.GtE: lambda one, two: one > two or _equal(one, two),
}


def _number(node: ast.expr) -> Number:
    if isinstance(node, ast.Constant) and _is_number(node.value):
        constant = float(node.value)
        return lambda facts: constant
    if isinstance(node, ast.Name) and node.id in NAMES:
        return _named(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand)
        return lambda facts: -inner(facts)
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        reckon, left, right = _ARITHMETIC[type(node.op)], _number(node.left), _number(node.right)
        return lambda facts: reckon(left(facts), right(facts))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _called(node, node.func.id)
    raise Refused(
        f"“{ast.unparse(node)}” is not a number that a check knows. The names are "
        f"{', '.join(NAMES)}, and sum(communes), min(communes), max(communes), abs(…)."
    )


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _named(name: str) -> Number:
    def known(facts: Facts) -> float:
        value = facts.numbers.get(name)
        if value is None:
            raise _Unknown(name)
        return value

    return known


def _called(node: ast.Call, name: str) -> Number:
    argument = node.args[0] if len(node.args) == 1 else None
    if name in _OVER_COMMUNES and isinstance(argument, ast.Name) and argument.id == COMMUNES:
        return _over_communes(_OVER_COMMUNES[name])
    if name == "abs" and argument is not None:
        inner = _number(argument)
        return lambda facts: abs(inner(facts))
    raise Refused(
        f"“{ast.unparse(node)}” is not understood in a check. Write sum(communes), min(communes), "
        "max(communes) or abs(…)."
    )


def _over_communes(gather: Callable[[Sequence[float]], float]) -> Number:
    def known(facts: Facts) -> float:
        if not facts.communes:
            raise _Unknown(COMMUNES)
        return gather(facts.communes)

    return known
