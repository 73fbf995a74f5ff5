"""Where: a place of any scale, a priority neighbourhood."""

from collections.abc import Sequence
from dataclasses import dataclass

from bassin.errors import Refused
from bassin.observe.companies.filters.base import (
    ALL,
    Asked,
    Condition,
    Filter,
    among,
    any_of,
    given,
    joined,
    unknown,
)
from bassin.territory import Place
from bassin.types import Scale, Text

ANY = {
    "oui": Text("dans un quartier prioritaire", "in a priority neighbourhood"),
    "non": Text("hors des quartiers prioritaires", "outside priority neighbourhoods"),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Inside any of some places. `codes` are the communes that data of any year may use there."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]
    quarters: tuple[str, ...] = ()
    everywhere: bool = False

    def written(self) -> tuple[str, ...]:
        return self.keys

    def where(self) -> Condition:
        if self.everywhere:
            return ALL
        kept = [among("commune_code", self.codes)] if self.codes else []
        return any_of(kept + ([among("qpv_code", self.quarters)] if self.quarters else []))

    def said(self) -> Text:
        return joined([Text(name, name) for name in self.names])


def read_places(values: Sequence[str], asked: Asked) -> Places | None:
    """Places by their keys ("commune:94081") or by a code that only one place has."""
    places = [_place(each, asked) for each in given(values)]
    if not places:
        return None
    territory = asked.house.territory
    inside = [each for each in places if each.scale not in (Scale.QPV, Scale.FRANCE)]
    return Places(
        tuple(each.key for each in places),
        tuple(each.name for each in places),
        tuple(sorted({code for each in inside for code in territory.codes(each)})),
        tuple(each.code for each in places if each.scale == Scale.QPV),
        any(each.scale == Scale.FRANCE for each in places),
    )


def _place(key: str, asked: Asked) -> Place:
    try:
        place = asked.house.territory.place(key)
    except Refused as error:
        raise unknown(
            key, "lieu",
            "Donnez le code d'une commune (48095), d'une intercommunalité (son SIREN), ou "
            "departement:48, region:76, qpv:QP….",
            str(error),
        ) from error  # fmt: skip
    if place.scale == Scale.IRIS:
        raise unknown(
            key, "lieu",
            "Un IRIS n'a pas de contour ici : choisissez sa commune, ou dessinez une zone.",
            "An IRIS has no outline here: choose its commune, or draw a zone.",
        )  # fmt: skip
    return place


@dataclass(frozen=True, slots=True)
class Quarters:
    """In some priority neighbourhoods; in any of them ("oui"), in none ("non")."""

    codes: tuple[str, ...]
    names: tuple[str, ...] = ()

    def written(self) -> tuple[str, ...]:
        return self.codes

    def where(self) -> Condition:
        if self.codes == ("oui",):
            return Condition("qpv_code IS NOT NULL")
        if self.codes == ("non",):  # without a position, nobody knows
            return Condition("(has_position AND qpv_code IS NULL)")
        return among("qpv_code", self.codes)

    def said(self) -> Text:
        if self.codes[0] in ANY:
            return ANY[self.codes[0]]
        return joined([Text(name, name) for name in self.names])


def read_quarters(values: Sequence[str], asked: Asked) -> Quarters | None:
    """Their codes, or "oui", or "non"."""
    found = given(values)
    if not found:
        return None
    if found[0] in ANY and len(found) == 1:
        return Quarters((found[0],))
    names = []
    for code in found:
        try:
            names.append(asked.house.territory.place(f"qpv:{code}").name)
        except Refused as error:
            raise unknown(
                code, "qpv",
                "Donnez le code d'un quartier prioritaire (QN09401M), « oui » ou « non ».",
                "Give the code of a priority neighbourhood (QN09401M), “oui” or “non”.",
            ) from error  # fmt: skip
    return Quarters(tuple(found), tuple(names))


FILTERS = (
    Filter("lieu", "places", Text("Lieu", "Place"), read_places),
    Filter("qpv", "quarters", Text("Quartier prioritaire", "Priority neighbourhood"),
           read_quarters),
)  # fmt: skip
