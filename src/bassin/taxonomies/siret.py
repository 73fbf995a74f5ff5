"""The numbers of firms: a SIREN of nine digits, a SIRET of fourteen, each with its key (Luhn)."""

import re

from bassin.errors import Refused
from bassin.types import Text

_LA_POSTE = "356000000"
"""Its thousands of establishments have another key: the sum of the digits, by five."""


def digits(typed: str) -> str:
    """A number as it is kept, however it was typed: with spaces, points or hyphens."""
    return re.sub(r"[\s\u00a0\u202f.\-]", "", typed)


def is_siret(number: str) -> bool:
    """Whether it has fourteen digits and its key is right."""
    if not re.fullmatch(r"[0-9]{14}", number) or not int(number):
        return False
    if number.startswith(_LA_POSTE) and sum(map(int, number)) % 5 == 0:
        return True
    return _keyed(number)


def is_siren(number: str) -> bool:
    """Whether it has nine digits and its key is right."""
    return bool(re.fullmatch(r"[0-9]{9}", number)) and int(number) > 0 and _keyed(number)


def siret(typed: str) -> str:
    """The SIRET that was typed.

    Raises:
        Refused: it has not fourteen digits, or its key is wrong; the sentence says which.
    """
    number = digits(typed)
    if is_siret(number):
        return number
    raise _refusal(typed, number, "SIRET", 14)


def siren(typed: str) -> str:
    """The SIREN that was typed.

    Raises:
        Refused: it has not nine digits, or its key is wrong; the sentence says which.
    """
    number = digits(typed)
    if is_siren(number):
        return number
    raise _refusal(typed, number, "SIREN", 9)


def _keyed(number: str) -> bool:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _refusal(typed: str, number: str, name: str, length: int) -> Refused:
    shown = typed.strip()[:40]
    if re.fullmatch(r"[0-9]+", number) and len(number) != length:
        return Refused(
            Text(
                f"« {shown} » n'est pas un {name} : il a {len(number)} chiffres, un {name} en a "
                f"{length}. Vérifiez-le sur une facture ou un avis de l'Insee.",
                f"“{shown}” is not a {name}: it has {len(number)} digits, a {name} has {length}. "
                "Check it on an invoice or on Insee's notice.",
            )
        )
    return Refused(
        Text(
            f"« {shown} » n'est pas un {name} : son dernier chiffre ne correspond pas aux autres "
            "(clé de Luhn). Un chiffre est sans doute faux ou déplacé : vérifiez-le.",
            f"“{shown}” is not a {name}: its last digit does not follow from the others (Luhn's "
            "key). One digit is probably wrong or out of place: check it.",
        )
    )
