"""Establishments as they may be shown: what must be hidden is not in the table.

Whatever lists, finds, draws or exports establishments reads this table and no other. A natural
person and a unit in partial diffusion (article R123-232 of the code de commerce) keep their
commune, activity and dates; name, sign, address and position are empty. A doubt protects.
"""

import ibis
import ibis.expr.types as ir
import shapely

from bassin.sources.contract import Derivation
from bassin.sources.sirene.positions import Neighbourhoods, place
from bassin.sources.sirene.shown_columns import COLUMNS
from bassin.types import Text

# What is read of the optional tables, and the empty table that stands for a missing one.
_OPTIONAL = {
    "legal_units": (
        "siren VARCHAR, state VARCHAR, created_on DATE, legal_category VARCHAR, "
        "is_natural_person BOOLEAN, headcount_band VARCHAR, category VARCHAR, is_ess BOOLEAN, "
        "is_mission BOOLEAN, name VARCHAR, acronym VARCHAR, diffusion VARCHAR"
    ),
    "insertion_employers": "siret VARCHAR, kind VARCHAR, period VARCHAR",
    "qpv": "qpv_code VARCHAR, generation SMALLINT, shape BLOB",
    "successions": (
        "predecessor_siret VARCHAR, successor_siret VARCHAR, linked_on DATE, goes_on BOOLEAN"
    ),
}

# A legal unit that is not in the stock leaves in doubt whether it is a person.
_SUBJECTS = """
CREATE TABLE subjects AS SELECT siret,
    e.diffusion <> 'O' OR coalesce(u.diffusion, 'O') <> 'O'
    OR coalesce(u.is_natural_person, e.is_natural_person, true) AS is_hidden
FROM establishments e LEFT JOIN legal_units u USING (siren)
"""
_KNOWN = """
CREATE TABLE known AS SELECT siret, commune_code, x_m, y_m, longitude, latitude
FROM establishments JOIN subjects USING (siret)
WHERE NOT is_hidden AND (x_m IS NOT NULL OR longitude IS NOT NULL)
"""
_KINDS = """
CREATE TABLE insertion AS
SELECT siret, string_agg(DISTINCT kind, ' ' ORDER BY kind) AS insertion_kind
FROM insertion_employers WHERE period = (SELECT max(period) FROM insertion_employers) GROUP BY siret
"""
_MOVES = """
CREATE TABLE moves AS SELECT predecessor_siret, successor_siret, linked_on FROM successions
WHERE left(predecessor_siret, 9) = left(successor_siret, 9)
    AND predecessor_siret <> successor_siret AND coalesce(goes_on, true)
"""
_SHOWN = """
SELECT e.siret, e.siren, e.state, e.created_on, e.state_since_on, e.closed_on,
    e.naf_code, e.naf2025_code, e.headcount_band, e.headcount_year, e.is_employer,
    e.is_head_office, coalesce(u.is_natural_person, e.is_natural_person) AS is_natural_person,
    s.is_hidden,
    CASE WHEN NOT s.is_hidden THEN coalesce(e.sign, e.name, u.name) END AS name,
    CASE WHEN NOT s.is_hidden THEN e.sign END AS sign,
    CASE WHEN NOT s.is_hidden THEN u.name END AS unit_name,
    CASE WHEN NOT s.is_hidden THEN u.acronym END AS acronym,
    CASE WHEN NOT s.is_hidden THEN e.address END AS address,
    CASE WHEN NOT s.is_hidden THEN e.address_more END AS address_more,
    CASE WHEN NOT s.is_hidden THEN e.postal_code END AS postal_code,
    e.city, e.commune_code, p.longitude, p.latitude, p.longitude IS NOT NULL AS has_position,
    p.qpv_code, p.qpv_edge, u.legal_category, u.state AS unit_state,
    u.created_on AS unit_created_on, u.headcount_band AS unit_headcount_band, u.category,
    u.is_ess, u.is_mission, i.insertion_kind,
    b.moved_from, b.moved_from_on, a.moved_to, a.moved_to_on, e.period, e.cog
FROM establishments e JOIN subjects s USING (siret)
LEFT JOIN legal_units u USING (siren) LEFT JOIN positions p USING (siret)
LEFT JOIN insertion i USING (siret)
LEFT JOIN (SELECT successor_siret AS siret, max_by(predecessor_siret, linked_on) AS moved_from,
    max(linked_on) AS moved_from_on FROM moves GROUP BY ALL) b USING (siret)
LEFT JOIN (SELECT predecessor_siret AS siret, max_by(successor_siret, linked_on) AS moved_to,
    max(linked_on) AS moved_to_on FROM moves GROUP BY ALL) a USING (siret)
"""


def _derive(con: ibis.BaseBackend) -> ir.Table:
    there = set(con.list_tables())
    for table, columns in _OPTIONAL.items():
        if table not in there:
            con.raw_sql(f"CREATE TABLE {table} ({columns})")
    for sql in (_SUBJECTS, _KNOWN, _KINDS, _MOVES):
        con.raw_sql(sql)
    place(con.con, _neighbourhoods(con))
    return con.sql(_SHOWN)


def _neighbourhoods(con: ibis.BaseBackend) -> Neighbourhoods:
    """The perimeters in force: the latest generation that is loaded."""
    rows = con.raw_sql(
        "SELECT qpv_code, shape FROM qpv WHERE generation = (SELECT max(generation) FROM qpv)"
    ).fetchall()
    return Neighbourhoods(
        [code for code, _ in rows], [shapely.from_wkb(bytes(shape)) for _, shape in rows]
    )


SHOWN = Derivation(
    key="establishments_shown",
    title=Text("Établissements, tels qu'ils peuvent être montrés",
               "Establishments, as they may be shown"),
    inputs=("establishments",),
    optional=tuple(_OPTIONAL),
    columns=COLUMNS,
    derive=_derive,
    unique=("siret",),
    sort=("state", "commune_code", "naf_code"),
    version=2,
    definition=Text(
        "Une ligne par établissement, actif ou fermé. Nom, enseigne, adresse et position manquent "
        "pour les personnes physiques, les unités en diffusion partielle et celles dont la nature "
        "n'est pas connue ; leur commune et leur activité restent.",
        "One row per establishment, active or closed. Name, sign, address and position are missing "
        "for natural persons, units in partial diffusion and those whose nature is not known; "
        "their commune and activity stay.",
    ),
)  # fmt: skip
