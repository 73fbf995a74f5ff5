"""Active establishments of today by commune, activity, size and status, with job intervals."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.types import Text

# Insee's bands of salaried staff, both ends included; None: no upper end. NN and no band at all
# are booked as zero, as Insee does, although the headcount may only be unknown.
BANDS: dict[str, tuple[int, int | None]] = {
    "NN": (0, 0), "00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19),
    "12": (20, 49), "21": (50, 99), "22": (100, 199), "31": (200, 249), "32": (250, 499),
    "41": (500, 999), "42": (1000, 1999), "51": (2000, 4999), "52": (5000, 9999),
    "53": (10000, None),
}  # fmt: skip


_CELL = (
    "commune_code", "naf_code", "period", "cog", "headcount_band", "is_head_office", "is_employer",
)  # fmt: skip


def _derive(con: ibis.BaseBackend) -> ir.Table:
    bands = ibis.memtable(
        {
            "headcount_band": list(BANDS),
            "least": [least for least, _ in BANDS.values()],
            "most": [most for _, most in BANDS.values()],
        },
        schema={"headcount_band": "string", "least": "int64", "most": "int64"},
    )
    table = con.table("establishments")
    table = table.filter((table.state == "A") & table.commune_code.notnull())
    if "legal_units" in con.list_tables():
        units = con.table("legal_units").select("siren", "is_ess")
        table = table.left_join(units, "siren")
        social = table.is_ess.fill_null(False).cast("int32").sum()
    else:
        social = ibis.null("int64")
    cells = table.group_by(*_CELL).aggregate(establishments=table.count(), ess=social)
    cells = cells.left_join(bands, "headcount_band")
    unknown = cells.headcount_band.isnull()
    return cells.select(
        *_CELL,
        "establishments",
        "ess",
        headcount_min=ibis.ifelse(unknown, 0, cells.establishments * cells.least),
        headcount_max=ibis.ifelse(unknown, 0, cells.establishments * cells.most),
    )


STOCK = Derivation(
    key="establishment_stock",
    title=Text("Établissements actifs par taille", "Active establishments by size"),
    inputs=("establishments",),
    optional=("legal_units",),
    columns={
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "naf_code": Column("VARCHAR", Text("NAF rév. 2", "NAF rev. 2")),
        "period": Column("VARCHAR", Text("Date du stock", "Day of the stock")),
        "cog": Column("SMALLINT", Text("Année du code officiel géographique",
                                       "Year of the official geographical code")),
        "headcount_band": Column("VARCHAR", Text("Tranche d'effectif (vide : non renseignée)",
                                                 "Staff band (empty: not filled in)")),
        "is_head_office": Column("BOOLEAN", Text("Siège", "Head office")),
        "is_employer": Column("BOOLEAN", Text("Employeur", "Employer")),
        "establishments": Column("INTEGER", Text("Établissements actifs",
                                                 "Active establishments"), minimum=0),
        "ess": Column("INTEGER", Text("… de l'économie sociale (vide : unités légales absentes)",
                                      "… of the social economy (empty: legal units not loaded)")),
        "headcount_min": Column("BIGINT", Text("Salariés, somme des minima",
                                               "Employees, sum of the lower bounds")),
        "headcount_max": Column("BIGINT", Text("Salariés, somme des maxima (vide : sans borne)",
                                               "Employees, sum of the upper bounds (empty: none)")),
    },
    derive=_derive,
    unique=(
        "commune_code", "naf_code", "period", "headcount_band", "is_head_office", "is_employer",
    ),
    sort=("commune_code", "naf_code"),
    definition=Text(
        "Un total de salariés tiré de SIRENE est un intervalle. Les tranches NN et vides y "
        "comptent pour zéro, comme à l'Insee, alors que l'effectif peut n'être qu'inconnu.",
        "A total of jobs from SIRENE is an interval. Bands NN and empty count for zero, as at "
        "Insee, although the headcount may only be unknown.",
    ),
)  # fmt: skip
