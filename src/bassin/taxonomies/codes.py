"""The shape of a NAF code, whatever the nomenclature: one way to write it, its level, its parent.

The canonical form is the one INSEE writes: a dot after the division, the letter in capitals
("01.11Z"). A section is one letter, a division two digits.
"""

import re
from enum import IntEnum, StrEnum

from bassin.errors import Refused
from bassin.types import Text


class Level(IntEnum):
    """The five levels of NAF, numbered as INSEE does."""

    SECTION = 1
    DIVISION = 2
    GROUP = 3
    CLASS = 4
    SUBCLASS = 5

    @property
    def label(self) -> Text:
        """INSEE's word for the level."""
        return {
            Level.SECTION: Text("section", "section"),
            Level.DIVISION: Text("division", "division"),
            Level.GROUP: Text("groupe", "group"),
            Level.CLASS: Text("classe", "class"),
            Level.SUBCLASS: Text("sous-classe", "sub-class"),
        }[self]


class Nomenclature(StrEnum):
    """The two nomenclatures in use; only the letter of a sub-class tells one from the other."""

    REV2 = "naf_rev2"
    NAF_2025 = "naf_2025"

    @property
    def label(self) -> Text:
        """The name that people read."""
        return {
            Nomenclature.REV2: Text("NAF rév. 2", "NAF rev. 2"),
            Nomenclature.NAF_2025: Text("NAF 2025", "NAF 2025"),
        }[self]


_SECTION = re.compile(r"(?:SECTION)?([A-V])")
_NUMBERED = re.compile(r"([0-9]{2})(?:\.?([0-9])(?:([0-9])([A-Z])?)?)?")
_FORMER = re.compile(r"[0-9]{2}\.?[0-9][A-Z]")
_REV2_LETTERS = frozenset("ZABCDEF")
_NAF_2025_LETTERS = frozenset("YGHJKL")
_LENGTHS = {
    1: Level.SECTION,
    2: Level.DIVISION,
    4: Level.GROUP,
    5: Level.CLASS,
    6: Level.SUBCLASS,
}


def normalise(text: str) -> str:
    """Write a NAF code as INSEE does: "0111Z", "01.11z " and "01. 11Z" all give "01.11Z".

    Only the shape is looked at: whether the code exists is for `naf.parse` to say.

    Raises:
        Refused: this is no NAF code, or it belongs to a nomenclature older than 2008.
    """
    bare = re.sub(r"\s", "", text).upper()
    if section := _SECTION.fullmatch(bare):
        return section[1]
    if numbered := _NUMBERED.fullmatch(bare):
        division, group, last, letter = numbered.groups(default="")
        return f"{division}.{group}{last}{letter}" if group else division
    if _FORMER.fullmatch(bare):
        raise Refused(
            f"“{text}” is written in a nomenclature older than 2008 (NAF 1993 or NAF rev. 1). "
            "Give the code in NAF rev. 2 (01.11Z) or NAF 2025 (01.11Y)."
        )
    raise Refused(
        f"“{text}” is not a NAF code. Write a section (A), a division (01), a group (01.1), "
        "a class (01.11) or a sub-class (01.11Z); keep the leading zero."
    )


def level_of(code: str) -> Level:
    """The level that the shape of a code tells.

    Raises:
        Refused: this is no NAF code.
    """
    return _LENGTHS[len(normalise(code))]


def nomenclature_of(code: str) -> Nomenclature | None:
    """The nomenclature that the letter of a sub-class tells: Z and A-F are NAF rev. 2; Y, G, H, J,
    K and L are NAF 2025. Above the sub-class nothing tells them apart, except section V: None.

    Raises:
        Refused: this is no NAF code, or its letter belongs to neither nomenclature.
    """
    canonical = normalise(code)
    if canonical == "V":
        return Nomenclature.NAF_2025
    if level_of(canonical) is not Level.SUBCLASS:
        return None
    letter = canonical[-1]
    if letter in _REV2_LETTERS:
        return Nomenclature.REV2
    if letter in _NAF_2025_LETTERS:
        return Nomenclature.NAF_2025
    raise Refused(
        f"“{code}” ends in {letter}: NAF rev. 2 ends in Z or A to F, NAF 2025 in Y, G, H, J, K or "
        "L. Check the last letter."
    )


def shorter(code: str) -> str:
    """The code one level above, for a canonical code below the division ("01.1" gives "01")."""
    return code[:2] if len(code) == 4 else code[:-1]
