"""Answers as data: the same rows as a page, in JSON or CSV."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse

from bassin.types import Origin

_CSV = "text/csv; charset=utf-8"
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
    response = as_file(out.getvalue(), _CSV, f"{name}.csv", sample=sample)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def as_file(content: bytes | str, media: str, name: str, *, sample: bool) -> HttpResponse:
    """An answer as a file to download; a sample's says EXEMPLE in its name."""
    response = HttpResponse(content, content_type=media)
    prefix = "EXEMPLE-" if sample else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{prefix}{name}"'
    return response


def empty_table(columns: Iterable[str], name: str) -> HttpResponse:
    """A table to fill in: nothing but its columns, as a French spreadsheet opens it."""
    return as_file(f"\ufeff{';'.join(columns)}\r\n", _CSV, f"{name}.csv", sample=False)


def private(response: HttpResponse) -> HttpResponse:
    """What depends on who asks is kept by nobody in between, and read by no other site."""
    response.headers.pop("Access-Control-Allow-Origin", None)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _mark(row: Mapping[str, Any]) -> str:
    return "EXEMPLE" if row.get("origin") == Origin.INVENTED else ""


def safe(row: Mapping[str, Any]) -> dict[str, Any]:
    """A text that a spreadsheet would run as a formula is quoted."""
    return {
        name: f"'{value}" if isinstance(value, str) and value[:1] in FORMULAS else value
        for name, value in row.items()
    }
