"""What the pages of skills share: the way back, the reader, the installation."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.skills.hypotheses import Hypotheses
from bassin.match.skills.models import Assumption
from bassin.match.skills.trades import Trade, Trades
from bassin.parties.access import require, signed_in
from bassin.ui.charts.client import ChartError, ask_all
from bassin.ui.charts.model import ChartInput
from bassin.ui.opened import communes, house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

__all__ = ["Picture", "communes", "crumbs", "draw", "here", "house", "language", "require",
           "signed_in", "today", "trade_or_404"]  # fmt: skip


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """From skills to here; each step is its words and the name of its page, "" for the last."""
    found = [Crumb(_("Skills and campuses"), reverse("skills:home"))]
    return found + [Crumb(label, reverse(name) if name else "") for label, name in steps]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart drawn in the page, wide and for telephones."""

    chart: ChartInput
    wide: str
    narrow: str


def draw(chart: ChartInput | None) -> Picture | None:
    """The chart; None when there is nothing to draw or nobody to draw it: tables say it all."""
    if chart is None:
        return None
    try:
        wide, narrow = ask_all([(chart, "inline"), (chart.narrow(), "inline")])
    except ChartError:
        return None
    return Picture(chart, wide.decode(), narrow.decode())


def here() -> Trades:
    """All trades, before the tables in service and today's hypotheses."""
    return Trades.here(house(), Hypotheses.of(Assumption.objects.on(today())))


def trade_or_404(trades: Trades, code: str) -> Trade:
    """A trade by its code; there is no page for a code that ROME does not have."""
    try:
        return trades.trade(code)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
