"""The data of an establishment that anyone may say are wrong: how each is read, written and typed.

A value is kept as one text, the same for the source and for a correction: "2019-04-01", "25.62B",
"true". What identifies somebody (`identity`) is never corrected where it is hidden.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bassin.errors import Refused
from bassin.indicators.numbers import period
from bassin.observe.companies.naming import spaced
from bassin.observe.companies.rows import Establishment
from bassin.taxonomies import legal, naf
from bassin.taxonomies.headcounts import bands
from bassin.taxonomies.siret import siret
from bassin.types import Text

_YES, _NO = Text("oui", "yes"), Text("non", "no")
_STATES = {"A": Text("ouvert", "open"), "F": Text("fermé", "closed")}
_BOTH = {"true": _YES, "false": _NO}
EMPTY = Text("rien", "nothing")


@dataclass(frozen=True, slots=True)
class Datum:
    """One datum.

    Args:
        column: its column in `establishments_shown`.
        label: what people call it.
        read: from what was typed to the text that is kept; refuses what cannot be.
        choices: the only texts that it may have, with their words; none for free ones.
        hint: how to type it.
        identity: whether it tells who somebody is.
    """

    column: str
    label: Text
    read: Callable[[str], str]
    choices: dict[str, Text] | None = None
    hint: Text = Text("")
    identity: bool = False


def _text(typed: str) -> str:
    return " ".join(typed.split())


def _day(typed: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", typed.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(typed.strip()).isoformat()
    except ValueError as error:
        raise Refused(
            Text(f"« {typed[:40]} » n'est pas une date. Écrivez-la comme 31/12/2024.",
                 f"“{typed[:40]}” is not a date. Write it as 31/12/2024 or 2024-12-31.")
        ) from error  # fmt: skip


def _postal(typed: str) -> str:
    kept = re.sub(r"\s", "", typed)
    if not re.fullmatch(r"[0-9]{5}", kept):
        raise Refused(
            Text(f"« {typed[:40]} » n'est pas un code postal : il a cinq chiffres.",
                 f"“{typed[:40]}” is not a postal code: it has five digits.")
        )  # fmt: skip
    return kept


def _activity(typed: str) -> str:
    entry = naf.rev2().entry(typed)
    if not re.fullmatch(r"\d\d\.\d\d[A-Z]", entry.code):
        raise Refused(
            Text(f"« {typed[:40]} » est une famille d'activités : donnez le code entier, 25.62B.",
                 f"“{typed[:40]}” is a family of activities: give the whole code, 25.62B.")
        )  # fmt: skip
    return entry.code


def _form(typed: str) -> str:
    code = legal.normalise(typed)
    if len(code) != len("5710"):
        raise Refused(
            Text(f"« {typed[:40]} » est trop court : une catégorie juridique a quatre chiffres.",
                 f"“{typed[:40]}” is too short: a legal category has four digits.")
        )  # fmt: skip
    return code


def _position(typed: str) -> str:
    found = re.fullmatch(r"\s*(-?\d{1,2}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*", typed)
    if not found:
        raise Refused(
            Text(f"« {typed[:40]} » n'est pas une position : écrivez latitude, longitude, comme "
                 "48.79123, 2.39045.",
                 f"“{typed[:40]}” is not a position: write latitude, longitude, as in "
                 "48.79123, 2.39045.")
        )  # fmt: skip
    return f"{float(found[1]):.5f}, {float(found[2]):.5f}"


_LISTED = (
    Datum("name", Text("Nom ou enseigne", "Name or sign"), _text, identity=True),
    Datum("unit_name", Text("Dénomination de l'entreprise", "Name of the legal unit"), _text,
          identity=True),
    Datum("address", Text("Adresse", "Address"), _text, identity=True,
          hint=Text("Numéro et voie, sans la commune.", "Number and street, without the commune.")),
    Datum("postal_code", Text("Code postal", "Postal code"), _postal, identity=True),
    Datum("position", Text("Point sur la carte", "Point on the map"), _position, identity=True,
          hint=Text("Latitude, longitude, en degrés : 48.79123, 2.39045.",
                    "Latitude, longitude, in degrees: 48.79123, 2.39045.")),
    Datum("state", Text("Ouvert ou fermé", "Open or closed"), _text, _STATES),
    Datum("naf_code", Text("Activité", "Activity"), _activity,
          hint=Text("Code de la NAF rév. 2, comme 25.62B : il est sur l'avis de l'Insee.",
                    "NAF rev. 2 code, such as 25.62B: it is on Insee's notice.")),
    Datum("headcount_band", Text("Effectif salarié", "Staff"), _text,
          {code: each.label for code, each in bands().items()}),
    Datum("created_on", Text("Date de création", "Created on"), _day,
          hint=Text("Jour, mois, année : 31/12/2024.", "Day, month, year: 31/12/2024.")),
    Datum("closed_on", Text("Date de fermeture", "Closed on"), _day,
          hint=Text("Jour, mois, année : 31/12/2024.", "Day, month, year: 31/12/2024.")),
    Datum("moved_to", Text("Nouvelle adresse : son SIRET", "New address: its SIRET"), siret,
          hint=Text("Les quatorze chiffres du nouvel établissement.",
                    "The fourteen digits of the new establishment.")),
    Datum("is_head_office", Text("Siège de l'entreprise", "Head office"), _text, _BOTH),
    Datum("legal_category", Text("Forme juridique", "Legal form"), _form,
          hint=Text("Code à quatre chiffres, comme 5710 (SAS).",
                    "Code of four digits, such as 5710 (SAS).")),
    Datum("is_ess", Text("Économie sociale et solidaire", "Social economy"), _text, _BOTH),
    Datum("is_mission", Text("Société à mission", "Mission-led company"), _text, _BOTH),
)  # fmt: skip
DATA: dict[str, Datum] = {each.column: each for each in _LISTED}


def open_to(found: Establishment) -> list[Datum]:
    """What may be said wrong of an establishment: nothing that identifies one that is hidden."""
    return [each for each in _LISTED if not (found.is_hidden and each.identity)]


def value(found: Establishment, column: str) -> str:
    """What the source says, as it is kept; "" when it says nothing."""
    if column == "position":
        if found.latitude is None or found.longitude is None:
            return ""
        return f"{found.latitude:.5f}, {found.longitude:.5f}"
    said = getattr(found, column)
    if said is None:
        return ""
    if isinstance(said, bool):
        return "true" if said else "false"
    return said.isoformat() if isinstance(said, date) else str(said)


def written(column: str, kept: str, language: str) -> str:
    """A kept text as people read it; a code comes with its label."""
    datum = DATA[column]
    if not kept:
        return EMPTY.say(language)
    if datum.choices is not None:
        return datum.choices[kept].say(language) if kept in datum.choices else kept
    if datum.read is _day:
        return period(kept, language)
    if column == "moved_to":
        return spaced(kept)
    label = _label(column, kept)
    return f"{kept} {label.say(language)}" if label else kept


def has_words(column: str, kept: str, language: str) -> bool:
    """Whether what a code says was written in this language."""
    label = _label(column, kept)
    return label is None or bool(label.only(language))


def _label(column: str, code: str) -> Text | None:
    try:
        if column == "naf_code":
            return naf.rev2().entry(code).label
        if column == "legal_category":
            known = legal.label(code)
            # Without Insee's file, the family of legal forms stands for the form.
            return legal.label(code[:2]) if known == legal.NOT_LOADED else known
    except Refused:
        pass
    return None
