"""The conditions and amounts of a term, as text that an officer can read and a form can write.

`headcount_band in ["11", "12"] and naf_code in perimeter("industry")` becomes an Ibis condition,
`active - unemployed` an Ibis amount. Only comparisons, `in`, `and`, `or`, `not`, `perimeter()`,
`naf()`, `place` and, for amounts, `+`, `-` and `*` between columns are understood; anything else is
refused, so a declaration can never run code. `staff is None` and `staff is not None` tell rows
where nothing is written from the others.

`home_commune_code in place` keeps the rows whose second commune lies in the place as well: the
compiler provides the column it needs.
"""

import ast
from functools import reduce
from operator import add, and_, eq, ge, gt, le, lt, mul, ne, or_, sub
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.common.exceptions import IbisError

from bassin.errors import Refused
from bassin.taxonomies.naf import rev2
from bassin.taxonomies.perimeters import naf_codes
from bassin.types import Text

# Sets of NAF sub-classes: a named perimeter, or all those below the given codes.
_SETS: dict[str, Any] = {
    "perimeter": naf_codes,
    "naf": lambda *prefixes: rev2().subclasses(prefixes),
}
_COMPARE: dict[type[ast.cmpop], Any] = {
    ast.Eq: eq, ast.NotEq: ne, ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge,
}  # fmt: skip
_AMOUNT: dict[type[ast.operator], Any] = {ast.Add: add, ast.Sub: sub, ast.Mult: mul}
LONG = 8
"""From this number of values, an array is looked into: DuckDB tries the values of a list in turn,
seven times slower for a perimeter of 400 activities."""
PLACE = "place"
IN_PLACE = "_in_place"


def amount(table: ir.Table, text: str) -> Any:
    """The Ibis amount of a row: one column, or a sum, difference or product of columns.

    A row where one of the columns is masked has no amount.

    Raises:
        Refused: the text is neither, or names a column the table has not.
    """
    return _amount(table, _parsed(text, "an amount"), text)


def _amount(table: ir.Table, node: ast.expr, text: str) -> Any:
    if isinstance(node, ast.BinOp) and type(node.op) in _AMOUNT:
        left, right = _amount(table, node.left, text), _amount(table, node.right, text)
        if not (left.type().is_numeric() and right.type().is_numeric()):
            raise Refused(
                Text(
                    f"« {ast.unparse(node)} » calcule avec des colonnes qui ne sont pas des "
                    "nombres.",
                    f"“{ast.unparse(node)}” reckons with columns that are not numbers.",
                )
            )
        return _AMOUNT[type(node.op)](left, right)
    return _column(table, node, text)


def columns_in_place(text: str) -> set[str]:
    """The columns that a condition wants inside the place (`home_commune_code in place`)."""
    if not text:
        return set()
    compared = (n for n in ast.walk(_parsed(text, "a condition")) if isinstance(n, ast.Compare))
    return {n.left.id for n in compared if _wants_place(n) and isinstance(n.left, ast.Name)}


def _wants_place(node: ast.Compare) -> bool:
    """Whether it ends on the bare word `place`."""
    return any(isinstance(each, ast.Name) and each.id == PLACE for each in node.comparators)


def _parsed(text: str, what: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        words = {"a condition": "une condition", "an amount": "un montant"}[what]
        raise Refused(
            Text(
                f"« {text[:200]} » n'est pas {words} ({error}).",
                f"“{text[:200]}” is not {what} ({error}).",
            )
        ) from error


def condition(table: ir.Table, text: str) -> ir.BooleanValue:
    """The Ibis condition of a text.

    Raises:
        Refused: the text is not a condition, or names a column the table has not.
    """
    return _boolean(table, _parsed(text, "a condition"), text)


def _boolean(table: ir.Table, node: ast.expr, text: str) -> Any:
    if isinstance(node, ast.BoolOp):
        parts = [_boolean(table, value, text) for value in node.values]
        return reduce(and_ if isinstance(node.op, ast.And) else or_, parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ~_boolean(table, node.operand, text)
    if isinstance(node, ast.Name):
        column = _column(table, node, text)
        if not column.type().is_boolean():
            raise _wrong(node, text, "n'est ni vrai ni faux : comparez-le à une valeur",
                         "is not true or false: compare it with a value")  # fmt: skip
        return column
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _comparison(table, node, text)
    raise _wrong(node, text, "n'est pas compris dans une condition",
                 "is not understood in a condition")  # fmt: skip


def _comparison(table: ir.Table, node: ast.Compare, text: str) -> Any:
    left, operator, right = _column(table, node.left, text), node.ops[0], node.comparators[0]
    if _wants_place(node) and isinstance(operator, ast.In | ast.NotIn):
        inside = table[f"{ast.unparse(node.left)}{IN_PLACE}"]
        return inside if isinstance(operator, ast.In) else ~inside
    if isinstance(operator, ast.In):
        return _among(left, _several(right, text))
    if isinstance(operator, ast.NotIn):
        return ~_among(left, _several(right, text))
    value = _one(right, text) if type(operator) in _COMPARE else None
    if isinstance(operator, ast.Is | ast.IsNot) and _is_nothing(right):
        return left.isnull() if isinstance(operator, ast.Is) else left.notnull()
    if value is None:
        raise _wrong(node, text, "n'est pas une comparaison", "is not a comparison")
    try:
        return _COMPARE[type(operator)](left, value)
    except (TypeError, ValueError, IbisError) as error:
        raise _wrong(
            node, text, f"compare une colonne de type {left.type()} avec {value!r}",
            f"compares a column of {left.type()} with {value!r}",
        ) from error  # fmt: skip


def _is_nothing(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _wrong(node: ast.AST, text: str, fr: str, en: str) -> Refused:
    """What is wrong with a part of a text, in both languages."""
    part = ast.unparse(node)
    return Refused(Text(f"« {part} », dans « {text} », {fr}.", f"“{part}” in “{text}” {en}."))


def _among(column: Any, values: list[Any]) -> Any:
    """Whether a column is one of these values; unknown where it is unknown, as `in` is in SQL."""
    if len(values) < LONG or not column.type().is_string():
        return column.isin(values)
    return column.notnull().ifelse(ibis.array(values).contains(column), ibis.null("boolean"))


def _column(table: ir.Table, node: ast.expr, text: str) -> Any:
    if isinstance(node, ast.Name) and node.id in table.columns:
        return table[node.id]
    name, known = _name(table), ", ".join(_own(table))
    raise _wrong(
        node, text, f"n'est pas une colonne de {name}. Ses colonnes sont {known}",
        f"is not a column of {name}. Its columns are {known}",
    )  # fmt: skip


def _own(table: ir.Table) -> list[str]:
    """The columns of the data table, without those of its join with the scope."""
    added = (PLACE, "unit")
    return [name for name in table.columns if name not in added and not name.endswith(IN_PLACE)]


def _name(table: ir.Table) -> str:
    """The name of the data table, also behind its join with the scope."""
    found = [each.name for each in table.op().find((ops.DatabaseTable, ops.UnboundTable))]
    return next((name for name in found if name != "scope"), "the table")


def _one(node: ast.expr, text: str) -> Any:
    if isinstance(node, ast.Constant) and node.value is not None:
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        below = node.operand.value if isinstance(node.operand, ast.Constant) else None
        if isinstance(below, int | float) and not isinstance(below, bool):
            return -below
    raise _wrong(node, text, "devrait être une valeur", "should be a value")


def _several(node: ast.expr, text: str) -> list[Any]:
    if isinstance(node, ast.List | ast.Tuple):
        return [_one(element, text) for element in node.elts]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SETS:
        return list(_SETS[node.func.id](*(_one(argument, text) for argument in node.args)))
    raise _wrong(node, text, "devrait être une liste, perimeter(…) ou naf(…)",
                 "should be a list, perimeter(…) or naf(…)")  # fmt: skip
