"""The collective procedure that a firm is in, or was last in, as the officers who help it read it.

It stands apart from the establishments that everybody may take: a list of firms in difficulty is
given to nobody. Natural persons and hidden units are not in it.
"""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Derivation
from bassin.types import Text

# The latest opening of each firm and what was judged after it. Notices that a later one corrects
# or cancels are left out.
_NOTICES = """
CREATE TABLE notices AS
SELECT siren, kind, coalesce(judged_on, published_on) AS on_day, is_opening,
    strip_accents(lower(coalesce(nature, ''))) LIKE '%liquidation%' AS liquidates
FROM failures ANTI JOIN (
    SELECT previous_id AS notice_id FROM failures
    WHERE previous_id IS NOT NULL AND (is_correction OR is_cancellation)
) USING (notice_id)
WHERE siren IS NOT NULL AND NOT is_cancellation
"""
_PROCEDURES = """
CREATE TABLE procedures AS
WITH opened AS (
    SELECT siren, max_by(kind, on_day) AS opened_as, max(on_day) AS procedure_on
    FROM notices WHERE is_opening GROUP BY siren
)
SELECT siren, procedure_on,
    CASE WHEN bool_or(n.kind = 'conversion' AND n.liquidates) THEN 'liquidation'
        ELSE any_value(opened_as) END AS procedure,
    min(n.on_day) FILTER (n.kind = 'plan') AS procedure_plan_on,
    min(n.on_day) FILTER (n.kind = 'closure') AS procedure_closed_on
FROM opened LEFT JOIN notices n USING (siren)
WHERE n.on_day >= procedure_on GROUP BY siren, procedure_on
"""
_SHOWN = """
SELECT siret, siren, procedure, procedure_on, procedure_plan_on, procedure_closed_on
FROM establishments_shown JOIN procedures USING (siren) WHERE NOT is_hidden
"""


def _derive(con: ibis.BaseBackend) -> ir.Table:
    for sql in (_NOTICES, _PROCEDURES):
        con.raw_sql(sql)
    return con.sql(_SHOWN)


PROCEDURES = Derivation(
    key="establishment_procedures",
    title=Text("Procédures collectives, par établissement",
               "Collective procedures, by establishment"),
    inputs=("establishments_shown", "failures"),
    columns={
    "siret": Column("VARCHAR", Text("SIRET", "SIRET"), True, r"^\d{14}$"),
    "siren": Column("VARCHAR", Text("SIREN", "SIREN"), True, r"^\d{9}$"),
    "procedure": Column("VARCHAR", Text("Dernière procédure collective de l'unité légale",
                                        "Latest collective procedure of the unit"), False,
                        "^(safeguard|receivership|liquidation)$"),
    "procedure_on": Column("DATE", Text("Son ouverture", "Opened on")),
    "procedure_plan_on": Column("DATE", Text("Son plan", "Plan on")),
    "procedure_closed_on": Column("DATE", Text("Sa clôture", "Closed on")),
    },
    derive=_derive,
    unique=("siret",),
    sort=("siren", "siret"),
    definition=Text(
        "La dernière procédure ouverte de chaque entreprise, portée à ses établissements, avec "
        "son plan et sa clôture. Une procédure close est dite close ; une procédure n'est pas une "
        "fermeture.",
        "The latest procedure opened of each firm, told at its establishments, with its plan and "
        "its closure. A closed one is said closed; a procedure is not a closure.",
    ),
)  # fmt: skip
