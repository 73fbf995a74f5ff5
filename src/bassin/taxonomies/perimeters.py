"""Named, versioned, owned sets of activities: the five meanings of "productive", repair, waste…

Each is a TOML file of `data/perimeters/`; an authority adds its own folder, whose files replace
those of the same id. What no activity code can tell (occupations, unpublished lists) is declared
too, with the sentence that says why it cannot be computed and what to load or ask.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.taxonomies import naf
from bassin.taxonomies.classification import Classification
from bassin.taxonomies.codes import Nomenclature
from bassin.taxonomies.declared import DATA
from bassin.types import Text

BASES = ("naf", "list", "functions", "occupations")
FAMILIES = ("productive", "ecological")
_REQUIRED = frozenset(
    ("id", "version", "family", "basis", "valid_from", "owner", "label", "definition", "source")
)
_OPTIONAL = frozenset(
    ("valid_to", "limits", "not_computable", "reading_of", "parts", "excluded", "cited")
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some activities of a perimeter under one name; for what is taken away, `label` says why."""

    label: Text
    prefixes: Mapping[Nomenclature, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure that a document gives for the perimeter: quoted, never computed here."""

    value: float
    unit: Text
    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Perimeter:
    """A named set of activities; any figure made with it says its label, version and owner.

    `valid_to` is the last day it holds, None while it does. `reading_of` is the id of the perimeter
    that bassin's reading stands in for. `not_computable` is empty when the set is known.
    """

    id: str
    version: int
    family: str
    basis: str
    owner: Text
    label: Text
    definition: Text
    valid_from: date
    valid_to: date | None
    source: str
    url: str
    limits: Text
    not_computable: Text
    reading_of: str
    parts: tuple[Part, ...]
    excluded: tuple[Part, ...]
    cited: tuple[Cited, ...]

    @property
    def computable(self) -> bool:
        """Whether activity codes can tell what is in it."""
        return not self.not_computable.fr

    def prefixes(self, nomenclature: Nomenclature = Nomenclature.REV2) -> tuple[str, ...]:
        """Codes of any level whose union, less `excluded_prefixes`, makes the perimeter."""
        return tuple(prefix for part in self.parts for prefix in part.prefixes[nomenclature])

    def excluded_prefixes(self, nomenclature: Nomenclature = Nomenclature.REV2) -> tuple[str, ...]:
        """Codes of any level taken away from `prefixes`."""
        return tuple(prefix for part in self.excluded for prefix in part.prefixes[nomenclature])

    def naf_codes(self, classification: Classification | None = None) -> tuple[str, ...]:
        """Its sub-classes, sorted.

        Args:
            classification: NAF rev. 2 unless another one is given (NAF 2025 must be loaded).

        Raises:
            Refused: it cannot be computed from activity codes; the sentence says why.
        """
        if not self.computable:
            raise Refused(f"{self.label.fr} : {self.not_computable.fr}")
        chosen = classification or naf.rev2()
        return chosen.subclasses(
            self.prefixes(chosen.nomenclature), self.excluded_prefixes(chosen.nomenclature)
        )


def perimeters(*folders: Path) -> dict[str, Perimeter]:
    """All perimeters by id.

    Args:
        folders: an authority's own folders of TOML files; a later file replaces an earlier id.

    Raises:
        Refused: a file is not a well-formed perimeter.
    """
    found = dict(_read_folder(DATA / "perimeters"))
    for folder in folders:
        found |= _read_folder(folder)
    return found


def perimeter(perimeter_id: str, *folders: Path) -> Perimeter:
    """One perimeter.

    Raises:
        Refused: there is none of that id; the sentence lists those there are.
    """
    known = perimeters(*folders)
    if perimeter_id not in known:
        raise Refused(
            f"There is no perimeter “{perimeter_id}”. There are: {', '.join(sorted(known))}."
        )
    return known[perimeter_id]


def naf_codes(perimeter_id: str, *folders: Path) -> tuple[str, ...]:
    """The NAF rev. 2 sub-classes of a perimeter, sorted: what an indicator filters on.

    Raises:
        Refused: unknown, or not computable from activity codes (the sentence says why).
    """
    return perimeter(perimeter_id, *folders).naf_codes()


@cache
def _read_folder(folder: Path) -> dict[str, Perimeter]:
    found = (_read(path) for path in sorted(folder.glob("*.toml")))
    return {one.id: one for one in found}


def _read(path: Path) -> Perimeter:
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
        _check(facts)
        return _perimeter(facts)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise Refused(
            f"{path.name} is not a perimeter: {error}. Compare it with docs/taxonomies.md."
        ) from error


def _check(facts: dict[str, Any]) -> None:
    if missing := _REQUIRED - facts.keys():
        raise ValueError(f"it lacks {', '.join(sorted(missing))}")
    if unknown := facts.keys() - _REQUIRED - _OPTIONAL:
        raise ValueError(f"it has unknown keys {', '.join(sorted(unknown))}")
    if facts["basis"] not in BASES or facts["family"] not in FAMILIES:
        raise ValueError(f"basis is one of {BASES}, family one of {FAMILIES}")
    if not isinstance(facts["valid_from"], date):
        raise ValueError("valid_from is not a date: write 2026-01-31, without quotes")
    if ("parts" in facts) is ("not_computable" in facts):
        raise ValueError(
            "it needs either parts (activity codes) or not_computable (why it has none)"
        )


def _perimeter(facts: dict[str, Any]) -> Perimeter:
    return Perimeter(
        id=facts["id"],
        version=facts["version"],
        family=facts["family"],
        basis=facts["basis"],
        owner=Text.of(facts["owner"]),
        label=Text.of(facts["label"]),
        definition=Text.of(facts["definition"]),
        valid_from=facts["valid_from"],
        valid_to=facts.get("valid_to"),
        source=facts["source"]["title"],
        url=facts["source"].get("url", ""),
        limits=Text.of(facts.get("limits", "")),
        not_computable=Text.of(facts.get("not_computable", "")),
        reading_of=facts.get("reading_of", ""),
        parts=tuple(_part(part, part["label"]) for part in facts.get("parts", ())),
        excluded=tuple(_part(part, part["why"]) for part in facts.get("excluded", ())),
        cited=tuple(
            Cited(one["value"], Text.of(one["unit"]), one["document"], one["quote"])
            for one in facts.get("cited", ())
        ),
    )


def _part(facts: dict[str, Any], label: str | dict[str, str]) -> Part:
    prefixes = {}
    for nomenclature in Nomenclature:
        codes = facts.get(nomenclature.value, [])
        if not isinstance(codes, list):
            raise ValueError(f"{nomenclature.value} is not a list: write [{codes!r}]")
        prefixes[nomenclature] = tuple(codes)
    return Part(Text.of(label), prefixes)
