"""Taxable income declared by the tax households of each commune, read from a GeoPackage."""

from datetime import timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import damaged, require_columns
from bassin.sources.rows import table_of
from bassin.types import Text

_LAYER = "com"
_COLUMNS = {
    "commune_code": "DEPCOM",
    "commune_name": "LIBCOM",
    "territory_code": "EPT",
    "territory_name": "LIBEPT",
    "taxable_income_eur": "INC",
    "tax_households": "TH",
}
# The file carries no date: its authors give incomes of 2013 (tax of 2014) in their documentation,
# on the communes of December 2015.
_INCOME_YEAR = 2013
_COMMUNES_YEAR = 2015


class TaxIncome(Source):
    """Two counts by commune, whose ratio is a mean per tax household.

    A tax household is not a household and taxable income is not disposable income: this mean is
    not comparable with the medians of Filosofi. Paris is given by arrondissement.
    """

    key = "tax_income"
    title = Text("Revenu imposable des communes du Grand Paris", "Taxable income, Grand Paris")
    publisher = "DGFiP, mis en forme par l'UMS RIATE"
    licence = "GPL-3.0 (dépôt), Licence Ouverte pour les données de la DGFiP"
    page = "https://github.com/riatelab/MTA"
    cadence = Text("une seule édition", "a single edition")
    stale_after = timedelta(days=10 * 365)
    files = ("income/MTA-*.gpkg",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "commune_name": Column("VARCHAR", Text("Nom de la commune", "Name of the commune")),
        "period": Column(
            "VARCHAR", Text("Année des revenus", "Year of the incomes"), True, r"^\d{4}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "territory_code": Column(
            "VARCHAR",
            Text("Territoire fin 2015 (T1 : Paris)", "Territory at the end of 2015 (T1: Paris)"),
            True,
        ),
        "territory_name": Column(
            "VARCHAR",
            Text(
                "Nom du territoire fin 2015, sans accents",
                "Name of the territory at the end of 2015, without accents",
            ),
        ),
        "taxable_income_eur": Column(
            "DOUBLE", Text("Revenu fiscal imposable, €", "Taxable income, €"), minimum=0
        ),
        "tax_households": Column(
            "INTEGER", Text("Foyers fiscaux", "Tax returns (foyers fiscaux)"), minimum=0
        ),
    }
    unique = ("commune_code", "period")
    definition = Text(
        "Une ligne par commune de la Métropole (arrondissements pour Paris).",
        "One row per commune of the Métropole (arrondissements for Paris).",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        found = _layer(raw)
        require_columns(raw.name, found.column_names, list(_COLUMNS.values()))
        rows = [
            {
                "period": str(_INCOME_YEAR),
                "cog": _COMMUNES_YEAR,
                # A row of a database has no line; its rank is what a person can look for.
                "line_number": rank,
                **{name: record[column] for name, column in _COLUMNS.items()},
            }
            for rank, record in enumerate(found.to_pylist(), start=1)
        ]
        return table_of(rows, self.columns)


def _layer(raw: Raw) -> Any:
    """The attributes of the layer of communes, as an Arrow table.

    Raises:
        SourceError: not a GeoPackage, or it has no such layer.
    """
    # Every web process knows the sources, and reads none: this library is for who does.
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        _, table = pyogrio.read_arrow(raw.path, layer=_LAYER, read_geometry=False)
    except DataLayerError as error:
        layers = ", ".join(str(name) for name, _ in pyogrio.list_layers(raw.path))
        raise SourceError(
            Text(
                f"{raw.name} n'a pas de couche « {_LAYER} » ; ses couches sont {layers}. Si le "
                "producteur l'a "
                "renommée, le lecteur de cette source est à mettre à jour.",
                f"{raw.name} has no layer “{_LAYER}”; its layers are {layers}. "
                "If the publisher renamed it, the reader of this source must be updated.",
            )
        ) from error
    except DataSourceError as error:
        # What the library says names the kept copy and its own driver: of no use to a person.
        raise damaged(raw.name, kind=Text("un GeoPackage", "a GeoPackage")) from error
    return table
