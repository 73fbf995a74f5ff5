"""Who belongs to which EPCI and EPT, at each date."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.geography.package import installed, parsed, snapshot_of
from bassin.sources.rows import table_of
from bassin.types import Text


class Groupings(Source):
    """Members of EPCIs with own taxation and of the EPTs of the Métropole du Grand Paris.

    An EPT is not an EPCI: its communes also belong to the Métropole, and only to it as EPCI.
    """

    key = "groupings"
    title = Text("Composition des EPCI et des EPT", "Composition of EPCIs and EPTs")
    publisher = "DGCL, Insee"
    licence = "Licence Ouverte 2.0"
    page = "https://github.com/datagouv/decoupage-administratif"
    definition = Text(
        "Une ligne par commune et par groupement dont elle est membre, pour chaque année.",
        "One row for each commune and each grouping that it belongs to, for each year.",
    )
    cadence = Text("chaque année, au 1er janvier", "every year, on 1 January")
    stale_after = timedelta(days=550)
    packaged = True
    columns = {
        "grouping_code": Column(
            "VARCHAR", Text("SIREN du groupement", "SIREN of the grouping"), True, r"^\d{9}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "kind": Column(
            "VARCHAR", Text("CC, CA, CU, METRO ou EPT", "CC, CA, CU, METRO or EPT"), True
        ),
        "name": Column("VARCHAR", Text("Nom du groupement", "Name of the grouping"), True),
        "commune_code": Column(
            "VARCHAR", Text("Commune membre", "Member commune"), True, CODE_COMMUNE
        ),
        "population": Column(
            "INTEGER",
            Text(
                "Population municipale publiée avec la composition",
                "Municipal population published with the membership",
            ),
        ),
    }
    unique = ("cog", "grouping_code", "commune_code")
    sort = ("cog", "grouping_code")

    def installed(self) -> list[Raw]:
        return installed("epci.json", "ept.json")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        cog = snapshot_of(raw).cog
        rows = [
            {
                "grouping_code": record["code"],
                "cog": cog,
                "kind": record["type"],
                "name": record["nom"],
                "commune_code": member["code"],
                "population": member.get("populationMunicipale"),
            }
            for record in parsed(raw)
            for member in record["membres"]
        ]
        return table_of(rows, self.columns)
