"""An establishment as a line of a list: what to call it, what it does, where, what is special."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.indicators.numbers import period
from bassin.indicators.secrecy import journal
from bassin.observe.companies.filters.firms import INSERTION
from bassin.observe.companies.filters.lives import PROCEDURES
from bassin.observe.companies.naming import UNNAMED, family, kind
from bassin.observe.companies.procedures import Procedure, procedures
from bassin.observe.companies.rows import Establishment
from bassin.taxonomies import naf
from bassin.taxonomies.headcounts import band
from bassin.types import Text

_KINDS = {"safeguard": "sauvegarde", "receivership": "redressement", "liquidation": "liquidation"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that sets an establishment apart: a word, and a pictogram when it warns."""

    word: str
    kind: str = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What a list shows of one establishment."""

    siret: str
    name: str
    hidden: bool
    url: str
    activity: Text | None
    family: str
    naf_code: str
    commune: str
    address: str
    staff: str
    since: str
    marks: tuple[Mark, ...]


def lines(
    house: House, rows: Sequence[Establishment], language: str, *, officer: bool = False
) -> list[Line]:
    """The lines of a page; procedures are marked for officers alone."""
    names = _communes(house, {each.commune_code for each in rows if each.commune_code})
    journal.rows(sum(each.is_hidden for each in rows))
    found = procedures(house, [each.siret for each in rows]) if officer else {}
    return [_line(each, names, found.get(each.siret), language) for each in rows]


def name_of(one: Establishment, language: str) -> str:
    """What to call an establishment; what is hidden is told as what it is."""
    if one.is_hidden or not one.name:
        return (kind(one) if one.is_hidden else UNNAMED).say(language)
    return one.name


def activity_of(code: str | None) -> Text | None:
    """What a NAF code says; None when none is known."""
    known = naf.rev2()
    return known.entry(code).label if code and code in known else None


def _line(
    one: Establishment, names: dict[str, str], procedure: Procedure | None, language: str
) -> Line:
    shown = band(one.headcount_band)
    return Line(
        one.siret,
        name_of(one, language),
        one.is_hidden,
        _url(one.siret),
        activity_of(one.naf_code),
        family(one.naf_code, language),
        one.naf_code or "",
        names.get(one.commune_code or "", one.city or ""),
        one.address or "",
        "" if shown.unsure else shown.label.say(language),
        str(one.created_on.year) if one.created_on else "",
        tuple(_marks(one, procedure, language)),
    )


def _url(siret: str) -> str:
    try:
        return reverse("companies:establishment", kwargs={"siret": siret})
    except NoReverseMatch:
        return ""


def _communes(house: House, codes: set[str]) -> dict[str, str]:
    found = {}
    for code in codes:
        try:
            found[code] = house.territory.place(f"commune:{code}").name
        except Refused:  # a code of another year: the town that SIRENE writes stands for it
            continue
    return found


def _marks(one: Establishment, procedure: Procedure | None, language: str) -> list[Mark]:
    found = []
    if not one.is_active:
        day = period(one.closed_on.isoformat(), language, article=True) if one.closed_on else ""
        word = _("closed on {day}").format(day=day.removeprefix("le ")) if day else _("closed")
        found.append(Mark(word, "late", "octagon-x"))
    if procedure is not None:
        word = PROCEDURES[_KINDS[procedure.kind]][0].say(language)
        if procedure.is_open:
            found.append(Mark(f"{word} {procedure.on.year}", "check", "triangle-alert"))
        else:
            found.append(Mark(_("{procedure}, closed").format(procedure=word)))
    if one.is_head_office:
        found.append(Mark(_("head office")))
    if one.is_ess:
        found.append(Mark(_("social economy")))
    kinds = (one.insertion_kind or "").split()
    found += [Mark(INSERTION.get(each, Text(each, each)).say(language)) for each in kinds]
    if one.qpv_code:
        found.append(Mark(_("priority neighbourhood")))
    if one.moved_from:
        found.append(Mark(_("moved in")))
    if one.moved_to:
        found.append(Mark(_("moved out")))
    return found
