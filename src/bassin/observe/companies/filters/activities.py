"""What: NAF at any level, a productive perimeter, a strategic field of the authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies.filters.base import (
    Asked,
    Condition,
    Filter,
    among,
    any_of,
    given,
    joined,
    starting,
    unknown,
)
from bassin.taxonomies import legal, naf
from bassin.taxonomies.codes import Level
from bassin.taxonomies.perimeters import Perimeter, perimeters
from bassin.territory.lists import DatedList, Item, list_at, read_lists
from bassin.types import Text


def under(codes: Sequence[str]) -> Condition:
    """Whether the activity is under one of these NAF rev. 2 codes, of any level."""
    known = naf.rev2()
    divisions = [
        below
        for code in codes
        if known.entry(code).level is Level.SECTION
        for below in known.children(code)
    ]
    starts = [code for code in codes if known.entry(code).level is not Level.SECTION]
    kept = [among("left(naf_code, 2)", divisions)] if divisions else []
    return any_of(kept + ([starting("naf_code", starts)] if starts else []))


@dataclass(frozen=True, slots=True)
class Activities:
    """Under any of some NAF codes."""

    codes: tuple[str, ...]

    def written(self) -> tuple[str, ...]:
        return self.codes

    def where(self) -> Condition:
        return under(self.codes)

    def said(self) -> Text:
        known = naf.rev2()
        return joined(
            [
                Text(f"{code} {known.label(code, 'fr')}", f"{code} {known.label(code, 'en')}")
                for code in self.codes
            ]
        )


def read_activities(values: Sequence[str], asked: Asked) -> Activities | None:
    """NAF rev. 2 codes, written in any accepted way."""
    codes = []
    for each in given(values):
        try:
            codes.append(naf.rev2().entry(each).code)
        except Refused as error:
            raise unknown(
                each, "naf",
                "Donnez un code de la NAF rév. 2 : une section (C), une division (25), un groupe "
                "(25.6), une classe (25.62) ou une sous-classe (25.62B).",
                str(error),
            ) from error  # fmt: skip
    return Activities(tuple(dict.fromkeys(codes))) if codes else None


def known_perimeters(house: House) -> dict[str, Perimeter]:
    """Those of the taxonomies and those of the authority, whose activities can be told."""
    folder = house.var / "authority" / "perimeters"
    found = perimeters(folder) if folder.is_dir() else perimeters()
    return {key: each for key, each in found.items() if each.computable}


@dataclass(frozen=True, slots=True)
class Perimeters:
    """In any of some named sets of activities."""

    ids: tuple[str, ...]
    labels: tuple[Text, ...]
    naf_codes: tuple[str, ...]

    def written(self) -> tuple[str, ...]:
        return self.ids

    def where(self) -> Condition:
        return among("naf_code", self.naf_codes)

    def said(self) -> Text:
        return joined(self.labels)


def read_perimeters(values: Sequence[str], asked: Asked) -> Perimeters | None:
    """Ids of perimeters whose activities can be told."""
    ids = given(values)
    if not ids:
        return None
    known = known_perimeters(asked.house)
    for each in ids:
        if each not in known:
            names = ", ".join(sorted(known))
            raise unknown(each, "perimetre", f"Il y a : {names}.", f"There are: {names}.")
    codes = {code for each in ids for code in known[each].naf_codes()}
    labels = tuple(known[each].label for each in ids)
    return Perimeters(tuple(ids), labels, tuple(sorted(codes)))


@dataclass(frozen=True, slots=True)
class Fields:
    """In any of some fields of the authority's lists, as its reading turns them into codes."""

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


def known_fields(asked: Asked) -> dict[str, tuple[DatedList, Item]]:
    """Every item of the lists in use that a code tells, by "list:item"."""
    path: Path = asked.house.var / "authority" / "lists.toml"
    lists = [each for each in read_lists(path) if each.valid_from <= asked.today]
    used = {each.id: list_at(lists, each.id, asked.today) for each in lists}
    return {
        f"{each.id}:{item.code}": (each, item)
        for each in used.values()
        for item in each.items
        if item.readable
    }


def read_fields(values: Sequence[str], asked: Asked) -> Fields | None:
    """Items of the authority's dated lists: "strategic_fields:health"."""
    keys = given(values)
    if not keys:
        return None
    known = known_fields(asked)
    for each in keys:
        if each not in known:
            names = ", ".join(known)
            raise unknown(
                each, "domaine",
                f"Il y a : {names}." if names else "Aucune liste n'est déclarée ici.",
                f"There are: {names}." if names else "No list is declared here.",
            )  # fmt: skip
    told = [codes_of(known[each][1], asked, known) for each in keys]
    return Fields(
        tuple(keys),
        tuple(known[each][1].label for each in keys),
        tuple(sorted({code for codes, _ in told for code in codes})),
        tuple(sorted({start for _, starts in told for start in starts})),
    )


def codes_of(
    item: Item,
    asked: Asked,
    known: dict[str, tuple[DatedList, Item]],
    above: tuple[str, ...] = (),
) -> tuple[set[str], set[str]]:
    """The NAF sub-classes of an item, and the beginnings of its legal forms.

    Args:
        above: lists that are being read already: two that hold one another add nothing.
    """
    codes = set(naf.rev2().subclasses(item.naf_rev2)) if item.naf_rev2 else set()
    for each in item.perimeters:
        perimeter = known_perimeters(asked.house).get(each)
        codes |= set(perimeter.naf_codes()) if perimeter else set()
    families = legal.families()
    starts = {start for each in item.legal_families for start in families[each].prefixes}
    if item.list_id and item.list_id not in above:
        for key, (_, other) in known.items():
            if key.startswith(f"{item.list_id}:"):
                more, forms = codes_of(other, asked, known, (*above, item.list_id))
                codes |= more
                starts |= forms
    return codes, starts


FILTERS = (
    Filter("naf", "activities", Text("Activité (NAF)", "Activity (NAF)"), read_activities),
    Filter("perimetre", "perimeters", Text("Périmètre d'activités", "Set of activities"),
           read_perimeters),
    Filter("domaine", "fields", Text("Domaine stratégique", "Strategic field"), read_fields),
)  # fmt: skip
