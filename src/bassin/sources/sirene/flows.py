"""Births, closures, stock and survival of establishments, by commune, activity and year."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.types import Text

# Codes of activity can be compared from the first whole year of NAF rev. 2.
FIRST_YEAR = 2009

# A spell of activity is [started_on, ended_on); `first` marks the one that begins at birth. From
# the stock alone an establishment has one spell. One closed at an unknown date is left out.
_FROM_STOCK = """
SELECT commune_code, naf_code, created_on, created_on AS started_on, closed_on AS ended_on,
    true AS first
FROM {stock} {without}
WHERE commune_code IS NOT NULL AND (state = 'A' OR closed_on IS NOT NULL)
"""
_FROM_HISTORY = """
SELECT commune_code, naf_code, created_on, started_on, ended_on, first
FROM {stock} JOIN runs USING (siret) WHERE commune_code IS NOT NULL
"""
# Successive periods in state A are one run; a change of activity does not end it.
_RUNS = """
SELECT siret, min(started_on) AS started_on,
    CASE WHEN bool_and(last_day_on IS NOT NULL)
        THEN CAST(max(last_day_on) + INTERVAL 1 DAY AS DATE) END AS ended_on,
    row_number() OVER (PARTITION BY siret ORDER BY min(started_on)) = 1 AS first
FROM (
    SELECT *, sum(CAST(state IS DISTINCT FROM before AS INTEGER))
        OVER (PARTITION BY siret ORDER BY started_on) AS run
    FROM (SELECT *, lag(state) OVER (PARTITION BY siret ORDER BY started_on) AS before
        FROM establishment_history)
) WHERE state = 'A' GROUP BY siret, run
"""
# What each spell adds to a year. `moved` is the change of the stock of 1 January.
_EVENTS = """
SELECT commune_code, naf_code, greatest(happened, {first}) AS year,
    count(*) FILTER (kind = 'birth' AND happened >= {first}) AS births,
    count(*) FILTER (kind = 'closure' AND happened >= {first}) AS closures,
    count(*) FILTER (kind = 'enters') - count(*) FILTER (kind = 'leaves') AS moved,
    count(*) FILTER (kind IN ('dead_3', 'alive_3') AND happened >= {first}) AS cohort_3y,
    count(*) FILTER (kind = 'alive_3' AND happened >= {first}) AS survivors_3y,
    count(*) FILTER (kind IN ('dead_5', 'alive_5') AND happened >= {first}) AS cohort_5y,
    count(*) FILTER (kind = 'alive_5' AND happened >= {first}) AS survivors_5y
FROM (
    SELECT commune_code, naf_code, unnest([
        {{'kind': 'birth', 'happened': CASE WHEN first THEN year(created_on) END}},
        {{'kind': 'closure', 'happened': year(ended_on)}},
        {{'kind': 'enters', 'happened': coalesce(year(started_on - INTERVAL 1 DAY) + 1, 0)}},
        {{'kind': 'leaves', 'happened': year(ended_on - INTERVAL 1 DAY) + 1}},
        {{'kind': CASE WHEN ended_on <= created_on + INTERVAL 3 YEAR THEN 'dead_3'
            ELSE 'alive_3' END, 'happened': CASE WHEN first THEN year(created_on) + 3 END}},
        {{'kind': CASE WHEN ended_on <= created_on + INTERVAL 5 YEAR THEN 'dead_5'
            ELSE 'alive_5' END, 'happened': CASE WHEN first THEN year(created_on) + 5 END}}
    ], recursive := true) FROM activity
) WHERE happened IS NOT NULL GROUP BY ALL
"""
# Flows of a year are known once it is over when the stock is made: before, NULL and not small.
_YEARS = """
WITH dated AS (
    SELECT CAST(max(period) AS DATE) AS stock_on, max(cog) AS cog FROM {dated}
), years AS (
    SELECT unnest(range({first}, year(stock_on) + 1)) AS year, cog, stock_on FROM dated
), grid AS (
    SELECT commune_code, naf_code, year, cog, make_date(year, 12, 31) <= stock_on AS whole
    FROM (SELECT DISTINCT commune_code, naf_code FROM events) CROSS JOIN years
), filled AS (
    SELECT g.*, births, closures, cohort_3y, survivors_3y, cohort_5y, survivors_5y,
        sum(moved) OVER (PARTITION BY g.commune_code, g.naf_code ORDER BY g.year) AS stock
    FROM grid g LEFT JOIN events e ON e.commune_code = g.commune_code AND e.year = g.year
        AND e.naf_code IS NOT DISTINCT FROM g.naf_code
)
SELECT commune_code, naf_code, CAST(year AS VARCHAR) AS period, cog,
    CASE WHEN whole THEN coalesce(births, 0) END AS births,
    CASE WHEN whole THEN coalesce(closures, 0) END AS closures,
    CAST(coalesce(stock, 0) AS INTEGER) AS stock,
    CASE WHEN whole THEN coalesce(cohort_3y, 0) END AS cohort_3y,
    CASE WHEN whole THEN coalesce(survivors_3y, 0) END AS survivors_3y,
    CASE WHEN whole THEN coalesce(cohort_5y, 0) END AS cohort_5y,
    CASE WHEN whole THEN coalesce(survivors_5y, 0) END AS survivors_5y
FROM filled WHERE stock > 0 OR births > 0 OR closures > 0 OR cohort_3y > 0 OR cohort_5y > 0
"""


_ALL = "establishments"
_WITHOUT_RUNS = "ANTI JOIN runs USING (siret)"


def _derive(con: ibis.BaseBackend) -> ir.Table:
    if "establishment_history" in con.list_tables():
        con.raw_sql(f"CREATE TABLE runs AS {_RUNS}")
        stock = _FROM_STOCK.format(stock=_ALL, without=_WITHOUT_RUNS)
        con.raw_sql(f"CREATE VIEW activity AS {_FROM_HISTORY.format(stock=_ALL)} UNION ALL {stock}")
    else:
        con.raw_sql(f"CREATE VIEW activity AS {_FROM_STOCK.format(stock=_ALL, without='')}")
    con.raw_sql(f"CREATE TABLE events AS {_EVENTS.format(first=FIRST_YEAR)}")
    return con.sql(_YEARS.format(first=FIRST_YEAR, dated=_ALL))


FLOWS_OF = ("births", "closures", "stock", "cohort_3y", "survivors_3y", "cohort_5y", "survivors_5y")
"""What is counted of each year."""


# All in one cell: what is asked for is their sum.
_TOGETHER = """
SELECT siret, CASE WHEN commune_code IS NOT NULL THEN '' END AS commune_code,
    CAST(NULL AS VARCHAR) AS naf_code, state, created_on, closed_on FROM ({chosen})
"""

_OF_SOME = """
WITH chosen AS ({chosen}), {runs}activity AS ({spells}), events AS ({events})
SELECT period, {sums} FROM ({years}) GROUP BY period ORDER BY period
"""


def yearly(chosen: str, *, dated: str, history: bool) -> str:
    """The flows of some establishments alone, year by year, by the rules of the whole table.

    Args:
        chosen: a query that gives `siret`, `commune_code`, `state`, `created_on` and `closed_on`
            of each.
        dated: the table whose `period` says until when flows are known.
        history: whether `establishment_history` is there, which makes spells exact.
    """
    spells = _FROM_STOCK.format(stock="chosen", without=_WITHOUT_RUNS if history else "")
    runs = ""
    if history:
        spells = f"{_FROM_HISTORY.format(stock='chosen')} UNION ALL {spells}"
        past = "(SELECT * FROM establishment_history SEMI JOIN chosen USING (siret))"
        runs = f"runs AS ({_RUNS.replace('establishment_history', past)}), "
    sums = ", ".join(f"CAST(sum({each}) AS INTEGER) AS {each}" for each in FLOWS_OF)
    return _OF_SOME.format(
        chosen=_TOGETHER.format(chosen=chosen), runs=runs, spells=spells, sums=sums,
        events=_EVENTS.format(first=FIRST_YEAR),
        years=_YEARS.format(first=FIRST_YEAR, dated=dated),
    )  # fmt: skip


def _count(fr: str, en: str) -> Column:
    return Column("INTEGER", Text(fr, en), minimum=0)


FLOWS = Derivation(
    key="establishment_flows",
    title=Text("Naissances, fermetures et stock d'établissements", "Births, closures and stock"),
    inputs=("establishments",),
    optional=("establishment_history",),
    columns={
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "naf_code": Column(
            "VARCHAR",
            Text(
                "NAF rév. 2 (vide : inconnue ou d'avant 2008)",
                "NAF rev. 2 (empty: unknown or from before 2008)",
            ),
        ),
        "period": Column("VARCHAR", Text("Année", "Year"), True, r"^\d{4}$"),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
        ),
        "births": _count("Établissements créés dans l'année", "Establishments created in the year"),
        "closures": _count("Établissements fermés dans l'année", "Closed in the year"),
        "stock": _count("Établissements actifs au 1er janvier", "Active on 1 January"),
        "cohort_3y": _count("Établissements créés trois ans avant", "Created three years before"),
        "survivors_3y": _count("… dont actifs à leurs trois ans", "… active at three years"),
        "cohort_5y": _count("Établissements créés cinq ans avant", "Created five years before"),
        "survivors_5y": _count("… dont actifs à leurs cinq ans", "… active at five years"),
    },
    derive=_derive,
    unique=("commune_code", "naf_code", "period"),
    sort=("commune_code", "naf_code", "period"),
    definition=Text(
        "Sans le fichier historique, un établissement compte comme actif de sa création à sa "
        "fermeture en cours : les fermetures suivies d'une réouverture sont ignorées, et la "
        "commune et l'activité sont celles d'aujourd'hui. Avec lui, les périodes d'activité sont "
        "exactes ; la survie se lit sans interruption. Une année non finie n'a pas de flux.",
        "Without the history file an establishment counts as active from its creation to its "
        "current closure: closures followed by a reopening are ignored, and commune and activity "
        "are today's. With it, periods of activity are exact; survival means without a break. "
        "A year that is not over has no flows.",
    ),
)
