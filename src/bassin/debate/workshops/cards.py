"""What workshops say on the page of an action, of a programme or of an operation.

Published results only: such a page does not know who reads it.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from bassin import systems
from bassin.debate.workshops import announcing
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.models import Attachment, Round
from bassin.debate.workshops.references import PUBLIC, address
from bassin.debate.workshops.shown import share
from bassin.debate.workshops.shown_kinds import shown
from bassin.debate.workshops.tally_shares import Result
from bassin.indicators.numbers import period
from bassin.systems import Card, Found
from bassin.types import Text

MOST = 8
MOST_COMING = 4


@dataclass(frozen=True, slots=True)
class Debated:
    """One result as another page tells it."""

    text: str
    when: str
    sentence: str
    workshop: str
    about: str
    url: str
    origin: str


def action(key: str, language: str) -> Card | None:
    """The results placed on an action, by its reference."""
    return _card([key], language)


def operation(key: str, language: str) -> Card | None:
    """The results placed on an operation, by its slug."""
    return _card([f"commons:operation:{key}"], language)


def nodes(key: str, language: str) -> Card | None:
    """The results placed on parts of a programme, by their references."""
    return _card(key.split(), language, named=True)


def mine(siret: str, language: str) -> Card | None:
    """The workshops to come that everyone may take part in; None without any."""
    coming = list(announcing.coming(timezone.now())[:MOST_COMING])
    if not coming:
        return None
    context = {"coming": coming, "url": reverse("workshops:home")}
    title = Text("Où puis-je donner mon avis ?", "Where may I have my say?")
    return Card("workshops", title, "workshops/_mine_card.html", context, order=55)


def _card(references: list[str], language: str, *, named: bool = False) -> Card | None:
    placed = Attachment.objects.filter(
        reference__in=references, round__state=Round.State.REVEALED,
        round__workshop__state__in=PUBLIC, round__workshop__rehearsal=False,
        round__workshop__archived_at=None,
    )  # fmt: skip
    placed = placed.select_related("round__workshop").order_by("-round__closed_at", "pk")
    with override(language):
        shown = list(placed[:MOST])
        about = systems.resolve_all({each.reference for each in shown} if named else (), language)
        lines = [_debated(each, about.get(each.reference), language) for each in shown]
    if not lines:
        return None
    title = Text("Ce qui en a été débattu", "What was debated of it")
    return Card("workshops", title, "workshops/_debated_card.html", {"lines": lines}, order=60)


def _debated(placed: Attachment, about: Found | None, language: str) -> Debated:
    held = placed.round
    return Debated(
        text=said(held.asked["text"], language),
        when=period(localdate(held.closed_at).isoformat(), language) if held.closed_at else "",
        sentence=in_short(held.results, language) if held.results else "",
        workshop=said(held.workshop.title, language),
        about=about.title if about else "",
        url=address(held.workshop, held=held),
        origin=held.workshop.origin,
    )


def in_short(result: Result, language: str) -> str:
    """« 78 % d'accord, 6 ne se prononcent pas »; the sentence of the result for other kinds."""
    if not result["shown"] or result["kind"] != "likert":
        return shown(result, language).sentence
    agree = share(result["agree"]["count"], result["spoke"], language)
    told = _("{share} agree").format(share=agree)
    cannot = result["cannot_say"]
    if cannot:
        aside = ngettext("{count} cannot say", "{count} cannot say", cannot)
        told = f"{told}, {aside.format(count=cannot)}"
    return told
