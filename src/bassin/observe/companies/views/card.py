"""The card of an establishment, at an address by its SIRET."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.indicators.house import House
from bassin.indicators.secrecy import journal
from bassin.observe.companies import (
    card,
    corrections,
    finding,
    naming,
    neighbours,
    permissions,
    procedures,
    sector,
    timeline,
)
from bassin.observe.companies.rows import TABLE, Establishment
from bassin.observe.companies.standing import standing
from bassin.parties.access import is_officer
from bassin.taxonomies.siret import siret as read_siret
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today


def trail(*after: Crumb) -> list[Crumb]:
    """From the list to here."""
    return [Crumb(_("Firms"), reverse("companies:home")), *after]


def asked(request: HttpRequest, siret: str, name: str) -> Establishment | HttpResponse:
    """The establishment of an address; else the answer: its right address, or « unknown ».

    Raises:
        Refused: it is not a SIRET; the sentence says why.
    """
    number = read_siret(siret)
    if number != siret:
        return redirect(f"companies:{name}", siret=number)
    found = finding.one(house(), number)
    return found if found is not None else unknown(request, number)


def unknown(request: HttpRequest, siret: str) -> HttpResponse:
    """A SIRET whose key is right and that no loaded file knows: what to do, and one that works."""
    opened = house()
    example = None
    if opened.reader.has(TABLE) and opened.installation.sample:
        example = card.example(opened)
    context = {
        "siret": naming.spaced(siret),
        "loaded": opened.reader.has(TABLE),
        "example": example,
        "example_name": naming.called(opened, example, language()) if example else "",
        "crumbs": trail(Crumb(_("Unknown SIRET"))),
    }
    return render(request, "companies/unknown.html", context, status=404)


@require_safe
def page(request: HttpRequest, siret: str) -> HttpResponse:
    """Everything that is public of one establishment, readable without JavaScript."""
    found = asked(request, siret, "establishment")
    if isinstance(found, HttpResponse):
        return found
    opened, words = house(), language()
    name = naming.called(opened, found, words)
    context = {
        **shown(opened, found, words),
        "crumbs": trail(Crumb(name)),
        "others": _others(opened, found, words),
        "sector": sector.table(opened, found, words),
        "cards": [] if found.is_hidden else systems.cards("firm", found.siret, words),
        "follow": systems.takings("follow", found.siret, "", words)
        if is_officer(request.user)
        else [],
        "moderates": permissions.can_moderate(request.user),
        "mine_url": reverse("companies:mine", args=[found.siret]),
    }
    return render(request, "companies/card.html", context)


def shown(opened: House, found: Establishment, words: str) -> dict[str, Any]:
    """What the card and « mon entreprise » both show."""
    fixed = corrections.of(found, words)
    day = today()
    journal.rows(int(found.is_hidden))
    blocks = [
        (_("Who and where"), card.identity(opened, found, words)),
        (_("What it does"), card.activity(opened, found, words, day)),
        (_("How large, how old"), card.size(found, words, day)),
        (_("Its legal unit"), card.unit(found, words)),
    ]
    name = naming.called(opened, found, words)
    near = neighbours.around_of(opened, found)
    title = _("Around {name}").format(name=name)
    return {
        "found": found,
        "name": name,
        "activity": naming.activity(found),
        "family": naming.family(found.naf_code, words),
        "commune": naming.commune(opened, found),
        "why_hidden": naming.why_hidden(found).say(words) if found.is_hidden else "",
        "insee": naming.INSEE,
        "blocks": [(title, card.with_corrections(lines, fixed)) for title, lines in blocks],
        "standing": standing(opened, words),
        "moments": timeline.moments(opened, found, words),
        "after": _after(opened, found, words),
        "procedure": procedures.of(opened, found.siret),
        "near": near,
        "near_names": _named(opened, near.listed, words) if near else [],
        "drawing": neighbours.drawing(opened, found, near, title) if near else "",
        "alike": _named(opened, neighbours.alike(opened, found), words),
    }


def _after(opened: House, found: Establishment, words: str) -> tuple[str, str]:
    """Where a closed establishment went: what to call it and its card; nothing when unknown."""
    after = finding.one(opened, found.moved_to) if found.moved_to else None
    if after is None:
        return "", ""
    return naming.called(opened, after, words), timeline.link(after.siret)


def _named(opened: House, listed: Any, words: str) -> list[tuple[str, str, neighbours.Near, Text]]:
    """Each with what to call it, its card and its activity."""
    return [
        (naming.called(opened, each.found, words), timeline.link(each.found.siret), each,
         naming.activity(each.found))
        for each in listed
    ]  # fmt: skip


def _others(opened: House, found: Establishment, words: str) -> dict[str, Any]:
    listed, total = card.siblings(opened, found)
    rows = [
        (naming.called(opened, each, words), timeline.link(each.siret), each,
         naming.commune(opened, each))
        for each in listed
    ]  # fmt: skip
    return {"rows": rows, "total": total, "more": total - len(rows)}
