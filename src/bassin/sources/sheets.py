"""Spreadsheets of publishers, read row by row without formatting."""

from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineWorkbook

from bassin.errors import SourceError
from bassin.sources.contract import Raw
from bassin.sources.files import damaged, require_columns
from bassin.types import Text


def records(
    raw: Raw, columns: Sequence[str], *, sheet: str = "", skip: int = 0
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a sheet as (line, text of the cells by column name).

    Args:
        columns: names the header must have.
        sheet: how the name of the sheet begins; by default the last sheet.
        skip: rows above the header.

    Raises:
        SourceError: damaged file, sheet not found, column missing.
    """
    try:
        book = CalamineWorkbook.from_path(str(raw.path))
        names = [name for name in book.sheet_names if name.startswith(sheet)]
        if not names:
            raise SourceError(
                Text(
                    f"{raw.name} n'a pas de feuille nommée {sheet}… ; il a "
                    f"{', '.join(book.sheet_names)}. "
                    "Si le producteur l'a renommée, le lecteur de cette source est à mettre à "
                    "jour.",
                    f"{raw.name} has no sheet named {sheet}…; it has "
                    f"{', '.join(book.sheet_names)}. "
                    "If the publisher renamed it, the reader of this source must be updated.",
                )
            )
        rows = book.get_sheet_by_name(names[-1]).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise damaged(raw.name, str(error), Text("un tableur", "a spreadsheet")) from error
    header = [_text(cell).strip() for cell in rows[skip]] if len(rows) > skip else []
    require_columns(raw.name, header, columns)
    for line, row in enumerate(rows[skip + 1 :], start=skip + 2):
        if any(cell != "" for cell in row):
            yield line, dict(zip(header, map(_text, row), strict=False))


def _text(cell: object) -> str:
    """A number without the decimals a spreadsheet adds to whole numbers."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
