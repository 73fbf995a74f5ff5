"""What: NAF at any level, a productive perimeter, a strategic field of the authority."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bassin.errors import Refused
from bassin.indicators.activity_sets import ActivitySet, known_fields, known_perimeters
from bassin.indicators.house import House
from bassin.observe.companies.filters.base import (
    Asked,
    Condition,
    Filter,
    among,
    any_of,
    given,
    joined,
    numbered,
    starting,
    unknown,
)
from bassin.taxonomies import naf
from bassin.taxonomies.codes import Level, Nomenclature
from bassin.types import Text

COLUMNS = {Nomenclature.REV2: "naf_code", Nomenclature.NAF_2025: "naf2025_code"}
"""Where an establishment has its code in each nomenclature."""


def under(codes: Sequence[str], nomenclature: Nomenclature = Nomenclature.REV2) -> Condition:
    """Whether the activity is under one of these codes, of any level of a nomenclature."""
    known, column = naf.of(nomenclature), COLUMNS[nomenclature]
    divisions = [
        below
        for code in codes
        if known.entry(code).level is Level.SECTION
        for below in known.children(code)
    ]
    starts = [code for code in codes if known.entry(code).level is not Level.SECTION]
    kept = [among(f"left({column}, 2)", divisions)] if divisions else []
    return any_of(kept + ([starting(column, starts)] if starts else []))


@dataclass(frozen=True, slots=True)
class Activities:
    """Under any of some codes of a nomenclature."""

    codes: tuple[str, ...]
    nomenclature: Nomenclature = Nomenclature.REV2

    def written(self) -> tuple[str, ...]:
        return self.codes

    def where(self) -> Condition:
        return under(self.codes, self.nomenclature)

    def said(self) -> Text:
        known = naf.of(self.nomenclature)
        return joined([numbered(code, known.entry(code).label) for code in self.codes])


def read_activities(values: Sequence[str], asked: Asked) -> Activities | None:
    """NAF rev. 2 codes, written in any accepted way."""
    return _activities(
        values, "naf", Nomenclature.REV2,
        "Donnez un code de la NAF rév. 2 : une section (C), une division (25), un groupe (25.6), "
        "une classe (25.62) ou une sous-classe (25.62B).",
    )  # fmt: skip


def read_activities_2025(values: Sequence[str], asked: Asked) -> Activities | None:
    """NAF 2025 codes, written in any accepted way."""
    return _activities(
        values, "naf2025", Nomenclature.NAF_2025,
        "Donnez un code de la NAF 2025 : une section (C), une division (25), ou plus long.",
    )  # fmt: skip


def _activities(
    values: Sequence[str], param: str, nomenclature: Nomenclature, advice: str
) -> Activities | None:
    codes = []
    for each in given(values):
        try:
            codes.append(naf.of(nomenclature).entry(each).code)
        except Refused as error:
            raise unknown(each, param, advice, str(error)) from error
    return Activities(tuple(dict.fromkeys(codes)), nomenclature) if codes else None


@dataclass(frozen=True, slots=True)
class Sets:
    """In any of some named sets of activities."""

    keys: tuple[str, ...]
    labels: tuple[Text, ...]
    naf_codes: tuple[str, ...]
    legal_starts: tuple[str, ...]

    def written(self) -> tuple[str, ...]:
        return self.keys

    def where(self) -> Condition:
        kept = [among("naf_code", self.naf_codes)] if self.naf_codes else []
        forms = [starting("legal_category", self.legal_starts)] if self.legal_starts else []
        return any_of(kept + forms)

    def said(self) -> Text:
        return joined(self.labels)


def read_perimeters(values: Sequence[str], asked: Asked) -> Sets | None:
    """Ids of perimeters whose activities can be told."""
    return _sets(values, "perimetre", known_perimeters, asked)


def read_fields(values: Sequence[str], asked: Asked) -> Sets | None:
    """Items of the authority's dated lists: "strategic_fields:health"."""
    return _sets(values, "domaine", known_fields, asked)


def _sets(
    values: Sequence[str],
    param: str,
    known_in: Callable[[House, date], Mapping[str, ActivitySet]],
    asked: Asked,
) -> Sets | None:
    keys = given(values)
    if not keys:
        return None
    known = known_in(asked.house, asked.today)
    for each in keys:
        if each not in known:
            names = ", ".join(known)
            raise unknown(
                each, param,
                f"Il y a : {names}." if names else "Aucune liste n'est déclarée ici.",
                f"There are: {names}." if names else "No list is declared here.",
            )  # fmt: skip
    found = [known[each] for each in keys]
    return Sets(
        tuple(keys),
        tuple(each.label for each in found),
        tuple(sorted({code for each in found for code in each.naf_codes})),
        tuple(sorted({start for each in found for start in each.legal_starts})),
    )


FILTERS = (
    Filter("naf", "activities", Text("Activité (NAF)", "Activity (NAF)"), read_activities),
    Filter("naf2025", "activities_2025", Text("Activité (NAF 2025)", "Activity (NAF 2025)"),
           read_activities_2025),
    Filter("perimetre", "perimeters", Text("Périmètre d'activités", "Set of activities"),
           read_perimeters),
    Filter("domaine", "fields", Text("Domaine stratégique", "Strategic field"), read_fields),
)  # fmt: skip
