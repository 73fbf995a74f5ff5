"""Cards of certifications: title, level, and until when one may enter."""

import ibis
import ibis.expr.types as ir

from bassin.sources.certifications.layout import (
    CODE_COLUMN,
    READ_ON,
    ZIP,
    RegisterFile,
    table,
)
from bassin.sources.contract import Column, Raw
from bassin.types import Text

_WANTED = [
    "Numero_Fiche", "Intitule", "Abrege_Libelle", "Nomenclature_Europe_Niveau",
    "Date_Fin_Enregistrement", "Actif",
]  # fmt: skip


class Certifications(RegisterFile):
    """Cards of RNCP and RS. Written from the published columns; the live export was not tried.

    A card expires: `ends_on` is the last day of its registration, after which nobody may enter.
    `active` is what the publisher said on the day of the export, not what holds on another day. An
    RS card has no level.
    """

    key = "certifications"
    title = Text("Certifications (RNCP et RS)", "Certifications (RNCP and RS)")
    files = ("*export_fiches_CSV_Standard_*.csv*", f"*{ZIP}")
    columns = {
        "certification_code": CODE_COLUMN,
        "read_on": READ_ON,
        "label": Column("VARCHAR", Text("Intitulé", "Title, in French"), True),
        "short_label": Column(
            "VARCHAR",
            Text(
                "Type de certification, abrégé (TP, BTS…)",
                "Kind of certification, short (TP, BTS…)",
            ),
        ),
        "level": Column(
            "TINYINT",
            Text("Niveau du cadre national", "Level in the national framework"),
            minimum=1,
            maximum=8,
        ),
        "active": Column(
            "BOOLEAN", Text("Active au jour de l'export", "In force on the day of the export")
        ),
        "ends_on": Column("DATE", Text("Fin de l'enregistrement", "End of the registration")),
    }
    unique = ("certification_code",)
    definition = Text("Une ligne par fiche du RNCP ou du RS.", "One row per card of RNCP or of RS.")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        read, day = table(con, raw, "standard", _WANTED)
        state = read.Actif.strip().upper()
        end = read.Date_Fin_Enregistrement.strip()
        return read.select(
            certification_code=read.Numero_Fiche.strip(),
            read_on=day,
            label=read.Intitule.strip(),
            short_label=read.Abrege_Libelle.strip(),
            level=read.Nomenclature_Europe_Niveau.strip().re_replace(r"^NIV([1-8])$", r"\1"),
            active=ibis.cases((state == "ACTIVE", True), (state == "INACTIVE", False), else_=None),
            ends_on=end.re_replace(r"^(\d{2})/(\d{2})/(\d{4})$", r"\3-\2-\1"),
        )
