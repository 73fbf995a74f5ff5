"""One question each time it was asked, and the workshops of a series side by side."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bassin.debate.workshops import becoming, permissions, results, shown_movement
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.cards import in_short
from bassin.debate.workshops.models import (
    Note,
    Participation,
    Round,
    Series,
    Statement,
    Workshop,
)
from bassin.debate.workshops.movement import over_time
from bassin.debate.workshops.shown import Board
from bassin.indicators.numbers import period
from bassin.parties.access import User


@dataclass(frozen=True, slots=True)
class Time:
    """One time a question was asked."""

    when: str
    workshop: str
    url: str
    sentence: str
    origin: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question over time."""

    slug: str
    text: str
    times: list[Time]
    boards: list[Board]


@dataclass(frozen=True, slots=True)
class Held:
    """A workshop of a series."""

    title: str
    url: str
    when: str
    place: str
    people: int
    results: list[tuple[str, str]]
    proposals: list[tuple[str, str]]
    became: list[becoming.Line]
    origin: str


@dataclass(frozen=True, slots=True)
class Serial:
    """A series: its workshops, the oldest first, and what was asked in several of them."""

    title: str
    text: str
    workshops: list[Held]
    again: list[Question]


def question(statement: Statement, user: User, language: str) -> Question | None:
    """The rounds of a statement that somebody may see; None when there is none."""
    asked = Round.objects.filter(step__statement=statement, state__in=results.COUNTED)
    rounds = _seen(asked.filter(workshop__rehearsal=False), user)
    if not rounds:
        return None
    labelled = [
        {"label": _when(each, language), "asked": each.asked, "result": each.results}
        for each in rounds
    ]
    boards = shown_movement.over_time(over_time(labelled), language)
    times = [_time(each, language) for each in rounds]
    return Question(statement.slug, said(statement.text, language), times, boards)


def _seen(asked: QuerySet[Round], user: User) -> list[Round]:
    """Rounds of workshops whose results they may see, the oldest first."""
    rounds = asked.filter(results__isnull=False).select_related("workshop")
    rounds = rounds.prefetch_related("workshop__facilitators").order_by("closed_at", "pk")
    return [each for each in rounds if _may_see(each, user)]


def _may_see(held: Round, user: User) -> bool:
    over = held.workshop.state in (Workshop.State.CLOSED, *results.FIXED)
    shown = over or held.state == Round.State.REVEALED
    return shown and permissions.can_see_results(user, held.workshop)


def _when(held: Round, language: str) -> str:
    day = period(localdate(held.closed_at).isoformat(), language) if held.closed_at else ""
    return day if held.number == 1 else _("{day}, round {number}").format(
        day=day, number=held.number
    )  # fmt: skip


def _time(held: Round, language: str) -> Time:
    return Time(
        when=_when(held, language),
        workshop=said(held.workshop.title, language),
        url=f"{reverse('workshops:synthesis', args=[held.workshop.code])}#round-{held.pk}",
        sentence=in_short(held.results or {}, language),
        origin=held.workshop.origin,
    )


def series(held: Series, user: User, language: str) -> Serial:
    """What came out of a series, for somebody."""
    workshops = held.workshops.filter(archived_at=None, rehearsal=False)
    workshops = workshops.prefetch_related("facilitators").order_by("starts_at", "pk")
    seen = [each for each in workshops if permissions.can_see_results(user, each)]
    again = Statement.objects.filter(
        steps__workshop__in=seen, steps__rounds__state__in=results.COUNTED
    )
    again = again.annotate(times=Count("steps__workshop", distinct=True)).filter(times__gt=1)
    found = (question(each, user, language) for each in again.order_by("slug"))
    came = becoming.of_workshops(seen, language)
    return Serial(
        title=said(held.title, language),
        text=said(held.text, language),
        workshops=[_held(each, done, language) for each, done in zip(seen, came, strict=True)],
        again=[each for each in found if each is not None],
    )


def _held(workshop: Workshop, came: list[becoming.Line], language: str) -> Held:
    rounds = list(results.counted(workshop))
    if workshop.state not in (Workshop.State.CLOSED, *results.FIXED):
        rounds = [each for each in rounds if each.state == Round.State.REVEALED]
    people = Participation.objects.filter(round__in=rounds).values("ticket").distinct().count()
    proposals = workshop.notes.exclude(kind=Note.Kind.ARGUMENT)
    return Held(
        title=said(workshop.title, language),
        url=reverse("workshops:synthesis", args=[workshop.code]),
        when=period(localdate(workshop.starts_at).isoformat(), language)
        if workshop.starts_at
        else "",
        place=workshop.place,
        people=people,
        results=[
            (said(each.asked["text"], language), in_short(each.results or {}, language))
            for each in results.last(rounds)
        ],
        proposals=[(str(note.get_kind_display()), note.text) for note in proposals],
        became=came,
        origin=workshop.origin,
    )
