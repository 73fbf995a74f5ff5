"""The French nomenclature of activities: NAF rev. 2 (732 sub-classes) and NAF 2025.

NAF rev. 2: sections are declared here, the rest comes from the npm package @socialgouv/codes-naf.
NAF 2025: sections and divisions are declared here; INSEE's file, when loaded, brings the rest
(`insee.follow`). Every code may be given with or without its dot, in any case.
"""

from functools import cache
from pathlib import Path

from bassin.errors import Refused
from bassin.taxonomies.classification import Classification, Entry, classification
from bassin.taxonomies.codes import Nomenclature, nomenclature_of
from bassin.taxonomies.declared import declared, naf_package, naf_package_labels
from bassin.types import Text

_LOADED: dict[Nomenclature, Classification] = {}


def use(*loaded: Classification) -> None:
    """Use nomenclatures completed from INSEE's files, in place of any used before."""
    fresh = {each.nomenclature: each for each in loaded}
    for nomenclature in Nomenclature:
        if nomenclature in fresh:
            _LOADED[nomenclature] = fresh[nomenclature]
        else:
            _LOADED.pop(nomenclature, None)


def rev2() -> Classification:
    """NAF rev. 2 at its five levels (21, 88, 272, 615, 732 posts).

    Raises:
        SourceError: the npm package that holds its labels is not installed.
    """
    return _LOADED.get(Nomenclature.REV2) or declared_rev2()


def naf_2025() -> Classification:
    """NAF 2025, complete once INSEE's file is loaded; else see `declared_2025`."""
    return _LOADED.get(Nomenclature.NAF_2025) or declared_2025()


def declared_rev2() -> Classification:
    """NAF rev. 2 as known without any file (see `rev2`)."""
    return _rev2(naf_package())


@cache
def _rev2(package: Path) -> Classification:
    facts = declared("naf_rev2")
    labels = {
        code: Text(section["fr"], section["en"]) for code, section in facts["sections"].items()
    }
    french = naf_package_labels(package)
    english: dict[str, str] = facts["divisions"]
    labels |= {
        # A division of one activity lends it its English: both have one name in French.
        code: Text(label, english.get(code[:2], "") if label == french.get(code[:2]) else "")
        for code, label in french.items()
    }
    sections = {
        division: code
        for code, section in facts["sections"].items()
        for division in section["divisions"]
    }
    return classification(Nomenclature.REV2, facts["source"], sections, labels, complete=True)


@cache
def declared_2025() -> Classification:
    """NAF 2025 as known without any file: 22 sections, 87 divisions named as in NACE Rev. 2.1."""
    facts = declared("naf_2025")
    labels, sections = {}, {}
    for code, section in facts["sections"].items():
        labels[code] = Text(section["fr"], section["en"])
        for division, label in section["divisions"].items():
            labels[division] = Text(label["fr"], label["en"])
            sections[division] = code
    return classification(Nomenclature.NAF_2025, facts["source"], sections, labels, complete=False)


def of(nomenclature: Nomenclature) -> Classification:
    """The nomenclature of that name, completed by INSEE's files once they are loaded."""
    return rev2() if nomenclature is Nomenclature.REV2 else naf_2025()


def parse(text: str, nomenclature: Nomenclature | None = None) -> Entry:
    """The post that a code names, its nomenclature told by its letter.

    Args:
        nomenclature: which one is meant when the code has no letter (NAF rev. 2 unless said): the
            same digits do not always mean the same thing in both.

    Raises:
        Refused: malformed, unknown, or written in the other nomenclature than the one asked for.
        SourceError: the labels of NAF rev. 2 are not installed.
    """
    told = nomenclature_of(text)
    if told and nomenclature and told is not nomenclature:
        raise Refused(
            f"“{text}” is a code of {told.label.en}, not of {nomenclature.label.en}. "
            "The crosswalk says where its activity went."
        )
    return of(told or nomenclature or Nomenclature.REV2).entry(text)


def label(code: str, language: str = "fr", nomenclature: Nomenclature | None = None) -> str:
    """The label of a code at any level, in French or English (see `parse` for errors)."""
    return parse(code, nomenclature).label.say(language)


def children(code: str, nomenclature: Nomenclature | None = None) -> tuple[str, ...]:
    """The codes one level below (see `parse` for errors)."""
    entry = parse(code, nomenclature)
    return of(entry.nomenclature).children(entry.code)


def section_of(code: str, nomenclature: Nomenclature | None = None) -> str:
    """The section letter of a code at any level (see `parse` for errors)."""
    return parse(code, nomenclature).section
