"""Answers as data: the same rows as a page, in JSON or CSV."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse

from bassin.types import Origin

FORMULAS = tuple("=+-@\t\r")
"""First signs by which a spreadsheet takes a text for a formula."""


def as_json(payload: Any) -> JsonResponse:
    """An answer as JSON that any page of another site may read."""
    response = JsonResponse(payload, safe=False, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def as_csv(rows: Iterable[Mapping[str, Any]], name: str, *, sample: bool) -> HttpResponse:
    """An answer as CSV; a sample's file says EXEMPLE in its name and in its first column."""
    listed = [dict(row) for row in rows]
    if sample:
        listed = [{"EXEMPLE": _mark(row), **row} for row in listed]
    columns = list(dict.fromkeys(column for row in listed for column in row))
    out = io.StringIO()
    out.write("\ufeff")  # spreadsheets then read the accents
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(safe(row) for row in listed)
    prefix = "EXEMPLE-" if sample else ""
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{prefix}{name}.csv"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _mark(row: Mapping[str, Any]) -> str:
    return "EXEMPLE" if row.get("origin") == Origin.INVENTED else ""


def safe(row: Mapping[str, Any]) -> dict[str, Any]:
    """A text that a spreadsheet would run as a formula is quoted."""
    return {
        name: f"'{value}" if isinstance(value, str) and value[:1] in FORMULAS else value
        for name, value in row.items()
    }
