"""Readers of INSEE's own files of nomenclatures, as INSEE and its re-users distribute them.

They complete what is declared here (NAF 2025, legal categories of level III) or override labels
(NAF rev. 2). Labels may hold line breaks and trailing blanks: both are folded into single spaces.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bassin.errors import Refused, SourceError
from bassin.taxonomies import legal, naf
from bassin.taxonomies.classification import Classification, classification
from bassin.taxonomies.codes import Level, Nomenclature, normalise
from bassin.types import Text

_SECTIONS_MEMBER = "naf2008/int_eng_na_2008_a21.csv"
_DIVISIONS_MEMBER = "naf2008/int_eng_na_2008_a88.csv"


def naf_rev2_labels(path: Path) -> dict[str, Text]:
    """French labels of NAF rev. 2 by code, from INSEE's list of labels at all levels.

    The file (`naf-rev2-libelles-insee.csv`): UTF-8, semicolons, line breaks inside its header and
    cells, blank rows, sections written "SECTION A"; columns line, code, full label, 65- and
    40-character labels. Give the answer to `Classification.relabelled`.

    Raises:
        SourceError: the file lacks its columns, or a row holds no NAF code.
    """
    rows = _rows(path.name, path.read_bytes(), ";", "utf-8-sig")
    _, header = next(rows)
    if len(header) < 3 or header[1] != "Code":
        raise _unexpected(path.name, "ligne;Code;Intitulés de la NAF rév. 2", header)
    found = {}
    for line, cells in rows:
        if len(cells) < 3 or not cells[1]:
            continue
        try:
            found[normalise(cells[1])] = Text(cells[2])
        except Refused as error:
            raise SourceError(f"{path.name}, line {line}: {error}") from error
    return found


def naf_rev2_bilingual(path: Path) -> dict[str, Text]:
    """French and English labels of the sections and divisions of NAF rev. 2, by code.

    The file (`naf-rev2-aggregations-fr-en.zip`) holds one CSV per aggregation, Windows-1252,
    semicolons. Give the answer to `Classification.relabelled`.

    Raises:
        SourceError: it is no zip file, or lacks the lists A 21 and A 88.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            sections = archive.read(_SECTIONS_MEMBER)
            divisions = archive.read(_DIVISIONS_MEMBER)
    except (zipfile.BadZipFile, KeyError) as error:
        raise SourceError(
            f"{path.name} is not INSEE's archive of aggregations ({error}). Download it again; it "
            f"must hold {_SECTIONS_MEMBER} and {_DIVISIONS_MEMBER}."
        ) from error
    found = {}
    for _, cells in _rows(_SECTIONS_MEMBER, sections, ";", "cp1252"):
        if len(cells) >= 4 and len(cells[1]) == 1:
            found[cells[1]] = Text(cells[3], cells[2].capitalize())
    for _, cells in _rows(_DIVISIONS_MEMBER, divisions, ";", "cp1252"):
        if len(cells) >= 5 and cells[2].isdigit():
            found[cells[2]] = Text(cells[4], cells[3])
    return found


def naf_2025(path: Path) -> Classification:
    """NAF 2025 with its 747 sub-classes.

    The file (`naf-2025.csv`): UTF-8, commas, columns niv5 to niv1, niv1_libelle, niv5_libelle. It
    names sections and sub-classes; a group or class with a single sub-class takes its label, the
    others keep a label that says what is missing.

    Raises:
        SourceError: columns are missing, or a code has no place in the structure declared here.
    """
    rows = _rows(path.name, path.read_bytes(), ",", "utf-8-sig")
    _, header = next(rows)
    wanted = ["niv5", "niv4", "niv3", "niv2", "niv1", "niv1_libelle", "niv5_libelle"]
    if header != wanted:
        raise _unexpected(path.name, ",".join(wanted), header)
    known = naf.naf_2025()
    labels = {entry.code: entry.label for entry in known}
    below: dict[str, list[str]] = {}
    for line, cells in rows:
        if len(cells) != len(wanted):
            raise SourceError(f"{path.name}, line {line}: {len(cells)} cells instead of 7.")
        code, class_code, group_code, division, section = cells[:5]
        if division not in known or known.entry(division).section != section:
            raise SourceError(
                f"{path.name}, line {line}: {code} is put in division {division} of section "
                f"{section}, which NAF 2025 does not have. Check the file."
            )
        labels[code] = Text(cells[6])
        for above in (class_code, group_code):
            below.setdefault(above, []).append(cells[6])
    unnamed = Text("intitulé non fourni par le fichier", "label not given by the file")
    for code, members in below.items():
        labels[code] = Text(members[0]) if len(members) == 1 else unnamed
    sections = {e.code: e.section for e in known if e.level is Level.DIVISION}
    return classification(Nomenclature.NAF_2025, known.source, sections, labels, complete=True)


def legal_categories(path: Path) -> dict[str, Text]:
    """Labels of the legal categories of four digits by code.

    Both known forms are read: three levels separated by "£", and "code,label" of level III without
    header. Levels I and II stay as declared.

    Raises:
        SourceError: a row has no code and label, or belongs to no level II category.
    """
    found = {}
    content = _decoded(path.name, path.read_bytes(), "utf-8-sig")
    for line, text in enumerate(content.splitlines(), start=1):
        if not text.strip():
            continue
        code, separator, label = text.partition("£" if "£" in text else ",")
        try:
            if not separator:
                raise Refused("it has neither £ nor a comma.")
            legal.label(code)
        except Refused as error:
            raise SourceError(f"{path.name}, line {line}: {error}") from error
        if len(code.strip()) == 4:
            found[code.strip()] = Text(" ".join(label.strip(' "').split()))
    return found


def _rows(
    name: str, content: bytes, delimiter: str, encoding: str
) -> Iterator[tuple[int, list[str]]]:
    """Line number and folded cells of each record; a record may spread over several lines."""
    text = _decoded(name, content, encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    empty = True
    for cells in reader:
        empty = False
        yield reader.line_num, [" ".join(cell.split()) for cell in cells]
    if empty:
        raise SourceError(f"{name} is empty. Download it again.")


def _decoded(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not written in {encoding.removesuffix('-sig')}: byte {error.start} is "
            f"{content[error.start]:#04x}. Download it again."
        ) from error


def _unexpected(name: str, wanted: str, header: list[str]) -> SourceError:
    return SourceError(
        f"{name} should begin with the columns {wanted}; it begins with {', '.join(header[:7])}. "
        "Check that it is the right file."
    )
