"""« Mon entreprise »: from a SIRET, a SIREN or a name to the firm's own page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies import card, finding, mine, naming, sector
from bassin.observe.companies.rows import READ, TABLE, Establishment, establishment
from bassin.observe.companies.selection import Selection
from bassin.observe.companies.views.card import asked, shown, trail, unknown
from bassin.taxonomies.siret import digits, siret
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today
from bassin.ui.shared import works

LONGEST = 120
MOST_ANSWERS = 20


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """One field: a number opens the page at once, a name gives a list to choose from."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    opened, refusal, answers = house(), "", []
    number = digits(typed)
    is_number = number.isdigit() and len(number) > 5
    try:
        answers = _numbered(opened, number) if is_number else _named(opened, typed)
    except Refused as refused:
        refusal = refused.text.say(language())
    if is_number and len(answers) == 1:
        return redirect("companies:mine", siret=answers[0].siret)
    if is_number and not answers and not refusal and len(number) == len("00000000000000"):
        return unknown(request, number)
    words = language()
    sample = card.example(opened) if _is_sample(opened) else None
    context = {
        "typed": typed,
        "refusal": refusal,
        "answers": [
            (naming.called(opened, each, words), each, naming.activity(each),
             naming.commune(opened, each))
            for each in answers
        ],
        "example": sample,
        "example_name": naming.called(opened, sample, words) if sample else "",
        "crumbs": trail(Crumb(_("My firm"))),
    }  # fmt: skip
    return render(request, "companies/mine_find.html", context, status=400 if refusal else 200)


def _is_sample(opened: House) -> bool:
    return opened.reader.has(TABLE) and opened.installation.sample


def _numbered(opened: House, number: str) -> list[Establishment]:
    """The establishments of a SIRET, or of a SIREN.

    Raises:
        Refused: it is neither; the sentence says why.
    """
    if not opened.reader.has(TABLE):
        return []
    if len(number) != len("000000000"):
        found = finding.one(opened, siret(number))
        return [found] if found else []
    rows = opened.reader.rows(
        f"SELECT {READ} FROM {TABLE} WHERE siren = ? ORDER BY state, is_head_office DESC NULLS "
        f"LAST, siret LIMIT {MOST_ANSWERS}",
        [number],
    )
    return [establishment(row) for row in rows]


def _named(opened: House, typed: str) -> list[Establishment]:
    """Those that the search of the firms finds for these words."""
    if not typed or not opened.reader.has(TABLE):
        return []
    words = QueryDict(mutable=True)
    words["q"] = typed
    selection = Selection.read(words, opened, today())
    return list(finding.find(opened, selection, per_page=MOST_ANSWERS).rows)


def _cards(siret: str, words: str) -> list[systems.Card]:
    """What every system says of a firm to everyone, and to itself."""
    made = systems.cards("firm", siret, words) + systems.cards("mine", siret, words)
    return sorted(made, key=lambda each: each.order)


@never_cache
@require_safe
def page(request: HttpRequest, siret: str) -> HttpResponse:
    """The firm's own page: every system's cards, whom to call, who sees what."""
    found = asked(request, siret, "mine")
    if isinstance(found, HttpResponse):
        return found
    opened, words = house(), language()
    communes = {each.code for each in opened.territory.communes(opened.home)}
    cards = [] if found.is_hidden else _cards(found.siret, words)
    where = works.Spot(found.commune_code, found.longitude, found.latitude)
    context: dict[str, Any] = {
        **shown(opened, found, words),
        "cards": cards,
        "sector": sector.table(opened, found, words),
        "works": works.works(where, today()),
        "works_m": works.WORKS_M,
        "events": mine.events(found, communes, {each.system for each in cards}),
        "partners": mine.partners(found),
        "seen": mine.who_sees(words),
        "has_aids": mine.has_aids(),
        "own": mine.own(request.user, found),
        "own_cards": systems.own_cards(found.siret, request.user, words),
        "card_url": reverse("companies:establishment", args=[found.siret]),
        "crumbs": trail(Crumb(_("My firm"), reverse("companies:mine_find")), Crumb(_("Its page"))),
    }
    return render(request, "companies/mine.html", context)
