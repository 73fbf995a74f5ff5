"""Many rows read at once, as one value, or written at once.

SQLite hands rows over one by one, and each time another thread may take the interpreter for 5 ms:
in a process that serves thousands, 300 rows would take a second. One row of JSON takes one turn.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection, models

_LIST = {
    "sqlite": ("json_group_array", "json_array"),
    "postgresql": ("jsonb_agg", "jsonb_build_array"),
}
"""How each database makes one list of rows, and a list of a row."""


def at_once(
    model: type[models.Model], names: Sequence[str], *, where: str, among: Collection[Any]
) -> list[list[Any]]:
    """The fields of all rows in which one of them is among some values.

    Written without Django's queries: making one would cost more than to run it.
    """
    if not among:
        return []
    together, one = _LIST[connection.vendor]
    words = [
        "SELECT", f"{together}({one}({_columns(model, names)}))",
        "FROM", connection.ops.quote_name(model._meta.db_table),
        "WHERE", _columns(model, [where]), "IN", _marks(len(among)),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        found = cursor.execute(" ".join(words), list(among)).fetchone()[0]
    rows: list[list[Any]] = json.loads(found) if isinstance(found, str) else found or []
    return rows


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    otherwise: str,
) -> None:
    """Write rows by one statement, without making an object of each, which costs more than to
    write it.

    Args:
        names: the fields; `rows` hold what the database takes for each.
        otherwise: what is done ON CONFLICT with a row that is there.
    """
    if not rows:
        return
    words = [
        "INSERT INTO", connection.ops.quote_name(model._meta.db_table),
        f"({_columns(model, names)})", "VALUES", ", ".join([_marks(len(names))] * len(rows)),
        "ON CONFLICT", otherwise,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(" ".join(words), [value for row in rows for value in row])


def _columns(model: type[models.Model], names: Sequence[str]) -> str:
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    return ", ".join(connection.ops.quote_name(str(columns[name])) for name in names)


def _marks(count: int) -> str:
    return f"({', '.join(['%s'] * count)})"
