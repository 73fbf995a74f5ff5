"""Employment, precarious employment by sex, diplomas and jobseekers of priority neighbourhoods."""

import re
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.cells import number, shown
from bassin.sources.contract import Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.sources.qpv.perimeters import CODE_QPV
from bassin.sources.vintages import year_in_name
from bassin.types import Text

# Published name -> (Insee's variable, label). Rates first, then counts.
_RATES = {
    "employment_pct": (
        "TX_TOT_EMPL",
        Text("Taux d'emploi des 15-64 ans, %", "Employment rate, aged 15 to 64, %"),
    ),
    "employment_women_pct": (
        "TX_F_EMPL",
        Text(
            "Taux d'emploi des femmes de 15-64 ans, %", "Employment rate of women aged 15 to 64, %"
        ),
    ),
    "employment_men_pct": (
        "TX_H_EMPL",
        Text("Taux d'emploi des hommes de 15-64 ans, %", "Employment rate of men aged 15 to 64, %"),
    ),
    "precarious_pct": (
        "TX_TOT_EPREC",
        Text("Part des emplois précaires, %", "Share of insecure jobs, %"),
    ),
    "precarious_women_pct": (
        "TX_F_EPREC",
        Text("Part des emplois précaires des femmes, %", "Share of insecure jobs among women, %"),
    ),
    "precarious_men_pct": (
        "TX_H_EPREC",
        Text("Part des emplois précaires des hommes, %", "Share of insecure jobs among men, %"),
    ),
    "below_bac_pct": (
        "TX_TOT_INFBAC",
        Text(
            "Part des non-scolarisés sans bac, %",
            "Share of those out of education without the baccalauréat, %",
        ),
    ),
    "below_bac_women_pct": (
        "TX_F_INFBAC",
        Text(
            "Part des femmes non scolarisées sans bac, %",
            "Share of women out of education without the baccalauréat, %",
        ),
    ),
    "bac_pct": (
        "TX_TOT_DIPLBAC",
        Text(
            "Part des non-scolarisés de niveau bac, %",
            "Share of those out of education at baccalauréat level, %",
        ),
    ),
    "higher_education_pct": (
        "TX_TOT_DIPLBAC2",
        Text(
            "Part des diplômés de bac + 2 et plus, %",
            "Share with two years of higher education or more, %",
        ),
    ),
    "poverty_pct": ("TP60", Text("Taux de pauvreté à 60 %, %", "Poverty rate at 60%, %")),
}
_COUNTS = {
    "population": (
        "POP_MUN",
        Text("Population municipale, habitants", "Municipal population, inhabitants"),
    ),
    "jobseekers": (
        "ABCDE",
        Text("Demandeurs d'emploi, catégories A à E", "Jobseekers, categories A to E"),
    ),
    "jobseekers_women": (
        "ABCDE_F",
        Text(
            "Femmes demandeuses d'emploi, catégories A à E", "Women jobseekers, categories A to E"
        ),
    ),
    "jobseekers_men": (
        "ABCDE_H",
        Text("Hommes demandeurs d'emploi, catégories A à E", "Men jobseekers, categories A to E"),
    ),
    "jobseekers_below_cap": (
        "ABC_INFCAPBEP",
        Text("Demandeurs A, B, C sous le CAP-BEP", "Jobseekers A, B, C below the CAP-BEP"),
    ),
    "jobseekers_cap": (
        "ABC_CAPBEP",
        Text("Demandeurs A, B, C de niveau CAP-BEP", "Jobseekers A, B, C at CAP-BEP level"),
    ),
    "jobseekers_bac": (
        "ABC_BAC",
        Text("Demandeurs A, B, C de niveau bac", "Jobseekers A, B, C at baccalauréat level"),
    ),
    "jobseekers_above_bac": (
        "ABC_SUPBAC",
        Text("Demandeurs A, B, C au-dessus du bac", "Jobseekers A, B, C above the baccalauréat"),
    ),
}
_VARIABLES = _RATES | _COUNTS


class QpvStatistics(Source):
    """One row per neighbourhood and year, from one of Insee's thematic files.

    The layout assumed is that of « Données sur les quartiers de la politique de la ville »: CSV
    separated by semicolons, CODGEO and LIBGEO, then variables among those known here; a file
    holds some of them and the others stay empty. Rows of other zones (communes, EPCI) that Insee
    adds for comparison are left out. Hidden cells are empty, and `precarious_masked` says so.
    Rates are neither added nor averaged, and generations are not compared.
    """

    key = "qpv_statistics"
    title = Text("Statistiques des quartiers prioritaires", "Statistics of priority neighbourhoods")
    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = "https://www.insee.fr/fr/statistiques/2500477"
    cadence = Text("chaque année, selon le thème", "every year, by theme")
    stale_after = timedelta(days=3 * 365)
    files = ("qpv/*[0-9][0-9][0-9][0-9]*.csv*",)
    columns = {
        "qpv_code": Column(
            "VARCHAR", Text("Code du quartier", "Code of the neighbourhood"), True, CODE_QPV
        ),
        "name": Column("VARCHAR", Text("Nom du quartier", "Name of the neighbourhood")),
        "period": Column(
            "VARCHAR", Text("Année des données", "Year of the data"), True, r"^\d{4}$"
        ),
        "generation": Column(
            "SMALLINT", Text("Génération : 2015 ou 2024", "Generation: 2015 or 2024"), True
        ),
        "theme": Column(
            "VARCHAR", Text("Thème du fichier de l'Insee", "Theme of Insee's file"), True
        ),
        **{name: Column("DOUBLE", label, False, "", 0, 100) for name, (_, label) in _RATES.items()},
        **{name: Column("DOUBLE", label, minimum=0) for name, (_, label) in _COUNTS.items()},
        "precarious_masked": Column(
            "BOOLEAN",
            Text("Emploi précaire non publié (secret)", "Insecure jobs not published (hidden)"),
            True,
        ),
    }
    unique = ("qpv_code", "period", "theme")
    sort = ("qpv_code", "period")
    definition = Text(
        "Une ligne par quartier, année et fichier thématique.",
        "One row per neighbourhood, year and thematic file.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        year = year_in_name(raw, "insertion-professionnelle-2020.csv")
        table = read_csv(con, raw, columns=["CODGEO", "LIBGEO"], delimiter=";", lines=True)
        held = {name: column for name, (column, _) in _VARIABLES.items() if column in table.columns}
        if not held:
            raise SourceError(
                Text(
                    f"{raw.name} ne contient aucune des variables connues ici "
                    f"({', '.join(_example())}, …). "
                    f"Ses colonnes sont {', '.join(table.columns[:12])}. Vérifiez que c'est un des "
                    "fichiers de "
                    "l'Insee sur les quartiers prioritaires.",
                    f"{raw.name} holds none of the variables known here ({', '.join(_example())}, "
                    "…). "
                    f"Its columns are {', '.join(table.columns[:12])}. Check that it is one of "
                    "Insee's "
                    "files on priority neighbourhoods.",
                )
            )
        # Codes of communes and EPCI, given for comparison, have digits only.
        table = table.filter(~table.CODGEO.re_search(r"^\d+$"))
        values = {name: number(shown(table[column])) for name, column in held.items()}
        empty = ibis.null("string")
        return table.select(
            "line_number",
            qpv_code=table.CODGEO.strip(),
            name=table.LIBGEO,
            period=ibis.literal(str(year)),
            generation=table.CODGEO.startswith("QN").ifelse(2024, 2015),
            theme=ibis.literal(_theme(raw)),
            **{name: values.get(name, empty) for name in _VARIABLES},
            precarious_masked=(
                values["precarious_pct"].nullif("").isnull()
                if "precarious_pct" in values
                else ibis.literal(False)
            ),
        )


def _theme(raw: Raw) -> str:
    """What the file is about, as its name says: "formation-2020.csv" gives "formation"."""
    name = raw.name.rsplit("/", 1)[-1].split(".")[0]
    return re.sub(r"[-_ ]*(19|20)\d{2}", "", name).lower()


def _example() -> list[str]:
    return [column for column, _ in list(_VARIABLES.values())[:4]]
