"""Labels as INSEE writes them: line breaks inside headers and cells, blank rows, "SECTION A".

Line breaks and blanks are folded into single spaces; nothing else is changed. What is known
without these files, and what they complete, is on the floor of taxonomies.
"""

import csv
from collections.abc import Iterator, Sequence
from typing import ClassVar

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.contract import Column, Raw, Source
from bassin.sources.files import in_utf8, require_columns, unpacked
from bassin.sources.rows import table_of
from bassin.types import Text

_NAF = r"^([A-V]|\d{2}(\.\d(\d[A-Z]?)?)?)$"
_NAF_PAGE = "https://www.insee.fr/fr/information/2406147"
_LABEL = "label_fr"


class _Nomenclature(Source):
    """What INSEE's nomenclatures have in common."""

    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = _NAF_PAGE
    cadence = Text("à chaque révision", "at each revision")
    edition: ClassVar[str]

    def vintage(self, raws: list[Raw]) -> str:
        return self.edition


class NafRev2Labels(_Nomenclature):
    """French labels of NAF rev. 2 at its five levels."""

    key = "naf_rev2_labels"
    title = Text("NAF rév. 2 : libellés", "NAF rev. 2: labels")
    edition = "2008"
    files = ("nomenclatures/naf-rev2-libelles-insee*.csv",)
    columns = {
        "naf_code": Column(
            "VARCHAR",
            Text("Code, à l'un des cinq niveaux", "Code, at one of the five levels"),
            True,
            _NAF,
        ),
        _LABEL: Column("VARCHAR", Text("Libellé", "Label, in French"), True),
    }
    unique, sort = ("naf_code",), ("naf_code",)
    definition = Text("Une ligne par poste de la NAF rév. 2.", "One row per post of NAF rev. 2.")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        rows = _records(raw, ";")
        _, header = next(rows)
        require_columns(raw.name, header, ["Code"], ";")
        at = header.index("Code")
        found = [
            {"naf_code": cells[at].removeprefix("SECTION "), _LABEL: cells[at + 1] or None,
             "line_number": line}
            for line, cells in rows
            if len(cells) > at + 1 and cells[at]
        ]  # fmt: skip
        return table_of(found, self.columns)


class NafRev2LabelsEn(_Nomenclature):
    """French and English labels of the sections and divisions of NAF rev. 2."""

    key = "naf_rev2_labels_en"
    title = Text("NAF rév. 2 : libellés en anglais", "NAF rev. 2: labels in English")
    edition = "2008"
    files = ("nomenclatures/naf-rev2-aggregations-fr-en*.zip",)
    columns = {
        "naf_code": Column(
            "VARCHAR", Text("Section ou division", "Section or division"), True, _NAF
        ),
        _LABEL: Column("VARCHAR", Text("Libellé", "Label, in French"), True),
        "label_en": Column("VARCHAR", Text("Libellé anglais", "Label, in English"), True),
    }
    unique, sort = ("naf_code",), ("naf_code",)
    definition = Text(
        "Une ligne par section et par division (agrégations A 21 et A 88).",
        "One row per section and division (aggregations A 21 and A 88).",
    )
    # Where each list puts its code; English, then French, follow it.
    members = {"naf2008/int_eng_na_2008_a21.csv": 1, "naf2008/int_eng_na_2008_a88.csv": 2}

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        found = []
        for member, at in self.members.items():
            rows = _records(raw, ";", "cp1252", member)
            next(rows)
            found += [
                {"naf_code": cells[at], "label_en": cells[at + 1], _LABEL: cells[at + 2]}
                for _, cells in rows
                # A row without a code is the title of a section above its divisions.
                if len(cells) > at + 2 and cells[at]
            ]
        return table_of(found, self.columns)


class Naf2025(_Nomenclature):
    """The 747 sub-classes of NAF 2025, each with the levels above it."""

    key = "naf_2025"
    title = Text("NAF 2025 : sous-classes", "NAF 2025: sub-classes")
    edition = "2025"
    files = ("nomenclatures/naf-2025*.csv",)
    columns = {
        "naf2025_code": Column(
            "VARCHAR", Text("Sous-classe", "Sub-class"), True, r"^\d{2}\.\d{2}[A-Z]$"
        ),
        "class_code": Column("VARCHAR", Text("Classe", "Class"), True, r"^\d{2}\.\d{2}$"),
        "group_code": Column("VARCHAR", Text("Groupe", "Group"), True, r"^\d{2}\.\d$"),
        "division": Column("VARCHAR", Text("Division", "Division"), True, r"^\d{2}$"),
        "section": Column("VARCHAR", Text("Section", "Section"), True, r"^[A-V]$"),
        _LABEL: Column(
            "VARCHAR", Text("Libellé de la sous-classe", "Label of the sub-class, in French"), True
        ),
    }
    unique, sort = ("naf2025_code",), ("naf2025_code",)
    definition = Text("Une ligne par sous-classe.", "One row per sub-class.")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["niv5", "niv4", "niv3", "niv2", "niv1", "niv5_libelle"]
        rows = _records(raw, ",")
        _, header = next(rows)
        require_columns(raw.name, header, wanted, ",")
        places = [header.index(name) for name in wanted]
        found = [
            {**dict(zip(self.columns, (_cell(cells, at) for at in places), strict=True)),
             "line_number": line}
            for line, cells in rows
            if any(cells)
        ]  # fmt: skip
        return table_of(found, self.columns)


class LegalCategories(_Nomenclature):
    """Legal categories at their three levels."""

    key = "legal_categories"
    title = Text("Catégories juridiques", "Legal categories")
    edition = ""  # the file does not say it
    page = "https://www.insee.fr/fr/information/2028129"
    files = ("nomenclatures/categories-juridiques-3-niveaux*.tsv",)
    columns = {
        "legal_category": Column("VARCHAR", Text("Code", "Code"), True, r"^\d(\d(\d{2})?)?$"),
        _LABEL: Column("VARCHAR", Text("Libellé", "Label, in French"), True),
    }
    unique, sort = ("legal_category",), ("legal_category",)
    definition = Text(
        "Une ligne par catégorie : un, deux ou quatre chiffres.",
        "One row per category: one, two or four digits.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        found = [
            {"legal_category": cells[0], _LABEL: _cell(cells, 1), "line_number": line}
            for line, cells in _records(raw, "£")
            if any(cells)
        ]
        return table_of(found, self.columns)


def _cell(cells: Sequence[str], at: int) -> str | None:
    return cells[at] or None if at < len(cells) else None


def _records(
    raw: Raw, delimiter: str, encoding: str = "utf-8-sig", member: str = ""
) -> Iterator[tuple[int, list[str]]]:
    """Line number and folded cells of each record; a record may spread over several lines."""
    path = in_utf8(unpacked(raw, raw.scratch, member), raw.name, encoding, raw.scratch)
    empty = True
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        for cells in reader:
            empty = False
            yield reader.line_num, [" ".join(cell.split()) for cell in cells]
    if empty:
        raise SourceError(
            Text(
                f"{raw.name} est vide. Téléchargez-le à nouveau, puis chargez-le.",
                f"{raw.name} is empty. Download it again, then load it.",
            )
        )
