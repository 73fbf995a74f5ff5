"""How far incomes differ between the IRIS of a commune: counts, lowest, highest, no mean.

A mean of medians is the median of nobody; only what can be read on one IRIS is kept.
"""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.types import Text

LOW_MEDIAN_EUR = 15_000
HIGH_MEDIAN_EUR = 25_000
HIGH_POVERTY_PCT = 30
LOW_POVERTY_PCT = 10


def _spread(con: ibis.BaseBackend) -> ir.Table:
    iris = con.table("income_iris")
    return iris.group_by("commune_code", "period", "cog").agg(
        iris_count=iris.count(),
        median_published=iris.median_eur.count(),
        median_min_eur=iris.median_eur.min(),
        median_max_eur=iris.median_eur.max(),
        median_below_15000=(iris.median_eur < LOW_MEDIAN_EUR).sum().fill_null(0),
        median_from_25000=(iris.median_eur >= HIGH_MEDIAN_EUR).sum().fill_null(0),
        poverty_published=iris.poverty_pct.count(),
        poverty_min_pct=iris.poverty_pct.min(),
        poverty_max_pct=iris.poverty_pct.max(),
        poverty_below_10=(iris.poverty_pct < LOW_POVERTY_PCT).sum().fill_null(0),
        poverty_from_30=(iris.poverty_pct >= HIGH_POVERTY_PCT).sum().fill_null(0),
        d1_min_eur=iris.d1_eur.min(),
        d9_max_eur=iris.d9_eur.max(),
        gini_min=iris.gini.min(),
        gini_max=iris.gini.max(),
    )


INCOME_SPREAD = Derivation(
    key="income_spread",
    title=Text("Écarts de revenu entre les IRIS d'une commune", "Income gaps between IRIS"),
    inputs=("income_iris",),
    columns={
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column("VARCHAR", Text("Année des revenus", "Year of the incomes"), True),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "iris_count": Column(
            "INTEGER",
            Text("IRIS de la commune dans le fichier", "IRIS of the commune in the file"),
            True,
        ),
        "median_published": Column(
            "INTEGER",
            Text("IRIS dont la médiane est publiée", "IRIS whose median is published"),
            True,
        ),
        "median_min_eur": Column(
            "DOUBLE", Text("Médiane de l'IRIS le plus modeste, €", "Median of the poorest IRIS, €")
        ),
        "median_max_eur": Column(
            "DOUBLE", Text("Médiane de l'IRIS le plus aisé, €", "Median of the richest IRIS, €")
        ),
        "median_below_15000": Column(
            "INTEGER",
            Text("IRIS de médiane inférieure à 15 000 €", "IRIS with a median below €15,000"),
            True,
        ),
        "median_from_25000": Column(
            "INTEGER",
            Text("IRIS de médiane d'au moins 25 000 €", "IRIS with a median of at least €25,000"),
            True,
        ),
        "poverty_published": Column(
            "INTEGER",
            Text(
                "IRIS dont le taux de pauvreté est publié", "IRIS whose poverty rate is published"
            ),
            True,
        ),
        "poverty_min_pct": Column(
            "DOUBLE",
            Text("Taux de pauvreté le plus bas d'un IRIS, %", "Lowest poverty rate of an IRIS, %"),
        ),
        "poverty_max_pct": Column(
            "DOUBLE",
            Text(
                "Taux de pauvreté le plus haut d'un IRIS, %", "Highest poverty rate of an IRIS, %"
            ),
        ),
        "poverty_below_10": Column(
            "INTEGER", Text("IRIS sous 10 % de pauvreté", "IRIS below 10% of poverty"), True
        ),
        "poverty_from_30": Column(
            "INTEGER",
            Text("IRIS à 30 % de pauvreté et plus", "IRIS at 30% of poverty and more"),
            True,
        ),
        "d1_min_eur": Column(
            "DOUBLE",
            Text("Premier décile le plus bas d'un IRIS, €", "Lowest first decile of an IRIS, €"),
        ),
        "d9_max_eur": Column(
            "DOUBLE",
            Text("Neuvième décile le plus haut d'un IRIS, €", "Highest ninth decile of an IRIS, €"),
        ),
        "gini_min": Column(
            "DOUBLE", Text("Indice de Gini le plus bas d'un IRIS", "Lowest Gini index of an IRIS")
        ),
        "gini_max": Column(
            "DOUBLE", Text("Indice de Gini le plus haut d'un IRIS", "Highest Gini index of an IRIS")
        ),
    },
    unique=("commune_code", "period"),
    sort=("commune_code", "period"),
    derive=_spread,
    definition=Text(
        "Une ligne par commune découpée en IRIS et par année : nombres d'IRIS, minimum et maximum. "
        "Aucune moyenne de médianes. Les seuils portent sur les seuls IRIS publiés.",
        "One row per commune divided into IRIS and year: counts of IRIS, lowest and highest. "
        "No mean of medians. Thresholds count published IRIS only.",
    ),
)
