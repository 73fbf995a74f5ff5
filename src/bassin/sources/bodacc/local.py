"""Failures by commune and activity, in the two definitions that are published in France."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.types import Text

# Notices in force: those that no later notice corrects or cancels.
_IN_FORCE = """
SELECT *, coalesce(judged_on, published_on) AS opened_on, coalesce(siren, notice_id) AS firm
FROM failures ANTI JOIN (
    SELECT previous_id AS notice_id FROM failures
    WHERE previous_id IS NOT NULL AND (is_correction OR is_cancellation)
) USING (notice_id)
WHERE is_opening AND NOT is_cancellation
"""
# A firm whose procedure opens again within a year is still in the same failure.
_FAILURES = """
SELECT *, lag(opened_on) OVER (PARTITION BY firm ORDER BY opened_on, notice_id) AS before,
    lag(opened_on) OVER (PARTITION BY firm, kind = 'safeguard' ORDER BY opened_on, notice_id)
        AS before_alike
FROM in_force
"""
_OPENINGS = "count(*) FILTER (before IS NULL OR opened_on - before > 365)"
# SIRENE says where the head office is and what it does; the gazette's own address is second best.
# In Paris, Lyon and Marseille the arrondissement is meant, as SIRENE writes it, never the city.
_PLACES = """
WITH latest AS (
    SELECT * FROM communes WHERE cog = (SELECT max(cog) FROM communes)
        AND kind IN ('commune', 'arrondissement')
), cities AS (
    SELECT DISTINCT successor_code FROM latest WHERE kind = 'arrondissement'
)
SELECT commune_code, cog, {name} AS spelt, unnest(string_split(postal_codes, ' ')) AS postal_code
FROM latest WHERE commune_code NOT IN (FROM cities)
"""
# Names of towns as the gazette and the geography both write them.
_SPELT = (
    "regexp_replace(regexp_replace(replace(replace(strip_accents(lower({0})), "
    "'-', ' '), '''', ' '),"
    " ' cedex.*$', ''), '\\bsainte?\\b', 'st', 'g')"
)
_OFFICES = """
CREATE TABLE offices (siren VARCHAR, commune_code VARCHAR, naf_code VARCHAR, cog SMALLINT)
"""
_NEAREST = """
SELECT f.notice_id, f.firm_number,
    coalesce(max(p.commune_code) FILTER (p.spelt = {city}),
        CASE WHEN count(DISTINCT p.commune_code) = 1 THEN max(p.commune_code) END) AS commune_code,
    max(p.cog) AS cog
FROM counted f JOIN places p USING (postal_code) GROUP BY ALL
"""
# A year with a month without any notice is not whole, and its count would pass for a low one.
WHOLE_YEARS = """
SELECT CAST(year(published_on) AS VARCHAR) AS period FROM failures
GROUP BY ALL HAVING count(DISTINCT month(published_on)) = 12
"""
_LOCAL = """
SELECT coalesce(e.commune_code, n.commune_code) AS commune_code, e.naf_code,
    CAST(year(opened_on) AS VARCHAR) AS period,
    CASE WHEN e.commune_code IS NOT NULL THEN e.cog ELSE n.cog END AS cog,
    {openings} AS openings,
    count(*) FILTER (kind <> 'safeguard' AND judged_on IS NOT NULL
        AND (before_alike IS NULL OR opened_on - before_alike > 365)) AS openings_bdf
FROM counted f LEFT JOIN offices e USING (siren) LEFT JOIN nearest n USING (notice_id, firm_number)
WHERE coalesce(e.commune_code, n.commune_code) IS NOT NULL GROUP BY ALL
"""

_OF_SOME = """
WITH in_force AS ({in_force}), counted AS ({counted}), whole AS ({whole}), chosen AS ({chosen}),
opened AS (
    SELECT CAST(year(opened_on) AS VARCHAR) AS period, {openings} AS openings
    FROM counted SEMI JOIN chosen USING (siren) GROUP BY ALL
)
SELECT period, coalesce(openings, 0) FROM whole LEFT JOIN opened USING (period) ORDER BY period
"""


def _derive(con: ibis.BaseBackend) -> ir.Table:
    con.raw_sql(f"CREATE TABLE in_force AS {_IN_FORCE}")
    con.raw_sql(f"CREATE TABLE counted AS {_FAILURES}")
    con.raw_sql(f"CREATE TABLE places AS {_PLACES.format(name=_SPELT.format('name'))}")
    con.raw_sql(f"CREATE TABLE nearest AS {_NEAREST.format(city=_SPELT.format('f.city'))}")
    con.raw_sql(_OFFICES)
    if "establishments" in con.list_tables():
        con.raw_sql(
            "INSERT INTO offices SELECT siren, max(commune_code), max(naf_code), max(cog) "
            "FROM establishments WHERE is_head_office GROUP BY siren"
        )
    return con.sql(_LOCAL.format(openings=_OPENINGS))


def yearly(chosen: str) -> str:
    """The failures of some firms alone, year by year, by the rules of the whole table.

    The gazette appears every week: a year with a month without notice is left out.

    Args:
        chosen: a query that gives the `siren` of each.
    """
    return _OF_SOME.format(
        in_force=_IN_FORCE, counted=_FAILURES, whole=WHOLE_YEARS, chosen=chosen, openings=_OPENINGS
    )


FAILURES_LOCAL = Derivation(
    key="failures_local",
    title=Text("Défaillances d'entreprises", "Failures of firms"),
    inputs=("failures", "communes"),
    optional=("establishments",),
    columns={
        "commune_code": Column(
            "VARCHAR",
            Text("Code Insee du siège", "Insee code of the head office"),
            True,
            CODE_COMMUNE,
        ),
        "naf_code": Column(
            "VARCHAR",
            Text(
                "NAF rév. 2 (vide : entreprise absente de SIRENE)",
                "NAF rev. 2 (empty: firm absent from SIRENE)",
            ),
        ),
        "period": Column("VARCHAR", Text("Année", "Year"), True, r"^\d{4}$"),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
        ),
        "openings": Column(
            "INTEGER",
            Text(
                "Sauvegardes, redressements et liquidations directes, une par SIREN",
                "Safeguards, receiverships and direct liquidations, one per SIREN",
            ),
            minimum=0,
        ),
        "openings_bdf": Column(
            "INTEGER",
            Text(
                "Redressements et liquidations directes, à la date du jugement (Banque de France)",
                "Receiverships and direct liquidations, by judgment date (Banque de France)",
            ),
            minimum=0,
        ),
    },
    derive=_derive,
    unique=("commune_code", "naf_code", "period", "cog"),
    sort=("commune_code", "naf_code", "period"),
    definition=Text(
        "Une défaillance est l'ouverture d'une procédure, une fois par SIREN et par période de "
        "douze mois ; conversions, plans et rectificatifs n'en sont pas. Elle est comptée à la "
        "commune du siège : d'après SIRENE, sinon d'après l'adresse de l'annonce. Les annonces "
        "dont la commune reste inconnue ne sont pas comptées.",
        "A failure is the opening of a procedure, once per SIREN within twelve months; "
        "conversions, plans and corrections are none. It is counted in the commune of the head "
        "office: from SIRENE, else from the notice's address. Notices whose commune stays unknown "
        "are not counted.",
    ),
)
