"""Tables as workbooks, XLSX and ODS: numbers stay numbers, and nothing written is ever run."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
"""Media type of each format."""

Rows = Sequence[Sequence[Any]]


def workbook(form: str, sheets: Mapping[str, Rows]) -> bytes:
    """A workbook of named sheets; each row is a list of texts and numbers, the first of headings.

    Raises:
        KeyError: the format is not one of `MEDIA`.
    """
    return {"xlsx": _xlsx, "ods": _ods}[form](sheets)


def table(rows: Sequence[Mapping[str, Any]]) -> Rows:
    """Rows of named values as a sheet, under their names."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return [columns, *([row.get(name) for name in columns] for row in rows)]


def _xlsx(sheets: Mapping[str, Rows]) -> bytes:
    out = io.BytesIO()
    # A text beginning with "=" stays a text: nothing that a publisher wrote is ever run.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name[:31])
            page.freeze_panes(1, 1)
            page.set_column(0, 0, 38)
            page.set_column(1, 40, 16)
            for at, row in enumerate(rows):
                page.write_row(at, 0, [_plain(value) for value in row], bold if at == 0 else None)
    return out.getvalue()


def _ods(sheets: Mapping[str, Rows]) -> bytes:
    book = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        page = Table(name=name[:31])
        for row in rows:
            line = TableRow()
            for value in row:
                line.addElement(_cell(_plain(value)))
            page.addElement(line)
        book.spreadsheet.addElement(page)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def _cell(value: str | float) -> TableCell:
    if isinstance(value, str):
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=value))
        return cell
    return TableCell(valuetype="float", value=value)


def _plain(value: Any) -> str | float:
    """A number stays one; an absent value is an empty text; a list is written with commas."""
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return str(value)
    return float(value) if isinstance(value, int | float) else str(value)
