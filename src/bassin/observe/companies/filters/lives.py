"""When: created, closed, moved, in a collective procedure; open or closed today."""

from collections.abc import Sequence
from dataclasses import dataclass

from bassin.errors import Refused
from bassin.observe.companies.filters.base import (
    ALL,
    Asked,
    Condition,
    Filter,
    any_of,
    given,
    joined,
    only,
    unknown,
)
from bassin.observe.companies.filters.spans import Span, span
from bassin.observe.companies.rows import PROCEDURES as TABLE
from bassin.types import Text

STATES = {"A": Text("actifs", "active"), "F": Text("fermés", "closed"),
          "tous": Text("actifs et fermés", "active and closed")}  # fmt: skip
MOVES = {
    "arrivee": (Text("venus d'ailleurs", "moved in"), "moved_from IS NOT NULL"),
    "depart": (Text("partis ailleurs", "moved out"), "moved_to IS NOT NULL"),
    "oui": (Text("déménagés", "moved"), "(moved_from IS NOT NULL OR moved_to IS NOT NULL)"),
}
_OPEN = "procedure_closed_on IS NULL"
PROCEDURES = {
    "ouverte": (Text("procédure collective ouverte", "open collective procedure"), _OPEN),
    "sauvegarde": (Text("sauvegarde", "safeguard"), f"{_OPEN} AND procedure = 'safeguard'"),
    "redressement": (Text("redressement judiciaire", "receivership"),
                     f"{_OPEN} AND procedure = 'receivership'"),
    "liquidation": (Text("liquidation judiciaire", "liquidation"),
                    f"{_OPEN} AND procedure = 'liquidation'"),
    "close": (Text("procédure collective close", "closed collective procedure"),
              "procedure_closed_on IS NOT NULL"),
}  # fmt: skip
"""A procedure that was closed is never counted as going on."""
_FOR_OFFICERS = Text(
    "Le filtre « procédure » est réservé aux agents de la collectivité connectés : une liste "
    "d'entreprises en difficulté n'est donnée à personne d'autre. Retirez-le, ou connectez-vous.",
    "The filter “procedure” is for officers of the authority who have signed in: a list of firms "
    "in difficulty is given to nobody else. Take it off, or sign in.",
)
_NOT_LOADED = Text(
    "Les procédures collectives ne sont pas chargées ici (BODACC). Retirez le filtre "
    "« procédure ».",
    "Collective procedures are not loaded here (BODACC). Take the filter “procedure” off.",
)


@dataclass(frozen=True, slots=True)
class Created(Span):
    """Created between two days, or of an age."""

    def where(self) -> Condition:
        return self.on("created_on")


@dataclass(frozen=True, slots=True)
class Closed(Span):
    """Closed between two days."""

    def where(self) -> Condition:
        return self.on("closed_on")


def read_created(values: Sequence[str], asked: Asked) -> Created | None:
    """An interval of days of creation, or of ages."""
    text = only(values, "creee")
    found = span(text, "creee", asked.today) if text else None
    return Created(found.text, found.start, found.end) if found else None


def read_closed(values: Sequence[str], asked: Asked) -> Closed | None:
    """An interval of days of closing."""
    text = only(values, "fermee")
    found = span(text, "fermee", asked.today) if text else None
    return Closed(found.text, found.start, found.end) if found else None


@dataclass(frozen=True, slots=True)
class Moved:
    """Moved in, out, or either, as the links of succession tell."""

    way: str

    def written(self) -> tuple[str, ...]:
        return (self.way,)

    def where(self) -> Condition:
        return Condition(MOVES[self.way][1])

    def said(self) -> Text:
        return MOVES[self.way][0]


def read_moved(values: Sequence[str], asked: Asked) -> Moved | None:
    """ "arrivee", "depart" or "oui"."""
    way = only(values, "demenage")
    if way and way not in MOVES:
        raise unknown(
            way, "demenage", f"Donnez : {', '.join(MOVES)}.", f"Give: {', '.join(MOVES)}."
        )
    return Moved(way) if way else None


@dataclass(frozen=True, slots=True)
class Procedures:
    """In a collective procedure: an open one, one of a kind, or one that was closed."""

    kinds: tuple[str, ...]

    def written(self) -> tuple[str, ...]:
        return self.kinds

    def where(self) -> Condition:
        held = any_of([Condition(f"({PROCEDURES[kind][1]})") for kind in self.kinds])
        return Condition(f"siret IN (SELECT siret FROM {TABLE} WHERE {held.sql})", held.parameters)

    def said(self) -> Text:
        return joined([PROCEDURES[kind][0] for kind in self.kinds])


def read_procedures(values: Sequence[str], asked: Asked) -> Procedures | None:
    """ "ouverte", "sauvegarde", "redressement", "liquidation", "close": for officers alone."""
    kinds = given(values)
    if kinds and not asked.officer:
        raise Refused(_FOR_OFFICERS)
    if kinds and not asked.house.reader.has(TABLE):
        raise Refused(_NOT_LOADED)
    for each in kinds:
        if each not in PROCEDURES:
            names = ", ".join(PROCEDURES)
            raise unknown(each, "procedure", f"Donnez : {names}.", f"Give: {names}.")
    return Procedures(tuple(kinds)) if kinds else None


@dataclass(frozen=True, slots=True)
class State:
    """Active, closed, or both."""

    code: str

    def written(self) -> tuple[str, ...]:
        return (self.code,)

    def where(self) -> Condition:
        return ALL if self.code == "tous" else Condition("state = ?", (self.code,))

    def said(self) -> Text:
        return STATES[self.code]


def read_state(values: Sequence[str], asked: Asked) -> State | None:
    """ "A", "F" or "tous"."""
    code = only(values, "etat")
    if code and code not in STATES:
        raise unknown(code, "etat", "Donnez A (actifs), F (fermés) ou tous.",
                      "Give A (active), F (closed) or tous (both).")  # fmt: skip
    return State(code) if code else None


FILTERS = (
    Filter("creee", "created", Text("Création", "Creation"), read_created),
    Filter("fermee", "closed", Text("Fermeture", "Closing"), read_closed),
    Filter("demenage", "moved", Text("Déménagement", "Move"), read_moved),
    Filter("procedure", "procedures", Text("Procédure collective", "Collective procedure"),
           read_procedures),
    Filter("etat", "state", Text("État", "State"), read_state),
)  # fmt: skip
