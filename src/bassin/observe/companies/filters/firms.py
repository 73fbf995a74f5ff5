"""Which: staff, legal form, social economy, insertion, head office, open offers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bassin.errors import Refused
from bassin.observe.companies.filters.base import (
    Asked,
    Condition,
    Filter,
    among,
    given,
    joined,
    only,
    starting,
    unknown,
)
from bassin.observe.companies.marks import Marked, marked
from bassin.systems import firm_set
from bassin.taxonomies import legal
from bassin.taxonomies.headcounts import Band, band, bands
from bassin.types import Text

_SIRET = re.compile(r"[0-9]{14}")
_STAFF = re.compile(r"([0-9]{0,6})-([0-9]{0,6})")
YES = {"oui": True, "non": False}
_YES_FR, _YES_EN = "Donnez « oui » ou « non ».", "Give “oui” or “non”."
INSERTION = {
    "ACI": Text("atelier ou chantier d'insertion", "integration workshop"),
    "EI": Text("entreprise d'insertion", "integration enterprise"),
    "ETTI": Text("entreprise de travail temporaire d'insertion", "integration temping agency"),
    "AI": Text("association intermédiaire", "intermediary association"),
    "EITI": Text("entreprise d'insertion par le travail indépendant",
                 "integration by self-employment"),
    "GEIQ": Text("groupement d'employeurs pour l'insertion et la qualification",
                 "employers' group for integration and qualification"),
    "EA": Text("entreprise adaptée", "adapted enterprise"),
    "EATT": Text("entreprise adaptée de travail temporaire", "adapted temping agency"),
    "OPCS": Text("opérateur de proximité", "local operator"),
}  # fmt: skip
"""Kinds of insertion employers, as the inclusion market names them."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Salaried staff from `low` to `high`. Bands are intervals: what overlaps may be inside."""

    low: int
    high: int | None

    def written(self) -> tuple[str, ...]:
        return (f"{self.low}-{'' if self.high is None else self.high}",)

    def overlaps(self, code: str | None) -> bool:
        """Whether an establishment of that band may be inside."""
        one = band(code)
        below = self.high is not None and one.minimum > self.high
        return not below and (one.maximum is None or one.maximum >= self.low)

    def holds(self, code: str | None) -> bool:
        """Whether it surely is: the whole band is inside, and its staff is known."""
        one = band(code)
        ends = self.high is None or (one.maximum is not None and one.maximum <= self.high)
        return not one.unsure and one.minimum >= self.low and ends

    def where(self) -> Condition:
        return self._bands([code for code in bands() if self.overlaps(code)])

    def surely(self) -> Condition:
        """The establishments that are inside whatever their staff is in their band."""
        return self._bands([code for code in bands() if self.holds(code)])

    def _bands(self, codes: Sequence[str]) -> Condition:
        unread = next(iter(bands()))  # an empty band is read as "not known"
        return among(f"coalesce(headcount_band, '{unread}')", codes)

    def said(self) -> Text:
        if self.high is None:
            return Text(f"{self.low} salariés et plus", f"{self.low} employees and more")
        return Text(f"de {self.low} à {self.high} salariés", f"{self.low} to {self.high} employees")


def staffed(text: str) -> Staff | None:
    """An interval of staff as it is written; None when it is not one."""
    found = _STAFF.fullmatch(text)
    if not found or text == "-":
        return None
    low, high = int(found[1] or 0), int(found[2]) if found[2] else None
    return None if high is not None and high < low else Staff(low, high)


def read_staff(values: Sequence[str], asked: Asked) -> Staff | None:
    """ "10-49", "10-", "-9"."""
    text = only(values, "effectif")
    if not text:
        return None
    found = staffed(text)
    if found is None:
        raise unknown(
            text, "effectif",
            "Donnez deux nombres de salariés, le plus petit d'abord : 10-49, 250- pour 250 et "
            "plus, -9 pour moins de 10.",
            "Give two numbers of employees, the lower first: 10-49, 250- for 250 and more, -9 for "
            "less than 10.",
        )  # fmt: skip
    return found


def tranche(one: Band) -> str:
    """The interval of a band, as this filter writes it."""
    return f"{one.minimum}-{'' if one.maximum is None else one.maximum}"


@dataclass(frozen=True, slots=True)
class Forms:
    """Of any of some legal categories: a level of one, two or four digits."""

    codes: tuple[str, ...]

    def written(self) -> tuple[str, ...]:
        return self.codes

    def where(self) -> Condition:
        return starting("legal_category", self.codes)

    def said(self) -> Text:
        return joined([legal.label(code) for code in self.codes])


def read_forms(values: Sequence[str], asked: Asked) -> Forms | None:
    """Legal categories of Insee."""
    codes = given(values)
    for each in codes:
        try:
            legal.label(each)
        except Refused as error:
            raise unknown(
                each, "forme",
                "Donnez une catégorie juridique de l'Insee : un chiffre (5), deux (57) ou quatre "
                "(5710).",
                str(error),
            ) from error  # fmt: skip
    return Forms(tuple(codes)) if codes else None


@dataclass(frozen=True, slots=True)
class YesNo:
    """A yes or no of the shown table; what is not known is neither."""

    column: str
    yes: bool
    words: tuple[Text, Text]

    def written(self) -> tuple[str, ...]:
        return ("oui" if self.yes else "non",)

    def where(self) -> Condition:
        return Condition(f"({self.column} IS {'TRUE' if self.yes else 'FALSE'})")

    def said(self) -> Text:
        return self.words[0] if self.yes else self.words[1]


def _yes(values: Sequence[str], param: str) -> bool | None:
    text = only(values, param)
    if text and text not in YES:
        raise unknown(text, param, _YES_FR, _YES_EN)
    return YES.get(text)


def read_ess(values: Sequence[str], asked: Asked) -> YesNo | None:
    """Of the social and solidarity economy, as SIRENE says."""
    yes = _yes(values, "ess")
    words = (Text("économie sociale et solidaire", "social and solidarity economy"),
             Text("hors économie sociale et solidaire", "outside the social economy"))  # fmt: skip
    return None if yes is None else YesNo("is_ess", yes, words)


def read_head_office(values: Sequence[str], asked: Asked) -> YesNo | None:
    """Head office of its legal unit."""
    yes = _yes(values, "siege")
    words = (Text("siège", "head office"), Text("hors sièges", "not a head office"))
    return None if yes is None else YesNo("is_head_office", yes, words)


@dataclass(frozen=True, slots=True)
class Insertion:
    """An insertion employer: of some kinds, or of any ("oui")."""

    kinds: tuple[str, ...]

    def written(self) -> tuple[str, ...]:
        return self.kinds

    def where(self) -> Condition:
        if self.kinds == ("oui",):
            return Condition("insertion_kind IS NOT NULL")
        held = "list_has_any(string_split(insertion_kind, ' '), ?)"  # one may be of two kinds
        return Condition(f"(insertion_kind IS NOT NULL AND {held})", (list(self.kinds),))

    def said(self) -> Text:
        if self.kinds == ("oui",):
            return Text("employeur inclusif", "insertion employer")
        return joined([INSERTION[kind] for kind in self.kinds])


def read_insertion(values: Sequence[str], asked: Asked) -> Insertion | None:
    """Kinds of insertion employers, or "oui"."""
    kinds = given(values)
    for each in kinds:
        if each not in INSERTION and kinds != ["oui"]:
            names = ", ".join(INSERTION)
            raise unknown(each, "insertion", f"Donnez « oui » ou : {names}.",
                          f"Give “oui” or one of: {names}.")  # fmt: skip
    return Insertion(tuple(kinds)) if kinds else None


@dataclass(frozen=True, slots=True)
class Told:
    """In a set of firms that another system tells."""

    name: str
    firms: Marked

    def written(self) -> tuple[str, ...]:
        return ("oui",)

    def where(self) -> Condition:
        return self.firms.where()

    def said(self) -> Text:
        return Text("avec des offres ouvertes", "with open offers")


def read_offers(values: Sequence[str], asked: Asked) -> Told | None:
    """Firms that have open offers, as the job showcase tells."""
    text = only(values, "offres")
    if not text:
        return None
    if text != "oui":
        raise unknown(text, "offres", "Donnez « oui ».", "Give “oui”.")
    told = firm_set("open_offers") or frozenset()
    right = sorted(each for each in told if _SIRET.fullmatch(each))
    return Told("open_offers", marked(asked.house.reader, right))


FILTERS = (
    Filter("effectif", "staff", Text("Effectif salarié", "Staff"), read_staff),
    Filter("forme", "forms", Text("Forme juridique", "Legal form"), read_forms),
    Filter("ess", "ess", Text("Économie sociale et solidaire", "Social and solidarity economy"),
           read_ess),
    Filter("insertion", "insertion", Text("Employeur inclusif", "Insertion employer"),
           read_insertion),
    Filter("siege", "head_office", Text("Siège", "Head office"), read_head_office),
    Filter("offres", "offers", Text("Offres d'emploi ouvertes", "Open job offers"), read_offers),
)  # fmt: skip
