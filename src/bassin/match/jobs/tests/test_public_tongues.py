"""Each public page of jobs, opened in each further language: no word of it falls back on French."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import trans_real

from bassin.match.jobs import sample
from bassin.match.jobs.actions_helping import add_structure
from bassin.match.jobs.models import Offer, Recruitment, TradeShown
from bassin.match.jobs.tests import reached
from bassin.match.jobs.tests.conftest import firm
from bassin.ui import tongues
from bassin.ui.reader import today


class Fallback:
    """The French that a language turns to; it notes what was asked of it."""

    def __init__(self, french: Any) -> None:
        self.french = french
        self.asked: set[str] = set()

    def gettext(self, words: str) -> str:
        self.asked.add(words)
        return self.french.gettext(words)

    def ngettext(self, one: str, many: str, count: int) -> str:
        self.asked.add(one)
        return self.french.ngettext(one, many, count)


@pytest.fixture
def addresses(here, bruno):
    """Every public page with the sample on it, and an offer that is over."""
    sample.build(today())
    opened = Offer.objects.open(today())
    over = opened.last()
    Offer.objects.filter(pk=over.pk).update(state="closed", closed_on=today(), closed_why="filled")
    service = add_structure(
        by=bruno, today=today(), organisation=firm(bruno), name="Mission Exemple",
        kind="mission_locale",
    ).pk  # fmt: skip
    of = {
        "offer": opened[0].pk, "applied": opened[0].pk, "helper": service, "ask_help": service,
        "recruitment": Recruitment.objects.order_by("-event__starts_at")[0].pk,
        "trade_seen": TradeShown.objects.all()[0].rome_code,
    }  # fmt: skip
    names = [(each, each.partition(":")[2]) for each in reached.pages()]
    urls = [reverse(name, args=[of[short]] if short in of else []) for name, short in names]
    past = Recruitment.objects.order_by("event__starts_at")[0].pk
    return [
        *urls, reverse("jobs:offer", args=[over.pk]), reverse("jobs:offer", args=[0]),
        reverse("jobs:recruitment", args=[past]), f"{reverse('jobs:home')}?cherche=cariste",
    ]  # fmt: skip


def test_no_public_page_asks_french_for_a_word(client, addresses, monkeypatch):
    left = {}
    for code in sorted(tongues.tongues("jobs")):
        spoken = trans_real.translation(code)
        french = Fallback(spoken._fallback)
        monkeypatch.setattr(spoken, "_fallback", french)
        for address in addresses:
            client.get(f"{address}{'&' if '?' in address else '?'}lang={code}")
            if french.asked:
                left[code, address] = set(french.asked)
                french.asked.clear()

    assert left == {}
