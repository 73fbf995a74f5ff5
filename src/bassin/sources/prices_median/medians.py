"""Median price per square metre of dwellings sold, by commune, houses and flats apart."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import number
from bassin.sources.cities import without_doubled_arrondissements
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text

_MEASURES = {
    "sales_count": ("dvf_nbtrans", "INTEGER", Text("Ventes de logements, plusieurs années",
                                                   "Dwellings sold, several years")),
    "median_price_m2_eur": ("dvf_pxm2_median", "DOUBLE", Text("Prix médian au m², €",
                                                              "Median price per m², €")),
    "median_area_m2": ("dvf_surface_median", "DOUBLE", Text("Surface médiane, m²",
                                                            "Median floor area, m²")),
    "houses_count": ("dvf_nbtrans_cod111", "INTEGER", Text("Ventes de maisons", "Houses sold")),
    "houses_median_price_m2_eur": (
        "dvf_pxm2_median_cod111", "DOUBLE", Text("Prix médian au m² des maisons, €",
                                                 "Median price per m² of houses, €")),
    "flats_count": ("dvf_nbtrans_cod121", "INTEGER", Text("Ventes d'appartements", "Flats sold")),
    "flats_median_price_m2_eur": (
        "dvf_pxm2_median_cod121", "DOUBLE", Text("Prix médian au m² des appartements, €",
                                                 "Median price per m² of flats, €")),
    "area_ha": ("da_surface_ha", "DOUBLE", Text("Superficie de la commune, ha",
                                                "Area of the commune, ha")),
}  # fmt: skip
# The file is not dated. Its sales are of about 2023 and the years before; every code is in the
# official list of 2026.
_SALES_YEAR = 2023
_COMMUNES_YEAR = 2026


class PricesMedian(Source):
    """Medians over several years of sales. A median of medians is not a median: never averaged.

    The file gives Paris, Lyon and Marseille both whole and by arrondissement; the whole city is
    kept, since its median cannot be found again from its parts.
    """

    key = "prices_median"
    title = Text("Prix médians des logements", "Median prices of dwellings")
    publisher = "ADEME (Bénéfriches), d'après DVF"
    licence = "MIT (dépôt), Licence Ouverte pour DVF"
    page = "https://github.com/incubateur-ademe/benefriches"
    cadence = Text("non précisée", "not stated")
    stale_after = timedelta(days=1200)
    files = ("dvf/benefriches-cityStats.csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR",
            Text("Dernière année de ventes, environ", "Last year of the sales, approximately"),
            True,
            r"^\d{4}$",
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        **{name: Column(kind, label, minimum=0) for name, (_, kind, label) in _MEASURES.items()},
    }
    unique = ("commune_code", "period")
    definition = Text(
        "Une ligne par commune, y compris celles sans vente (médiane vide).",
        "One row per commune, those without a sale too (empty median).",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["city_code", *(column for column, _, _ in _MEASURES.values())]
        table = read_csv(con, raw, columns=wanted, delimiter=";", lines=True)
        table = without_doubled_arrondissements(table, "city_code")
        return table.select(
            "line_number",
            commune_code=table.city_code,
            period=ibis.literal(str(_SALES_YEAR)),
            cog=ibis.literal(_COMMUNES_YEAR),
            **{name: number(table[column]) for name, (column, _, _) in _MEASURES.items()},
        )
