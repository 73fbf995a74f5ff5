"""From what a person asks to offers ranked: trades understood, a place, what they hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from bassin.commons import weights
from bassin.indicators.house import House
from bassin.match.jobs.asking import Understood, understand
from bassin.match.jobs.forms_search import MODES, PRECISE, USUAL_MINUTES, SearchForm
from bassin.match.jobs.knowledge import Knowledge
from bassin.match.jobs.labels import HOURS_SAID
from bassin.match.jobs.licences import named
from bassin.match.jobs.models import Offer
from bassin.match.jobs.needs import Wishes, tables
from bassin.match.jobs.pairing import OFFERS
from bassin.match.jobs.supply import Supply
from bassin.pairing import Ranking, rank
from bassin.pairing.titles import Guess
from bassin.territory import Place
from bassin.types import Scale
from bassin.ui.reader import language

SHOWN = 20
MOST_TRADES = 5
UNLIKELY = 0.001
"""A trade that many times less likely than the first is not shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and how it was understood.

    Args:
        guesses: trades that the words may mean, the likeliest first; [] when trades were chosen.
        doubted: the words may mean several trades: the person is asked which.
        unknown_place: the words of a place that nobody knows, "" when there are none.
    """

    form: SearchForm
    understood: Understood
    wishes: Wishes
    place: Place | None = None
    guesses: Sequence[Guess] = ()
    doubted: bool = False
    unknown_place: str = ""

    @property
    def anything(self) -> bool:
        """Whether there is something to answer."""
        return bool(self.wishes.rome_codes or self.understood.trade or self.place)

    @property
    def precise(self) -> bool:
        """Whether more was said than a trade, a place, a journey and the lack of a diploma."""
        return any(self.form.data.get(name) for name in PRECISE)

    def said(self) -> list[str]:
        """The wishes and what is held, in words, for a page or a printed card."""
        wished, spoken = self.wishes, language()
        modes = dict(MODES)
        lines = [_("Journey: {how}").format(how=modes[wished.mode])]
        if wished.level is not None:
            lines.append(_("Diploma: {level}").format(level=Offer.Level(wished.level).label))
        if wished.french_level is not None:
            level = Offer.French(wished.french_level).label
            lines.append(_("French: {level}").format(level=level))
        if wished.licences:
            held = ", ".join(named(code).say(spoken) for code in wished.licences)
            lines.append(_("Licences: {held}").format(held=held))
        if wished.contracts:
            kinds = ", ".join(str(Offer.Contract(code).label) for code in wished.contracts)
            lines.append(_("Contracts: {kinds}").format(kinds=kinds))
        if wished.hours:
            parts = ", ".join(HOURS_SAID[code].say(spoken) for code in wished.hours)
            lines.append(_("Hours: {parts}").format(parts=parts))
        return lines


def read(query: QueryDict, opened: House, known: Knowledge) -> Asked:
    """What an address asks. A value that is not offered is told by the form and left out."""
    form = SearchForm(query or None)
    form.is_valid()
    given: dict[str, Any] = getattr(form, "cleaned_data", {})
    ours, around = known.around
    understood = understand(given.get("cherche", ""), ours, around)
    place, unknown = _place(given.get("lieu", ""), understood, opened)
    chosen = tuple(code for code in given.get("metier", ()) if code in known.rome.labels)
    guesses, doubted = ([], False) if chosen else _guesses(understood.trade, known)
    wishes = _wishes(given, understood, place, known)
    trades = chosen or tuple(each.rome_code for each in guesses[: MOST_TRADES if doubted else 1])
    form = _shown(query, wishes, place, form.errors)
    return Asked(
        form, understood, replace(wishes, rome_codes=trades), place, guesses, doubted, unknown
    )


def _shown(
    query: QueryDict, wishes: Wishes, place: Place | None, wrong: Collection[str]
) -> SearchForm:
    """The form as it was understood: what was not said, or is no choice, shows what was taken."""
    filled = query.copy()
    taken = {
        "minutes": str(wishes.most_minutes),
        "moyen": wishes.mode,
        "lieu": place.name if place else "",
    }
    for name, value in taken.items():
        if not filled.get(name) or name in wrong:
            filled[name] = value
    return SearchForm(filled)


def _guesses(trade: str, known: Knowledge) -> tuple[list[Guess], bool]:
    found = known.guesses(trade, MOST_TRADES)
    found = [each for each in found if each.score >= UNLIKELY * found[0].score]
    return found, bool(found) and not found[0].is_sure


def _place(words: str, understood: Understood, opened: House) -> tuple[Place | None, str]:
    """The commune of the field, else that of the sentence; and the field's words when unknown."""
    if words.strip():
        found = opened.territory.search(words, limit=5)
        place = next((each for each in found if each.scale == Scale.COMMUNE), None)
        return place, "" if place else words.strip()
    if understood.commune_code:
        return opened.place(f"commune:{understood.commune_code}"), ""
    return None, ""


def _wishes(
    given: dict[str, Any], understood: Understood, place: Place | None, known: Knowledge
) -> Wishes:
    no_diploma = given.get("sans_diplome") or understood.without_diploma
    held = tuple(code for code in given.get("sait", ()) if code in known.rome.item_kinds)
    hours = tuple(given.get("horaire", ())) or _also(understood.hours)
    return Wishes(
        items=held or None,
        commune_code=place.code if place else "",
        mode=given.get("moyen") or understood.mode or usual_mode(known),
        most_minutes=given.get("minutes") or understood.minutes or USUAL_MINUTES,
        level=0 if no_diploma else given.get("diplome"),
        french_level=given.get("francais"),
        licences=tuple(given["permis"]) if given.get("permis") else None,
        badge=given.get("badge"),
        contracts=tuple(given.get("contrat", ())) or understood.contracts,
        hours=hours,
    )


def usual_mode(known: Knowledge) -> str:
    """By public transport, which everybody has, unless no line of it is loaded."""
    return "transit" if known.travel.lines else "car"


def _also(hours: tuple[str, ...]) -> tuple[str, ...]:
    """Who asks for night work accepts the hours around it: a shift touches several."""
    around = {
        "night": ("night", "late", "early"),
        "early": ("early", "day"),
        "late": ("late", "day"),
        "weekend": ("weekend", "day", "early", "late"),
    }
    return tuple(dict.fromkeys(part for each in hours for part in around[each]))


@dataclass(frozen=True, slots=True)
class Listed:
    """Which of the ranked offers a page lists: so many, after so many, in some communes only."""

    top: int = SHOWN
    skip: int = 0
    only: frozenset[str] | None = None


def answer(
    asked: Asked, offers: Supply, known: Knowledge, today: date, listed: Listed | None = None
) -> Ranking:
    """Offers ranked for what was asked."""
    return ranked(asked.wishes, offers, known, today, listed or Listed())


def ranked(
    wishes: Wishes, offers: Supply, known: Knowledge, today: date, listed: Listed
) -> Ranking:
    """Offers ranked for somebody's wishes, by the weights in force on that day."""
    compared = tables(known, wishes, offers)
    return rank(
        OFFERS, wishes.need(today), known.offers(offers), compared, top=listed.top,
        skip=listed.skip, spread=("commune_code", "rome_code"),
        only=None if listed.only is None else ("commune_code", listed.only),
        weights=weights.on(OFFERS, today),
    )  # fmt: skip
