"""The page of an offer that is over: since when, offers close to it that are open, who helps."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.match.jobs import actions_twins, helping, searching, shown
from bassin.match.jobs.knowledge import Knowledge, knowledge
from bassin.match.jobs.models import Offer
from bassin.match.jobs.searching import Listed
from bassin.match.jobs.supply import supply
from bassin.match.jobs.views.search import communes
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import today

TRADES, NEAR, HELPERS = 10, 5, 3
"""How many trades count as near this one; how many offers close to it and services are told."""


def page(request: HttpRequest, offer: Offer) -> HttpResponse:
    """It is over, says a page that no search engine keeps; where it was merged, the other one.

    Raises:
        Http404: nobody ever saw it, or it may come back.
    """
    kept = actions_twins.merged_into(offer)
    if kept is not None and kept.is_open(today()):
        return redirect("jobs:offer", kept.pk)
    if not offer.has_ended(today()):
        raise Http404
    known, told = knowledge(house()), offer.may_be_told
    rome, place = known.rome, communes().get(offer.commune_code, "") if told else ""
    trade = offer.rome_code if told and offer.rome_code in rome.labels else ""
    like = urlencode({k: v for k, v in (("metier", trade), ("lieu", place)) if v})
    home = reverse("jobs:home")
    context = {
        "offer": offer if told else None,
        "trade": rome.label(trade) if trade else "",
        "place": place,
        "near": _near(trade, like, known),
        "url": f"{home}?{like}" if like else home,
        "helpers": helping.structures(offer.commune_code if told else "")[:HELPERS],
        "crumbs": [
            Crumb(_("Jobs"), f"{home}?{request.GET.urlencode()}" if request.GET else home),
            Crumb(offer.title if told else _("This offer is over")),
        ],
    }
    answer = render(request, "jobs/offer_over.html", context, status=HTTPStatus.GONE)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _near(trade: str, like: str, known: Knowledge) -> list[tuple[Offer, list[str], bool]]:
    """Open offers of the trade or of near ones, around the place: what they are, whether its own.

    They come as a search for it would rank them; none when neither is known.
    """
    asked = searching.read(QueryDict(like), house(), known)
    if not asked.anything:
        return []
    ranking = searching.answer(asked, supply(today()), known, today(), Listed(NEAR * 4))
    named = communes()
    suits = {trade, *(each.rome_code for each in known.neighbours(trade, TRADES))}
    cards = shown.offer_cards(ranking.proposals, named, like)
    return [
        (offer, shown.facts(offer, named.get(offer.commune_code, offer.place)),
         offer.rome_code == trade)
        for offer in (card.offer for card in cards)
        if not trade or offer.rome_code in suits
    ][:NEAR]  # fmt: skip
