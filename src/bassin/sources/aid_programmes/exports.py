"""The same publisher's open export: one row per aid, as the platform of local aids writes it."""

import json
import re
from datetime import timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.sources.rows import table_of
from bassin.types import Text

_COLUMNS = (
    "id", "titre", "promesse", "description", "eligibilite", "types_aides", "porteurs",
    "url_source", "cibles", "eligibilite_geographique", "eligibilite_geographique_exclusions",
    "date_ouverture", "date_cloture", "date_mise_a_jour",
)  # fmt: skip
_SLUG = re.compile(r"/([a-z0-9]+(?:-[a-z0-9]+)*)/?(?:\?|#|$)")


class AidExports(Source):
    """One row per aid. Every column stays in `payload`, as published.

    The end of the address of a sheet is its name: the same aid has the same name in
    `aid_programmes`, which tells more of it. Nothing is judged here.
    """

    key = "aid_exports"
    title = Text(
        "Aides à la transition écologique, export ouvert",
        "Aids to the ecological transition, open export",
    )
    publisher = "Mission Transition écologique des entreprises (DGE, ADEME)"
    licence = "Licence Ouverte 2.0 (à vérifier)"
    page = "https://mission-transition-ecologique.beta.gouv.fr/"
    cadence = Text("au fil des fiches", "as sheets are written")
    stale_after = timedelta(days=365)
    files = ("aids/*data_gouv_export*.csv",)
    columns = {
        "programme_id": Column("VARCHAR", Text("Identifiant de la fiche",
                                               "Identifier of the sheet"), True,
                               r"^[a-z0-9]+(-[a-z0-9]+)*$"),
        "rank": Column("INTEGER", Text("Rang dans le fichier", "Rank in the file"), True, "", 1),
        "title": Column("VARCHAR", Text("Titre", "Title, in French"), True),
        "updated_on": Column("VARCHAR", Text("Jour de mise à jour", "Day of its last change"),
                             False, r"^\d{4}-\d{2}-\d{2}$"),
        "payload": Column("VARCHAR", Text("La ligne entière, en JSON",
                                          "The whole row, in JSON"), True),
    }  # fmt: skip
    unique = ("programme_id",)
    sort = ("rank",)
    definition = Text(
        "Une ligne par aide, ouverte ou close. Les critères écrits en toutes lettres sont gardés "
        "tels quels.",
        "One row per aid, open or closed. Criteria written in words are kept as they are.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = read_csv(con, raw, columns=_COLUMNS, lines=True)
        listed = table.order_by("line_number").to_pyarrow().to_pylist()
        return table_of((_row(at, each) for at, each in enumerate(listed, 1)), self.columns)


def _row(place: int, row: dict[str, Any]) -> dict[str, Any]:
    line = row.pop("line_number")
    found = _SLUG.search(row.get("url_source") or "")
    return {
        "programme_id": found[1] if found else row.get("id"),
        "rank": place,
        "title": row.get("titre"),
        "updated_on": (row.get("date_mise_a_jour") or "")[:10] or None,
        "payload": json.dumps(row, ensure_ascii=False, sort_keys=True),
        "line_number": line,
    }
