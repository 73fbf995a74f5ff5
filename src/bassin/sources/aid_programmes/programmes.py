"""Programmes of Mission Transition écologique: a few columns, and each programme whole."""

import json
from datetime import timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.contract import Column, Raw, Source
from bassin.sources.rows import table_of
from bassin.types import Text


class AidProgrammes(Source):
    """One row per programme. Its rules and its sentences stay in `payload`, as published.

    The guide to aids reads the payload; nothing is judged here. Blocks of publicodes
    repeat the rules in another language and are left out.
    """

    key = "aid_programmes"
    title = Text(
        "Aides à la transition écologique des entreprises",
        "Aids to the ecological transition of firms",
    )
    publisher = "Mission Transition écologique des entreprises (DGE, ADEME)"
    licence = "Licence Ouverte 2.0 (à vérifier)"
    page = "https://mission-transition-ecologique.beta.gouv.fr/"
    cadence = Text("au fil des fiches", "as sheets are written")
    stale_after = timedelta(days=180)
    files = ("aids/*programs*.json",)
    columns = {
        "programme_id": Column("VARCHAR", Text("Identifiant de la fiche",
                                               "Identifier of the sheet"), True,
                               r"^[a-z0-9]+(-[a-z0-9]+)*$"),
        "rank": Column("INTEGER", Text("Rang dans le fichier", "Rank in the file"), True, "", 1),
        "title": Column("VARCHAR", Text("Titre", "Title, in French"), True),
        "holder": Column("VARCHAR", Text("Porteur de l'aide", "Who gives the aid"), True),
        "nature": Column("VARCHAR", Text("Nature de l'aide", "Nature of the aid"), True),
        "payload": Column("VARCHAR", Text("La fiche entière, en JSON",
                                          "The whole sheet, in JSON"), True),
    }  # fmt: skip
    unique = ("programme_id",)
    sort = ("rank",)
    definition = Text(
        "Une ligne par aide, ouverte ou close. Les critères écrits en toutes lettres sont gardés "
        "tels quels.",
        "One row per aid, open or closed. Criteria written in words are kept as they are.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        try:
            listed = json.loads(raw.path.read_text("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise SourceError(
                Text(
                    f"{raw.name} n'est pas un fichier JSON lisible : {error}. Reprenez-le sur "
                    f"{self.page}.",
                    f"{raw.name} is not a readable JSON file: {error}. Take it again from "
                    f"{self.page}.",
                )
            ) from error
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            raise SourceError(
                Text(
                    f"{raw.name} doit être une liste de fiches, une par aide.",
                    f"{raw.name} must be a list of sheets, one per aid.",
                )
            )
        rows = [_row(place, each) for place, each in enumerate(listed, 1)]
        return table_of(rows, self.columns)


def _row(place: int, programme: dict[str, Any]) -> dict[str, Any]:
    payload = {key: value for key, value in programme.items() if key != "publicodes"}
    return {
        "programme_id": programme.get("id"),
        "rank": place,
        "title": programme.get("titre"),
        "holder": programme.get("opérateur de contact"),
        "nature": programme.get("nature de l'aide"),
        "payload": json.dumps(payload, ensure_ascii=False, sort_keys=True),
        "line_number": place,
    }
