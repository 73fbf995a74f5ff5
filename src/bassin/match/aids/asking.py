"""An address and what it says of a firm, both ways. No address holds a datum of a person."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from bassin.errors import Refused
from bassin.match.aids.forms import NONE, FactsForm
from bassin.match.aids.rules import minimis
from bassin.match.aids.rules.profile import Profile
from bassin.match.aids.rules.zones import ZONE, zones
from bassin.pairing.conditions import Interval
from bassin.types import Scale
from bassin.ui.opened import communes, house
from bassin.ui.reader import today

FREE = "d-"
"""Beginning of the names of answers to demands that no known fact tells."""

PUBLICS = "personne"
"""Name of what tells something of a person: sent, never in an address."""

FIELDS = {
    "stage": ("etape",), "place": ("commune",), "activity": ("naf",), "activity_2025": ("naf",),
    "staff": ("effectif",), "site_staff": ("site",), "turnover_eur": ("ca",),
    "balance_eur": ("bilan",), "size": ("seule", "groupe", "ca", "bilan", "taille"),
    "quarter": ("qpv",), **{f"{ZONE}{key}": ("zone",) for key in zones()}, "legal_form": ("forme",),
    "public_body": ("forme",), "micro": ("micro",), "age_months": ("cree",),
    "created_on": ("cree",), "project": ("projet",), "event": ("evenement",),
    "hires": ("embauches",), "investment_eur": ("depense",), "begun": ("commence",),
    "owner": ("proprietaire",), "ess": ("ess",), "difficulty": ("difficulte",),
    "up_to_date": ("ajour",), "minimis_left_eur": ("minimis",),
}  # fmt: skip
"""Which fields of the form ask for a fact."""


def form(query: Any, ids: str = "id_%s") -> FactsForm:
    """The form as an address fills it in; a second one on a page has ids of its own."""
    code = (query or {}).get("commune", "")
    return FactsForm(query, communes=communes(), quarters=quarters(code), auto_id=ids)


def quarters(commune: str) -> dict[str, str]:
    """The names of the priority neighbourhoods of a commune by their codes, the latest ones."""
    territory = house().territory
    try:
        found = territory.quarters(territory.place(f"{Scale.COMMUNE}:{commune}"))
    except Refused:
        return {}
    latest = max((each.kind for each in found), default="")
    return {each.code: each.name for each in found if each.kind == latest}


def profile(filled: FactsForm, query: Any, publics: frozenset[str] | None = None) -> Profile:
    """What is said; a field badly filled in is unknown, and the form says why."""
    filled.is_valid()
    said = filled.cleaned_data
    return Profile(
        commune=said.get("commune") or "",
        qpv={"": None, "hors": ""}.get(said.get("qpv") or "", said.get("qpv") or ""),
        naf=said.get("naf") or "",
        naf_2025=said.get("naf2025") or "",
        staff=said.get("effectif"),
        site_staff=said.get("site"),
        group_staff=said.get("groupe"),
        turnover=said.get("ca"),
        balance=said.get("bilan"),
        category=said.get("categorie") or "",
        held_size=said.get("taille") or "",
        alone=said.get("seule"),
        zones=frozenset(said["zone"]) - {NONE} if said.get("zone") else None,
        legal=said.get("forme") or "",
        micro=said.get("micro"),
        stage=said.get("etape") or "",
        created=said.get("cree"),
        projects=frozenset(said["projet"]) if said.get("projet") else None,
        events=frozenset(said["evenement"]) if said.get("evenement") else None,
        publics=publics,
        hires=said.get("embauches"),
        investment=said.get("depense"),
        begun=said.get("commence"),
        owner=said.get("proprietaire"),
        ess=said.get("ess"),
        difficulty=said.get("difficulte"),
        up_to_date=said.get("ajour"),
        minimis=_received(said.get("minimis")),
        answers=answers(query),
    )


def answers(query: Mapping[str, Any]) -> dict[str, bool]:
    """The answers to free demands that an address holds."""
    return {
        f"said:{name.removeprefix(FREE)}": query[name] == "oui"
        for name in query
        if name.startswith(FREE) and query[name] in ("oui", "non")
    }


def _received(sum_of: Interval | None) -> tuple[minimis.Grant, ...] | None:
    """What was received within the window, as one grant of today: the sum is all that counts.

    An interval counts as its upper end: headroom is never told larger than it may be.
    """
    if sum_of is None:
        return None
    return (minimis.Grant(today(), sum_of.low if sum_of.high == float("inf") else sum_of.high),)


def address(known: Profile) -> QueryDict:
    """What the register tells of a firm, as an address without its number or its name.

    A day of creation is given by its month, so that nobody is found by it.
    """
    found = QueryDict(mutable=True)
    told: dict[str, str] = {
        "etape": known.stage,
        "commune": known.commune,
        "qpv": "" if known.qpv is None else known.qpv or "hors",
        "naf": known.naf,
        "naf2025": known.naf_2025,
        "effectif": span(known.staff),
        "site": span(known.site_staff),
        "categorie": known.category,
        "forme": known.legal,
        "cree": known.created[0].strftime("%Y-%m") if known.created else "",
        "ess": yes_no(known.ess),
    }
    for name, value in told.items():
        if value:
            found[name] = value
    return found


def span(value: Interval | None) -> str:
    """An interval as an address writes it."""
    if value is None:
        return ""
    if value.low == value.high:
        return f"{value.low:.0f}"
    return f"{value.low:.0f}-" + ("" if value.high == float("inf") else f"{value.high:.0f}")


def yes_no(value: bool | None) -> str:
    """A flag as an address writes it."""
    return "" if value is None else "oui" if value else "non"


def cleaned(query: QueryDict) -> QueryDict:
    """The address to share: known names only, nothing empty, nothing of a person."""
    found = QueryDict(mutable=True)
    for name in query:
        if name in FactsForm.base_fields or name.startswith(FREE):
            kept = [each for each in query.getlist(name) if each]
            if kept:
                found.setlist(name, kept)
    return found
