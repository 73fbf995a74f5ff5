"""Pages that explain: method and secrecy, legal notice, accessibility, privacy, contact."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.indicators import coverage
from bassin.indicators.house import House
from bassin.indicators.numbers import number
from bassin.indicators.secrecy.regimes import all_regimes
from bassin.indicators.sentences import rules
from bassin.observe.observatory.views.common import house, language
from bassin.sources.registry import is_public, sources
from bassin.taxonomies.perimeters import perimeters
from bassin.types import Scale
from bassin.ui.parts import Cell, Column, Crumb, Row


def _crumbs(label: str) -> list[Crumb]:
    return [Crumb(_("Home"), reverse("observatory:home")), Crumb(label)]


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How figures are made, compared and hidden."""
    opened, words = house(), language()
    folder = Path(opened.var) / "authority" / "perimeters"
    declared = perimeters(folder) if folder.is_dir() else perimeters()
    peers = opened.territory.peers(opened.home)
    context: dict[str, Any] = {
        "crumbs": _crumbs(_("Method and secrecy")),
        "noise_pct": number(rules.NOISE_PCT, 0, words),
        "chance": number(rules.CHANCE_FACTOR, 0, words),
        "noise_points": number(rules.NOISE_POINTS, 1, words),
        "rank_units": rules.RANK_MIN_UNITS,
        "named": rules.RANK_MAX_NAMED,
        "enough_pct": number(100 * coverage.ENOUGH, 0, words),
        "regimes": _regimes(words),
        "perimeters": [each for each in declared.values() if each.family == "productive"],
        "peers": [each.name for each in peers.places] if len(peers.places) <= 30 else [],
        "group": peers.title.say(words),
        "comparators": [each.name for each in opened.territory.comparators(opened.home)],
        "place": opened.home,
        "outlines": _outlines(opened),
        "is_ept": opened.home.scale == Scale.EPT,
    }
    return render(request, "observatory/method.html", context)


def _regimes(words: str) -> tuple[list[Column], list[Row]]:
    """The rules of secrecy in force, one regime per row."""
    columns = [Column(_("Data")), Column(_("Rule")), Column(_("Where the rule is written"))]
    rows = [
        Row(
            Cell(text=each.title.say(words)),
            [Cell(text=each.rule.say(words)), Cell(text=each.source.say(words))],
        )
        for each in all_regimes()
        if each.until_on is None
    ]
    return columns, rows


def _outlines(opened: House) -> dict[str, Any]:
    """How many communes have an outline, and whether these are precise."""
    rows = opened.reader.rows("SELECT count(*), bool_and(precise) FROM shapes")
    known, precise = rows[0]
    communes = len(opened.territory.gazetteer().current)
    return {"without": max(communes - known, 0), "precise": bool(precise)}


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes, who hosts, under which licences."""
    known = [each for each in sources().values() if is_public(each.key)]
    licences = sorted({each.licence for each in known})
    publishers = sorted({each.publisher for each in known})
    context = {
        "crumbs": _crumbs(_("Legal notice")),
        "licences": licences,
        "publishers": publishers,
        "place": house().home,
    }
    return render(request, "observatory/legal.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the pages conform, what was tested, how to complain."""
    context = {"crumbs": _crumbs(_("Accessibility")), "place": house().home}
    return render(request, "observatory/accessibility.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about visitors: nothing; about sole traders: what the law allows."""
    return render(request, "observatory/privacy.html", {"crumbs": _crumbs(_("Privacy"))})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Who answers, where, when."""
    return render(request, "observatory/contact.html", {"crumbs": _crumbs(_("Contact"))})
