"""The public search: one field, offers with their reasons, firms to go and see."""

from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bassin.match.jobs import hiring, searches, searching, shown, widening
from bassin.match.jobs.knowledge import Knowledge, knowledge
from bassin.match.jobs.models import Offer
from bassin.match.jobs.pairing import OFFERS
from bassin.match.jobs.searching import Asked, Listed
from bassin.match.jobs.supply import supply
from bassin.pairing import Ranking
from bassin.parties import throttle
from bassin.taxonomies import naf
from bassin.ui.moving import Chosen, MovingMap, Reached, Words, moving
from bassin.ui.moving.ground import serve
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

PER_PAGE = 10
MOST_PAGES = 50
FIRMS = 6
COUNTED = 60
"""Searches of one address that count in an hour."""

_BLOCKED = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search; without a question, the last offers published."""
    opened = house()
    known = knowledge(opened)
    asked = searching.read(request.GET, opened, known)
    chosen = Chosen.of(request.GET, opened)
    context = {
        "form": asked.form, "asked": asked, "communes": _suggested(),
        "open_count": Offer.objects.open(today()).count(), "crumbs": [Crumb(_("Jobs"))],
        "real": Offer.objects.open(today()).filter(origin="real").exists(),
        "method": reverse("shared:trips_method"),
        "ranked_how": reverse("shared:pairing", args=OFFERS.slug.split(".", 1)),
    }  # fmt: skip
    answers = asked.anything or chosen.anything
    context |= _found(request, asked, known, chosen) if answers else _last(request)
    part = answers and request.headers.get("HX-Request")
    response = render(request, "jobs/_results.html" if part else "jobs/home.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
def ground(request: HttpRequest) -> HttpResponse:
    """What lies under the circles of the map: see `bassin.ui.moving`."""
    return serve(request)


def _last(request: HttpRequest) -> dict[str, object]:
    found = Offer.objects.open(today()).select_related("employer")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    named = communes()
    lines = [(each, shown.facts(each, named.get(each.commune_code, each.place))) for each in page]
    return {"page": page, "lines": lines, "map": _map(request, _places(), None)}


def _places() -> Counter[str | None]:
    """How many offers are open in each commune."""
    return Counter(supply(today()).table["commune_code"].to_pylist())


def _found(
    request: HttpRequest, asked: Asked, known: Knowledge, chosen: Chosen
) -> dict[str, object]:
    opened, named, offers = house(), communes(), supply(today())
    ranking, page = _ranked(request, asked, known, chosen.only(opened))
    query = request.GET.copy()
    query.pop("page", None)
    said, unsaid = query.urlencode(), asked.wishes.unsaid
    own = widening.own(ranking, asked.wishes)
    first = page.number == 1 and not chosen.anything
    if first:
        _count(request, asked, found=bool(own))
    firms = hiring.likely(opened, known, asked.wishes, today(), FIRMS) if first else []
    return {
        "ranking": ranking, "page": page, "own": own, "chosen": chosen,
        "chosen_name": named.get(chosen.here, ""),
        "cards": shown.offer_cards(ranking.proposals, named, said, unsaid),
        "blocked": shown.offer_cards(ranking.blocked[:_BLOCKED], named, said, unsaid)
        if first else [],
        "blocked_by": _blocked_by(ranking),
        "wider": [] if own else widening.wider(asked, offers, known, today()),
        "map": _map(request, ranking.spread["commune_code"], asked),
        "firms": shown.firm_cards(firms, named, _activities(firms)),
        "trades": [known.rome.label(code) for code in asked.wishes.rome_codes],
        "choices": _choices(request, asked),
        "query": said,
        "unsaid": [
            gate.title.say(language())
            for gate in OFFERS.gates
            if gate.code in unsaid and gate.code != "within"
        ],
    }  # fmt: skip


def _ranked(
    request: HttpRequest, asked: Asked, known: Knowledge, only: frozenset[str] | None
) -> tuple[Ranking, Page]:
    """The offers of the page asked, the last one when there are fewer."""
    words = request.GET.get("page", "")
    number = min(int(words), MOST_PAGES) if words.isdecimal() and int(words) else 1
    while True:
        listed = Listed(PER_PAGE, PER_PAGE * (number - 1), only)
        ranking = searching.answer(asked, supply(today()), known, today(), listed)
        count = min(ranking.listed_count, PER_PAGE * MOST_PAGES)
        page = Paginator(range(count), PER_PAGE).get_page(number)
        if page.number == number:
            return ranking, page
        number = page.number


def _map(
    request: HttpRequest, numbers: Mapping[str | None, int], asked: Asked | None
) -> MovingMap | None:
    """Where the jobs are, over what can be reached from home."""
    reached = Reached()
    if asked and asked.place:
        reached = Reached(asked.place.code, asked.wishes.mode, asked.wishes.most_minutes)
    words = Words(
        _("Where these jobs are"),
        lambda n: ngettext("{n} job", "{n} jobs", n).format(n=n),
        reverse("jobs:ground"),
    )
    return moving(house(), request.GET, numbers, reached, communes(), words)


def _count(request: HttpRequest, asked: Asked, *, found: bool) -> None:
    """Count what was looked for, by trade, commune and week: a trade that is sure, no words."""
    if asked.doubted or not asked.wishes.rome_codes or request.method != "GET":
        return
    if not throttle.allowed(request, "searched", COUNTED):
        return
    where = asked.place.code if asked.place else ""
    searches.count(asked.wishes.rome_codes[0], where, found=found, today=today())


def _blocked_by(ranking: Ranking) -> list[tuple[str, int]]:
    titles = {gate.code: gate.title.say(language()) for gate in OFFERS.gates}
    counted = ranking.blocked_by
    return [(titles[code], number) for code, number in counted.items() if number]


def _choices(request: HttpRequest, asked: Asked) -> list[tuple[str, str, bool]]:
    """The trades that the words may mean: label, address of the search for it, whether ours."""
    kept = request.GET.copy()
    kept.pop("metier", None)
    chosen = asked.wishes.rome_codes[:1] if not asked.doubted else ()
    return [
        (
            shown.guess_words(each), f"?{kept.urlencode()}&{urlencode({'metier': each.rome_code})}",
            each.rome_code in chosen,
        )
        for each in asked.guesses
    ]  # fmt: skip


def communes() -> dict[str, str]:
    """Names of the communes around, by code, ours first."""
    return knowledge(house()).communes


def _suggested() -> list[str]:
    """Names to choose from while one types: ours, then where jobs are. Any other may be said."""
    ours, _around = knowledge(house()).around
    named = communes()
    there = (named[code] for code in supply(today()).communes if code in named)
    return list(dict.fromkeys([*(each.name for each in ours), *there]))


def _activities(firms: list[hiring.Firm]) -> dict[str, str]:
    known = naf.rev2()
    return {
        each.naf_code: known.label(each.naf_code, language())
        for each in firms
        if each.naf_code in known
    }
