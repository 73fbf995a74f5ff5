"""Jobs counted where they are done, by commune."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.archives import opened
from bassin.sources.cells import number
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.sources.workplaces.layout import census_year, geography_of
from bassin.types import Text

# Published name -> end of the column's name. P: main processing, every form; C: complementary
# processing, a sample. A share takes both its terms from the same processing.
_MAIN = {
    "jobs": ("EMPLT", Text("Emplois au lieu de travail", "Jobs at the place of work")),
    "employed_residents": (
        "ACTOCC",
        Text("Résidents de 15 ans et plus ayant un emploi", "Residents aged 15 and over in work"),
    ),
    "employees": ("EMPLT_SAL", Text("Emplois salariés", "Salaried jobs")),
    "employees_women": (
        "EMPLT_FSAL",
        Text("Emplois salariés occupés par des femmes", "Salaried jobs held by women"),
    ),
    "employees_part_time": (
        "EMPLT_SALTP",
        Text("Emplois salariés à temps partiel", "Part-time salaried jobs"),
    ),
    "self_employed": ("EMPLT_NSAL", Text("Emplois non salariés", "Jobs of the self-employed")),
}
_SECTORS = {
    "jobs_c": (
        "EMPLT",
        Text("Emplois, exploitation complémentaire", "Jobs, complementary processing"),
    ),
    "jobs_agriculture": ("EMPLT_AGRI", Text("Emplois dans l'agriculture", "Jobs in agriculture")),
    "jobs_industry": ("EMPLT_INDUS", Text("Emplois dans l'industrie", "Jobs in industry")),
    "jobs_construction": (
        "EMPLT_CONST",
        Text("Emplois dans la construction", "Jobs in construction"),
    ),
    "jobs_services": (
        "EMPLT_CTS",
        Text("Emplois : commerce, transports, services", "Jobs: trade, transport, services"),
    ),
    "jobs_public": (
        "EMPLT_APESAS",
        Text(
            "Emplois : administration, enseignement, santé, social",
            "Jobs: administration, education, health, social work",
        ),
    ),
}
# Occupations are CS1 to CS6 until census 2021, GS1 to GS6 from 2022 (PCS 2020).
_OCCUPATIONS = {
    "jobs_farmers": ("1", Text("Emplois d'agriculteurs exploitants", "Jobs of farmers")),
    "jobs_owners": (
        "2",
        Text(
            "Emplois d'artisans, commerçants, chefs d'entreprise",
            "Jobs of craftspeople, shopkeepers, heads of firms",
        ),
    ),
    "jobs_managers": (
        "3",
        Text(
            "Emplois de cadres et professions intellectuelles supérieures",
            "Jobs of managers and higher intellectual occupations",
        ),
    ),
    "jobs_intermediate": (
        "4",
        Text("Emplois de professions intermédiaires", "Jobs of intermediate occupations"),
    ),
    "jobs_clerical": ("5", Text("Emplois d'employés", "Jobs of clerical and service workers")),
    "jobs_workers": ("6", Text("Emplois d'ouvriers", "Jobs of manual workers")),
}


class JobsAtWorkplace(Source):
    """Insee's base « Emploi – population active », only its part about the workplace.

    Written for `base-cc-emploi-pop-active-YYYY.CSV` (or its zip): semicolons, CODGEO and columns
    PYY_EMPLT…, CYY_EMPLT_AGRI…, CYY_EMPLT_CS1… or GS1…. The earlier vintages that the file repeats
    for comparison are not read: load the file of each year. A job at the workplace is not a job
    held by a resident.
    """

    key = "jobs_at_workplace"
    title = Text("Emplois au lieu de travail", "Jobs at the workplace")
    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = "https://www.insee.fr/fr/statistiques/8581444"
    cadence = Text("chaque année, en juin", "every year, in June")
    stale_after = timedelta(days=3 * 365)
    files = ("base-cc-emploi-pop-active-*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR", Text("Année du recensement", "Year of the census"), True, r"^\d{4}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        **{
            name: Column("DOUBLE", label, name == "jobs", "", 0)
            for name, (_, label) in {**_MAIN, **_SECTORS, **_OCCUPATIONS}.items()
        },
    }
    unique = ("commune_code", "period")
    definition = Text(
        "Une ligne par commune et recensement ; Paris, Lyon, Marseille comme dans le fichier.",
        "One row per commune and census; Paris, Lyon and Marseille as in the file.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        inside, names = opened(raw, "CODGEO", "base-cc-emploi-pop-active-*.csv")
        year = census_year(raw, names, r"P(\d{2})_EMPLT")
        main, other = f"P{year % 100:02}_", f"C{year % 100:02}_"
        social = "GS" if f"{other}EMPLT_GS1" in names else "CS"
        taken = {name: main + end for name, (end, _) in _MAIN.items()}
        taken |= {name: other + end for name, (end, _) in _SECTORS.items()}
        taken |= {n: f"{other}EMPLT_{social}{end}" for n, (end, _) in _OCCUPATIONS.items()}
        table = read_csv(
            con, raw, columns=["CODGEO", *taken.values()], delimiter=";", member=inside
        )
        return table.select(
            commune_code=table.CODGEO,
            period=ibis.literal(str(year)),
            cog=ibis.literal(geography_of(year)),
            **{name: number(table[column]) for name, column in taken.items()},
        )
