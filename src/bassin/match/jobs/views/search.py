"""The public search: one field, offers with their reasons, firms to go and see."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.match.jobs import hiring, searches, searching, shown
from bassin.match.jobs.knowledge import Knowledge, knowledge
from bassin.match.jobs.models import Offer
from bassin.match.jobs.pairing import OFFERS
from bassin.match.jobs.searching import Asked
from bassin.match.jobs.supply import supply
from bassin.pairing import Ranking
from bassin.parties import throttle
from bassin.taxonomies import naf
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

PER_PAGE = 20
FIRMS = 8
COUNTED = 60
"""Searches of one address that count in an hour."""

_BLOCKED = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search; without a question, the last offers published."""
    opened = house()
    known = knowledge(opened)
    asked = searching.read(request.GET, opened, known)
    context = {
        "form": asked.form, "asked": asked, "communes": list(communes().values()),
        "open_count": Offer.objects.open(today()).count(), "crumbs": [Crumb(_("Jobs"))],
        "real": Offer.objects.open(today()).filter(origin="real").exists(),
    }  # fmt: skip
    context |= _found(request, asked, known) if asked.anything else _last(request)
    return render(request, "jobs/home.html", context)


def _last(request: HttpRequest) -> dict[str, object]:
    found = Offer.objects.open(today()).select_related("employer")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    named = communes()
    lines = [(each, shown.facts(each, named.get(each.commune_code, each.place))) for each in page]
    return {"page": page, "lines": lines}


def _found(request: HttpRequest, asked: Asked, known: Knowledge) -> dict[str, object]:
    opened, named = house(), communes()
    ranking = searching.answer(asked, supply(today()), known, today())
    _count(request, asked, ranking)
    query = request.GET.urlencode()
    firms = hiring.likely(opened, known, asked.wishes, today(), FIRMS)
    return {
        "ranking": ranking,
        "cards": shown.offer_cards(ranking.proposals, named, query, asked.wishes.unsaid),
        "blocked": shown.offer_cards(ranking.blocked[:_BLOCKED], named, query, asked.wishes.unsaid),
        "blocked_by": _blocked_by(ranking),
        "firms": shown.firm_cards(firms, named, _activities(firms)),
        "trades": [known.rome.label(code) for code in asked.wishes.rome_codes],
        "choices": _choices(request, asked),
        "query": query,
        "unsaid": [
            gate.title.say(language())
            for gate in OFFERS.gates
            if gate.code in asked.wishes.unsaid and gate.code != "within"
        ],
    }


def _count(request: HttpRequest, asked: Asked, ranking: Ranking) -> None:
    """Count what was looked for, by trade, commune and week: a trade that is sure, no words."""
    if asked.doubted or not asked.wishes.rome_codes or request.method != "GET":
        return
    if not throttle.allowed(request, "searched", COUNTED):
        return
    own = {
        reason.value for each in ranking.proposals for reason in each.reasons
        if reason.code == "trade"
    }  # fmt: skip
    where = asked.place.code if asked.place else ""
    searches.count(asked.wishes.rome_codes[0], where, found=1 in own, today=today())


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
    ours, around = searching.neighbourhood(house())
    return {each.code: each.name for each in (*ours, *around)}


def _activities(firms: list[hiring.Firm]) -> dict[str, str]:
    known = naf.rev2()
    return {
        each.naf_code: known.label(each.naf_code, language())
        for each in firms
        if each.naf_code in known
    }
