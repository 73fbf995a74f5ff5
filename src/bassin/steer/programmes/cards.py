"""What Piloter says of a place or an action on pages that several systems make together.

Public actions only: such a page does not know who reads it.
"""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from bassin.steer.programmes import matching, words
from bassin.steer.programmes.models import Action, Call
from bassin.steer.programmes.shown import line
from bassin.steer.programmes.standing import Standing, standings, summary
from bassin.systems import Card
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.shared.works import WORKS_M, spot, works

MOST = 6
_OVER = ("done", "abandoned", "idea")
"""Stages of what a firm need not reckon with."""


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


def mine(siret: str, language: str) -> Card | None:
    """The public actions under way or to come around a firm, with their days.

    Those of a project that holds it or comes near it first, then those of its commune.
    """
    where, on = spot(house().reader, siret), timezone.localdate()
    if where is None or not where.commune_code:
        return None
    near = {each.operation.pk for each in works(where, on) if each.metres <= WORKS_M}
    going = Action.objects.public().exclude(lifecycle__in=_OVER)
    there = going.in_commune(where.commune_code)
    touching = dict(going.filter(operation__in=near).values_list("pk", "operation__name"))
    around = going.filter(Q(pk__in=touching) | Q(pk__in=there.values("pk")))
    lines = standings(around, on, money=False, whole=False)
    if not lines:
        return None
    lines.sort(
        key=lambda each: (each.pk not in touching, each.ends_on is None, each.ends_on, each.pk)
    )
    code = where.commune_code
    return Card(
        system="programmes",
        title=Text("Ce qui se fait ou se prépare autour de moi",
                   "What is under way or planned around me"),
        template="programmes/_mine_card.html",
        context={
            "lines": [
                (line(each), _days(each), touching.get(each.pk, "")) for each in lines[:MOST]
            ],
            "count": len(lines), "more": max(len(lines) - MOST, 0),
            "url": reverse("programmes:commune", kwargs={"code": code}),
        },
        order=42,
    )  # fmt: skip


def _days(each: Standing) -> str:
    """From when to when, where a document says one or the other."""
    if not (each.starts_on or each.ends_on):
        return ""
    return words.span(each.starts_on, each.ends_on, each.starts_to, each.ends_to)
