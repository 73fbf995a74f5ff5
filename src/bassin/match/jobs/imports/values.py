"""What people type in the cells of a list of offers, turned into what an offer keeps.

Each function raises ValueError, with a sentence, on what it does not understand.
"""

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from bassin.match.jobs.licences import licences
from bassin.match.jobs.wording import folded

_CONTRACTS = {
    "cdi": "cdi", "cdd": "cdd", "interim": "interim", "mis": "interim", "saisonnier": "seasonal",
    "sai": "seasonal", "apprentissage": "apprenticeship", "iae": "iae", "cddi": "iae",
    "insertion": "iae", "professionnalisation": "professionalisation",
    "contrat de professionnalisation": "professionalisation",
    "contrat d'apprentissage": "apprenticeship",
}  # fmt: skip
_APPLY = {
    "appeler": "call", "telephone": "call", "postuler": "apply", "ecrire": "apply",
    "courriel": "apply", "venir": "come", "conseiller": "adviser",
}  # fmt: skip
_PER = {"heure": "hour", "mois": "month", "an": "year", "annee": "year"}
_LEVELS = {
    "aucun": 0, "sans": 0, "sans diplome": 0, "cap": 3, "bep": 3, "cap/bep": 3, "cap, bep": 3,
    "bac": 4, "bac+2": 5, "bac+3": 6, "bac+4": 6, "bac+5": 7, "doctorat": 8, "bac+8": 8,
}  # fmt: skip
_FRENCH = {"aucun": 0, "a1": 1, "a2": 2, "b1": 3, "b2": 4, "c1": 5, "c2": 6}
_YES = {"oui": True, "non": False, "o": True, "n": False, "1": True, "0": False, "x": True}


def text(cell: str) -> str:
    """As it is."""
    return cell.strip()


def _one_of(known: dict[str, Any]) -> Callable[[str], Any]:
    def read(cell: str) -> Any:
        key = folded(" ".join(cell.split()))
        if key not in known:
            raise ValueError(
                _("“{cell}” is not known. One of: {known}.").format(
                    cell=cell, known=", ".join(known)
                )
            )
        return known[key]

    return read


contract = _one_of(_CONTRACTS)
apply_by = _one_of(_APPLY)
per = _one_of(_PER)
french = _one_of(_FRENCH)
yes_or_no = _one_of(_YES)


def level(cell: str) -> int:
    """A level from 0 to 8, or the name of a diploma."""
    if re.fullmatch(r"[0-8]", cell.strip()):
        return int(cell)
    found = _one_of(_LEVELS)(re.sub(r"\s*\+\s*", "+", cell))
    assert isinstance(found, int)
    return found


def whole(cell: str) -> int:
    """A whole number, zero or more."""
    if not re.fullmatch(r"\d{1,4}", cell.strip()):
        raise ValueError(_("“{cell}” is not a whole number.").format(cell=cell))
    return int(cell)


def number(cell: str) -> Decimal:
    """A number, with a comma or a point; spaces and “€” are no part of it."""
    try:
        found = Decimal(re.sub(r"[\s  €hH]", "", cell).replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= 10_000_000:
        raise ValueError(_("“{cell}” is not a number.").format(cell=cell))
    return found


def day(cell: str) -> date:
    """31/12/2026 or 2026-12-31."""
    typed = cell.strip()
    found = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", typed)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(typed[:10])
    except ValueError as error:
        raise ValueError(_("“{cell}” is not a day. Write 31/12/2026.").format(cell=cell)) from error


def hour(cell: str) -> time:
    """5:30, 5h30 or 5h."""
    found = re.fullmatch(r"(\d{1,2})\s*[hH:]\s*(\d{2})?", cell.strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise ValueError(_("“{cell}” is not an hour. Write 5h30.").format(cell=cell))
    return time(int(found[1]), int(found[2] or 0))


def codes(cell: str) -> list[str]:
    """Licences by their codes, a comma between; “aucun” is none."""
    if folded(cell.strip()) == "aucun":
        return []
    asked = [each.strip().upper() for each in re.split(r"[,|/]", cell) if each.strip()]
    if unknown := [code for code in asked if code not in licences()]:
        raise ValueError(
            _("These licences are not in the list: {codes}.").format(codes=", ".join(unknown))
        )
    return asked


def rome(cell: str) -> str:
    """A letter from A to N and four figures."""
    typed = cell.strip().upper()
    if not re.fullmatch(r"[A-N]\d{4}", typed):
        raise ValueError(
            _("“{cell}” is not a ROME code: a letter, four figures.").format(cell=cell)
        )
    return typed


def siret(cell: str) -> str:
    """14 figures."""
    typed = re.sub(r"\s", "", cell)
    if not re.fullmatch(r"\d{14}", typed):
        raise ValueError(_("“{cell}” is not a SIRET: 14 figures.").format(cell=cell))
    return typed


def commune(cell: str) -> str:
    """An INSEE code: five signs. A postcode is another thing, which nothing here tells apart."""
    typed = cell.strip().upper()
    if not re.fullmatch(r"(\d{2}|2[AB])\d{3}", typed):
        raise ValueError(_("“{cell}” is not the INSEE code of a commune.").format(cell=cell))
    return typed
