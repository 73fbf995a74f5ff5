"""What spreadsheets do to values, and how each is put right: proposed to people, never silently.

Excel drops the first zero of a SIRET, writes a comma for a point, adds a % sign. A repair says what
it would change; nothing is changed before somebody said yes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bassin.types import Text

_BLANKS = str.maketrans("", "", " \u00a0\u202f\u2009'’")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YES = {"oui", "o", "vrai", "1", "x", "yes", "true"}
_NO = {"non", "n", "faux", "0", "no", "false"}
_DIGITS = {"siret": 14, "siren": 9, "commune_code": 5, "postal_code": 5}


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to put a value right; `mend` gives None when it has nothing to say of it."""

    code: str
    title: Text
    kinds: tuple[str, ...]
    mend: Callable[[str, str], str | None]


def _zero(value: str, kind: str) -> str | None:
    digits = value.translate(_BLANKS)
    wanted = _DIGITS[kind]
    return digits.zfill(wanted) if digits.isdigit() and len(digits) == wanted - 1 else None


def _spaces(value: str, kind: str) -> str | None:
    digits = value.translate(_BLANKS)
    whole = digits.isalnum() and len(digits) == _DIGITS[kind]
    return digits if whole and digits != value else None


def _comma(value: str, kind: str) -> str | None:
    return value.replace(",", ".") if _NUMBER.fullmatch(value) and "," in value else None


def _thousands(value: str, kind: str) -> str | None:
    bare = value.translate(_BLANKS)
    if bare == value or not _NUMBER.fullmatch(bare):
        return None
    return bare.replace(",", ".")


def _percent(value: str, kind: str) -> str | None:
    bare = value.translate(_BLANKS)
    if not bare.endswith("%") or not _NUMBER.fullmatch(bare[:-1]):
        return None
    return bare[:-1].replace(",", ".")


def _whole(value: str, kind: str) -> str | None:
    bare = value.translate(_BLANKS).replace(",", ".")
    return bare.partition(".")[0] if re.fullmatch(r"-?\d+\.0+", bare) else None


def _day(value: str, kind: str) -> str | None:
    found = _FRENCH_DAY.fullmatch(value)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else None


def _yes_or_no(value: str, kind: str) -> str | None:
    said = value.lower()
    # DuckDB reads true, false, yes, no, 1, 0 by itself: only the others are proposed.
    if said in ("oui", "o", "vrai", "x"):
        return "true"
    return "false" if said in ("non", "n", "faux") else None


def _month(value: str, kind: str) -> str | None:
    quarter = re.fullmatch(r"(\d{4})[ -]?T([1-4])", value)
    if quarter:
        return f"{quarter[1]}-Q{quarter[2]}"
    month = re.fullmatch(r"(\d{1,2})/(\d{4})", value)
    return f"{month[2]}-{int(month[1]):02}" if month else _day(value, kind)


REPAIRS = (
    Repair("zero", Text("remettre le zéro de tête, que le tableur a ôté",
                        "give back the leading zero that the spreadsheet took away"),
           tuple(_DIGITS), _zero),
    Repair("spaces", Text("ôter les espaces à l'intérieur d'un code", "take spaces out of a code"),
           tuple(_DIGITS), _spaces),
    Repair("percent", Text("ôter le signe % et garder le nombre",
                           "drop the % sign, keep the number"),
           ("number", "integer"), _percent),
    Repair("whole", Text("écrire un nombre entier sans décimale nulle",
                         "write a whole number without its null decimals"),
           ("integer",), _whole),
    Repair("comma", Text("lire la virgule comme un point décimal",
                         "read the comma as a decimal point"), ("number",), _comma),
    Repair("thousands", Text("ôter les espaces entre les milliers",
                             "take out the spaces between thousands"),
           ("number", "integer"), _thousands),
    Repair("day", Text("lire JJ/MM/AAAA comme une date", "read DD/MM/YYYY as a date"),
           ("date",), _day),
    Repair("yes", Text("lire oui, vrai, x et non, faux comme oui ou non",
                       "read oui, vrai, x and non, faux as yes or no"), ("boolean",), _yes_or_no),
    Repair("month", Text("lire 2026-T1, 03/2026 ou 31/03/2026 comme une période",
                         "read 2026-T1, 03/2026 or 31/03/2026 as a period"), ("period",), _month),
)  # fmt: skip
"""In the order in which they are tried: the first that has something to say is proposed."""

TITLES = {each.code: each.title for each in REPAIRS}
_BY_KIND = {
    kind: tuple(each for each in REPAIRS if kind in each.kinds)
    for each in REPAIRS
    for kind in each.kinds
}


def propose(value: str, kind: str) -> tuple[str, str] | None:
    """The repair that a value asks for, and what it would become; None when it needs none."""
    for each in _BY_KIND.get(kind, ()):
        mended = each.mend(value, kind)
        if mended is not None and mended != value:
            return each.code, mended
    return None


def says_yes_or_no(value: str) -> bool:
    """Whether a value reads as yes or no."""
    return value.lower() in _YES | _NO
