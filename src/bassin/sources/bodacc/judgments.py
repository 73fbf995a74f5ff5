"""Reading what a court decided: kinds of judgment, dates in words, references of notices."""

import re
from datetime import date
from enum import StrEnum
from typing import Any

from bassin.letters import spaced

_MONTHS = {
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7,
    "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
}  # fmt: skip
_WORDS = re.compile(r"(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SLASHES = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


class Kind(StrEnum):
    """What a notice says of a firm. Only the first three open a procedure."""

    SAFEGUARD = "safeguard"
    RECEIVERSHIP = "receivership"
    LIQUIDATION = "liquidation"
    CONVERSION = "conversion"  # a running procedure becomes another one, also by failure of a plan
    PLAN = "plan"
    CLOSURE = "closure"
    OTHER = "other"

    @property
    def opens(self) -> bool:
        """Whether it opens a procedure."""
        return self in (Kind.SAFEGUARD, Kind.RECEIVERSHIP, Kind.LIQUIDATION)


def bare(text: str | None) -> str:
    """Lower case, no accent, one kind of space and apostrophe."""
    return spaced(text or "")


def kind(family: str | None, nature: str | None) -> Kind:
    """What a judgment does, from the gazette's two labels.

    The family is looked at first: a list of debts "after the judgment that opened…" opens nothing.
    """
    family, nature = bare(family), bare(nature)
    if "depot" in family or "extension" in nature or "interdiction" in nature:
        return Kind.OTHER
    if "conversion" in nature or "reprise" in nature:
        return Kind.CONVERSION
    if "resolution" in nature and "liquidation" in nature:
        return Kind.CONVERSION
    if "cloture" in nature or "mettant fin" in nature or "cloture" in family:
        return Kind.CLOSURE
    if "ouverture" not in family:
        return Kind.PLAN if "plan" in nature.split() else Kind.OTHER
    for word, opened in (
        ("sauvegarde", Kind.SAFEGUARD),
        ("redressement", Kind.RECEIVERSHIP),
        ("liquidation", Kind.LIQUIDATION),
    ):
        if word in nature:
            return opened
    return Kind.OTHER


def day(text: str | None) -> str | None:
    """A date as YYYY-MM-DD, from "1er juin 2007", "16/01/2008" or the same.

    A text that is no date comes back as it is, so that its row is refused with the value.
    """
    if not text or not text.strip():
        return None
    words = bare(text)
    try:
        if found := _ISO.match(words):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if found := _SLASHES.fullmatch(words):
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        found = _WORDS.fullmatch(words)
        if found and found[2] in _MONTHS:
            return date(int(found[3]), _MONTHS[found[2]], int(found[1])).isoformat()
    except ValueError:  # 31 février
        return text
    return text


def siren(text: str | None) -> str | None:
    """The nine digits of "384 898 094"; NULL when the firm is in no register."""
    digits = re.sub(r"\D", "", text or "")
    return None if not digits or set(digits) == {"0"} else digits


def reference(
    publication: str | None, issue: Any, number: Any, issued_on: str | None
) -> str | None:
    """The identifier of a notice: edition, issue (year and number) and number, "A20240010123".

    Issues were first numbered without their year ("00000234"): the date gives it.
    """
    edition = (publication or "A").strip()[-1].upper()
    digits = re.sub(r"\D", "", str(issue or ""))
    place = re.sub(r"\D", "", str(number or ""))
    if not digits or not place:
        return None
    if int(digits) < 1_000_000:
        year = (day(issued_on) or "")[:4]
        if not year.isdigit():
            return None
        digits = f"{year}{int(digits):04d}"
    return f"{edition}{digits}{int(place)}"
