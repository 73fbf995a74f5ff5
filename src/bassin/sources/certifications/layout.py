"""What the files of the export have in common: names with a date, semicolons, one zip for all."""

import re
from datetime import timedelta
from typing import ClassVar

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.archives import member
from bassin.sources.contract import Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text

CODE = r"^(RNCP|RS)\d{1,6}$"
ZIP = "export[-_]fiches[-_]csv[-_]*.zip"
CODE_COLUMN = Column(
    "VARCHAR",
    Text("Numéro de la fiche, RNCP ou RS", "Number of the record, RNCP or RS"),
    True,
    CODE,
)
READ_ON = Column(
    "DATE",
    Text(
        "Date de l'export, dans le nom du fichier", "Day of the export, from the name of the file"
    ),
    True,
)


def exported_on(raw: Raw) -> str:
    """The day of the export, as 2026-02-01.

    Raises:
        SourceError: the name gives none.
    """
    found = re.search(r"(\d{4})[-_](\d{2})[-_](\d{2})", raw.name.rsplit("/", 1)[-1])
    if found is None:
        raise SourceError(
            Text(
                f"{raw.name} : son nom doit donner la date de l'export, comme dans "
                "export_fiches_CSV_Standard_2026_02_01.csv.",
                f"{raw.name}: its name must give the day of the export, as in "
                "export_fiches_CSV_Standard_2026_02_01.csv.",
            )
        )
    return "-".join(found.groups())


class RegisterFile(Source):
    """Facts that the files of the export share. Of two exports, the newer row stays."""

    publisher = "France compétences"
    licence = "Licence Ouverte 2.0"
    page = (
        "https://www.data.gouv.fr/fr/datasets/"
        "repertoire-national-des-certifications-professionnelles-et-repertoire-specifique/"
    )
    cadence = Text("chaque jour", "every day")
    stale_after = timedelta(days=90)
    stamped_by = "read_on"
    keeps_older = False
    sort: ClassVar[tuple[str, ...]] = ("certification_code",)

    def vintage(self, raws: list[Raw]) -> str:
        """The day of the latest export."""
        return max(exported_on(raw) for raw in raws)


def table(
    con: ibis.BaseBackend, raw: Raw, name: str, columns: list[str]
) -> tuple[ir.Table, ir.Value]:
    """One file of the export, alone or in its zip, and the day of the export."""
    inside = member(raw, f"export_fiches_csv_{name}_*.csv")
    read = read_csv(con, raw, columns=columns, delimiter=";", member=inside)
    return read, ibis.literal(exported_on(raw))
