"""The conditions of a term, as text that an officer can read and a form can write.

`headcount_band in ["11", "12"] and naf_code in perimeter("industry")` becomes an Ibis condition.
Only comparisons, `in`, `and`, `or`, `not`, `perimeter()` and `naf()` are understood; anything else
is refused, so a declaration can never run code.
"""

import ast
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, ne, or_
from typing import Any

import ibis.expr.types as ir

from bassin.errors import Refused
from bassin.taxonomies.naf import rev2
from bassin.taxonomies.perimeters import naf_codes

# Sets of NAF sub-classes: a named perimeter, or all those below the given codes.
_SETS: dict[str, Any] = {
    "perimeter": naf_codes,
    "naf": lambda *prefixes: rev2().subclasses(prefixes),
}
_COMPARE: dict[type[ast.cmpop], Any] = {
    ast.Eq: eq, ast.NotEq: ne, ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge,
}  # fmt: skip


def condition(table: ir.Table, text: str) -> ir.BooleanValue:
    """The Ibis condition of a text.

    Raises:
        Refused: the text is not a condition, or names a column the table has not.
    """
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise Refused(f"“{text}” is not a condition ({error.msg}).") from error
    return _boolean(table, tree, text)


def _boolean(table: ir.Table, node: ast.expr, text: str) -> Any:
    if isinstance(node, ast.BoolOp):
        parts = [_boolean(table, value, text) for value in node.values]
        return reduce(and_ if isinstance(node.op, ast.And) else or_, parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ~_boolean(table, node.operand, text)
    if isinstance(node, ast.Name):
        return _column(table, node, text)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _comparison(table, node, text)
    raise Refused(f"“{ast.unparse(node)}” in “{text}” is not understood in a condition.")


def _comparison(table: ir.Table, node: ast.Compare, text: str) -> Any:
    left, operator, right = _column(table, node.left, text), node.ops[0], node.comparators[0]
    if isinstance(operator, ast.In):
        return left.isin(_several(right, text))
    if isinstance(operator, ast.NotIn):
        return left.notin(_several(right, text))
    if type(operator) not in _COMPARE:
        raise Refused(f"“{ast.unparse(node)}” in “{text}” is not a comparison.")
    return _COMPARE[type(operator)](left, _one(right, text))


def _column(table: ir.Table, node: ast.expr, text: str) -> Any:
    if isinstance(node, ast.Name) and node.id in table.columns:
        return table[node.id]
    raise Refused(
        f"“{ast.unparse(node)}” in “{text}” is not a column of {table.get_name()}. "
        f"Its columns are {', '.join(table.columns)}."
    )


def _one(node: ast.expr, text: str) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    raise Refused(f"“{ast.unparse(node)}” in “{text}” should be a value.")


def _several(node: ast.expr, text: str) -> list[Any]:
    if isinstance(node, ast.List | ast.Tuple):
        return [_one(element, text) for element in node.elts]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SETS:
        return list(_SETS[node.func.id](*(_one(argument, text) for argument in node.args)))
    raise Refused(f"“{ast.unparse(node)}” in “{text}” should be a list, perimeter(…) or naf(…).")
