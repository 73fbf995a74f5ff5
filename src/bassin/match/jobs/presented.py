"""Trades as those who do them show them: what the public sees of each."""

from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse

from bassin.match.jobs.models import TradeShown
from bassin.systems import Card
from bassin.types import Text
from bassin.ui.reader import today as the_day

TITLE = Text("Le métier, vu de près", "The trade, seen up close")
_SHOWN = 2


def shown(today: date, rome_code: str = "") -> "QuerySet[TradeShown]":
    """What is on line on that day, of a trade or of all."""
    found = TradeShown.objects.filter(
        state=TradeShown.State.SHOWN, archived_at=None, shown_until__gte=today
    ).select_related("organisation", "event", "picture")
    return found.filter(rome_code=rome_code) if rome_code else found


def trades(today: date) -> dict[str, int]:
    """How many presentations each trade has, by its code."""
    rows = shown(today).order_by("rome_code").values_list("rome_code").annotate(n=Count("pk"))
    return dict(rows)


def card(rome_code: str, language: str) -> Card | None:
    """Visits, pictures and testimonies of a trade; None when there are none."""
    found = shown(the_day(), rome_code)
    number = found.count()
    if not number:
        return None
    context = {
        "number": number,
        "items": list(found[:_SHOWN]),
        "url": reverse("jobs:trade_seen", args=[rome_code]),
    }
    return Card("jobs", TITLE, "jobs/_presented_card.html", context, order=35)
