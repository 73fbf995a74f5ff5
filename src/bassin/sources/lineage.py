"""Which columns of a publisher's file a column of ours was made from, read in its expression.

Whoever opens the file to mend it looks for its names, not for ours.
"""

from collections.abc import Sequence

import ibis.expr.operations as ops
import ibis.expr.types as ir

_SHOWN = 3


def in_file(table: ir.Table, name: str) -> str:
    """Names in the file, "" when nothing tells (rows read in Python, a constant)."""
    found = dict.fromkeys(_below(table.op(), name))
    return ", ".join(found) if len(found) <= _SHOWN else ""


def all_in_file(table: ir.Table, names: Sequence[str]) -> dict[str, str]:
    """The same for several columns."""
    return {name: in_file(table, name) for name in names}


def _below(relation: ops.Relation, name: str) -> list[str]:
    if isinstance(relation, ops.DatabaseTable):
        return [name]
    value = getattr(relation, "values", {}).get(name)
    if value is None:
        return []
    fields = value.find(ops.Field, filter=ops.Value)
    return [
        each
        for field in fields
        if field.rel is not relation  # a leaf made here has fields of its own
        for each in _below(field.rel, field.name)
    ]
