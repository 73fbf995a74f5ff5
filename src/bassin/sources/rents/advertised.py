"""Predicted rent per square metre of advertised dwellings, by commune and kind of dwelling."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import number
from bassin.sources.cities import without_doubled_cities
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.sources.vintages import year_in_name
from bassin.types import Text

_DWELLINGS = {
    "Appartement": "flat",
    "Appartement T1-T2": "flat_1_2",
    "Appartement T3+": "flat_3_more",
    "Maison": "house",
}
_COLUMNS = {
    "rent_m2_eur": "loyer_predit_m2",
    "observations": "nombre_observations_commune",
    "zone_observations": "nombre_observations_zone",
}


class Rents(Source):
    """Rents of advertisements, charges included, as a model predicts them for a typical dwelling.

    Neither paid rents nor social ones. Where a commune has few advertisements the model borrows
    its neighbours': `observations` below 30 means an estimate of the zone. Never averaged.
    """

    key = "rents"
    title = Text("Loyers d'annonce (carte des loyers)", "Advertised rents (rent map)")
    publisher = "ANIL, ministère chargé du logement"
    licence = "Licence Ouverte 2.0"
    page = "https://www.data.gouv.fr/fr/datasets/carte-des-loyers-indicateurs-de-loyers-dannonce-par-commune-en-2024/"
    cadence = Text("chaque année", "every year")
    stale_after = timedelta(days=900)
    files = ("dvf/loyers_*[0-9][0-9][0-9][0-9].csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column("VARCHAR", Text("Année des annonces",
                                         "Year of the advertisements"), True, r"^\d{4}$"),
        "cog": Column("SMALLINT", Text("Année du code officiel géographique",
                                       "Year of the official geographical code"), True),
        "dwelling": Column("VARCHAR", Text("Type de logement", "Kind of dwelling"), True,
                           r"^(flat|flat_1_2|flat_3_more|house)$"),
        "rent_m2_eur": Column("DOUBLE", Text(
            "Loyer prédit, € par m² et par mois, charges comprises",
            "Predicted rent, € per m² a month, charges included"), True, "", 0),
        "observations": Column("INTEGER", Text("Annonces observées dans la commune",
                                               "Advertisements observed in the commune"),
                               minimum=0),
        "zone_observations": Column("INTEGER", Text("Annonces observées dans la zone",
                                                    "Advertisements observed in the zone"),
                                    minimum=0),
    }  # fmt: skip
    unique = ("commune_code", "period", "dwelling")
    sort = ("commune_code", "dwelling", "period")
    definition = Text(
        "Une ligne par commune et type de logement ; Paris par arrondissement.",
        "One row per commune and kind of dwelling; Paris by arrondissement.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        year = year_in_name(raw, "loyers_IDF_2024.csv")
        wanted = ["INSEE_COM", "type_local", *_COLUMNS.values()]
        table = read_csv(con, raw, columns=wanted, lines=True)
        table = without_doubled_cities(table, "INSEE_COM")
        kind = table.type_local.strip()
        return table.select(
            "line_number",
            commune_code=table.INSEE_COM,
            period=ibis.literal(str(year)),
            cog=ibis.literal(year),
            # An unknown kind stays as written, for the checks to refuse and name it.
            dwelling=kind.cases(*_DWELLINGS.items(), else_=kind),
            **{name: number(table[column]) for name, column in _COLUMNS.items()},
        )
