"""Départements and régions of France."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw, Source
from bassin.sources.geography.package import SNAPSHOTS, installed, parsed, snapshot_of
from bassin.sources.rows import table_of
from bassin.types import Scale, Text


class Areas(Source):
    """Départements and régions, with the article their names take."""

    key = "areas"
    title = Text("Départements et régions", "Départements and régions")
    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = "https://github.com/datagouv/decoupage-administratif"
    definition = Text(
        "Une ligne par département et par région, pour chaque année du code géographique.",
        "One row for each département and région, for each year of the geographic code.",
    )
    cadence = Text("chaque année, au 1er janvier", "every year, on 1 January")
    stale_after = timedelta(days=550)
    packaged = True
    columns = {
        "area_code": Column("VARCHAR", Text("Code", "Code"), True),
        "scale": Column("VARCHAR", Text("departement ou region", "departement or region"), True),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "name": Column("VARCHAR", Text("Nom, sans article", "Name, without its article"), True),
        "article": Column(
            "TINYINT",
            Text("Article du nom (TNCC de l'Insee)", "Article of the name (Insee's TNCC)"),
        ),
        "region_code": Column(
            "VARCHAR", Text("Région d'un département", "Région of a département")
        ),
    }
    unique = ("cog", "scale", "area_code")
    sort = ("cog", "scale", "area_code")

    def installed(self) -> list[Raw]:
        return installed("departements.json", "regions.json")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        scale = "departement" if raw.name.endswith("departements.json") else "region"
        rows = [
            {
                "area_code": record["code"],
                "scale": scale,
                "cog": snapshot_of(raw).cog,
                "name": record["nom"],
                "article": record.get("typeLiaison"),
                "region_code": record.get("region"),
            }
            for record in parsed(raw)
        ]
        return table_of(rows, self.columns)


def areas_of(code: str) -> list[tuple[str, str]]:
    """Key ("region:53") and name of each area of today that has a code, read from the package.

    A département and a région may share one: this tells so before anything is loaded.
    """
    found = []
    for raw in Areas().installed():
        if snapshot_of(raw) is SNAPSHOTS[-1]:
            scale = Scale.DEPARTEMENT if raw.name.endswith("departements.json") else Scale.REGION
            found += [(f"{scale}:{code}", r["nom"]) for r in parsed(raw) if r["code"] == code]
    return found
