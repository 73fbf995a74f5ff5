"""The columns that may be taken away, each with its name in files, its title and its SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bassin.errors import Refused
from bassin.observe.companies.filters.base import shown
from bassin.observe.companies.rows import PROCEDURES, TABLE
from bassin.observe.companies.selection import Parameters
from bassin.store import Reader
from bassin.taxonomies.headcounts import bands
from bassin.types import Text

CHOSEN, RANK = "colonnes", "rang_"
"""Names in an address: the columns in their order, or the rank of each as a form sends it."""


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` names it in files for programs, `title` in workbooks.

    `officers`: it is given to them alone.
    """

    key: str
    title: Text
    kind: Kind = Kind.TEXT
    sql: str = ""
    officers: bool = False

    @property
    def read(self) -> str:
        """Its SQL over `establishments_shown`."""
        return self.sql or self.key


def _staff() -> str:
    whens = " ".join(f"WHEN '{code}' THEN '{_plain(each.label.fr)}'" for code, each in _BANDS)
    return f"CASE headcount_band {whens} END"


def _plain(said: str) -> str:
    return said.replace("'", "''")


def _procedure(key: str, title: Text, kind: Kind) -> Column:
    found = f"(SELECT p.{key} FROM {PROCEDURES} p WHERE p.siret = {TABLE}.siret)"
    return Column(key, title, kind, found, officers=True)


_BANDS = tuple(bands().items())
_T, _N, _D, _Y = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.YES_NO

COLUMNS: Mapping[str, Column] = {
    each.key: each
    for each in (
        Column("siret", Text("SIRET", "SIRET")),
        Column("siren", Text("SIREN", "SIREN")),
        Column("name", Text("Nom", "Name")),
        Column("sign", Text("Enseigne", "Sign")),
        Column("unit_name", Text("Raison sociale", "Legal name")),
        Column("acronym", Text("Sigle", "Acronym")),
        Column("address", Text("Adresse", "Address")),
        Column("address_more", Text("Complément d'adresse", "More of the address")),
        Column("postal_code", Text("Code postal", "Postal code")),
        Column("city", Text("Commune", "Commune")),
        Column("commune_code", Text("Code Insee de la commune", "Insee code of the commune")),
        Column("qpv_code", Text("Quartier prioritaire", "Priority neighbourhood")),
        Column("longitude", Text("Longitude", "Longitude"), _N),
        Column("latitude", Text("Latitude", "Latitude"), _N),
        Column("naf_code", Text("Code NAF", "NAF code")),
        Column("naf_label", Text("Activité", "Activity")),
        Column("naf2025_code", Text("Code NAF 2025", "NAF 2025 code")),
        Column("headcount_band", Text("Tranche d'effectif (code)", "Staff band (code)")),
        Column("headcount", Text("Tranche d'effectif", "Staff band"), _T, _staff()),
        Column("headcount_year", Text("Année de l'effectif", "Year of the staff"), _N),
        Column("is_employer", Text("Employeur", "Employer"), _Y),
        Column("is_head_office", Text("Siège", "Head office"), _Y),
        Column("state", Text("État (A actif, F fermé)", "State (A active, F closed)")),
        Column("created_on", Text("Créé le", "Created on"), _D),
        Column("closed_on", Text("Fermé le", "Closed on"), _D),
        Column("legal_category", Text("Catégorie juridique", "Legal category")),
        Column("category", Text("Catégorie d'entreprise", "Size class of the firm")),
        Column("is_ess", Text("Économie sociale et solidaire", "Social economy"), _Y),
        Column("is_mission", Text("Société à mission", "Purpose-driven company"), _Y),
        Column("insertion_kind", Text("Structure d'insertion", "Insertion employer")),
        _procedure("procedure", Text("Procédure collective", "Collective procedure"), _T),
        _procedure("procedure_on", Text("Procédure ouverte le", "Procedure opened on"), _D),
        _procedure("procedure_closed_on", Text("Procédure close le", "Procedure closed on"), _D),
        Column("moved_from", Text("Venu de (SIRET)", "Came from (SIRET)")),
        Column("moved_from_on", Text("Venu le", "Came on"), _D),
        Column("moved_to", Text("Parti à (SIRET)", "Went to (SIRET)")),
        Column("moved_to_on", Text("Parti le", "Went on"), _D),
        Column("is_hidden", Text("Identité protégée", "Protected identity"), _Y),
    )
}

PRESETS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "essentiel": (
        Text("L'essentiel", "The essential"),
        ("siret", "name", "naf_code", "naf_label", "headcount", "address", "postal_code", "city",
         "created_on"),
    ),
    "courrier": (
        Text("Pour écrire", "To write to them"),
        ("name", "unit_name", "address", "address_more", "postal_code", "city", "siret"),
    ),
    "carte": (
        Text("Pour une carte", "For a map"),
        ("siret", "name", "naf_code", "naf_label", "headcount_band", "state", "longitude",
         "latitude", "commune_code", "qpv_code"),
    ),
    "tout": (
        Text("Toutes les colonnes", "All columns"),
        tuple(key for key, each in COLUMNS.items() if not each.officers),
    ),
}  # fmt: skip
USUAL = "essentiel"


def given(reader: Reader, *, officer: bool) -> dict[str, Column]:
    """The columns that may be taken: procedures by officers, where they are loaded."""
    told = officer and reader.has(PROCEDURES)
    return {key: each for key, each in COLUMNS.items() if told or not each.officers}


def chosen(parameters: Parameters, known: Mapping[str, Column] = COLUMNS) -> tuple[Column, ...]:
    """The columns that an address asks for, in their order; the usual ones when it asks for none.

    Args:
        known: those that may be taken.

    Raises:
        Refused: a column is not known, or no rank is a number.
    """
    ranked = {key: _rank(key, parameters.getlist(f"{RANK}{key}")) for key in known}
    by_rank = sorted((rank, at) for at, rank in enumerate(ranked.values()) if rank)
    named = [part for said in parameters.getlist(CHOSEN) for part in said.split(",") if part]
    if by_rank:
        keys: Sequence[str] = [list(known)[at] for _, at in by_rank]
    else:
        keys = list(dict.fromkeys(named)) or PRESETS[USUAL][1]
    if unknown := [key for key in keys if key not in known]:
        raise Refused(
            Text(
                f"La colonne « {shown(unknown[0])} » n'existe pas. Choisissez parmi : "
                f"{', '.join(known)}.",
                f"There is no column “{shown(unknown[0])}”. Choose among: {', '.join(known)}.",
            )
        )
    return tuple(known[key] for key in keys)


def _rank(key: str, said: Sequence[str]) -> int:
    text = next(iter(said), "").strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        title = COLUMNS[key].title
        raise Refused(
            Text(
                f"Le rang de « {title.fr} » doit être un nombre à partir de 1, ou rien pour ne "
                "pas prendre cette colonne.",
                f"The rank of “{title.en}” must be a number from 1, or nothing to leave this "
                "column out.",
            )
        )
    return int(text)
