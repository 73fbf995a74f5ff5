"""What INSEE's own files bring, once loaded, to what is declared here.

They complete NAF 2025 and the legal categories, and give labels of NAF rev. 2. The rows are those
of the published tables `naf_rev2_labels`, `naf_rev2_labels_en`, `naf_2025`, `legal_categories`.
"""

import logging
from collections.abc import Iterable, Mapping

from bassin.errors import Refused
from bassin.store import Reader
from bassin.taxonomies import legal, naf
from bassin.taxonomies.classification import Classification, classification
from bassin.taxonomies.codes import Level, Nomenclature
from bassin.types import Text

logger = logging.getLogger(__name__)

Row = Mapping[str, str]

_UNNAMED = Text("intitulé non fourni par le fichier", "label not given by the file")


def follow(reader: Reader) -> None:
    """Use the labels of the release being read, instead of those used until now.

    A table that does not fit what is declared is told in the log, and left out.
    """
    naf.use(*filter(None, (_rev2(reader), _naf_2025(reader))))
    legal.use(_legal(reader))


def _rows(reader: Reader, table: str) -> list[Row]:
    return reader.table(f'FROM "{table}"').to_pylist() if reader.has(table) else []


def _rev2(reader: Reader) -> Classification | None:
    french, english = _rows(reader, "naf_rev2_labels"), _rows(reader, "naf_rev2_labels_en")
    if not (french or english):
        return None
    try:
        return naf.declared_rev2().relabelled(labels(french)).relabelled(labels(english))
    except Refused as error:
        logger.error("The labels of NAF rev. 2 that were loaded are not used: %s", error)
        return None


def _naf_2025(reader: Reader) -> Classification | None:
    rows = _rows(reader, "naf_2025")
    try:
        return naf_2025(rows) if rows else None
    except Refused as error:
        logger.error("The NAF 2025 that was loaded is not used: %s", error)
        return None


def _legal(reader: Reader) -> dict[str, Text]:
    try:
        return legal_categories(_rows(reader, "legal_categories"))
    except Refused as error:
        logger.error("The legal categories that were loaded are not used: %s", error)
        return {}


def labels(rows: Iterable[Row]) -> dict[str, Text]:
    """Labels of NAF rev. 2 by code, for `Classification.relabelled`; English where there is some.

    English section labels are written in capitals by the file: only their first letter keeps one.
    """
    found = {}
    for row in rows:
        code, english = row["naf_code"], row.get("label_en", "")
        found[code] = Text(row["label_fr"], english.capitalize() if len(code) == 1 else english)
    return found


def naf_2025(rows: Iterable[Row]) -> Classification:
    """NAF 2025 with its 747 sub-classes.

    The file names sections and sub-classes; a group or class with a single sub-class takes its
    label, the others keep a label that says what is missing.

    Raises:
        Refused: a code has no place in the structure declared here.
    """
    known = naf.declared_2025()
    named = {entry.code: entry.label for entry in known}
    below: dict[str, list[str]] = {}
    for row in rows:
        code, division, section = row["naf2025_code"], row["division"], row["section"]
        if division not in known or known.entry(division).section != section:
            raise Refused(
                f"{code} is put in division {division} of section {section}, which NAF 2025 does "
                "not have. Check the file."
            )
        named[code] = Text(row["label_fr"])
        for above in (row["class_code"], row["group_code"]):
            below.setdefault(above, []).append(row["label_fr"])
    for code, members in below.items():
        named[code] = Text(members[0]) if len(members) == 1 else _UNNAMED
    sections = {e.code: e.section for e in known if e.level is Level.DIVISION}
    return classification(Nomenclature.NAF_2025, known.source, sections, named, complete=True)


def legal_categories(rows: Iterable[Row]) -> dict[str, Text]:
    """Labels of the legal categories of four digits by code; levels I and II stay as declared.

    Raises:
        Refused: a row belongs to no level II category.
    """
    found = {}
    for row in rows:
        code = row["legal_category"]
        legal.label(code)
        if len(code) == 4:
            found[code] = Text(row["label_fr"])
    return found
