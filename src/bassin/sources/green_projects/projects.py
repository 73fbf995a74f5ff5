"""Projects funded by the Fonds vert, with the amount the State engaged."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import number, padded, shown
from bassin.sources.cities import city_of, with_zero
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.sources.vintages import year_in_name
from bassin.types import Text

_ABSENT = ("NULL", "#N/A", "#", "Non Renseigné")
_COLUMNS = (
    "code_departement", "code_commune", "axe", "nom_demarche_ds", "numero_dossier_ds",
    "nom_du_projet", "nom_beneficiaire_principal", "siren", "montant_engage",
)  # fmt: skip


class GreenProjects(Source):
    """One row per funded project and place; 8 % of them have no commune and are kept without one.

    A file may carry several rows (one per commune or beneficiary). Amounts are engaged, not paid.
    Spreadsheets took zeros away: four digits of a commune and eight of a SIREN are repaired; 13 or
    14 digits are a SIRET, whose first nine are the SIREN; other lengths give no SIREN.
    Arrondissements of Paris, Lyon and Marseille are given to their city, since some of its
    projects carry the city's code.
    """

    key = "green_projects"
    title = Text("Projets soutenus par le Fonds vert", "Projects funded by the Fonds vert")
    publisher = "Ministère chargé de l'écologie"
    licence = "Licence Ouverte 2.0"
    page = "https://www.data.gouv.fr/fr/datasets/fonds-vert-liste-des-projets-subventionnes/"
    cadence = Text("chaque année", "every year")
    stale_after = timedelta(days=900)
    files = ("aids/fonds-vert-[0-9][0-9][0-9][0-9]*.csv*",)
    columns = {
        "project_id": Column("VARCHAR", Text("Numéro du dossier", "Number of the file")),
        "commune_code": Column("VARCHAR", Text("Code Insee du projet",
                                               "Insee code of the project"), False, CODE_COMMUNE),
        "departement_code": Column("VARCHAR", Text("Département", "Département"), True,
                                   r"^(\d{2}|2[AB]|9[78]\d)$"),
        "period": Column("VARCHAR", Text("Année de l'engagement",
                                         "Year of the commitment"), True, r"^\d{4}$"),
        "cog": Column("SMALLINT", Text("Année du code officiel géographique",
                                       "Year of the official geographical code"), True),
        "title": Column("VARCHAR", Text("Nom du projet", "Name of the project, in French"), True),
        "beneficiary": Column("VARCHAR", Text("Bénéficiaire principal", "Main beneficiary")),
        "siren": Column("VARCHAR", Text("SIREN du bénéficiaire",
                                        "SIREN of the beneficiary"), False, r"^\d{9}$"),
        "axis": Column("SMALLINT", Text(
            "Axe : 1 performance environnementale, 2 adaptation, 3 cadre de vie",
            "Axis: 1 environmental performance, 2 adaptation, 3 living environment"), minimum=1),
        "measure": Column("VARCHAR", Text("Mesure du Fonds vert",
                                          "Measure of the Fonds vert, in French")),
        "amount_eur": Column("DOUBLE", Text("Montant engagé par l'État, €",
                                            "Amount committed by the State, €"), True, "", 0),
    }  # fmt: skip
    unique = ("project_id", "commune_code", "siren", "title", "amount_eur", "period")
    sort = ("commune_code", "period")
    definition = Text(
        "Une ligne par projet soutenu et par lieu. Montants engagés, pas versés.",
        "One row per funded project and place. Amounts engaged, not paid.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        year = year_in_name(raw, "fonds-vert-2023-export.csv")
        table = read_csv(con, raw, columns=_COLUMNS, delimiter=";")
        cell = {name: shown(table[name], _ABSENT).strip() for name in _COLUMNS}
        return table.select(
            project_id=cell["numero_dossier_ds"],
            commune_code=city_of(with_zero(cell["code_commune"])),
            departement_code=padded(cell["code_departement"], 2),
            period=ibis.literal(str(year)),
            cog=ibis.literal(year),
            title=cell["nom_du_projet"],
            beneficiary=cell["nom_beneficiaire_principal"],
            siren=_siren(cell["siren"]),
            axis=cell["axe"],
            measure=cell["nom_demarche_ds"],
            amount_eur=number(cell["montant_engage"].replace("€", "")),
        )


def _siren(cell: ir.StringValue) -> ir.StringValue:
    """Nine digits out of what the ministry's services typed, NULL when it cannot be told."""
    digits = cell.re_search(r"^\d+$")
    return ibis.cases(
        (digits & (cell.length() == 8), ibis.literal("0") + cell),
        (digits & (cell.length() == 13), ibis.literal("0") + cell.substr(0, 8)),
        (digits & (cell.length() == 14), cell.substr(0, 9)),
        (digits & (cell.length() != 9), None),
        else_=cell,
    )
