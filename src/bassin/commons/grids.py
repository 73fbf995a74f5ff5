"""Spreadsheets that people bring (.xlsx, .ods, .xls, .csv), as rows of text; nothing is run."""

import csv
import io
import re
import zipfile
import zlib

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from bassin.errors import Refused

LARGEST = 5 * 1024 * 1024
LARGEST_OPENED = 80 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_UNREADABLE = (
    CalamineError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip
"""What the readers of spreadsheets raise on a damaged file."""
_BOOKS = (".xlsx", ".xlsm", ".ods", ".xls")
Grid = list[list[str]]


def grids(name: str, content: bytes) -> dict[str, Grid]:
    """The sheets of a file, as rows of text.

    Raises:
        Refused: it is too large, empty, locked, or no spreadsheet.
    """
    if len(content) > LARGEST:
        raise Refused(too_large(len(content)))
    if not content.strip():
        raise Refused(_("This file is empty. Export the sheet again, then bring it."))
    ending = name[name.rfind(".") :].casefold() if "." in name else ""
    if content.startswith(_OLE) and ending != ".xls":
        raise Refused(
            _("This file is locked by a password. Save a copy without it, then bring the copy.")
        )
    if ending in _BOOKS:
        return _book(content)
    if b"\0" in content:
        raise Refused(
            _("This file is no spreadsheet. Save it as .xlsx, .ods or .csv, then bring it.")
        )
    return {"": _csv(content)}


def too_large(size: int) -> str:
    """The refusal of a file by its size in bytes."""
    return _(
        "This file weighs {size} MB; {limit} MB at most are read. Keep only the sheet that "
        "matters, without pictures, then bring it."
    ).format(size=round(size / 1024 / 1024), limit=LARGEST // 1024 // 1024)


def _book(content: bytes) -> dict[str, Grid]:
    damaged = Refused(
        _("This file cannot be read: it is damaged, or no spreadsheet. Save it again as .xlsx.")
    )
    try:
        if content.startswith(b"PK"):
            _refuse_bombs(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {name: _grid(book.get_sheet_by_name(name)) for name in book.sheet_names}
    except _UNREADABLE as error:
        raise damaged from error


def _refuse_bombs(content: bytes) -> None:
    """Refuse a file that would fill the memory once opened, whatever size it declares."""
    opened = 0
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in parts.infolist():
            part.file_size = LARGEST_OPENED + 1  # else reading stops at the size it declares
            with parts.open(part) as inside:
                while chunk := inside.read(1 << 20):
                    opened += len(chunk)
                    if opened > LARGEST_OPENED:
                        raise Refused(too_large(opened))


def _grid(sheet: CalamineSheet) -> Grid:
    """The cells as text; what stands in merged cells stands in each of them."""
    grid = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in grid[top : bottom + 1]:
            row[left : right + 1] = [grid[top][left]] * (min(right + 1, len(row)) - left)
    return grid


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return writable(str(value)).strip()


def decoded(content: bytes) -> str:
    """The words of a text file, in the encodings of today and of yesterday.

    Raises:
        Refused: it is no text.
    """
    if b"\0" in content:
        raise Refused(_("This file is no text. Open it, copy its words and paste them here."))
    try:
        return writable(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def writable(text: str) -> str:
    """The same text without what no database keeps: NUL, and halves of characters."""
    return re.sub("[\x00\ud800-\udfff]", "", text)


def _csv(content: bytes) -> Grid:
    text = decoded(content)
    first = text.lstrip("\n\r").partition("\n")[0]
    mark = max(";\t,", key=first.count)
    try:
        return [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)
        ]
    except csv.Error as error:
        raise Refused(
            _("This file cannot be read as a table ({error}). Save it again as .xlsx.").format(
                error=error
            )
        ) from error
