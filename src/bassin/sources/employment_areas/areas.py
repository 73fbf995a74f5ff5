"""Which commune belongs to which employment area, per year of the recruitment survey."""

from datetime import timedelta
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import padded
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import header, read_csv, unpacked
from bassin.types import Text

CODE_AREA = r"^\d{4}$"


class _Layout(NamedTuple):
    """Names of the columns in one form of the list, and the year it describes."""

    commune: str
    area: str
    name: str
    year: int


_BMO_2024 = _Layout("code_commune_insee", "code_bassin_BMO", "lib_bassin_BMO", 2024)
_BE_2019 = _Layout("CODE_COMMUNE_INSEE", "BE19", "NOMBE19", 2019)


class EmploymentAreas(Source):
    """Membership of communes in France Travail's employment areas.

    Not Insee's zones d'emploi. Codes are padded to four digits ("101" is "0101"). The list also
    names communes merged since, and Paris by arrondissement (2024) or as one commune (2019). The
    undated list of La bonne boîte, which has no names, is not read.
    """

    key = "employment_areas"
    title = Text("Bassins d'emploi de France Travail", "France Travail employment areas")
    publisher = "France Travail"
    licence = "Licence Ouverte 2.0"
    page = "https://www.francetravail.org/opendata/enquete-besoins-en-main-doeuvre.html"
    cadence = Text("chaque année, avec l'enquête", "every year, with the survey")
    stale_after = timedelta(days=3 * 365)
    files = ("labour/bassin_emploi-bmo.csv", "labour/lexique-bassins-be19.csv")
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR",
            Text("Année de la liste des bassins", "Year of the list of employment areas"),
            True,
            r"^\d{4}$",
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "employment_area_code": Column(
            "VARCHAR", Text("Code du bassin", "Code of the employment area"), True, CODE_AREA
        ),
        "employment_area_name": Column(
            "VARCHAR", Text("Nom du bassin", "Name of the employment area"), True
        ),
    }
    unique = ("commune_code", "period")
    sort = ("period", "employment_area_code", "commune_code")
    definition = Text(
        "Une ligne par commune et par année de la liste des bassins.",
        "One row per commune and year of the list of areas.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        found = header(unpacked(raw, raw.scratch), raw.name, ",")
        layout = _BE_2019 if _BE_2019.area in found else _BMO_2024
        table = read_csv(con, raw, columns=[layout.commune, layout.area, layout.name])
        return table.select(
            commune_code=table[layout.commune],
            period=ibis.literal(str(layout.year)),
            cog=ibis.literal(layout.year),
            employment_area_code=padded(table[layout.area], 4),
            employment_area_name=table[layout.name],
        )
