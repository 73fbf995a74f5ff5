"""Establishments: those of the published stock, read from where people are already hidden.

Nothing here knows of the tables that name everyone: what must be hidden is not in the one read.
"""

from collections.abc import Sequence
from math import cos, radians
from typing import Any

from bassin.indicators.house import House
from bassin.indicators.secrecy import journal
from bassin.observe.opendata.api.endpoint import Endpoint, Page, Query
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.api.parameters import Parameter
from bassin.observe.opendata.api.places import KEY, known
from bassin.observe.opendata.api.problems import NOT_LOADED, UNKNOWN, Problem
from bassin.observe.opendata.openness import declared
from bassin.taxonomies import legal, naf
from bassin.taxonomies.headcounts import bands
from bassin.types import Origin, Text

TABLE = "establishments_shown"
METRES = 111_320.0  # of a degree of latitude
POST = "356000000"  # La Poste: the key of its offices is the sum of their digits
HIDDEN = ("name", "sign", "unit_name", "acronym", "address", "address_more", "longitude",
          "latitude")  # fmt: skip


def _f(
    name: str, kind: str, fr: str, en: str, example: Any, nullable: bool = True,
    choices: tuple[str, ...] = (), day: bool = False, given: bool = True,
) -> Field:  # fmt: skip
    return Field(name, kind, Text(fr, en), example, nullable, choices, "date" if day else "", given)


FIELDS = (
    _f("siret", "string", "numéro de l'établissement", "number of the establishment",
       "73282932000074", False),
    _f("siren", "string", "numéro de son unité légale", "number of its legal unit", "732829320",
       False),
    _f("name", "string", "comment l'appeler : enseigne, sinon nom ; vide quand la personne est "
       "protégée", "what to call it: sign, else name; empty when the person is protected",
       "Atelier du Pont"),
    _f("sign", "string", "enseigne", "sign", "Atelier du Pont"),
    _f("unit_name", "string", "nom de l'unité légale", "name of the legal unit", "PONT SAS"),
    _f("acronym", "string", "sigle", "acronym", None, given=False),
    _f("state", "string", "actif (A) ou fermé (F)", "active (A) or closed (F)", "A", False,
       ("A", "F")),
    _f("is_hidden", "boolean", "personne physique ou diffusion partielle : nom, adresse et "
       "position ne sont pas donnés (articles R123-232 du code de commerce, L312-1-2 du CRPA)",
       "natural person or partial diffusion: name, address and position are not given (articles "
       "R123-232 of the code de commerce, L312-1-2 of the CRPA)", False, False),
    _f("naf_code", "string", "activité, NAF rév. 2", "activity, NAF rev. 2", "25.62B"),
    _f("naf2025_code", "string", "activité, NAF 2025", "activity, NAF 2025", None, given=False),
    _f("headcount_band", "string", "tranche d'effectif", "headcount band", "11"),
    _f("headcount_year", "integer", "année de cet effectif", "year of that headcount", 2023,
       given=False),
    _f("is_employer", "boolean", "emploie-t-il ?", "does it employ?", True, given=False),
    _f("is_head_office", "boolean", "est-ce le siège ?", "is it the head office?", True),
    _f("commune_code", "string", "commune", "commune", "48095"),
    _f("address", "string", "adresse", "address", "3 RUE DU PONT"),
    _f("postal_code", "string", "code postal", "postal code", "48000"),
    _f("city", "string", "commune, dans l'adresse", "commune, in the address", "MENDE"),
    _f("longitude", "number", "longitude, degrés", "longitude, degrees", 3.5),
    _f("latitude", "number", "latitude, degrés", "latitude, degrees", 44.52),
    _f("qpv_code", "string", "quartier prioritaire où il se trouve", "priority neighbourhood", None,
       given=False),
    _f("created_on", "string", "créé le", "created on", "2011-03-01", day=True),
    _f("closed_on", "string", "fermé le", "closed on", None, day=True),
    _f("legal_category", "string", "catégorie juridique", "legal category", "5710"),
    _f("category", "string", "catégorie d'entreprise", "category of firm", "PME", True,
       ("PME", "ETI", "GE"), given=False),
    _f("is_ess", "boolean", "économie sociale et solidaire", "social and solidarity economy",
       False, given=False),
    _f("is_mission", "boolean", "société à mission", "société à mission", False, given=False),
    _f("insertion_kind", "string", "structure d'insertion : ACI, EI, ETTI…",
       "insertion employer: ACI, EI, ETTI…", None, given=False),
    _f("moved_from", "string", "SIRET d'où il vient", "SIRET it comes from", None, given=False),
    _f("moved_from_on", "string", "venu le", "came on", None, day=True, given=False),
    _f("moved_to", "string", "SIRET où il est allé", "SIRET it went to", None, given=False),
    _f("moved_to_on", "string", "parti le", "left on", None, day=True, given=False),
    _f("period", "string", "date du stock", "date of the stock", "2026-11-01"),
    _f("origin", "string", "marque : réel, cité ou inventé pour l'exemple",
       "mark: real, cited or invented for the sample", "real", False,
       tuple(each.value for each in Origin)),
)  # fmt: skip
COLUMNS = tuple(each.name for each in FIELDS if each.name != "origin")

_SORTS = {
    "siret": ("siret", ""),
    "name": ("coalesce(name, '')", ""),
    "created_on": ("coalesce(created_on, DATE '0001-01-01')", "DATE"),
    "-created_on": ("coalesce(created_on, DATE '0001-01-01')", "DATE"),
}
_OWN = (
    Parameter("within", "text", Text("clé du lieu où ils sont", "key of the place they are in"),
              "commune:48095", KEY),
    Parameter("naf", "words", Text("codes de la NAF rév. 2, à tout niveau",
                                   "codes of NAF rev. 2, at any level"), ["25.6"],
              r"[0-9]{2}(\.[0-9]{1,2}[A-Z]?)?"),
    Parameter("headcount", "words", Text("tranches d'effectif", "headcount bands"), ["11"],
              choices=lambda: tuple(bands("sirene"))),
    Parameter("state", "text", Text("actifs (A) ou fermés (F)", "active (A) or closed (F)"), "A",
              choices=lambda: ("A", "F"), default="A"),
    Parameter("siren", "text", Text("unité légale", "legal unit"), "732829320", r"[0-9]{9}"),
    Parameter("qpv", "text", Text("quartier prioritaire", "priority neighbourhood"), "QN09401M",
              r"Q[PN][0-9AB]{3}[0-9A-Z]{3}"),
    Parameter("legal", "text", Text("début de la catégorie juridique",
                                    "beginning of the legal category"), "57", r"[0-9]{1,4}"),
    Parameter("category", "words", Text("catégories d'entreprise", "categories of firms"), ["PME"],
              choices=lambda: ("PME", "ETI", "GE")),
    Parameter("ess", "boolean", Text("économie sociale et solidaire",
                                     "social and solidarity economy"), True),
    Parameter("insertion", "boolean", Text("structures d'insertion", "insertion employers"), True),
    Parameter("head_office", "boolean", Text("sièges", "head offices"), True),
    Parameter("since", "day", Text("créés ce jour ou après", "created on that day or after"),
              "2025-01-01"),
    Parameter("until", "day", Text("créés ce jour ou avant", "created on that day or before"),
              "2025-12-31"),
    Parameter("q", "text", Text("mots du nom, sans souci des accents",
                                "words of the name, accents apart"), "boulangerie"),
    Parameter("near", "circle", Text("autour d'un point : longitude,latitude,mètres",
                                     "around a point: longitude,latitude,metres"),
              [3.5, 44.52, 500]),
)  # fmt: skip
_EQUALS = {"state": "state", "siren": "siren", "qpv": "qpv_code", "ess": "is_ess",
           "head_office": "is_head_office"}  # fmt: skip
_AMONG = {"headcount": "headcount_band", "category": "category"}


def ready(house: House) -> None:
    """Check that the table is there, and given away.

    Raises:
        Problem: it is not; says what to load.
    """
    decided = declared(TABLE)
    if decided is None or not decided.is_open or not house.reader.has(TABLE):
        raise Problem(NOT_LOADED, Text(
            "Les établissements ne sont pas chargés ici. L'autorité charge le stock SIRENE, puis "
            "cette adresse répond.",
            "Establishments are not loaded here. The authority loads the SIRENE stock, then this "
            "address answers.",
        ))  # fmt: skip


def is_siret(text: str) -> bool:
    """Whether the key of a number of fourteen digits is right."""
    digits = [int(each) for each in text]
    if text.startswith(POST) and sum(digits) % 5 == 0:
        return True
    doubled = (d * 2 - 9 * (d > 4) if at % 2 == 0 else d for at, d in enumerate(digits))
    return sum(doubled) % 10 == 0


def where(query: Query) -> tuple[list[str], list[Any]]:
    """Conditions and their values: none of what was written enters the text of a query."""
    asked = query.asked
    said: list[str] = []
    values: list[Any] = []
    for name, column in _EQUALS.items():
        if name in asked:
            said.append(f"{column} = ?")
            values.append(asked[name])
    for name, column in _AMONG.items():
        if name in asked:
            said.append(f"{column} IN (SELECT unnest(?))")
            values.append(list(asked[name]))
    if "within" in asked:
        codes, column = _inside(query)
        said.append(f"{column} IN (SELECT unnest(?))")
        values.append(codes)
    if "insertion" in asked:
        said.append(f"insertion_kind IS {'NOT ' if asked['insertion'] else ''}NULL")
    if "legal" in asked:
        said.append("starts_with(legal_category, ?)")
        values.append(asked["legal"])
    for name, sign in (("since", ">="), ("until", "<=")):
        if name in asked:
            said.append(f"created_on {sign} ?")
            values.append(asked[name])
    _of_words(asked, said, values)
    return said, values


def _of_words(asked: Any, said: list[str], values: list[Any]) -> None:
    if "naf" in asked:
        said.append("(" + " OR ".join("starts_with(naf_code, ?)" for _ in asked["naf"]) + ")")
        values += asked["naf"]
    if "q" in asked:
        said.append("contains(strip_accents(lower(name)), strip_accents(lower(?)))")
        values.append(asked["q"].replace("\0", " "))
    if "near" in asked:
        longitude, latitude, metres = asked["near"]
        wide = METRES * max(cos(radians(latitude)), 1e-6)
        said.append("((longitude - ?) * ?) ** 2 + ((latitude - ?) * ?) ** 2 <= ?")
        values += [longitude, wide, latitude, METRES, metres**2]


def _check(query: Query) -> None:
    """Refuse codes that nobody uses: an empty list would not tell a mistake from an absence.

    Raises:
        Problem: a code is unknown; says where the list is.
    """
    asked = query.asked
    places = query.house.territory.gazetteer().places
    unknown = {
        "naf": [code for code in asked.get("naf", ()) if code not in naf.rev2()],
        "legal": []
        if any(c.startswith(asked.get("legal", "")) for c in legal.known())
        else [asked["legal"]],
        "qpv": [asked["qpv"]] if "qpv" in asked and f"qpv:{asked['qpv']}" not in places else [],
    }
    lists = {"naf": "taxonomies/naf_rev2", "legal": "taxonomies/legal_categories",
             "qpv": "places?scale=qpv"}  # fmt: skip
    for name, codes in unknown.items():
        if codes:
            listed, where = ", ".join(codes), f"/api/v1/{lists[name]}"
            raise Problem(UNKNOWN, Text(
                f"Le code {listed} n'existe pas. La liste est à l'adresse {where}.",
                f"The code {listed} does not exist. The list is at {where}.",
            ), name)  # fmt: skip


def _inside(query: Query) -> tuple[list[str], str]:
    """The codes of a place, and the column that they are looked for in."""
    place = known(query.house, query.asked["within"], query.asked, "within")
    if place.scale == "qpv":
        return [place.code], "qpv_code"
    if not place.communes:
        raise Problem(UNKNOWN, Text(
            f"{place.name} n'est pas fait de communes : ses établissements ne sont pas connus.",
            f"{place.name} is not made of communes: its establishments are not known.",
        ), "within")  # fmt: skip
    return sorted(query.house.territory.codes(place)), "commune_code"


def _page(query: Query) -> Page:
    ready(query.house)
    _check(query)
    said, values = where(query)
    rows = query.house.reader.rows
    kept = f" WHERE {' AND '.join(said)}" if said else ""
    total = rows(f"SELECT count(*) FROM {TABLE}{kept}", values)[0][0]
    sort = query.asked["sort"]
    column, cast = _SORTS[sort]
    down = sort.startswith("-")
    if query.after:
        sign = "<" if down else ">"
        said.append(f"({column}, siret) {sign} (CAST(? AS {cast or 'VARCHAR'}), ?)")
        values += query.after
    kept = f" WHERE {' AND '.join(said)}" if said else ""
    way = "DESC" if down else "ASC"
    found = rows(
        f"SELECT {', '.join(COLUMNS)}, CAST({column} AS VARCHAR) FROM {TABLE}{kept} "
        f"ORDER BY {column} {way}, siret {way} LIMIT {query.limit + 1}",
        values,
    )
    shown = found[: query.limit]
    after = [shown[-1][-1], shown[-1][0]] if len(found) > query.limit else None
    return Page(records(query.house, shown), after, total)


def records(house: House, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Rows of `COLUMNS` as they are told."""
    origin = house.reader.release.tables[TABLE].version.origin
    hidden = COLUMNS.index("is_hidden")
    journal.rows(sum(row[hidden] is not False for row in rows))
    return [{**_record(row), "origin": Origin(origin).value} for row in rows]


def _record(row: Sequence[Any]) -> dict[str, Any]:
    said = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in zip(COLUMNS, row, strict=False)
    }
    # The table hides them already; a mistake made there must not be told here.
    hidden = dict.fromkeys(HIDDEN) if said["is_hidden"] is not False else {}
    return {**said, **hidden, "is_hidden": said["is_hidden"] is not False}


def one(house: House, siret: str) -> dict[str, Any]:
    """The establishment of a number.

    Raises:
        Problem: the number is not one, or nobody has it.
    """
    ready(house)
    if not is_siret(siret):
        raise Problem(UNKNOWN, Text(
            f"{siret} n'est pas un SIRET : sa clé est fausse, un chiffre a sans doute été changé. "
            "Relisez les quatorze chiffres.",
            f"{siret} is not a SIRET: its key is wrong, a digit was probably changed. Read the "
            "fourteen digits again.",
        ), "siret")  # fmt: skip
    rows = house.reader.rows(f"SELECT {', '.join(COLUMNS)} FROM {TABLE} WHERE siret = ?", [siret])
    if not rows:
        raise Problem(UNKNOWN, Text(
            f"Aucun établissement publié ici n'a le SIRET {siret}.",
            f"No establishment published here has the SIRET {siret}.",
        ), "siret")  # fmt: skip
    return records(house, rows)[0]


LISTED = Endpoint(
    "establishments", "establishments", Text("Établissements", "Establishments"),
    Text("Les établissements du stock SIRENE. Les personnes physiques et les unités en diffusion "
         "partielle y sont, sans nom, ni adresse, ni position.",
         "The establishments of the SIRENE stock. Natural persons and units in partial diffusion "
         "are there, without name, address or position."),
    FIELDS, _OWN, page=_page, sorts=tuple(_SORTS),
    example={"naf": "25", "headcount": "11", "limit": "2"},
)  # fmt: skip
ONE = Endpoint(
    "establishments/{siret}", "establishment", Text("Un établissement", "An establishment"),
    Text("Un établissement par son SIRET.", "An establishment by its SIRET."), FIELDS,
    (Parameter("siret", "text", Text("quatorze chiffres", "fourteen digits"), "73282932000074",
               r"[0-9]{14}", in_path=True),),
    item=lambda query: one(query.house, query.asked["siret"]),
)  # fmt: skip
