"""An aid as pages show it: for one firm, in a list, on its own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from bassin.indicators.numbers import number
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.catalogue import Catalogue
from bassin.match.aids.rules.decide import Decided, amounts, by_state, estimate, quarrels
from bassin.match.aids.rules.facts import codes
from bassin.match.aids.rules.told import calendar, shown
from bassin.match.aids.rules.wording import Wording, question
from bassin.pairing.conditions import AnyOf, Condition, Finding, State, Values


@dataclass(frozen=True, slots=True)
class Point:
    """A reason: yes, no or unknown, in words, with the text that it comes from."""

    says: str
    sentence: str
    source: str
    quote: str
    verified: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One aid for one firm."""

    slug: str
    title: str
    url: str
    promise: str
    kind: str
    holder: str
    amounts: tuple[str, ...]
    when: str
    closes_soon: bool
    points: tuple[Point, ...]
    asked: tuple[str, ...]
    warnings: tuple[str, ...]
    documents: tuple[str, ...]
    first: str
    status: str
    origin: str


_SAYS = {State.YES: "yes", State.NO: "no", State.ASK: "unknown"}
SOON_DAYS = 60


def groups(
    decided: Sequence[Decided], known: Values, wording: Wording, day: date, cost: float | None
) -> dict[State, list[Shown]]:
    """Three groups, each aid with its reasons."""
    here = by_state(decided)
    open_ones = [each for each in decided if each.state is not State.NO]
    against = quarrels(open_ones)
    titles = {each.aid.slug: each.aid.title.say(wording.language) for each in decided}
    return {
        state: [
            one(each, known, wording, day, cost, [titles[slug] for slug in
                                                  against.get(each.aid.slug, ())])
            for each in listed
        ]
        for state, listed in here.items()
    }  # fmt: skip


def address(slug: str) -> str:
    """The page of an aid: `reverse`, asked once for all of them."""
    return f"{_guide(get_script_prefix())}{slug}/"


@cache
def _guide(_prefix: str) -> str:
    return reverse("aids:guide")


def one(
    found: Decided, known: Values, wording: Wording, day: date, cost: float | None,
    against: Sequence[str],
) -> Shown:  # fmt: skip
    """One aid for one firm."""
    aid, language = found.aid, wording.language
    points = tuple(point(each, known, wording) for each in found.findings)
    shut = calendar(aid, day, language)
    return Shown(
        slug=aid.slug, title=aid.title.say(language), url=address(aid.slug),
        promise=aid.promise.say(language), kind=kinds(aid, language), holder=aid.holder,
        amounts=tuple(_amounts(aid, known, language, cost)), when=shut or opening(aid, language),
        closes_soon=_soon(aid, day), points=points,
        asked=tuple(question(each, language)[0] for each in found.asked)
        if found.state is State.ASK else (),
        warnings=tuple(warnings(aid, language, against)),
        documents=tuple(each.say(language) for each in aid.documents),
        first=_first(found, points, shut), status=status(aid, language), origin=str(aid.origin),
    )  # fmt: skip


def point(found: Finding, known: Values, wording: Wording) -> Point:
    """A reason as pages write it."""
    clause = found.clause
    first = clause.conditions[0] if isinstance(clause, AnyOf) else clause
    checked = ""
    if isinstance(clause, Condition) and clause.verified_on:
        checked = _("verified on {day} by {name}").format(
            day=shown(clause.verified_on, wording.language), name=clause.verified_by
        )
    return Point(
        _SAYS[found.state], wording.finding(found, known), first.source.say(wording.language),
        first.quote, checked,
    )  # fmt: skip


def _first(found: Decided, points: Sequence[Point], shut: str) -> str:
    """The one reason that matters most."""
    if shut:
        return shut[:1].upper() + shut[1:]
    says = _SAYS[found.state]
    return next(
        (each.sentence for each in points if each.says == says), _("No condition is known.")
    )


def kinds(aid: Aid, language: str) -> str:
    """What it is: "subvention, conseil"."""
    return ", ".join(codes("nature")[each].say(language) for each in aid.natures)


def status(aid: Aid, language: str) -> str:
    """Whether a person checked it; "" when nobody did."""
    if aid.verified_on is None:
        return ""
    return _("verified on {day} by {name}").format(
        day=shown(aid.verified_on, language), name=aid.verified_by
    )


def opening(aid: Aid, language: str) -> str:
    """When it may be asked for."""
    if aid.closes_on is not None:
        return _("until {day}").format(day=shown(aid.closes_on, language))
    return aid.closing.say(language) or _("no closing date known")


def _soon(aid: Aid, day: date) -> bool:
    return aid.closes_on is not None and 0 <= (aid.closes_on - day).days <= SOON_DAYS


def _amounts(aid: Aid, known: Values, language: str, cost: float | None) -> list[str]:
    said = []
    for each, state in amounts(aid, known):
        words = each.said.say(language)
        made = None if cost is None or state is not State.YES else estimate(each, cost)
        if made is not None:
            words = _("{words}: about €{eur} for your €{cost}").format(
                words=words,
                eur=number(round(made), 0, language),
                cost=number(round(cost or 0), 0, language),
            )
        said.append(words if state is State.YES else _("perhaps: {words}").format(words=words))
    return said


def warnings(aid: Aid, language: str, against: Sequence[str]) -> list[str]:
    """With what it does not add up."""
    found = []
    if aid.stacking.de_minimis:
        found.append(_("Counts in the de minimis ceiling: €300,000 over three rolling years, "
                       "group included."))  # fmt: skip
    found += [_("Not with “{title}”: one must choose.").format(title=each) for each in against]
    if aid.stacking.said.fr:
        found.append(aid.stacking.said.say(language))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One aid in the list of the guide."""

    title: str
    url: str
    promise: str
    kind: str
    holder: str
    scale: str
    when: str
    is_open: bool
    to_check: bool
    late: bool


def lines(aids: Sequence[Aid], day: date, language: str) -> list[Line]:
    """Aids as the list shows them."""
    return [
        Line(
            each.title.say(language), address(each.slug),
            each.promise.say(language), kinds(each, language), each.holder,
            codes("scale")[each.scale].say(language),
            calendar(each, day, language) or opening(each, language), not each.shut(day),
            each.verified_on is None, each.late(day),
        )
        for each in aids
    ]  # fmt: skip


def counted(found: Catalogue, day: date) -> Mapping[str, int]:
    """How many aids there are, how many are open, how many a person checked."""
    return {
        "all": len(found.aids),
        "open": sum(not each.shut(day) for each in found.aids),
        "checked": sum(each.verified_on is not None for each in found.aids),
        "late": sum(each.late(day) for each in found.aids),
    }
