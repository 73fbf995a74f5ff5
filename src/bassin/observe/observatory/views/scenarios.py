"""Scenarios of a place: what each would hit, with assumptions that the address may change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.indicators.numbers import period as in_words
from bassin.indicators.scenarios import declared, dependency, jobs
from bassin.indicators.scenarios.declared import Scenario, field
from bassin.indicators.scenarios.study import Study, studies
from bassin.observe.observatory import actions
from bassin.observe.observatory import exposed as shown
from bassin.observe.observatory.exposed import Table
from bassin.observe.observatory.models import Statement
from bassin.observe.observatory.views.common import (
    as_csv,
    as_json,
    asked_date,
    crumbs,
    found,
    house,
    language,
    place_url,
    today,
)
from bassin.observe.observatory.views.portrait import CHART_WIDTH, Picture
from bassin.territory import Place
from bassin.types import Origin
from bassin.ui.charts.client import ChartError, ask_all
from bassin.ui.charts.model import ChartInput
from bassin.ui.parts import Crumb, Tab
from bassin.ui.shared import exposure as told


@dataclass(frozen=True, slots=True)
class Assumption:
    """One line of the form: an activity, its codes, and the two ends with the names they have."""

    label: str
    why: str
    codes: str
    low: str
    high: str
    low_name: str
    high_name: str


@dataclass(frozen=True, slots=True)
class Part:
    """One scenario on the page."""

    study: Study
    said: str
    warning: str
    assumptions: tuple[Assumption, ...]
    table: Table
    picture: Picture | None


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Three scenarios or more for a place; a form puts changed assumptions in the address."""
    opened, on, words = house(), asked_date(request), language()
    place = found(opened, request.GET.get("lieu", "") or opened.home.key, on)
    listed = [each.with_shocks(request.GET.dict()) for each in declared.scenarios(opened.var)]
    if "appliquer" in request.GET:
        return redirect(_address(request, place, listed))
    source = jobs.choose(opened, request.GET.get("source", ""))
    made = studies(opened, place, listed, source, on)
    context: dict[str, Any] = {
        "place": place,
        "place_url": place_url(place),
        "crumbs": crumbs(opened, place, Crumb(_("Scenarios")), on=on),
        "parts": _parts(made, words),
        "depends": _depends(opened, place, source, words, on) if made else [],
        "source": made[0].source if made else None,
        "source_said": told.source(made[0], words) if made else "",
        "origin": made[0].origin if made else None,
        "tabs": _tabs(request, opened, made),
        "hidden": sum(each.hidden for each in made),
        "edited": any(each.scenario.edited for each in made),
        "query": request.GET.urlencode() or urlencode({"lieu": place.key}),
        "declared_url": f"{reverse('observatory:scenarios')}?{urlencode({'lieu': place.key})}",
        "today": in_words(today().isoformat(), words),
        "asked_source": request.GET.get("source", ""),
        "at": request.GET.get("at", ""),
    }
    return render(request, "observatory/scenarios.html", context)


def _address(request: HttpRequest, place: Place, listed: Sequence[Scenario]) -> str:
    """The shortest address of what was asked: only the assumptions that were changed."""
    query: dict[str, str] = {"lieu": place.key}
    query |= {key: request.GET[key] for key in ("source", "at") if request.GET.get(key)}
    first = {each.id: each for each in declared.scenarios(house().var)}
    for scenario in listed:
        for shock, before in zip(scenario.shocks, first[scenario.id].shocks, strict=True):
            if (shock.low, shock.high) != (before.low, before.high):
                query[field(scenario.id, shock.id, "bas")] = f"{shock.low:g}"
                query[field(scenario.id, shock.id, "haut")] = f"{shock.high:g}"
    return f"{reverse('observatory:scenarios')}?{urlencode(query)}"


def _tabs(request: HttpRequest, opened: House, made: Sequence[Study]) -> list[Tab]:
    """The sources that jobs may be read from, when there are several."""
    there = jobs.loaded(opened)
    if len(there) < 2 or not made:
        return []
    tabs = []
    for each in there:
        query = request.GET.copy()
        query["source"] = each.code
        name = each.title.say(language()).split(",")[0]
        if each is jobs.SIRENE:
            name = _("Sirene's bands")
        tabs.append(Tab(name, f"?{query.urlencode()}", current=each is made[0].source))
    return tabs


def _parts(made: Sequence[Study], words: str) -> list[Part]:
    charts = [shown.by_commune(each, words) for each in made]
    pictures = draw([each for each in charts if each is not None])
    return [
        Part(
            study, told.sentence(study, words), told.warning(study.scenario, words),
            _assumptions(study.scenario, words), shown.communes(study, words),
            pictures.get(chart.digest) if chart else None,
        )
        for study, chart in zip(made, charts, strict=True)
    ]  # fmt: skip


def draw(charts: Sequence[ChartInput]) -> dict[str, Picture]:
    """Charts by digest, wide and narrow, in one request; without the renderer tables say it all."""
    try:
        drawn = ask_all([(each, "inline") for each in charts]
                        + [(each.narrow(), "inline") for each in charts])  # fmt: skip
    except ChartError:
        return {}
    return {
        chart.digest: Picture(chart, drawn[at].decode(), drawn[at + len(charts)].decode(), ())
        for at, chart in enumerate(charts)
    }


def _assumptions(scenario: Scenario, words: str) -> tuple[Assumption, ...]:
    return tuple(
        Assumption(
            shock.label.say(words), shock.why.say(words), ", ".join(shock.naf),
            f"{shock.low:g}", f"{shock.high:g}",
            field(scenario.id, shock.id, "bas"), field(scenario.id, shock.id, "haut"),
        )
        for shock in scenario.shocks
    )  # fmt: skip


def _depends(
    opened: House, place: Place, source: jobs.Source | None, words: str, on: date | None
) -> list[tuple[str, str, str, Origin]]:
    """(heading, sentence, source, origin) of each dependency that is known."""
    sector = dependency.first_sector(opened, place, source, on) if source else None
    largest = dependency.largest_employers(opened, place, on)
    return [
        (heading, told.depends(one, words), told.source(one, words), one.origin)
        for heading, one in ((_("First sector"), sector), (_("Largest establishments"), largest))
        if one is not None
    ]


def section(opened: House, place: Place, words: str, on: date | None) -> dict[str, Any] | None:
    """What a place's profile says of its exposure; None where jobs are not known."""
    source = jobs.choose(opened)
    made = studies(opened, place, declared.scenarios(opened.var)[: declared.SHOWN], source, on)
    if not made:
        return None
    chart = shown.side_by_side(made, words)
    chart = replace(chart, width=CHART_WIDTH) if chart else None
    return {
        "picture": draw([chart]).get(chart.digest) if chart else None,
        "studies": [(each, told.sentence(each, words)) for each in made],
        "table": shown.scenarios(made, words),
        "depends": _depends(opened, place, source, words, on),
        "source": told.source(made[0], words),
        "origin": made[0].origin,
        "url": f"{reverse('observatory:scenarios')}?{urlencode({'lieu': place.key})}",
    }


@require_safe
def data(request: HttpRequest, extension: str) -> HttpResponse:
    """The same studies as JSON (with their assumptions) or CSV."""
    opened, on, words = house(), asked_date(request), language()
    place = found(opened, request.GET.get("lieu", "") or opened.home.key, on)
    listed = [each.with_shocks(request.GET.dict()) for each in declared.scenarios(opened.var)]
    source = jobs.choose(opened, request.GET.get("source", ""))
    made = studies(opened, place, listed, source, on)
    rows = [row for each in made for row in shown.flat(each, words)]
    sample = any(each.origin == Origin.INVENTED for each in made)
    if extension == "csv":
        return as_csv(rows, f"scenarios-{place.scale}-{place.code}", sample=sample)
    if extension != "json":
        raise Http404(f"Scenarios are given as .json or .csv, not as .{extension}.")
    return as_json(
        {
            "place": place.key, "release": opened.reader.name, "example": sample,
            "nature": _("assumptions to be discussed, not a forecast"),
            "scenarios": [_declaration(each, words) for each in listed], "rows": rows,
        }
    )  # fmt: skip


def _declaration(scenario: Scenario, words: str) -> dict[str, Any]:
    return {
        "id": scenario.id, "version": scenario.version, "edited": scenario.edited,
        "title": scenario.title.say(words), "description": scenario.description.say(words),
        "author": told.warning(scenario, words), "horizon_months": scenario.horizon_months,
        "shocks": [
            {"id": s.id, "label": s.label.say(words), "naf": s.naf, "low_pct": s.low,
             "high_pct": s.high}
            for s in scenario.shocks
        ],
    }  # fmt: skip


@require_POST
def state(request: HttpRequest) -> HttpResponse:
    """Keep what a declared scenario says today of a place, and go to its address."""
    opened = house()
    place = found(opened, request.POST.get("lieu", "") or opened.home.key)
    wanted = request.POST.get("scenario", "")
    scenario = next((s for s in declared.scenarios(opened.var) if s.id == wanted), None)
    if scenario is None:
        raise Http404(f"There is no scenario {wanted}.")
    made = studies(opened, place, [scenario], jobs.choose(opened, request.POST.get("source", "")))
    if not made:
        raise Refused(_("Jobs are not known here; there is nothing to keep."))
    kept = actions.state(made[0], release=opened.reader.name, now=timezone.now())
    return redirect(reverse("observatory:statement", kwargs={"code": kept.code}))


@require_safe
def statement(request: HttpRequest, code: str) -> HttpResponse:
    """What was said on a day, and what jobs the same activities have in today's release."""
    kept = get_object_or_404(Statement, code=code)
    opened, words = house(), language()
    context = {
        "kept": kept,
        "sentence": kept.sentence[words],
        "scenario": kept.scenario[words],
        "then": told.interval(jobs.Range(kept.touched_low, kept.touched_high), words),
        "source": _named(kept, words),
        "now": _now(opened, kept, words),
        "due": kept.due_on,
        "is_due": kept.due_on <= today(),
        "address": request.build_absolute_uri(),
        "url": f"{reverse('observatory:scenarios')}?{urlencode({'lieu': kept.place_key})}",
    }
    return render(request, "observatory/statement.html", context)


def _named(kept: Statement, words: str) -> str:
    """The source that jobs were read from, as it was named."""
    found = next(each for each in jobs.SOURCES if each.code == kept.source)
    return told.named(found, kept.period, kept.origin, words)


def _now(opened: House, kept: Statement, words: str) -> dict[str, Any] | None:
    """Jobs of the same activities in the same source, when a later period was published."""
    try:
        place = opened.territory.place(kept.place_key)
        source = jobs.choose(opened, kept.source)
    except Refused:
        return None
    if source is None:
        return None
    read = jobs.read(opened, [place], dict.fromkeys(kept.naf, "in"), source)
    if read is None or read.period <= kept.period:
        return None
    cell = read.of(place.key).get("in", jobs.Cell())
    return {
        "jobs": told.interval(cell.jobs, words),
        "period": in_words(read.period, words),
        "origin": read.origin,
    }
