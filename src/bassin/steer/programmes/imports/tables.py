"""Reads a list of projects in a spreadsheet (.xlsx, .ods, .xls, .csv): one action per row.

A cell that means nothing here (a column without a known name, « bientôt » where a day is due) is
not taken and is listed with its address: nothing is guessed. A year alone is kept as a year, and a
place that is not of the territory as it is written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bassin.commons.grids import LARGEST, LARGEST_OPENED, Grid, decoded, grids, too_large
from bassin.errors import Refused
from bassin.steer.programmes.imports import columns
from bassin.steer.programmes.imports.entries import (
    LONGEST,
    NOWHERE,
    Entry,
    Findings,
    Level,
    Origin,
    Value,
)
from bassin.steer.programmes.imports.repair import Lexicon, Repaired, whole
from bassin.steer.programmes.imports.text import folded
from bassin.steer.programmes.rules import KNOWN_TO

__all__ = ["LARGEST", "LARGEST_OPENED", "by_name", "decoded", "read", "too_large"]

MOST_ROWS = 500
HEADERS_WITHIN = 15


@dataclass(slots=True)
class _Reading:
    """What is being read of one file."""

    lexicon: Lexicon
    communes: Mapping[str, str]
    entries: list[Entry] = field(default_factory=list)
    left: list[Origin] = field(default_factory=list)
    branches: dict[tuple[Level, int, str], int] = field(default_factory=dict)

    @property
    def next_key(self) -> int:
        return len(self.entries) + 1


def read(name: str, content: bytes, communes: Mapping[str, str]) -> Findings:
    """What a spreadsheet holds. `communes` are the territory's codes, as `by_name` gives them.

    Raises:
        Refused: the file cannot be read, or no column is a title; one sentence says what to do.
    """
    sheets = grids(name, content)
    lexicon = Lexicon("\n\n".join(cell for grid in sheets.values() for row in grid for cell in row))
    reading = _Reading(lexicon, communes)
    first: list[str] = []
    found = False
    for sheet, grid in sheets.items():
        header = _header(grid)
        if header is None:
            first = first or next((row for row in grid if any(row)), [])
            reading.left.append(Origin(sheet, _("no column is a title")))
            continue
        found = True
        _sheet(reading, sheet if len(sheets) > 1 else "", grid, header)
    if not found:
        raise Refused(_no_title(first))
    return Findings(tuple(reading.entries), left=tuple(reading.left))


def _no_title(first: Sequence[str]) -> str:
    named = ", ".join(f"“{cell}”" for cell in first if cell)[:200]
    if not named:
        return _("This file is empty. Export the sheet again, then bring it.")
    return _(
        "No column holds the titles of the actions: the first line says {columns}. Name one "
        "column “Titre”, then bring the file again."
    ).format(columns=named)


def _header(grid: Grid) -> int | None:
    """The row of titles: the one, among the first, that names most of our columns."""
    best, most = None, 0
    for place, row in enumerate(grid[:HEADERS_WITHIN]):
        found = columns.recognise(row)
        if "title" in found and len(found) > most:
            best, most = place, len(found)
    return best


def _sheet(reading: _Reading, sheet: str, grid: Grid, header: int) -> None:
    known = columns.recognise(grid[header])
    for place, title in enumerate(grid[header]):
        if title and place not in known.values():
            where = _address(sheet, header, place)
            reading.left.append(Origin(where, _("column not taken: {name}").format(name=title)))
    rows = grid[header + 1 :]
    if len(rows) > MOST_ROWS:
        raise Refused(
            _("{count} rows: {limit} at most are read at once. Cut the file in parts.").format(
                count=len(rows), limit=MOST_ROWS
            )
        )
    for number, row in enumerate(rows, header + 1):
        cells = {name: (number, place, row[place]) for name, place in known.items()
                 if place < len(row) and row[place]}  # fmt: skip
        if cells:
            _row(reading, sheet, cells)


def _address(sheet: str, row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    cell = f"{letters}{row + 1}"
    return f"{sheet} {cell}" if sheet else cell


def _row(reading: _Reading, sheet: str, cells: Mapping[str, tuple[int, int, str]]) -> None:
    def origin(name: str) -> Origin:
        number, place, words = cells[name]
        return Origin(_address(sheet, number, place), words)

    under = NOWHERE
    for name, level in (("axis", Level.AXIS), ("priority", Level.PRIORITY)):
        if name in cells:
            under = _branch(reading, level, origin(name), under)
    if "title" not in cells:
        reading.left += (origin(name) for name in cells if name not in ("axis", "priority"))
        return
    fields: dict[str, Value] = {}
    for name in cells:
        if name in ("title", "axis", "priority", "code"):
            continue
        values = _values(reading, name, cells[name][2], cells)
        if not values:
            reading.left.append(origin(name))
        fields |= {field: Value(value, origin(name)) for field, value in values.items()}
    said = _repaired(reading, cells["title"][2])
    code = cells["code"][2] if "code" in cells else ""
    reading.entries.append(
        Entry(reading.next_key, Level.ACTION, said.text, (origin("title"),), said.repairs,
              code, under, fields)
    )  # fmt: skip


def _branch(reading: _Reading, level: Level, origin: Origin, under: int) -> int:
    """The key of an axis or a priority, entered at its first row."""
    said = _repaired(reading, origin.words)
    name = (level, under, folded(said.text))
    if name not in reading.branches:
        reading.branches[name] = reading.next_key
        reading.entries.append(
            Entry(reading.next_key, level, said.text, (origin,), said.repairs, under=under)
        )
    return reading.branches[name]


def _repaired(reading: _Reading, words: str) -> Repaired:
    return whole(words.splitlines() or [words], reading.lexicon)


def _values(reading: _Reading, name: str, words: str, cells: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a cell fills, as the action keeps them; none when it means nothing there."""
    if name in ("starts_on", "ends_on", "period"):
        return _dates(name, words, cells)
    if name == "commune_codes":
        return _communes(reading.communes, words)
    readers: dict[str, Callable[[str], Any]] = {
        "kind": columns.kind,
        "lifecycle": columns.stage,
        "cost_eur": lambda said: _amount(columns.euros(said)),
    }
    reader = readers.get(name)
    value = reader(words) if reader else _repaired(reading, words).text
    # A longer cell is no reason and no name: it is left, and listed.
    too_long = isinstance(value, str) and len(value) > LONGEST.get(name, len(value))
    return {} if value in (None, "") or too_long else {name: value}


def _dates(name: str, words: str, cells: Mapping[str, Any]) -> dict[str, Any]:
    """The days of a cell. « 2024 » begins on its first day and ends on its last, and says so.

    A period fills both ends, unless the other one has its own cell.
    """
    if (day := columns.day(words)) is not None:
        if name == "period":
            return {}
        return {name: day.isoformat(), KNOWN_TO[name]: "day"}
    if (period := columns.period(words)) is None:
        return {}
    ends = {"starts_on": (period.first, period.first_to), "ends_on": (period.last, period.last_to)}
    both = name == "period" or not period.is_one
    filled = {day: said for day, said in ends.items() if day == name or (both and day not in cells)}
    return {
        field: value
        for day, (on, to) in filled.items()
        for field, value in ((day, on.isoformat()), (KNOWN_TO[day], to))
    }


def _amount(euros: Decimal | None) -> str | None:
    return None if euros is None else str(euros)


def by_name(communes: Mapping[str, str]) -> dict[str, str]:
    """Codes of communes by their names, as `read` looks them up."""
    return {_named(name): code for name, code in communes.items()}


def _named(commune: str) -> str:
    """A name without accents, hyphens or apostrophes."""
    return folded(commune).replace("-", " ").replace("'", " ")


def _communes(known: Mapping[str, str], said: str) -> dict[str, Any]:
    """The codes of the communes named; other places are kept as they are written."""
    names = (
        part.strip()
        for piece in said.split(",") for each in piece.split(";") for part in each.split("/")
    )  # fmt: skip
    named = [name for name in dict.fromkeys(names) if name]
    codes = list(dict.fromkeys(known[_named(name)] for name in named if _named(name) in known))
    others = ", ".join(name for name in named if _named(name) not in known)
    found: dict[str, Any] = {"commune_codes": codes} if codes else {}
    return {**found, "elsewhere": others[: LONGEST["elsewhere"]]} if others else found
