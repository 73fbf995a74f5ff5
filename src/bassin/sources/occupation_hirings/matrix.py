"""Which activities hire for which occupations, from employers' declarations before hiring."""

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import dotted, number
from bassin.sources.contract import Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text


class OccupationHirings(Source):
    """National counts of hires by ROME 3 occupation and NAF rev. 2 activity, about 2019.

    The file is not dated: its year is that of the repository it came from. Use the shape of the
    matrix (which activities hire this trade), not its totals.
    """

    key = "occupation_hirings"
    title = Text("Embauches par métier et activité", "Hires by occupation and activity")
    publisher = "France Travail, Urssaf (La bonne boîte)"
    licence = "à vérifier : aucune mention avec la copie"
    page = "https://github.com/StartupsPoleEmploi/labonneboite"
    cadence = Text("publié une fois", "published once")
    files = ("labour/rome_naf_hirings-raw.csv",)
    columns = {
        "rome_code": Column(
            "VARCHAR", Text("Métier (ROME 3)", "Occupation (ROME 3)"), True, r"^[A-N]\d{4}$"
        ),
        "naf_code": Column(
            "VARCHAR",
            Text("Activité (NAF rév. 2)", "Activity (NAF rev. 2)"),
            True,
            r"^\d{2}\.\d{2}[A-Z]$",
        ),
        "hirings": Column(
            "INTEGER", Text("Embauches déclarées", "Declared hirings"), True, minimum=0
        ),
        "period": Column("VARCHAR", Text("Année, approchée", "Year, approximate"), True),
    }
    unique = ("rome_code", "naf_code")
    sort = ("rome_code", "naf_code")
    definition = Text(
        "Une ligne par couple métier et activité qui ont embauché ensemble.",
        "One row per pair of occupation and activity that hired.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = read_csv(con, raw, columns=["rome_id", "naf_id", "hirings"])
        return table.select(
            rome_code=table.rome_id,
            naf_code=dotted(table.naf_id),
            hirings=number(table.hirings),
            period=ibis.literal("2019"),
        )
