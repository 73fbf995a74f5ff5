"""The inbox: what waits, by filters that stand in the address, as a list and on a map."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bassin.observe.watch import actions, measures, permissions, said, tasks, workdays
from bassin.observe.watch.filters import Filters, seen_by
from bassin.observe.watch.models import Passing, Signal
from bassin.observe.watch.models.signals import SignalQuerySet
from bassin.observe.watch.signals.looking import FAMILIES
from bassin.observe.watch.views.common import crumbs, entering
from bassin.parties.access import is_officer, require
from bassin.parties.models import Person
from bassin.ui.moving import MovingMap, Reached, Words, moving
from bassin.ui.opened import communes, house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

SHOWN = 20
AGAIN = 2
"""Seconds after which the page that waits is asked again."""

PATIENCE = timedelta(minutes=15)
"""After this long a look that did not end is taken for lost."""


@dataclass(frozen=True, slots=True)
class Line:
    """One signal of the list."""

    signal: Signal
    told: said.Told
    activity: str
    overdue: bool
    due: Any


@dataclass(frozen=True, slots=True)
class Look:
    """What the last passing could see of one family."""

    title: str
    sight: str
    source: str
    until: Any
    signals: int
    counts: dict[str, int]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for them, the highest priority first."""
    person = entering(request)
    mine = seen_by(person)
    filters = _filters(request, person, mine)
    found = filters.kept(mine, person, today()).select_related("assigned_to")
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    lines = [_line(each) for each in page]
    context = {
        "filters": filters, "page": page, "lines": lines, "query": filters.query(),
        "crumbs": crumbs(), "drawing": _map(request, filters, found),
        "head": _head(mine), "measures": measures.measures(mine, today()),
        "looks": _looks() if is_officer(person) else [], "passing": _last(),
        "promised": workdays.PROMISED, "officer": is_officer(person),
    }  # fmt: skip
    template = "watch/_results.html" if getattr(request, "htmx", False) else "watch/home.html"
    return render(request, template, context)


def _filters(request: HttpRequest, person: Person, mine: SignalQuerySet) -> Filters:
    divisions = {code[:2] for code in mine.values_list("naf_code", flat=True).distinct() if code}
    people = actions.followers() if is_officer(person) else []
    others = [each for each in people if each.pk != person.pk]
    return Filters.read(request.GET, communes(), others, sorted(divisions), language())


def _line(signal: Signal) -> Line:
    return Line(
        signal, said.told(signal, communes(), language()),
        said.activity(signal.naf_code, language()) if signal.is_firm and signal.naf_code else "",
        measures.overdue(signal, today()), workdays.due(signal.found_on),
    )  # fmt: skip


def _head(mine: SignalQuerySet) -> str:
    """« 12 signaux attendent, dont 3 entreprises que personne n'a contactées à temps. »"""
    waiting = list(mine.waiting(today()))
    late = sum(measures.overdue(each, today()) for each in waiting)
    first = ngettext("{n} signal waits", "{n} signals wait", len(waiting)).format(n=len(waiting))
    if not late:
        return f"{first}."
    return first + ngettext(
        ", and {n} firm was not contacted in time.",
        ", and {n} firms were not contacted in time.", late,
    ).format(n=late)  # fmt: skip


def _map(request: HttpRequest, filters: Filters, found: SignalQuerySet) -> MovingMap | None:
    """Where the signals of firms are, by commune."""
    opened, names = house(), communes()
    counts: Counter[str | None] = Counter(
        code for each in found.values_list("communes", flat=True)
        for code in each.split() if code in names
    )  # fmt: skip
    if not counts:
        return None
    words = Words(
        _("Where these signals are"),
        lambda n: ngettext("{n} signal", "{n} signals", n).format(n=n),
        reverse("companies:ground"),
        lead=lambda spot: f"?{filters.query(lieu=spot.code)}#results",
    )
    return moving(opened, request.GET, dict(counts), Reached(), names, words)


def _last() -> Passing | None:
    """The last passing that went to its end."""
    return Passing.objects.filter(ended=True, failed=False).first()


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Look now; whoever asks while it looks waits for the same."""
    person = entering(request)
    require(permissions.can_look(person))
    begun = Passing.objects.filter(ended=False, at__gte=timezone.now() - PATIENCE).first()
    if begun is None:
        begun = Passing.objects.create(at=timezone.now(), ended=False)
        tasks.asked.enqueue(begun.pk)
    return redirect("watch:looking", begun.pk)


@require_safe
def looking(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is."""
    person = entering(request)
    require(permissions.can_look(person))
    passing = get_object_or_404(Passing, pk=pk)
    context = {
        "passing": passing, "families": FAMILIES, "again": 0 if passing.ended else AGAIN,
        "crumbs": crumbs(Crumb(_("Looking now"))),
    }  # fmt: skip
    return render(request, "watch/looking.html", context)


def _looks() -> list[Look]:
    passing = _last()
    return [
        Look(
            said.look(each["of"]), each["sight"],
            said.table(each["source"], language()),
            said.day(each["until"]), each["signals"], each.get("counts", {}),
        )
        for each in (passing.looks if passing else [])
    ]  # fmt: skip
