"""Which communes a priority neighbourhood touches: one row per pair."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.sources.qpv.perimeters import CODE_QPV
from bassin.types import Text


def _pairs(con: ibis.BaseBackend) -> ir.Table:
    qpv = con.table("qpv")
    split = qpv.mutate(commune_code=qpv.commune_codes.split(" ").unnest())
    return split.select("qpv_code", "generation", "commune_code", "period", "cog")


QPV_COMMUNES = Derivation(
    key="qpv_communes",
    title=Text("Communes des quartiers prioritaires", "Communes of priority neighbourhoods"),
    inputs=("qpv",),
    columns={
        "qpv_code": Column(
            "VARCHAR", Text("Code du quartier", "Code of the neighbourhood"), True, CODE_QPV
        ),
        "generation": Column(
            "SMALLINT", Text("Génération : 2015 ou 2024", "Generation: 2015 or 2024"), True
        ),
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR", Text("Génération, comme une date", "Generation, as a date"), True
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
    },
    unique=("qpv_code", "commune_code"),
    sort=("commune_code", "qpv_code"),
    derive=_pairs,
    definition=Text(
        "Une ligne par quartier et commune touchée.", "One row per neighbourhood and commune."
    ),
)
