"""The front of the room Débattre: a code to type, what is coming, and what everyone may read."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from bassin.debate.workshops import announcing, permissions, results
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.cards import in_short
from bassin.debate.workshops.models import Participation, Series, Workshop
from bassin.debate.workshops.references import PUBLIC, address
from bassin.indicators.numbers import period
from bassin.parties.models import Person
from bassin.ui.reader import language

MOST_HELD = 12
FEW_RESULTS = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A published workshop: who took part, and a few of its results."""

    title: str
    url: str
    facts: str
    people: int
    results: list[tuple[str, str]]
    origin: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is coming, what was held, and the series they belong to."""
    user = request.user if isinstance(request.user, Person) else AnonymousUser()
    shown = Workshop.objects.filter(state__in=PUBLIC, archived_at=None, rehearsal=False)
    context = {
        "coming": announcing.coming(timezone.now()),
        "held": _held(list(shown[:MOST_HELD])),
        "series": [
            (said(each.title, language()), reverse("workshops:series", args=[each.slug]))
            for each in Series.objects.filter(public=True)
        ],
        "prepares": permissions.can_prepare(user),
        "typed": "",
        "unknown": False,
    }  # fmt: skip
    return render(request, "workshops/home.html", context)


def _held(workshops: list[Workshop]) -> list[Held]:
    took_part = Participation.objects.filter(round__workshop__in=workshops)
    counts = took_part.values_list("round__workshop").annotate(n=Count("ticket", distinct=True))
    people = dict(counts)
    return [_one(each, people.get(each.pk, 0)) for each in workshops]


def _one(workshop: Workshop, people: int) -> Held:
    starts = workshop.starts_at
    when = period(localdate(starts).isoformat(), language()) if starts else ""
    told = [
        (said(each.asked["text"], language()), in_short(each.results, language()))
        for each in results.last(results.counted(workshop))
        if each.results and each.results["kind"] in ("likert", "ranking", "choice")
    ]
    return Held(
        title=said(workshop.title, language()),
        url=address(workshop),
        facts=" · ".join(filter(None, (when, workshop.place))),
        people=people,
        results=told[-FEW_RESULTS:],
        origin=workshop.origin,
    )
