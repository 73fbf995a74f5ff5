"""What Piloter says of a place or an action on pages that several systems make together.

Public actions only: such a page does not know who reads it.
"""

from django.urls import reverse
from django.utils import timezone

from bassin.steer.programmes import matching, words
from bassin.steer.programmes.models import Action, Call
from bassin.steer.programmes.shown import line
from bassin.steer.programmes.standing import standings, summary
from bassin.systems import Card
from bassin.types import Text

MOST = 6


def place(key: str, language: str) -> Card | None:
    """The public actions of a commune: how many, how far, which are late."""
    scale, _colon, code = key.partition(":")
    if scale != "commune":
        return None
    lines = standings(Action.objects.public().in_commune(code), timezone.localdate())
    if not lines:
        return None
    lines.sort(key=lambda each: (each.late is None, each.pk))
    return Card(
        system="programmes",
        title=Text("Ce qui a été promis ici", "What was promised here"),
        template="programmes/_place_card.html",
        context={
            "lines": [line(each) for each in lines[:MOST]],
            "count": len(lines),
            "said": words.rollup(summary(lines).rollup),
            "url": reverse("programmes:commune", kwargs={"code": code}),
        },
        order=40,
    )


def action(key: str, language: str) -> Card | None:
    """One public action, by its reference: where it stands."""
    lines = standings(Action.objects.public().filter(ref=key), timezone.localdate())
    if not lines:
        return None
    return Card(
        system="programmes",
        title=Text("Où en est l'action", "Where the action stands"),
        template="programmes/_action_card.html",
        context={"line": line(lines[0])},
        order=10,
    )


def operation(key: str, language: str) -> Card | None:
    """The public actions of an operation, by its slug: how many, how far, which are late."""
    lines = standings(Action.objects.public().filter(operation__slug=key), timezone.localdate())
    if not lines:
        return None
    return Card(
        system="programmes",
        title=Text("Les actions de cette opération", "The actions of this operation"),
        template="programmes/_operation_card.html",
        context={
            "lines": [line(each) for each in lines],
            "said": words.rollup(summary(lines).rollup),
        },
        order=40,
    )


def calls(key: str, language: str) -> Card | None:
    """The calls for projects that are open, the next to close first; `key` is a theme, or empty."""
    on = timezone.localdate()
    opened = [
        each for each in matching.open_on(list(Call.objects.all()), on)
        if not key or key in each.themes
    ]  # fmt: skip
    return Card(
        system="programmes",
        title=Text("Appels à projets ouverts", "Open calls for projects"),
        template="programmes/_calls_card.html",
        context={
            "calls": [(each, words.day(each.closes_on)) for each in opened],
            "url": reverse("programmes:calls"),
        },
        order=10,
    )
