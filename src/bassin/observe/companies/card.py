"""What the card of an establishment says: who, what, how large, how old, where, with which firm."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.errors import Refused
from bassin.indicators import activity_sets as sets
from bassin.indicators.house import House
from bassin.indicators.numbers import period
from bassin.observe.companies import correctable
from bassin.observe.companies.corrections import Told
from bassin.observe.companies.filters.base import Asked
from bassin.observe.companies.naming import commune, spaced
from bassin.observe.companies.rows import READ, TABLE, Establishment, establishment
from bassin.taxonomies import naf
from bassin.taxonomies.headcounts import band
from bassin.types import Scale, Text

MOST_SIBLINGS = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One datum: its words, its value, its column when it may be said wrong, its correction.

    `french`: the value has no other language, whatever that of the page. `chain`: what holds it,
    the nearest first.
    """

    label: str
    text: str = ""
    column: str = ""
    note: str = ""
    url: str = ""
    links: tuple[tuple[str, str], ...] = ()
    chain: tuple[Text, ...] = ()
    told: Told | None = None
    french: bool = False


def siblings(house: House, found: Establishment) -> tuple[list[Establishment], int]:
    """The other establishments of its firm among those loaded, open ones first, and their count."""
    rows = house.reader.rows(
        f"SELECT {READ} FROM {TABLE} WHERE siren = ? AND siret <> ? "
        f"ORDER BY state, is_head_office DESC NULLS LAST, created_on DESC NULLS LAST, siret "
        f"LIMIT {MOST_SIBLINGS}",
        [found.siren, found.siret],
    )
    total = house.reader.rows(
        f"SELECT count(*) FROM {TABLE} WHERE siren = ? AND siret <> ?", [found.siren, found.siret]
    )
    return [establishment(row) for row in rows], int(total[0][0])


def example(house: House) -> Establishment | None:
    """A card that has much to show: open, not hidden, drawn, one that moved before others."""
    communes = list(house.home.communes)
    rows = house.reader.rows(
        f"SELECT {READ} FROM {TABLE} WHERE state = 'A' AND NOT is_hidden AND name IS NOT NULL "
        "AND has_position AND commune_code IN (SELECT unnest(?)) "
        "ORDER BY moved_from IS NULL, headcount_band IS NULL, headcount_band = 'NN', siret LIMIT 1",
        [communes],
    )
    return establishment(rows[0]) if rows else None


def age(found: Establishment, today: date) -> str:
    """« 12 ans », or « moins d'un an »; the life of one that is closed ends when it closed."""
    end = found.closed_on or today
    if not found.created_on or found.created_on > end:
        return ""
    past = end.year - found.created_on.year
    past -= (end.month, end.day) < (found.created_on.month, found.created_on.day)
    if past < 1:
        return _("less than a year")
    return ngettext("{count} year", "{count} years", past).format(count=past)


def identity(house: House, found: Establishment, language: str) -> list[Line]:
    """Its names, its numbers, where it is."""
    lines = [Line("SIRET", spaced(found.siret))]
    if not found.is_hidden:
        lines.append(Line(_("Name or sign"), found.name or "", "name"))
        if found.unit_name and found.unit_name != found.name:
            lines.append(Line(_("Name of the firm"), found.unit_name, "unit_name"))
        if found.acronym:
            lines.append(Line(_("Acronym"), found.acronym))
        where = ", ".join(filter(None, (found.address, found.address_more)))
        lines.append(Line(_("Address"), where, "address"))
        lines.append(Line(_("Postal code"), found.postal_code or "", "postal_code"))
    lines.append(Line(_("Commune"), commune(house, found), url=_place(found)))
    if not found.is_hidden:
        lines.append(Line(_("Position"), correctable.value(found, "position"), "position"))
    if found.qpv_code:
        lines.append(_quarter(house, found))
    return lines


def _quarter(house: House, found: Establishment) -> Line:
    code = str(found.qpv_code)
    try:
        name = house.territory.place(f"{Scale.QPV}:{code}").name
    except Refused:
        name = code
    note = _("less than 30 m from its border: check the address") if found.qpv_edge else ""
    url = _url("observatory:place", scale=Scale.QPV, code=code)
    return Line(_("Priority neighbourhood"), name, note=note, url=url)


def _place(found: Establishment) -> str:
    if not found.commune_code:
        return ""
    return _url("observatory:place", scale=Scale.COMMUNE, code=found.commune_code)


def _url(name: str, **keys: Any) -> str:
    """A page of another system; none where it has no such page."""
    try:
        return reverse(name, kwargs=keys)
    except NoReverseMatch:
        return ""


def activity(house: House, found: Establishment, language: str, today: date) -> list[Line]:
    """What it does: the code and its chain, the sets that hold it."""
    code = found.naf_code
    lines = [Line(_("Main activity"), correctable.written("naf_code", code or "", language),
                  "naf_code", url=_listed(naf=code) if code else "",
                  french=not correctable.has_words("naf_code", code or "", language))]  # fmt: skip
    chain = _chain(code)
    if chain:
        lines.append(Line(_("Among"), chain=chain))
    if found.naf2025_code:
        lines.append(_in_2025(found.naf2025_code, language))
    asked = Asked(house, today)
    for param, label, known in (
        ("domaine", _("Strategic fields"), sets.known_fields(asked.house, asked.today)),
        ("perimetre", _("Perimeters"), sets.known_perimeters(asked.house, asked.today)),
    ):
        links = {
            each.label.say(language): _listed(**{param: each.key})
            for each in known.values()
            if _holds(each, found)
        }
        if links:
            lines.append(Line(label, links=tuple(links.items())))
    return lines


def _in_2025(code: str, language: str) -> Line:
    """Its code in the nomenclature to come, with its label once Insee's file is loaded."""
    known = naf.naf_2025()
    if code not in known:
        return Line(_("In the NAF 2025"), code)
    label = known.entry(code).label
    return Line(_("In the NAF 2025"), f"{code} {label.say(language)}",
                url=_listed(naf2025=code), french=not label.only(language))  # fmt: skip


def _holds(known: sets.ActivitySet, found: Establishment) -> bool:
    """Whether a set holds it, by its activity or its legal form."""
    form = found.legal_category or ""
    return found.naf_code in known.naf_codes or any(map(form.startswith, known.legal_starts))


def _chain(code: str | None) -> tuple[Text, ...]:
    """« Travail des métaux › Métallurgie › Industrie »: what holds the activity, nearest first."""
    known = naf.rev2()
    if not code or code not in known:
        return ()
    own = known.entry(code).label
    above = (known.entry(each).label for each in known.ancestors(code))
    labels = {label.fr: label for label in above}
    labels.pop(own.fr, None)
    return tuple(labels.values())


def _listed(**choice: str) -> str:
    return f"{reverse('companies:home')}?{urlencode(choice)}"


def size(found: Establishment, language: str, today: date) -> list[Line]:
    """How large and how old, and whether it is open."""
    year = str(found.headcount_year or "")
    staff = band(found.headcount_band).label.say(language) if found.headcount_band else ""
    lines = [
        Line(_("Open or closed"), _state(found, language), "state"),
        Line(_("Staff"), staff or _("not known"), "headcount_band",
             note=_("an interval, in {year}").format(year=year) if year else ""),
        Line(_("Created on"), correctable.written("created_on", _iso(found.created_on), language),
             "created_on", note=age(found, today)),
    ]  # fmt: skip
    if not found.is_active:
        closed = correctable.written("closed_on", _iso(found.closed_on), language)
        lines.append(Line(_("Closed on"), closed, "closed_on"))
    return lines


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _state(found: Establishment, language: str) -> str:
    since = period(_iso(found.state_since_on), language) if found.state_since_on else ""
    if not since:
        return correctable.written("state", found.state, language)
    word = _("open since {day}") if found.is_active else _("closed since {day}")
    return word.format(day=since)


def unit(found: Establishment, language: str) -> list[Line]:
    """The legal unit that it belongs to."""
    form = found.legal_category
    yes, no = _("yes"), _("no")
    lines = [Line("SIREN", f"{found.siren[:3]} {found.siren[3:6]} {found.siren[6:]}")]
    if form:
        lines.append(
            Line(
                _("Legal form"),
                correctable.written("legal_category", form, language),
                "legal_category",
                french=not correctable.has_words("legal_category", form, language),
            )
        )
    if found.is_head_office is not None:
        lines.append(Line(_("Head office"), yes if found.is_head_office else no, "is_head_office"))
    if found.unit_headcount_band:
        staff = band(found.unit_headcount_band).label.say(language)
        lines.append(Line(_("Staff of the whole firm"), staff))
    if found.category:
        lines.append(Line(_("Category of firm"), found.category))
    if found.is_ess is not None:
        lines.append(Line(_("Social economy"), yes if found.is_ess else no, "is_ess"))
    if found.is_mission:
        lines.append(Line(_("Mission-led company"), yes, "is_mission"))
    if found.insertion_kind:
        lines.append(Line(_("Insertion employer"), found.insertion_kind))
    return lines


def with_corrections(lines: list[Line], corrections: dict[str, Told]) -> list[Line]:
    """The same, each with its accepted correction beside the source value."""
    return [replace(each, told=corrections.get(each.column)) for each in lines]
