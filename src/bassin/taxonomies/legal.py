"""Legal categories (catégories juridiques) of INSEE: labels, natural persons, ESS, public bodies.

Levels I and II are declared here; level III (four digits) comes with INSEE's file
(`insee.follow`). What a unit is (a natural person, an association…) is told by its code
alone, loaded or not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bassin.errors import Refused
from bassin.taxonomies.declared import declared
from bassin.types import Text

NOT_LOADED = Text(
    "à charger : libellé de la catégorie juridique (nomenclatures/categories-juridiques-3-niveaux)",
    "to load: label of the legal category (nomenclatures/categories-juridiques-3-niveaux)",
)
_CODE = re.compile(r"[0-9]([0-9]([0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Family:
    """A family of legal forms; `ess` when it belongs to the social and solidarity economy."""

    id: str
    label: Text
    prefixes: tuple[str, ...]
    ess: bool


def normalise(code: str) -> str:
    """The bare code of one, two or four digits.

    Raises:
        Refused: it has another shape.
    """
    cleaned = code.strip()
    if not _CODE.fullmatch(cleaned):
        raise Refused(
            f"“{code}” is not a legal category. Write one digit (5), two (57) or four (5710)."
        )
    return cleaned


@cache
def labels() -> dict[str, Text]:
    """Labels of levels I and II by code."""
    known = declared("legal_categories")
    both = known["level_1"] | known["level_2"]
    return {code: Text(text["fr"], text["en"]) for code, text in both.items()}


_LOADED: dict[str, Text] = {}


def use(loaded: Mapping[str, Text]) -> None:
    """Use these labels of level III, in place of any used before."""
    fresh = dict(loaded)
    _LOADED.update(fresh)
    for code in _LOADED.keys() - fresh.keys():
        del _LOADED[code]


def known() -> dict[str, Text]:
    """Every category that has a label, by code: levels I and II, and level III once loaded."""
    return {**labels(), **_LOADED}


def label(code: str, loaded: Mapping[str, Text] | None = None) -> Text:
    """The label of a legal category at any level.

    Args:
        loaded: level III labels; those of INSEE's file, once it is loaded, unless given.

    Raises:
        Refused: malformed, or in no level II category.
    """
    cleaned = normalise(code)
    above = labels()
    if cleaned[:2] not in above:
        raise Refused(f"“{code}” is not a legal category: INSEE has no category {cleaned[:2]}.")
    if cleaned in above:
        return above[cleaned]
    return (_LOADED if loaded is None else loaded).get(cleaned, NOT_LOADED)


@cache
def families() -> dict[str, Family]:
    """The families of legal forms by id."""
    return {
        name: Family(
            name, Text(facts["fr"], facts["en"]), tuple(facts["prefixes"]), facts.get("ess", False)
        )
        for name, facts in declared("legal_categories")["families"].items()
    }


def family(code: str) -> Family | None:
    """The family of a legal category; None for the others, companies above all.

    Raises:
        Refused: malformed.
    """
    cleaned = normalise(code)
    return next((f for f in families().values() if cleaned.startswith(f.prefixes)), None)


def is_natural_person(code: str) -> bool:
    """Whether the unit is a person (1xxx): personal data rules apply to its name and address."""
    found = family(code)
    return found is not None and found.id == "natural_person"


def is_ess(code: str) -> bool:
    """Whether the legal form alone puts the unit in the social and solidarity economy.

    Law 2014-856, article 1, also admits commercial companies that follow its principles: no legal
    category tells them, so a count made with this is a floor.
    """
    found = family(code)
    return found is not None and found.ess


def is_public(code: str) -> bool:
    """Whether the unit is a public body (4xxx, 7xxx)."""
    found = family(code)
    return found is not None and found.id == "public"
