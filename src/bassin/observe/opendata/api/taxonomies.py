"""Taxonomies: the words that official data use, by code."""

from collections.abc import Callable
from typing import Any

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.opendata.api.endpoint import Endpoint, Page, Query
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.api.parameters import Parameter
from bassin.observe.opendata.api.problems import UNKNOWN, Problem
from bassin.observe.opendata.api.sorting import following
from bassin.taxonomies import legal, naf
from bassin.taxonomies.classification import Classification
from bassin.taxonomies.codes import normalise
from bassin.taxonomies.headcounts import bands
from bassin.taxonomies.perimeters import perimeters
from bassin.territory.search import folded
from bassin.types import Text

Entry = dict[str, Any]


def _naf(of: Callable[[], Classification]) -> Callable[[House, str], list[Entry]]:
    return lambda _house, words: [
        _entry(each.code, each.label.say(words), int(each.level), each.parent) for each in of()
    ]


def _legal(_house: House, words: str) -> list[Entry]:
    return [
        _entry(code, label.say(words), {1: 1, 2: 2}.get(len(code), 3), code[:-1] if len(code) == 2
               else code[:2] if len(code) > 2 else "")
        for code, label in sorted(legal.known().items())
    ]  # fmt: skip


def _bands(_house: House, words: str) -> list[Entry]:
    return [_entry(code, each.label.say(words), 1) for code, each in bands("sirene").items()]


def _perimeters(house: House, words: str) -> list[Entry]:
    known = perimeters(house.var / "authority" / "perimeters")
    return [
        _entry(each.id, each.label.say(words), 1, "", each.definition.say(words),
               each.naf_codes() if each.computable else ())
        for each in known.values()
    ]  # fmt: skip


def _rome(house: House, _words: str) -> list[Entry]:
    if not house.reader.has("rome_occupations"):
        return []
    rows = house.reader.rows(
        "SELECT rome_code, any_value(label) FROM rome_occupations GROUP BY 1 ORDER BY 1"
    )
    return [_entry(code, label, 1) for code, label in rows]


def _entry(
    code: str, label: str, level: int, parent: str = "", note: str = "",
    members: tuple[str, ...] = (),
) -> Entry:  # fmt: skip
    return {"code": code, "label": label, "level": level, "parent": parent or None,
            "note": note or None, "members": members}  # fmt: skip


TAXONOMIES: dict[str, tuple[Text, Text, Callable[[House, str], list[Entry]]]] = {
    "naf_rev2": (
        Text("NAF rév. 2", "NAF rev. 2"),
        Text("nomenclature d'activités en vigueur jusqu'à fin 2026, cinq niveaux",
             "nomenclature of activities in force until the end of 2026, five levels"),
        _naf(naf.rev2),
    ),
    "naf_2025": (
        Text("NAF 2025", "NAF 2025"),
        Text("nomenclature d'activités qui prend sa suite, cinq niveaux",
             "nomenclature of activities that follows it, five levels"),
        _naf(naf.naf_2025),
    ),
    "legal_categories": (
        Text("Catégories juridiques", "Legal categories"),
        Text("formes juridiques de l'Insee, trois niveaux", "Insee's legal forms, three levels"),
        _legal,
    ),
    "headcount_bands": (
        Text("Tranches d'effectif", "Headcount bands"),
        Text("tranches d'effectif salarié de SIRENE", "bands of employees of SIRENE"), _bands,
    ),
    "perimeters": (
        Text("Périmètres d'activités", "Perimeters of activities"),
        Text("ensembles nommés d'activités : « productif », réparation, déchets ; leurs "
             "sous-classes sont données",
             "named sets of activities: “productive”, repair, waste; their sub-classes are given"),
        _perimeters,
    ),
    "rome": (
        Text("Métiers (ROME)", "Occupations (ROME)"),
        Text("répertoire des métiers de France Travail, quand il est chargé",
             "France Travail's directory of occupations, where it is loaded"), _rome,
    ),
}  # fmt: skip


def _ids() -> tuple[str, ...]:
    return tuple(TAXONOMIES)


SHELVES = (
    Field("id", "string", Text("nom de la nomenclature", "name of the taxonomy"), "naf_rev2",
          choices=tuple(TAXONOMIES)),
    Field("title", "string", Text("titre", "title"), "NAF rév. 2"),
    Field("description", "string", Text("ce qu'elle nomme", "what it names"),
          "nomenclature d'activités…"),
    Field("entries", "integer", Text("postes", "entries"), 1728),
)  # fmt: skip
FIELDS = (
    Field("taxonomy", "string", Text("nomenclature", "taxonomy"), "naf_rev2",
          choices=tuple(TAXONOMIES)),
    Field("code", "string", Text("code", "code"), "25.62B"),
    Field("label", "string", Text("libellé", "label"), "Mécanique industrielle"),
    Field("level", "integer", Text("niveau, 1 pour le plus haut", "level, 1 for the highest"), 5),
    Field("parent", "string", Text("code du poste qui le contient", "code of the entry above"),
          "25.62", nullable=True),
    Field("note", "string", Text("définition, pour un périmètre", "definition, for a perimeter"),
          None, nullable=True),
    Field("members", "string[]", Text("codes qui le composent, pour un périmètre ; donné si on le "
                                      "demande",
                                      "codes it is made of, for a perimeter; given when asked for"),
          [], given=False),
)  # fmt: skip
_NAME = Parameter("taxonomy", "text", Text("nomenclature", "taxonomy"), "naf_rev2", choices=_ids,
                  in_path=True)  # fmt: skip


def _shelves(query: Query) -> Page:
    rows: list[Entry] = [
        {"id": key, "title": title.say(query.language), "description": text.say(query.language),
         "entries": len(make(query.house, query.language))}
        for key, (title, text, make) in TAXONOMIES.items()
    ]  # fmt: skip
    found, after = following(
        sorted(rows, key=lambda row: row["id"]), lambda row: [row["id"]], query.after, query.limit
    )
    return Page(found, after, len(rows))


def _entries(query: Query) -> list[Entry]:
    name = query.asked["taxonomy"]
    return [{"taxonomy": name, **each} for each in TAXONOMIES[name][2](query.house, query.language)]


def _page(query: Query) -> Page:
    asked, words = query.asked, folded(query.asked.get("q", ""))
    rows = [
        each
        for each in _entries(query)
        if each["level"] == asked.get("level", each["level"])
        and each["parent"] == asked.get("parent", each["parent"])
        and (words in folded(each["label"]) or each["code"] == asked.get("q"))
    ]
    if asked["sort"] == "label":
        rows.sort(key=lambda row: (folded(row["label"]), row["code"]))
        found, after = following(
            rows, lambda row: [folded(row["label"]), row["code"]], query.after, query.limit
        )
    else:
        rows.sort(key=lambda row: row["code"])
        found, after = following(rows, lambda row: [row["code"]], query.after, query.limit)
    return Page(found, after, len(rows))


def _item(query: Query) -> dict[str, Any]:
    given = query.asked["code"]
    codes = {given}
    if query.asked["taxonomy"].startswith("naf"):
        try:
            codes.add(normalise(given))
        except Refused:  # of another shape: no entry has it either, which the answer says
            codes = {given}
    found = next((each for each in _entries(query) if each["code"] in codes), None)
    if found is None:
        name = query.asked["taxonomy"]
        raise Problem(UNKNOWN, Text(
            f"La nomenclature {name} n'a pas de code « {given} ». Sa liste est à l'adresse "
            f"/api/v1/taxonomies/{name}.",
            f"The taxonomy {name} has no code “{given}”. Its list is at "
            f"/api/v1/taxonomies/{name}.",
        ), "code")  # fmt: skip
    return found


SHELF = Endpoint(
    "taxonomies", "taxonomies", Text("Nomenclatures", "Taxonomies"),
    Text("Les nomenclatures dont les données se servent.", "The taxonomies that data use."),
    SHELVES, page=_shelves, sorts=("id",),
)  # fmt: skip
LISTED = Endpoint(
    "taxonomies/{taxonomy}", "entries", Text("Postes d'une nomenclature", "Entries of a taxonomy"),
    Text("Tous les postes, ou ceux d'un niveau, ou ceux que contient un autre.",
         "All entries, or those of a level, or those that another one holds."),
    FIELDS,
    (_NAME,
     Parameter("level", "integer", Text("niveau", "level"), 1, minimum=1, maximum=5),
     Parameter("parent", "text", Text("code du poste qui les contient", "code of the entry above"),
               "C"),
     Parameter("q", "text", Text("mots du libellé, ou code", "words of the label, or code"),
               "réparation")),
    page=_page, sorts=("code", "label"), example={"level": "1", "limit": "3"},
)  # fmt: skip
ONE = Endpoint(
    "taxonomies/{taxonomy}/{code}", "entry", Text("Un poste", "An entry"),
    Text("Un poste par son code ; un code d'activité s'écrit avec ou sans son point.",
         "An entry by its code; a code of activity is written with or without its dot."),
    FIELDS,
    (_NAME, Parameter("code", "text", Text("code", "code"), "25.62B",
                      r"[0-9A-Za-z][0-9A-Za-z_.]{0,39}", in_path=True)),
    item=_item,
)  # fmt: skip
