"""Communes of France at two dates, with their populations and their successors."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.geography.package import installed, parsed, snapshot_of
from bassin.sources.rows import table_of
from bassin.types import Text

_KINDS = {
    "commune-actuelle": "commune",
    "arrondissement-municipal": "arrondissement",
    "commune-deleguee": "former",
    "commune-associee": "former",
}


class Communes(Source):
    """Communes, municipal arrondissements and former communes, per year of the official code.

    A former commune points to its `successor_code`. Paris, Lyon and Marseille are one commune
    each; their arrondissements are separate rows of kind "arrondissement".
    """

    key = "communes"
    title = Text("Code officiel géographique : communes", "Official geographic code: communes")
    publisher = "Insee, DGFiP"
    licence = "Licence Ouverte 2.0"
    page = "https://github.com/datagouv/decoupage-administratif"
    definition = Text(
        "Une ligne par commune, arrondissement ou commune déléguée, pour chaque année du code.",
        "One row for each commune, arrondissement or former commune, for each year of the code.",
    )
    cadence = Text("chaque année, au 1er janvier", "every year, on 1 January")
    stale_after = timedelta(days=550)
    packaged = True
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "period": Column(
            "VARCHAR", Text("Millésime de la population", "Year of the population"), True
        ),
        "name": Column("VARCHAR", Text("Nom", "Name"), True),
        "article": Column(
            "TINYINT",
            Text("Article du nom (TNCC de l'Insee)", "Article of the name (Insee's TNCC)"),
        ),
        "kind": Column(
            "VARCHAR",
            Text(
                "commune, arrondissement ou ancienne commune",
                "commune, arrondissement or former commune",
            ),
            True,
        ),
        "departement_code": Column("VARCHAR", Text("Département", "Département")),
        "region_code": Column("VARCHAR", Text("Région", "Région")),
        "successor_code": Column(
            "VARCHAR",
            Text(
                "Commune qui la contient ou lui succède", "Commune that holds it, or took its place"
            ),
        ),
        "former_codes": Column(
            "VARCHAR",
            Text("Anciens codes, séparés par un blanc", "Former codes, separated by a space"),
        ),
        "postal_codes": Column(
            "VARCHAR",
            Text("Codes postaux, séparés par un blanc", "Postal codes, separated by a space"),
        ),
        "siren": Column("VARCHAR", Text("SIREN de la commune", "SIREN of the commune")),
        "population": Column(
            "INTEGER",
            Text("Population municipale, habitants", "Municipal population, inhabitants"),
            minimum=0,
        ),
    }
    unique = ("cog", "commune_code", "kind")
    sort = ("cog", "commune_code")

    def installed(self) -> list[Raw]:
        return installed("communes.json")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        snapshot = snapshot_of(raw)
        rows = [
            {
                "commune_code": record["code"],
                "cog": snapshot.cog,
                "period": snapshot.population,
                "name": record["nom"],
                "article": record.get("typeLiaison"),
                "kind": _KINDS.get(record["type"], record["type"]),
                "departement_code": record.get("departement"),
                "region_code": record.get("region"),
                "successor_code": record.get("chefLieu") or record.get("commune"),
                "former_codes": " ".join(record.get("anciensCodes", ())),
                "postal_codes": " ".join(record.get("codesPostaux", ())),
                "siren": record.get("siren"),
                "population": record.get("population"),
            }
            for record in parsed(raw)
            if "code" in record
        ]
        return table_of(rows, self.columns)
