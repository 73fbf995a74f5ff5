"""A CSV as people save it: its encoding and its separator found, its rows given one by one."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bassin.errors import Refused
from bassin.letters import spaced
from bassin.types import Text

_BLOCK = 1 << 20
_MARKS = ";,\t|"
csv.field_size_limit(1_000_000)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found of a file: how it is written, and the names of its first line."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not empty, with the line at which it begins.

        Raises:
            Refused: a cell is longer than any text may be (a quotation mark was left open).
        """
        with self.path.open(encoding=self.encoding, newline="", errors="replace") as text:
            reader = csv.reader(text, delimiter=self.delimiter)
            try:
                next(reader)
                begins = reader.line_num + 1
                for cells in reader:
                    if any(cell.strip() for cell in cells):
                        yield begins, cells
                    begins = reader.line_num + 1
            except csv.Error as error:
                raise Refused(_open_mark(begins)) from error


def opened(path: Path) -> Opened:
    """A file that people brought.

    Raises:
        Refused: it is no CSV, is empty, or two columns have one name; the sentence says what to do.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as text:
        first = text.readline(200_000)
        delimiter = max(_MARKS, key=first.count)
        text.seek(0)
        try:
            header = next(csv.reader(text, delimiter=delimiter), [])
        except csv.Error as error:
            raise Refused(_open_mark(1)) from error
    names = tuple(cell.strip().removeprefix("\ufeff") for cell in header)
    while names and not names[-1]:
        names = names[:-1]
    if not names:
        raise Refused(
            Text(
                "Ce fichier est vide : sa première ligne doit nommer les colonnes.",
                "This file is empty: its first line must name the columns.",
            )
        )
    said = [spaced(name) for name in names]
    for at, name in enumerate(said):
        if not name or said.index(name) != at:
            raise Refused(_bad_name(at + 1, names[at]))
    return Opened(path, encoding, delimiter, names)


def _bad_name(place: int, name: str) -> Text:
    if name:
        return Text(
            f"Deux colonnes s'appellent « {name} ». Renommez l'une des deux sur la première ligne.",
            f"Two columns are called “{name}”. Rename one of them on the first line.",
        )
    return Text(
        f"La colonne {place} n'a pas de nom. Donnez-lui un nom sur la première ligne, ou ôtez-la.",
        f"Column {place} has no name. Give it one on the first line, or take it out.",
    )


def _open_mark(line: int) -> Text:
    return Text(
        f"À partir de la ligne {line}, un guillemet ouvert n'est jamais refermé. Corrigez-le, puis "
        "déposez le fichier à nouveau.",
        f"From line {line} on, a quotation mark is never closed. Mend it, then bring the file "
        "again.",
    )


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
        if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        if start[:2] == b"PK" or start == b"\xd0\xcf\x11\xe0":
            raise Refused(Text(
                "C'est un classeur de tableur, pas un CSV. Dans le tableur, enregistrez la feuille "
                "en « CSV UTF-8 », puis déposez ce fichier.",
                "This is a workbook, not a CSV. In the spreadsheet, save the sheet as “CSV UTF-8”, "
                "then bring that file.",
            ))  # fmt: skip
        file.seek(0)
        decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-8")()
        encoding = "utf-8-sig"
        while block := file.read(_BLOCK):
            if b"\0" in block:
                raise Refused(Text(
                    "Ce fichier n'est pas du texte. Déposez un CSV ou un GeoJSON.",
                    "This file is no text. Bring a CSV or a GeoJSON.",
                ))  # fmt: skip
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                encoding = "cp1252"
                decoder = codecs.getincrementaldecoder("latin-1")()
        return encoding
