"""Offers open on one day, counted by commune and ROME occupation."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text


class Offers(Source):
    """Counts of offers on one day, from one operator: not all the jobs on offer.

    A commune and an occupation may have two rows with different counts (a distinction lost in
    the file): they add up, and only the very same line given twice is refused. Offers without a
    commune are kept with an empty code, `location` saying what the publisher wrote. Paris, Lyon and
    Marseille have offers under the city's code and others under their arrondissements: they are
    different offers, so that a city is the sum of both.
    """

    key = "offers"
    title = Text("Offres d'emploi par commune et métier", "Job offers by commune and occupation")
    publisher = "France Travail"
    licence = "à vérifier : aucune mention avec la copie"
    page = "https://www.data.gouv.fr/organizations/france-travail"
    cadence = Text("un jour donné", "one given day")
    stale_after = timedelta(days=365)
    files = ("labour/[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]_villes_offre_full.csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), False, CODE_COMMUNE),
        "location": Column(
            "VARCHAR",
            Text("Lieu : commune, vide ou inconnu", "Place: commune, empty or unknown"),
            True,
        ),
        "rome_code": Column(
            "VARCHAR", Text("Métier (ROME 3)", "Occupation (ROME 3)"), True, r"^[A-N]\d{4}$"
        ),
        "period": Column(
            "VARCHAR", Text("Jour du décompte", "Day of the count"), True, r"^\d{4}-\d{2}-\d{2}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "extracted_on": Column(
            "DATE", Text("Jour du décompte", "Day of the count"), True, past=True
        ),
        "offers": Column("INTEGER", Text("Offres d'emploi", "Job offers"), True, minimum=1),
    }
    unique = ("commune_code", "location", "rome_code", "period", "offers")
    sort = ("commune_code", "rome_code")
    definition = Text(
        "Des offres d'un jour et d'un opérateur, comptées par commune et métier.",
        "Offers of one day and one operator, counted by commune and occupation.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["commune", "dc_rome_id", "nb_offre", "date_extract"]
        table = read_csv(con, raw, columns=wanted, delimiter=";")
        unknown = (table.commune == "null").fill_null(False)
        empty = table.commune.isnull() | (table.commune == "").fill_null(True)
        return table.select(
            commune_code=(unknown | empty).ifelse(None, table.commune),
            location=ibis.cases((empty, "empty"), (unknown, "unknown"), else_="commune"),
            rome_code=table.dc_rome_id,
            period=table.date_extract,
            cog=table.date_extract.left(4),
            extracted_on=table.date_extract,
            offers=table.nb_offre,
        )
