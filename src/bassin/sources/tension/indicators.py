"""How hard an occupation is to fill in an employment area, and why."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import number, padded
from bassin.sources.contract import Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text

# Each is a class from 1 (low) to 5 (high) among occupations, for the area.
_CLASSES = {
    "tension": ("ind_tension_d", Text("Tension, de 1 à 5", "Tension, from 1 to 5")),
    "hiring_intensity": (
        "ind_int_emb_d",
        Text("Intensité d'embauches, de 1 à 5", "Intensity of hiring, from 1 to 5"),
    ),
    "lack_of_workers": (
        "ind_main_oeuvre_d",
        Text("Manque de main-d'œuvre, de 1 à 5", "Lack of workers, from 1 to 5"),
    ),
    "lasting_jobs": (
        "ind_dur_empl_d",
        Text("Durabilité de l'emploi, de 1 à 5", "Lasting jobs, from 1 to 5"),
    ),
    "working_conditions": (
        "ind_cond_travail_d",
        Text("Conditions de travail, de 1 à 5", "Working conditions, from 1 to 5"),
    ),
    "geographic_mismatch": (
        "ind_mismatch_geo_d",
        Text("Inadéquation géographique, de 1 à 5", "Geographic mismatch, from 1 to 5"),
    ),
    "specific_training": (
        "ind_specif_form_empl_d",
        Text(
            "Lien entre formation et emploi, de 1 à 5", "Link between training and job, from 1 to 5"
        ),
    ),
}


class Tension(Source):
    """Indicators of the Dares by ROME occupation and employment area.

    Only occupations with enough jobseekers and offers are published: a sum over an area is not
    all its jobseekers. Offers and jobseekers are yearly means, hence their decimals.
    """

    key = "tension"
    title = Text("Tensions sur le marché du travail", "Labour market tension")
    publisher = "Dares, France Travail"
    licence = "Licence Ouverte 2.0"
    page = "https://dares.travail-emploi.gouv.fr/donnees/les-tensions-sur-le-marche-du-travail"
    cadence = Text("chaque année", "every year")
    stale_after = timedelta(days=3 * 365)
    files = ("labour/tension-rome-bassin-[0-9][0-9][0-9][0-9].csv",)
    columns = {
        "employment_area_code": Column(
            "VARCHAR", Text("Code du bassin", "Code of the employment area"), True, r"^\d{4}$"
        ),
        "rome_code": Column(
            "VARCHAR", Text("Métier (ROME)", "Occupation (ROME)"), True, r"^[A-N]\d{4}$"
        ),
        "period": Column("VARCHAR", Text("Année", "Year"), True, r"^\d{4}$"),
        "offers": Column(
            "DOUBLE",
            Text("Offres d'emploi enregistrées, moyenne", "Job offers registered, mean"),
            minimum=0,
        ),
        "jobseekers_abc": Column(
            "DOUBLE",
            Text("Demandeurs d'emploi A, B, C, moyenne", "Jobseekers A, B, C, mean"),
            minimum=0,
        ),
        **{
            name: Column("TINYINT", label, minimum=1, maximum=5)
            for name, (_, label) in _CLASSES.items()
        },
    }
    unique = ("employment_area_code", "rome_code", "period")
    sort = ("period", "employment_area_code", "rome_code")
    definition = Text(
        "Une ligne par bassin et métier publié ; 5 est une forte tension.",
        "One row per area and published occupation; 5 is a high tension.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["annee", "ROME", "cbassin", "oee", "defm_abc"]
        wanted += [column for column, _ in _CLASSES.values()]
        table = read_csv(con, raw, columns=wanted, delimiter=";")
        return table.select(
            employment_area_code=padded(table.cbassin, 4),
            rome_code=table.ROME,
            period=table.annee,
            offers=number(table.oee),
            jobseekers_abc=number(table.defm_abc),
            **{name: table[column] for name, (column, _) in _CLASSES.items()},
        )
