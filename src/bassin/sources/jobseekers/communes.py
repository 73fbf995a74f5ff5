"""Jobseekers registered at the end of a quarter, by commune, sex and age."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import masked, number, padded, shown
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import header, read_csv, unpacked
from bassin.types import Text

# The same columns, with the labels of the portal or its machine names.
_NAMES = {
    "Date": "date",
    "Code commune": "code_commune",
    "Type de données": "type_de_donnees",
    "Catégorie": "categorie",
    "Sexe": "sexe",
    "Tranche d'âge": "tranche_d_age",
    "Nombre de demandeurs d'emploi": "nombre_de_demandeurs_d_emploi",
}
_SEXES = {"Total": "all", "Hommes": "men", "Femmes": "women"}
_AGES = {
    "Total": "all",
    "Moins de 25 ans": "under_25",
    "De 25 à 49 ans": "25_49",
    "25 à 49 ans": "25_49",
    "50 ans et plus": "50_more",
    "50 ans ou plus": "50_more",
}


class Jobseekers(Source):
    """Counts by commune, sex and age: take `sex` = `age` = "all" or all of the others, never both.

    Written for Dares's `dares_defm_communales-brutes.csv`: semicolons, one row per commune,
    quarter, sex and age, raw means of the quarter rounded to 5 (so parts may not add up to
    the whole). It is an administrative count, not unemployment as defined by the ILO or the census.
    The codes are assumed to be those of the last year in the file.
    """

    key = "jobseekers"
    title = Text("Demandeurs d'emploi par commune", "Jobseekers by commune")
    publisher = "Dares, France Travail"
    licence = "Licence Ouverte 2.0"
    page = (
        "https://www.data.gouv.fr/datasets/demandeurs-demploi-inscrits-a-france-travail-"
        "donnees-communales-trimestrielles-brutes"
    )
    cadence = Text("chaque trimestre", "every quarter")
    stale_after = timedelta(days=500)
    files = ("dares_defm_communales-brutes*.csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column("VARCHAR", Text("Trimestre", "Quarter"), True, r"^\d{4}-Q[1-4]$"),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "category": Column("VARCHAR", Text("Catégories, ABC ou A", "Categories, ABC or A"), True),
        "sex": Column(
            "VARCHAR", Text("all, men ou women", "all, men or women"), True, "^(all|men|women)$"
        ),
        "age": Column(
            "VARCHAR", Text("all, under_25, 25_49, 50_more", "all, under_25, 25_49, 50_more"), True
        ),
        "jobseekers": Column(
            "INTEGER",
            Text("Demandeurs d'emploi, arrondis à 5", "Jobseekers, rounded to 5"),
            minimum=0,
        ),
        "jobseekers_masked": Column("BOOLEAN", Text("Valeur secrète", "Hidden value"), True),
    }
    unique = ("commune_code", "period", "category", "sex", "age")
    sort = ("commune_code", "period")
    definition = Text(
        "Une ligne par commune, trimestre, catégorie, sexe et âge, totaux compris.",
        "One row per commune, quarter, category, sex and age, totals included.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        found = header(unpacked(raw, raw.scratch), raw.name, ";")
        labels = "Date" in found or "date" not in found
        names = list(_NAMES) if labels else list(_NAMES.values())
        table = read_csv(con, raw, columns=names, delimiter=";", lines=True)
        table = table.select("line_number", **{_NAMES.get(n, n): table[n] for n in names})
        # Totals of a département are rows whose commune is "Total".
        table = table.filter(table.code_commune != "Total")
        given = table.nombre_de_demandeurs_d_emploi
        return table.select(
            "line_number",
            commune_code=padded(table.code_commune, 5),
            period=table.date.replace("-T", "-Q"),
            cog=table.date.left(4).max().over(),
            category=table.categorie,
            sex=_word(table.sexe, _SEXES),
            age=_word(table.tranche_d_age, _AGES),
            jobseekers=number(shown(given)),
            jobseekers_masked=masked(given) | given.isnull(),
        )


def _word(cell: ir.StringValue, words: dict[str, str]) -> ir.StringValue:
    return ibis.cases(*((cell == given, word) for given, word in words.items()), else_=cell)
