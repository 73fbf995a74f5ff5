"""Number of dwellings sold and mean prices, by commune and year."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import number, shown
from bassin.sources.cities import without_doubled_cities
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text

_MEASURES = {
    "sales_count": ("nb_mutations", "INTEGER", Text("Ventes", "Sales")),
    "houses_count": ("NbMaisons", "INTEGER", Text("dont maisons", "of which houses")),
    "flats_count": ("NbApparts", "INTEGER", Text("dont appartements", "of which flats")),
    "mean_price_eur": (
        "PrixMoyen",
        "DOUBLE",
        Text("Prix moyen d'un logement vendu, €", "Mean price of a dwelling sold, €"),
    ),
    "mean_price_m2_eur": (
        "Prixm2Moyen",
        "DOUBLE",
        Text("Prix moyen au m², €", "Mean price per m², €"),
    ),
    "mean_area_m2": (
        "SurfaceMoy",
        "DOUBLE",
        Text("Surface moyenne d'un logement vendu, m²", "Mean floor area of a dwelling sold, m²"),
    ),
}


class Prices(Source):
    """Dwellings sold in the year, Paris as one commune; Alsace, Moselle and Mayotte are absent.

    Means, pulled up by expensive sales, all types together: they are not comparable with
    medians. The file's line without a commune is refused and listed, not spread.
    """

    key = "prices"
    title = Text("Prix des logements vendus (DVF)", "Prices of dwellings sold (DVF)")
    publisher = "DGFiP, agrégé par commune"
    licence = "Licence Ouverte 2.0"
    page = "https://www.data.gouv.fr/fr/datasets/demandes-de-valeurs-foncieres/"
    cadence = Text("deux fois par an", "twice a year")
    stale_after = timedelta(days=900)
    files = ("dvf/communesdvf[0-9][0-9][0-9][0-9].csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR", Text("Année des ventes", "Year of the sales"), True, r"^\d{4}$"
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
        "Une ligne par commune où au moins un logement fut vendu dans l'année.",
        "One row per commune where at least one dwelling was sold in the year.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["INSEE_COM", "annee", *(column for column, _, _ in _MEASURES.values())]
        table = read_csv(con, raw, columns=wanted, lines=True)
        table = without_doubled_cities(table, "INSEE_COM")
        return table.select(
            "line_number",
            commune_code=table.INSEE_COM,
            period=table.annee,
            cog=table.annee,
            **{
                name: number(shown(table[column], ("NA",)))
                for name, (column, _, _) in _MEASURES.items()
            },
        )
