"""Row headers of the tables of a PDF: what the typesetter cannot tag yet is told afterwards.

The first cell of each row names it. Typst tags the cells of a table's first row as headers; those
of its first column wait for its `a11y-extras`, which its Python package cannot switch on. What is
changed is written after the file itself, which stays as it was made.
"""

import io
from collections.abc import Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject

_TABLE = "/Table"


def with_row_headers(made: bytes) -> bytes:
    """The same PDF, the first cell of each row of its tables told as the header of that row."""
    writer = PdfWriter(PdfReader(io.BytesIO(made)), incremental=True)
    root = writer.root_object.get("/StructTreeRoot")
    rows = list(_rows(root.get_object())) if root is not None else []
    if not rows:
        return made
    for row in rows:
        for place, cell in enumerate(_cells(row)):
            _head(cell, first=place == 0)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _children(node: DictionaryObject) -> list[DictionaryObject]:
    held: PdfObject | None = node.get("/K")
    held = held.get_object() if held is not None else None
    listed = held if isinstance(held, ArrayObject) else [held]
    found = (each.get_object() for each in listed if isinstance(each, PdfObject))
    return [each for each in found if isinstance(each, DictionaryObject)]


def _rows(node: DictionaryObject, *, inside: bool = False) -> Iterator[DictionaryObject]:
    """The rows of the bodies of tables, wherever they stand."""
    for child in _children(node):
        kind = child.get("/S")
        if inside and kind == "/TR":
            yield child
        else:
            yield from _rows(child, inside=kind == "/TBody")


def _cells(row: DictionaryObject) -> list[DictionaryObject]:
    return [each for each in _children(row) if each.get("/S") in ("/TD", "/TH")]


def _head(cell: DictionaryObject, *, first: bool) -> None:
    """Say that a cell heads its row; leave headers to be found by their scope, row and column."""
    if first:
        cell[NameObject("/S")] = NameObject("/TH")
    told = _told(cell)
    told.pop("/Headers", None)
    if first:
        told[NameObject("/Scope")] = NameObject("/Row")


def _told(cell: DictionaryObject) -> DictionaryObject:
    """What is said of a cell as one of a table."""
    kept = cell.get("/A")
    kept = kept.get_object() if kept is not None else ArrayObject()
    listed = kept if isinstance(kept, ArrayObject) else ArrayObject([kept])
    for each in listed:
        found = each.get_object()
        if isinstance(found, DictionaryObject) and found.get("/O") == _TABLE:
            return found
    made = DictionaryObject({NameObject("/O"): NameObject(_TABLE)})
    cell[NameObject("/A")] = ArrayObject([made, *listed])
    return made
