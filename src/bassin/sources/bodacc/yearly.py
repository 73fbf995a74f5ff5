"""Failures of a whole year beside the firms that could fail, so that a rate is one ratio."""

import ibis
import ibis.expr.types as ir

from bassin.sources.bodacc.local import WHOLE_YEARS
from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.types import Text

_YEARLY = """
WITH whole AS ({whole}), opened AS (
    SELECT commune_code, period, max(cog) AS cog, sum(openings) AS openings,
        sum(openings_bdf) AS openings_bdf
    FROM failures_local SEMI JOIN whole USING (period) GROUP BY ALL
), starts AS (
    SELECT period, make_date(CAST(period AS INTEGER), 1, 1) AS starts_on FROM whole
), firms AS (
    SELECT commune_code, starts.period, max(cog) AS cog, count(*) AS firms
    FROM establishments JOIN starts
        ON created_on < starts_on AND (state = 'A' OR closed_on >= starts_on)
    WHERE is_head_office AND commune_code IS NOT NULL GROUP BY commune_code, starts.period
)
SELECT coalesce(o.commune_code, f.commune_code) AS commune_code,
    coalesce(o.period, f.period) AS period, coalesce(f.cog, o.cog) AS cog,
    coalesce(openings, 0) AS openings, coalesce(openings_bdf, 0) AS openings_bdf, firms
FROM opened o FULL JOIN firms f ON o.commune_code = f.commune_code AND o.period = f.period
"""


def _derive(con: ibis.BaseBackend) -> ir.Table:
    return con.sql(_YEARLY.format(whole=WHOLE_YEARS))


def _count(fr: str, en: str, required: bool = True) -> Column:
    return Column("INTEGER", Text(fr, en), required, minimum=0)


FAILURES_YEARLY = Derivation(
    key="failures_yearly",
    title=Text("Défaillances de l'année et entreprises", "Failures of the year, and firms"),
    inputs=("failures", "failures_local", "establishments"),
    columns={
        "commune_code": Column(
            "VARCHAR",
            Text("Code Insee du siège", "Insee code of the head office"),
            True,
            CODE_COMMUNE,
        ),
        "period": Column("VARCHAR", Text("Année entière", "Whole year"), True, r"^\d{4}$"),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
        ),
        "openings": _count(
            "Sauvegardes, redressements et liquidations directes",
            "Safeguards, receiverships and direct liquidations",
        ),
        "openings_bdf": _count(
            "Redressements et liquidations directes, à la date du jugement",
            "Receiverships and direct liquidations, by judgment date",
        ),
        "firms": _count(
            "Sièges actifs au 1er janvier", "Head offices active on 1 January", required=False
        ),
    },
    derive=_derive,
    unique=("commune_code", "period"),
    sort=("commune_code", "period"),
    definition=Text(
        "Années entières seulement : une année dont un mois n'a aucune annonce n'y est pas.",
        "Whole years only: a year with a month without any notice is left out.",
    ),
)
