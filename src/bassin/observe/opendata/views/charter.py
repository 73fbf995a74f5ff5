"""The charter, « au service de qui ? », and the journal of what left."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from bassin.indicators.numbers import number
from bassin.indicators.secrecy.journal import Journal
from bassin.indicators.secrecy.regimes import all_regimes
from bassin.observe.opendata import charter as rules
from bassin.observe.opendata.changes import history
from bassin.observe.opendata.datasets import figures, tables
from bassin.observe.opendata.declaring.listing import RESERVED
from bassin.observe.opendata.models import Departure
from bassin.observe.opendata.quality import CRITERIA
from bassin.observe.opendata.sharing import shown
from bassin.observe.opendata.views.common import crumbs
from bassin.pairing.protected import law, traits
from bassin.ui import leaving
from bassin.ui.data import as_csv
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.reader import language, today

SHOWN_DAYS = 30
MOST_LINES = 200


@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """What is promised of data, each promise with the rule that holds it."""
    words, datasets = language(), list(tables(house()).values())
    context = {
        "crumbs": crumbs((_("Data charter"), "")),
        "tables": len(datasets),
        "open": sum(each.is_open for each in datasets),
        "figures": len(figures(house())),
        "sharing": rules.sharing(datasets, words),
        "agreements": _agreements(words),
        "licences": rules.licences(datasets, words),
        "regimes": _regimes(words),
        "versions": sum(len(changes) for changes in history(house()).values()),
        "criteria": [criterion for criterion, _judge in CRITERIA],
    }
    return render(request, "opendata/charter.html", context)


def _agreements(words: str) -> rules.Table:
    """What is shared with whom, from the agreements in force."""
    return shown.listed(shown.in_force(today()), today(), words)


def _regimes(words: str) -> rules.Table:
    columns = [Column(_("Data")), Column(_("Rule"))]
    rows = [
        Row(Cell(text=each.title.say(words)), [Cell(text=each.rule.say(words))])
        for each in all_regimes()
        if each.until_on is None and each.protects
    ]
    return columns, rows


@require_safe
def whose(request: HttpRequest) -> HttpResponse:
    """Whom the platform serves: no third party, which algorithms, what is shared with whom."""
    words, datasets = language(), list(tables(house()).values())
    context = {
        "crumbs": crumbs((_("Who does it serve?"), "")),
        "policy": rules.policy(),
        "third_parties": rules.third_parties(),
        "algorithms": rules.algorithms(today(), words),
        "traits": [each.title.say(words) for each in traits()],
        "law": law(),
        "sharing": rules.sharing(datasets, words),
        "agreements": _agreements(words),
        "readers": rules.readers(words),
        "weight": rules.weight(),
        "hosting": settings.HOSTING,
    }
    return render(request, "opendata/whose.html", context)


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """What left in the last days: datasets, formats, cells that secrecy hid; never who asked."""
    words, since = language(), today() - timedelta(days=SHOWN_DAYS)
    lines = _public().filter(day__gte=since)
    total = lines.aggregate(times=Sum("times"))["times"] or 0
    context = {
        "crumbs": crumbs((_("Journal of what left"), "")),
        "days": SHOWN_DAYS,
        "total": total,
        "table": _journal(list(lines[:MOST_LINES]), words),
        "hidden": _hidden(words),
    }
    return render(request, "opendata/journal.html", context)


def _journal(lines: list[Departure], words: str) -> rules.Table:
    known = {**tables(house()), **figures(house())}
    columns = [
        Column(_("Day")), Column(pgettext("journal", "Dataset")),
        Column(pgettext("version", "Version")), Column(_("Format")),
        Column(pgettext("journal", "Times"), number=True),
        Column(pgettext("sources", "Rows"), number=True),
        Column(pgettext("journal", "Masked cells"), number=True),
    ]  # fmt: skip
    rows = []
    for line in lines:
        kind, _colon, key = line.dataset.partition(":")
        there = known.get(key)
        title = there.title.say(words) if there else key
        url = reverse(f"opendata:{kind}", kwargs={"key": key}) if there else ""
        counts = (line.times, line.rows, line.masked)
        cells = [
            Cell(text=title, url=url), Cell(text=line.version), Cell(text=line.form),
            *(Cell(text=number(each, 0, words), sort=each) for each in counts),
        ]  # fmt: skip
        rows.append(Row(Cell(text=line.day.isoformat()), cells))
    return columns, rows


def _ways() -> dict[str, str]:
    """By which ways answers leave."""
    return {
        leaving.PAGES: _("Pages"), leaving.CHARTS: _("Charts and maps"),
        leaving.FILES: pgettext("journal", "Files"), leaving.API: _("API"),
        leaving.OGC: _("Map services"),
        leaving.EMBEDS: _("Pages embedded elsewhere"), leaving.CLIENT: _("Python client"),
    }  # fmt: skip


def _hidden(words: str) -> rules.Table | None:
    """By day and by way, the answers in which secrecy hid something."""
    kept, ways = Journal(Path(settings.VAR)), _ways()
    columns = [
        Column(_("Day")), Column(pgettext("journal", "Way out")),
        Column(pgettext("journal", "Answers with hidden cells"), number=True),
        Column(pgettext("journal", "Hidden cells"), number=True),
    ]  # fmt: skip
    rows = [
        Row(Cell(text=day.isoformat()), [
            Cell(text=ways.get(way, way)),
            Cell(text=number(answers, 0, words), sort=answers),
            Cell(text=number(cells, 0, words), sort=cells),
        ])
        for day in kept.days()[:SHOWN_DAYS]
        for way, (answers, cells) in kept.counts(day).items()
    ]  # fmt: skip
    return (columns, rows) if rows else None


@require_safe
def journal_csv(request: HttpRequest) -> HttpResponse:
    """The whole journal."""
    fields = ("day", "dataset", "version", "form", "times", "rows", "masked")
    return as_csv(_public().values(*fields), "journal", sample=False)


def _public() -> QuerySet[Departure]:
    """What left, without the names of figures that are not everyone's."""
    return Departure.objects.exclude(dataset__startswith=RESERVED)
