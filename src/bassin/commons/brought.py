"""Tables that people bring: a CSV opened, its header read, and each problem told with its line."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.letters import spaced

MEGABYTE = 1024 * 1024
MOST_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the header, the field it fills, how it is read."""

    name: str
    field: str
    read: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """A line, or a value of it, that was not taken: where, and what to do."""

    line: int
    column: str
    words: str
    whole: bool = False  # the whole line is left, not this value alone


def note(problems: list[Problem], problem: Problem) -> None:
    """Keep a problem, unless so many are kept already that nobody reads more."""
    if len(problems) < MOST_PROBLEMS:
        problems.append(problem)


def refuse_heavy(size: int, largest: int) -> None:
    """Refuse a file by its size in bytes.

    Raises:
        Refused: it is larger than `largest`.
    """
    if size > largest:
        raise Refused(
            _("This file is too large: {count} MB at most. Cut it in two.").format(
                count=largest // MEGABYTE
            )
        )


def rows(content: bytes, *, largest: int, most: int) -> list[list[str]]:
    """The cells of a CSV with `;`, `,` or tab, in UTF-8 or Windows-1252.

    Raises:
        Refused: it is empty, too large, or no such file; the sentence says what to do.
    """
    refuse_heavy(len(content), largest)
    if content[:2] == b"PK" or b"\x00" in content:
        raise Refused(
            _("This is no CSV file. In the spreadsheet, save it as CSV, then bring that.")
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise Refused(_("This file cannot be read as CSV: {why}.").format(why=error)) from error
    if not found:
        raise Refused(_("This file is empty. Nothing was changed."))
    if len(found) > most + 1:
        raise Refused(_("This file has more than {count} lines: cut it in two.").format(count=most))
    return found


def header(
    cells: Sequence[str], columns: Mapping[str, Column], needed: Sequence[str]
) -> tuple[list[Column | None], list[str]]:
    """The column of each cell of the first line, and the names that are not known.

    Args:
        columns: by their names without accents or capitals (`named`).

    Raises:
        Refused: a column that is needed is not there.
    """
    found = [columns.get(spaced(cell)) for cell in cells]
    there = {column.name for column in found if column}
    if missing := [name for name in needed if name not in there]:
        raise Refused(
            _("No column is called “{name}”. The first line of the file names the columns.").format(
                name=missing[0]
            )
        )
    return found, [cell for cell, column in zip(cells, found, strict=True) if cell and not column]


def named(columns: Sequence[Column]) -> dict[str, Column]:
    """Columns by their names, as `header` looks for them."""
    return {spaced(column.name): column for column in columns}


def read_line(
    line: int, cells: Sequence[str], columns: Sequence[Column | None], problems: list[Problem]
) -> dict[str, Any]:
    """The values of a line by the names of their columns; one that cannot be read is left."""
    found: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is None or not cell.strip():
            continue
        try:
            found[column.name] = column.read(cell)
        except ValueError as error:
            note(problems, Problem(line, column.name, str(error)))
    return found
