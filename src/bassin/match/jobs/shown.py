"""Offers and firms as cards: the reason that matters most, what is missing, the one next step."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from bassin.match.jobs.hiring import Firm
from bassin.match.jobs.licences import named
from bassin.match.jobs.models import Offer
from bassin.pairing import Blocked, Proposal, Reason
from bassin.pairing.titles import Guess
from bassin.ui import parts
from bassin.ui.reader import language

_SAYS: dict[str, Literal["yes", "unknown", "no"]] = {"yes": "yes", "no": "no", "ask": "unknown"}


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing to do next: its words and its address; words alone when there is nothing to
    click on."""

    words: str
    url: str = ""
    icon: str = "arrow-right"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the count: the criterion, its sentence, its points and the most it gives."""

    title: str
    says: str
    sentence: str
    points: str
    most: str


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer and why it is proposed, or what blocks it."""

    offer: Offer
    url: str
    facts: Sequence[str]
    first: str
    reasons: Sequence[parts.Reason]
    missing: str
    better: Sequence[str]
    step: Step
    score: str
    count: Sequence[Part]
    place: str = ""


def offer_cards(
    found: Iterable[Proposal | Blocked],
    communes: Mapping[str, str],
    query: str,
    unsaid: Collection[str] = (),
) -> list[OfferCard]:
    """The cards of ranked offers, in their order; one look at the database for all of them.

    Args:
        unsaid: gates that ask because the person has not said something: they are asked once, on
            top of the page, and not on every card.
    """
    listed = list(found)
    by_key = Offer.objects.select_related("employer").in_bulk([each.key for each in listed])
    return [
        _card(by_key[each.key], each, communes, query, unsaid)
        for each in listed
        if each.key in by_key
    ]


def _card(
    offer: Offer,
    found: Proposal | Blocked,
    communes: Mapping[str, str],
    query: str,
    unsaid: Collection[str],
) -> OfferCard:
    spoken = language()
    first, others = told(found, _quiet(offer, unsaid))
    place = communes.get(offer.commune_code, offer.place)
    return OfferCard(
        offer=offer,
        url=reverse("jobs:offer", args=[offer.pk]) + (f"?{query}" if query else ""),
        facts=facts(offer, place),
        first=_sentence(first, offer) if first else "",
        reasons=[parts.Reason(_SAYS[r.state], _sentence(r, offer)) for r in others],
        missing=", ".join(each.label.say(spoken) for each in found.missing[:4]),
        better=[each.sentence.say(spoken) for each in found.counterfactuals[:2]],
        step=step(offer),
        score=points(found.score),
        count=count(found.reasons),
        place=place,
    )


def _quiet(offer: Offer, unsaid: Collection[str]) -> set[str]:
    """Questions not worth a line of this card; what the offer really asks for is always told."""
    asks = {"licences": bool(offer.licences), "badge": bool(offer.airport_badge)}
    return {code for code in unsaid if not asks.get(code)}


def _sentence(reason: Reason, offer: Offer) -> str:
    """A reason in words; one's own trade is not "near at 100%", and a licence asked is named."""
    spoken = language()
    if reason.code == "licences" and reason.state == "ask" and offer.licences:
        what = ", ".join(named(code).say(spoken) for code in offer.licences)
        return _("You need {what}: do you hold it?").format(what=what)
    if reason.code == "trade" and reason.value == 1:
        return _("It is your trade.")
    return reason.sentence.say(spoken)


def told(
    found: Proposal | Blocked, quiet: Collection[str] = ()
) -> tuple[Reason | None, list[Reason]]:
    """The reason that matters most, then what else is worth a line.

    What blocks comes first; else the signal that gives most. Questions are always told.
    """
    blocking = [r for r in found.reasons if r.kind == "gate" and r.state == "no"]
    asking = [
        r for r in found.reasons if r.kind == "gate" and r.state == "ask" and r.code not in quiet
    ]
    signals = sorted(
        (r for r in found.reasons if r.kind == "signal" and r.state != "ask"),
        key=lambda r: -r.points,
    )
    ordered = [*blocking, *signals[:2], *asking]
    return (ordered[0], ordered[1:]) if ordered else (None, [])


def count(reasons: Iterable[Reason]) -> list[Part]:
    """Every criterion, with its points: they sum to the score."""
    spoken = language()
    return [
        Part(
            each.title.say(spoken), _SAYS[each.state], each.sentence.say(spoken),
            points(each.points) if each.kind == "signal" else "",
            points(each.weight) if each.kind == "signal" else "",
        )
        for each in reasons
    ]  # fmt: skip


def points(value: Decimal) -> str:
    """Points as people read them."""
    return number_format(value, 2) if value % 1 else number_format(int(value))


def facts(offer: Offer, place: str) -> list[str]:
    """The line under the title: place, contract, hours, pay, diploma."""
    said = [place, str(offer.get_contract_display())] if offer.contract else [place]
    if offer.shift_start is not None:
        end = f"–{offer.shift_end:%H:%M}" if offer.shift_end else ""
        said.append(f"{offer.shift_start:%H:%M}{end}")
    if offer.hours_week is not None:
        said.append(_("{n} hours a week").format(n=number_format(offer.hours_week.normalize())))
    said.append(pay(offer))
    if offer.level == Offer.Level.NONE:
        said.append(_("no diploma asked"))
    return [each for each in said if each]


def pay(offer: Offer) -> str:
    """« de 1 850 à 2 050 € brut par mois », "" when it is not said."""
    low, high = offer.pay_from_eur, offer.pay_to_eur
    if low is None and high is None:
        return ""
    amounts = [_money(each) for each in (low, high) if each is not None]
    said = amounts[0] if len(set(amounts)) == 1 else _("{low} to {high}").format(
        low=amounts[0], high=amounts[1]
    )  # fmt: skip
    return f"{said} {offer.get_pay_per_display()}".strip()


def _money(amount: Decimal) -> str:
    return f"{number_format(amount, 2 if amount % 1 else 0, force_grouping=True)} €"


def step(offer: Offer) -> Step:
    """The one next step. An offer that says none sends to somebody who helps."""
    call = offer.contact_telephone
    if offer.apply_by == Offer.Apply.CALL and call:
        dialled = "".join(sign for sign in call if sign.isdigit() or sign == "+")
        return Step(_("Call {number}").format(number=_aligned(call)), f"tel:{dialled}", "phone")
    if offer.apply_by == Offer.Apply.APPLY and (offer.apply_url or offer.contact_email):
        return Step(_("Apply"), offer.apply_url or f"mailto:{offer.contact_email}", "mail")
    if offer.apply_by == Offer.Apply.COME and offer.apply_words:
        return Step(_("Come: {words}").format(words=offer.apply_words), "", "map-pin")
    return Step(
        _("Be helped to apply"), f"{reverse('jobs:helpers')}?commune={offer.commune_code}", "users"
    )


def _aligned(number: str) -> str:
    """A telephone number, read from the left in a language that is read from the right."""
    alone = f"\N{LEFT-TO-RIGHT ISOLATE}{number}\N{POP DIRECTIONAL ISOLATE}"
    return alone if get_language_bidi() else number


@dataclass(frozen=True, slots=True)
class FirmCard:
    """An establishment likely to hire, and why."""

    firm: Firm
    activity: str
    place: str
    first: str
    reasons: Sequence[parts.Reason]
    score: str
    count: Sequence[Part]


def firm_cards(
    found: Iterable[Firm], communes: Mapping[str, str], activities: Mapping[str, str]
) -> list[FirmCard]:
    """The cards of establishments, in their order."""
    spoken = language()
    made = []
    for each in found:
        first, others = told(each.proposal)
        made.append(
            FirmCard(
                each, activities.get(each.naf_code, each.naf_code),
                communes.get(each.commune_code, each.commune_code),
                first.sentence.say(spoken) if first else "",
                [parts.Reason(_SAYS[r.state], r.sentence.say(spoken)) for r in others],
                points(each.proposal.score), count(each.proposal.reasons),
            )
        )  # fmt: skip
    return made


def since(offer: Offer) -> str:
    """The day an offer was published, in words."""
    return date_format(offer.published_on, "j F Y") if offer.published_on else ""


def guess_words(guess: Guess) -> str:
    """A trade that the words may mean: the title that people use, then the occupation's."""
    return guess.appellation if guess.appellation == guess.label else (
        f"{guess.appellation} ({guess.label})"
    )  # fmt: skip
