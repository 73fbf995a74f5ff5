"""One offer, as everyone reads it; with the reasons when one comes from a search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.match.jobs import permissions, searching, shown
from bassin.match.jobs.knowledge import Knowledge, knowledge
from bassin.match.jobs.licences import named
from bassin.match.jobs.models import Offer, OfferPair
from bassin.match.jobs.pairing import OFFERS
from bassin.match.jobs.searching import Listed
from bassin.match.jobs.supply import Supply, supply
from bassin.match.jobs.views import over
from bassin.match.jobs.views.search import communes
from bassin.pairing import Blocked, Proposal
from bassin.taxonomies.rome import Rome
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The offer while it is open; then its employer and officers alone see it, who comes late is
    told that it is over, and where others are.
    """
    found = get_object_or_404(Offer.objects.select_related("employer", "posted_through"), pk=pk)
    if not permissions.can_see(request.user, found):
        return over.page(request, found)
    known, spoken = knowledge(house()), language()
    rome = known.rome
    place = communes().get(found.commune_code, "")
    back = f"{reverse('jobs:home')}?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "offer": found,
        "open": found.is_open(today()),
        "facts": shown.facts(found, place or found.place),
        "since": shown.since(found),
        "step": shown.step(found),
        "trade": rome.label(found.rome_code) if found.rome_code in rome.labels else "",
        "required": _items(rome, found.required_items),
        "desired": _items(rome, found.desired_items),
        "licences": [named(code).say(spoken) for code in found.licences or ()],
        "sources": found.sources.select_related("feed"),
        "writers": _writers(found),
        "can_edit": permissions.can_edit(request.user, found),
        "card": _compared(request, found, known),
        "cards": systems.cards("trade", found.rome_code, spoken) if found.rome_code else [],
        "back": back,
        "method": reverse("shared:trips_method"),
        "ranked_how": reverse("shared:pairing", args=OFFERS.slug.split(".", 1)),
        "crumbs": [Crumb(_("Jobs"), back or reverse("jobs:home")), Crumb(found.title)],
    }
    return render(request, "jobs/offer.html", context)


def _writers(offer: Offer) -> list[str]:
    """Who wrote it here: its employer or a partner, and those of the offers merged with it."""
    merged = offer.twins.filter(verdict=OfferPair.Verdict.MERGED, undone_on=None)
    others = [each.other for each in merged.select_related("other__employer",
                                                           "other__posted_through")]  # fmt: skip
    if not others:
        return []
    names = [str(each.posted_through or each.employer_said) for each in (offer, *others)]
    return list(dict.fromkeys(filter(None, names)))


def _items(rome: Rome, codes: list[str] | None) -> list[str]:
    return [rome.item_label(code) for code in codes or () if code in rome.item_kinds]


def _compared(request: HttpRequest, offer: Offer, known: Knowledge) -> shown.OfferCard | None:
    """The offer compared with what the search said, when it comes from one and is open."""
    if not request.GET or not offer.is_open(today()):
        return None
    asked = searching.read(request.GET, house(), known)
    if not asked.anything:
        return None
    everything = supply(today())
    rows = everything.table.filter(_is(everything, offer.pk))
    alone = Supply(rows, everything.whens, everything.communes)
    found = searching.answer(asked, alone, known, today(), Listed(1))
    listed: list[Proposal | Blocked] = [*found.proposals, *found.blocked]
    cards = shown.offer_cards(listed, communes(), request.GET.urlencode())
    return cards[0] if cards else None


def _is(everything: Supply, key: int) -> list[bool]:
    return [each == key for each in everything.table["key"].to_pylist()]
