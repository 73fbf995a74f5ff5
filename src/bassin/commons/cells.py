"""What people type in the cells of a table that they bring, turned into what a record keeps.

Each function raises ValueError, with a sentence, on what it does not understand.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from bassin.letters import spaced

_YES = {"oui": True, "non": False, "o": True, "n": False, "1": True, "0": False, "x": True}
LARGEST_NUMBER = 10_000_000


def text(cell: str) -> str:
    """As it is."""
    return cell.strip()


def one_of(known: Mapping[str, Any]) -> Callable[[str], Any]:
    """A reader of the words of a list, written without accents or capitals."""

    def read(cell: str) -> Any:
        key = spaced(cell)
        if key not in known:
            raise ValueError(
                _("“{cell}” is not known. One of: {known}.").format(
                    cell=cell, known=", ".join(known)
                )
            )
        return known[key]

    return read


def several(known: Mapping[str, Any]) -> Callable[[str], list[Any]]:
    """A reader of several words of a list, with a comma or a bar between them."""
    one = one_of(known)
    return lambda cell: list(dict.fromkeys(one(each) for each in _parts(cell)))


def _parts(cell: str) -> list[str]:
    return [each.strip() for each in re.split(r"[,|/]", cell) if each.strip()]


yes_or_no = one_of(_YES)


def whole(cell: str) -> int:
    """A whole number, zero or more."""
    if not re.fullmatch(r"\d{1,5}", cell.strip()):
        raise ValueError(_("“{cell}” is not a whole number.").format(cell=cell))
    return int(cell)


def number(cell: str) -> Decimal:
    """A number, with a comma or a point; spaces and “€” are no part of it."""
    try:
        found = Decimal(re.sub(r"[\s\u00a0\u202f€hH%]", "", cell).replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= LARGEST_NUMBER:
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


def rome(cell: str) -> str:
    """A letter from A to N and four figures."""
    typed = cell.strip().upper()
    if not re.fullmatch(r"[A-N]\d{4}", typed):
        raise ValueError(
            _("“{cell}” is not a ROME code: a letter, four figures.").format(cell=cell)
        )
    return typed


def romes(cell: str) -> list[str]:
    """Several of them, with a comma or a bar between."""
    return list(dict.fromkeys(rome(each) for each in _parts(cell)))


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
