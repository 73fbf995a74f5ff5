"""Arithmetic on figures as they are written: a number stated with one decimal is an interval.

« 3,9 % » stands for anything between 3.85 and 3.95; « une soixantaine » for 55 to 65. An
expression over stated figures gives the interval of what they imply, so that a contradiction is
raised only when no rounding explains it.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bassin.errors import Refused


@dataclass(frozen=True, slots=True)
class Interval:
    """A value as written, and the bounds of what it may stand for."""

    value: float
    low: float
    high: float

    def meets(self, other: "Interval") -> bool:
        """Whether one number may be both; bounds that only touch round to two numbers."""
        return self.low < other.high and other.low < self.high


def written(stated: str) -> Decimal:
    """A figure as it is written, with its digits.

    Raises:
        Refused: it is not a number written as text with a decimal point ("14.32").
    """
    try:
        amount = Decimal(stated) if isinstance(stated, str) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise Refused(f"“{stated}” is not a number in quotes with a decimal point, as 14.32 is.")
    return amount


def half_unit(stated: str, *, approximate: bool = False) -> Decimal:
    """Half a unit of the last digit stated: 0.05 for "3.9", 0.5 for "60".

    When a document says « environ » or « une soixantaine », the zeros at the end of an integer
    are not digits: 5 for "60".
    """
    amount = written(stated)
    exponent = (amount.normalize() if approximate and amount else amount).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) / 2


def decimals(stated: str) -> int:
    """Digits after the decimal sign, as stated: 2 for "14.32"."""
    return max(0, -int(written(stated).as_tuple().exponent))


def within(stated: str, value: float, *, approximate: bool = False) -> bool:
    """Whether a computed value is the stated one, at the precision it is stated with."""
    away = abs(Decimal(repr(float(value))) - written(stated))
    return away <= half_unit(stated, approximate=approximate)


def interval(stated: str, *, approximate: bool = False) -> Interval:
    """What a figure may stand for."""
    value, half = written(stated), half_unit(stated, approximate=approximate)
    return Interval(float(value), float(value - half), float(value + half))


def evaluate(expression: str, known: Mapping[str, Interval]) -> Interval:
    """The interval of an expression (+, -, *, /, numbers, names of stated figures).

    Raises:
        Refused: it holds anything else, an unknown name, or divides by what may be zero.
    """
    try:
        node = ast.parse(expression, mode="eval").body
    except SyntaxError as error:
        raise Refused(f"“{expression}” is not an expression ({error}).") from error
    return _value(node, known, expression)


def _value(node: ast.expr, known: Mapping[str, Interval], text: str) -> Interval:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Interval(*[float(node.value)] * 3)
    if isinstance(node, ast.Name):
        if node.id not in known:
            raise Refused(f"“{node.id}” in “{text}” is not a stated figure.")
        return known[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _value(node.operand, known, text)
        return Interval(-inner.value, -inner.high, -inner.low)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        left, right = _value(node.left, known, text), _value(node.right, known, text)
        if isinstance(node.op, ast.Div) and right.low <= 0 <= right.high:
            raise Refused(f"“{text}” divides by {ast.unparse(node.right)}, which may be zero.")
        return _combined(_OPERATIONS[type(node.op)], left, right)
    raise Refused(f"“{ast.unparse(node)}” in “{text}” is not understood: use + - * / only.")


def _combined(
    operation: Callable[[float, float], float], left: Interval, right: Interval
) -> Interval:
    corners = [operation(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    return Interval(operation(left.value, right.value), min(corners), max(corners))


_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
