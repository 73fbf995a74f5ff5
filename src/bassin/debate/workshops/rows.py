"""Many rows read at once, as one value.

SQLite hands rows over one by one, and each time another thread may take the interpreter for 5 ms:
in a process that serves thousands, 300 rows would take a second. One row of JSON takes one turn.
"""

from typing import Any

from django.db.models import Aggregate, JSONField, QuerySet
from django.db.models.functions import JSONObject


class _Together(Aggregate):
    """All values of a query as one JSON list."""

    function = "json_group_array"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="jsonb_agg", **more)


def at_once(found: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    """The fields of all rows found."""
    one = JSONObject(**{field: field for field in fields})
    rows: list[dict[str, Any]] | None = found.order_by().aggregate(rows=_Together(one))["rows"]
    return rows or []
