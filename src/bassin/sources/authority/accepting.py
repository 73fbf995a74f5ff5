"""From the file that somebody brought to the one that is loaded, in UTF-8 with our names.

Rows stay rows, with the line that each had: one that is not whole is written empty, so that it is
refused at its line and never lost in silence.
"""

import csv
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.letters import spaced
from bassin.sources.authority import layers, tabular
from bassin.sources.authority.declaration import Declaration, Declared
from bassin.sources.authority.repairs import propose
from bassin.sources.authority.table import columns
from bassin.types import Text

CELLS = "has another number of cells than the first line"
EVERY = 20_000
_NO_ROW = Text("Ce fichier n'a aucune ligne sous ses titres de colonnes.",
               "This file has no row below the names of its columns.")  # fmt: skip

Row = tuple[int, Sequence[str], tuple[str, str, str] | None, str]
"""Line, values of the declared columns, (column, value, reason) of a broken row, outline as hex."""


@dataclass(slots=True)
class Proposal:
    """A repair that some values of a column ask for: how many, and the first of them."""

    code: str
    column: str
    count: int
    line: int
    before: str
    after: str


@dataclass(slots=True)
class Accepted:
    """What was understood of a file.

    `missing` are declared columns that it lacks, `unknown` columns of it that are not declared.
    """

    encoding: str = "UTF-8"
    delimiter: str = ""
    rows: int = 0
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    made: int = 0

    def note(self, code: str, column: str, line: int, before: str, after: str) -> None:
        """Count a value that asks for a repair."""
        key = f"{column}:{code}"
        if key in self.proposals:
            self.proposals[key].count += 1
        else:
            self.proposals[key] = Proposal(code, column, 1, line, before[:80], after[:80])


def matched(names: Sequence[str], made: Declaration) -> list[Declared | None]:
    """The declared column of each name of a file: by its own name, or by what it is called."""
    known: dict[str, Declared] = {}
    for each in made.columns:
        for word in (each.label.en, each.label.fr, each.header, each.name):
            if word:
                known[named(word)] = each
    return [known.get(named(name)) for name in names]


def named(word: str) -> str:
    """A word as names of columns are compared: without accents, capitals or signs."""
    return "".join(sign if sign.isalnum() else "_" for sign in spaced(word)).strip("_")


def accept(
    path: Path, made: Declaration, out: Path, broken: Path, *,
    repairs: Collection[str] = (), told: Callable[[int], None] = lambda rows: None,
) -> Accepted:  # fmt: skip
    """Write the file to load at `out`, and the rows that are not whole at `broken`.

    Args:
        repairs: "column:code" of those that somebody agreed to.
        told: called with the number of rows read, from time to time.

    Raises:
        Refused: the file is none that could be this table; the sentence says what to do.
    """
    found = Accepted()
    rows = _objects(path, made, found) if made.geometry else _lines(path, made, found)
    fixed = {"period": made.dated_on, "cog": str(made.cog or "")}
    shown = [name for name in columns(made) if name not in made.names]
    with (
        out.open("w", encoding="utf-8", newline="") as good,
        broken.open("w", encoding="utf-8", newline="") as bad,
    ):
        writer, refused = csv.writer(good), csv.writer(bad)
        writer.writerow([*made.names, *shown, "line_number"])
        refused.writerow(["line", "column_name", "value", "reason"])
        for line, values, fault, shape in rows:
            found.rows += 1
            if found.rows % EVERY == 0:
                told(found.rows)
            if fault is not None:
                refused.writerow([line, *fault])
                values, shape = [""] * len(made.columns), ""
            kept = [
                _mended(value, each, line, found, repairs)
                for value, each in zip(values, made.columns, strict=True)
            ]
            writer.writerow([*kept, *_added(shown, fixed, shape), line])
    if not found.rows:
        raise Refused(_NO_ROW)
    return found


def _mended(
    value: str, each: Declared, line: int, found: Accepted, repairs: Collection[str]
) -> str:
    value = value.strip()
    asked = propose(value, each.kind) if value else None
    if asked is None:
        return value
    code, after = asked
    found.note(code, each.name, line, value, after)
    if f"{each.name}:{code}" not in repairs:
        return value
    found.made += 1
    return after


def _added(names: Sequence[str], fixed: dict[str, str], shape: str) -> list[str]:
    longitude, _comma, latitude = shape.partition(",")
    drawn = {"shape": shape, "longitude": longitude, "latitude": latitude}
    return [fixed.get(name, drawn.get(name, "")) for name in names]


def _lines(path: Path, made: Declaration, found: Accepted) -> Iterator[Row]:
    opened = tabular.opened(path)
    found.encoding, found.delimiter = opened.encoding, opened.delimiter
    places = _placed(opened.header, made, found)
    width = len(opened.header)
    empty = [""] * len(made.columns)
    for line, cells in opened.rows():
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            said = f"{len(cells)} / {width}"
            yield line, empty, ("", said, CELLS), ""
        else:
            yield line, [cells[at] if at is not None else "" for at in places], None, ""


def _placed(header: Sequence[str], made: Declaration, found: Accepted) -> list[int | None]:
    """Where each declared column stands in a file; None where it is not."""
    known = matched(header, made)
    found.unknown = [name for name, each in zip(header, known, strict=True) if each is None]
    places = [next((at for at, one in enumerate(known) if one is each), None)
              for each in made.columns]  # fmt: skip
    lacking = [each for each, at in zip(made.columns, places, strict=True) if at is None]
    found.missing = [each.name for each in lacking]
    needed = [each.name for each in lacking if each.required or each.name in made.unique]
    if needed:
        raise Refused(_lacks(needed, header))
    return places


def _lacks(needed: Sequence[str], header: Sequence[str]) -> Text:
    first, has = ", ".join(needed), ", ".join(header[:12])
    return Text(
        f"Il manque à ce fichier : {first}. Sa première ligne nomme : {has}. Renommez ou ajoutez "
        "ces colonnes, ou corrigez la déclaration de la table, puis déposez le fichier à nouveau.",
        f"This file lacks: {first}. Its first line names: {has}. Rename or add these columns, or "
        "correct the declaration of the table, then bring the file again.",
    )


def _objects(path: Path, made: Declaration, found: Accepted) -> Iterator[Row]:
    known: dict[str, Declared | None] = {}
    empty = [""] * len(made.columns)
    for each in layers.objects(path):
        for name in each.properties:
            if name not in known:
                known[name] = matched([name], made)[0]
        by_column = {known[name]: value for name, value in each.properties.items() if known[name]}
        shape, reason, shown = layers.judged(each, made.geometry)
        if reason or shape is None:
            yield each.rank, empty, ("", shown, reason), ""
            continue
        drawn = f"{shape.x},{shape.y}" if made.geometry == "point" else shape.wkb_hex
        yield each.rank, [_text(by_column.get(one)) for one in made.columns], None, drawn
    there = {one.name for one in known.values() if one}
    found.unknown = [name for name, one in known.items() if one is None]
    found.missing = [name for name in made.names if name not in there]
    lacking = [one for one in made.columns if one.name in found.missing]
    needed = [one.name for one in lacking if one.required or one.name in made.unique]
    if needed and known:
        raise Refused(_lacks(needed, list(known)))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
