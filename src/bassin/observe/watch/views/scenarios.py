"""Crisis scenarios: the declared ones, a trial that its address holds, those that were kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.indicators.activity_sets import Sets, known_fields, known_perimeters
from bassin.indicators.scenarios import declared, jobs
from bassin.indicators.scenarios.declared import Scenario
from bassin.observe.watch import actions_scenarios, permissions
from bassin.observe.watch.models import CrisisScenario
from bassin.observe.watch.scenarios import files, shown
from bassin.observe.watch.scenarios.asked import Asked, Line
from bassin.observe.watch.scenarios.record import Record, Result, applied, between, kept_shocks
from bassin.observe.watch.scenarios.told import Scored, scored
from bassin.observe.watch.views.common import crumbs
from bassin.parties.access import require, signed_in
from bassin.parties.models import Person
from bassin.ui.charts.client import ChartError, ask_all
from bassin.ui.charts.model import ChartInput
from bassin.ui.data import as_csv, as_file, as_json, private
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today
from bassin.ui.shared import exposure
from bassin.ui.spreadsheets import MEDIA, table, workbook

BLANK = 1
"""Empty lines at the foot of the form: each asks for one sector more."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart of the page, wide and narrow."""

    chart: ChartInput
    wide: str
    narrow: str


def _entering(request: HttpRequest) -> Person:
    person = signed_in(request)
    require(permissions.can_suppose(person))
    return person


def _crumbs(*steps: Crumb) -> list[Crumb]:
    return crumbs(Crumb(_("Scenarios"), reverse("watch:scenarios") if steps else ""), *steps)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The declared scenarios, then those that were kept."""
    _entering(request)
    kept = CrisisScenario.objects.select_related("author").prefetch_related("scores")
    context = {
        "declared": declared.scenarios(house().var),
        "kept": [(each, shown.sentence(each.result, language()), _last(each)) for each in kept],
        "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "watch/scenarios.html", context)


def _last(kept: CrisisScenario) -> Any:
    return next(iter(kept.scores.all()), None)


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest) -> HttpResponse:
    """Change the assumptions of one, read what it says, and keep it."""
    person = _entering(request)
    given = (request.POST if request.method == "POST" else request.GET).dict()
    asked, follows = _asked(given)
    status, refused, made, until = 200, "", None, None
    try:
        scenario, made, until = _made(asked)
        if request.method == "POST":
            kept = actions_scenarios.keep(
                made, scenario, by=person, now=timezone.now(), today=today(),
                name=given.get("name", ""), why=given.get("why", ""), horizon=until,
                start=int(asked.start) if asked.start else None, follows=follows,
            )  # fmt: skip
            actions_scenarios.score_all(house(), today())
            messages.success(request, _("Kept. It will be set beside what happened."))
            return redirect("watch:scenario", kept.pk)
    except Refused as refusal:
        status, refused = 400, refusal.text.say(language())
    context = {
        "asked": asked, "lines": _lines(asked, request), "refused": refused, "until": until,
        "perimeters": _choices(), "follows": follows, "pairs": asked.pairs(),
        "query": asked.query(), "name": given.get("name", follows.name if follows else ""),
        "why": given.get("why", ""), "most": len(asked.lines),
        "crumbs": _crumbs(Crumb(asked.base.title.say(language()))),
        **(_result(made.record, asked.base.short.say(language())) if made else {}),
    }  # fmt: skip
    return render(request, "watch/scenario_trial.html", context, status=status)


def _asked(given: dict[str, str]) -> tuple[Asked, CrisisScenario | None]:
    known = {each.id: each for each in declared.scenarios(house().var)}
    number = given.get("suite", "")
    follows = CrisisScenario.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    base = known.get(given.get("base", "") or next(iter(known)))
    if base is None:
        raise Http404
    return Asked.read(given, base, today(), language()), follows


def _made(asked: Asked) -> tuple[Scenario, Result, date]:
    """The scenario that is asked, applied."""
    opened = house()
    scenario = asked.scenario(_sets())
    since, until = asked.since(), asked.until()
    source = jobs.choose(opened)
    made = applied(opened, scenario, source, since) if source else None
    if made is None:
        raise Refused(
            _("Jobs by activity are not known here at that date. Load Urssaf's headcounts or "
              "Sirene's stock, or choose another starting point.")
        )  # fmt: skip
    actions_scenarios.check(jobs.day(made.study.period), until)
    return scenario, made, until


def _sets() -> Sets:
    """The named perimeters, and the authority's fields, that activities alone tell."""
    found = {**known_perimeters(house(), today()), **known_fields(house(), today())}
    return {key: each for key, each in found.items() if each.naf_codes}


def _choices() -> list[tuple[str, str]]:
    named = [(key, each.label.say(language())) for key, each in _sets().items()]
    return sorted(named, key=lambda pair: pair[1])


def _lines(asked: Asked, request: HttpRequest) -> list[tuple[int, Line]]:
    """What is typed, then empty lines."""
    kept = [each for each in asked.lines if not each.empty]
    return list(enumerate([*kept, *([Line()] * BLANK)]))


def _result(record: Record, title: str) -> dict[str, Any]:
    """What both a trial and a kept scenario show."""
    opened, words = house(), language()
    return {
        "formats": ("csv", *MEDIA, "json"), "record": record, "said": shown.sentence(record, words),
        "source": shown.source(record, words), "communes": shown.communes(record, words),
        "sectors": shown.sectors(record, words), "quarters": shown.quarters(record, words),
        "trades": shown.trades(record, opened, words), "hidden": shown.hidden(record),
        "pictures": draw(shown.charts(record, opened, title, words)),
        "counts": jobs.named(record["source"]).counts,
        "definition": files.definition(),
    }  # fmt: skip


def draw(charts: list[ChartInput]) -> list[Picture]:
    """The pictures; none when nobody draws: the tables say it all."""
    try:
        drawn = ask_all([(each, "inline") for each in charts]
                        + [(each.narrow(), "inline") for each in charts])  # fmt: skip
    except ChartError:
        return []
    return [Picture(each, drawn[at].decode(), drawn[at + len(charts)].decode())
            for at, each in enumerate(charts)]  # fmt: skip


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A kept scenario: what it said, and what happened since."""
    _entering(request)
    kept = get_object_or_404(CrisisScenario.objects.select_related("author"), pk=pk)
    versions = CrisisScenario.objects.filter(family=kept.family).order_by("version")
    scores: list[Scored] = [scored(each, language()) for each in kept.scores.all()]
    context = {
        "kept": kept, "scores": scores, "versions": versions, "crumbs": _crumbs(Crumb(kept.name)),
        "supposed": [
            (each, len(each["perimeter"].split()),
             exposure.share(between((each["low_pct"], each["high_pct"])), language()))
            for each in files.assumptions(kept.shocks, language())
        ],
        "over": kept.horizon < today(), "again": _again(kept),
        **_result(kept.result, kept.name),
    }  # fmt: skip
    return render(request, "watch/scenario.html", context)


def _again(kept: CrisisScenario) -> str:
    """The address of a trial that begins with what it supposed."""
    base = next((each for each in declared.scenarios(house().var) if each.id == kept.base), None)
    if base is None:
        return ""
    lines = tuple(
        Line(each["label"][language()], " ".join(each["naf"] or each["within"]), "",
             f"{each['low']:g}", f"{each['high']:g}", each["why"])
        for each in kept.shocks
    )  # fmt: skip
    start = str(kept.start) if kept.start else ""
    asked = Asked(base, lines, kept.horizon.isoformat(), start)
    return f"{reverse('watch:scenario_trial')}?{asked.query()}&suite={kept.pk}"


@require_safe
def kept_file(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """A kept scenario as a file."""
    _entering(request)
    kept = get_object_or_404(CrisisScenario, pk=pk)
    facts = {
        "scenario": kept.name, "version": kept.version, "horizon": kept.horizon.isoformat(),
        "kept_on": timezone.localtime(kept.made_at).date().isoformat(), "why_supposed": kept.why,
    }  # fmt: skip
    return _file(kept.result, facts, kept.shocks, f"scenario-{kept.pk}", extension)


@require_safe
def trial_file(request: HttpRequest, extension: str) -> HttpResponse:
    """A trial as a file."""
    _entering(request)
    asked, _follows = _asked(request.GET.dict())
    scenario, made, until = _made(asked)
    facts = {
        "scenario": asked.base.title.say(language()), "version": asked.base.version,
        "horizon": until.isoformat(), "kept_on": "",
        "why_supposed": _("assumptions changed by an officer") if scenario.edited
        else asked.base.author.say(language()),
    }  # fmt: skip
    return _file(made.record, facts, kept_shocks(scenario), f"essai-{asked.base.id}", extension)


def _file(
    record: Record, facts: dict[str, Any], shocks: list[Record], name: str, extension: str
) -> HttpResponse:
    words = language()
    rows = files.rows(record, facts, words)
    sample = any(each["origin"] == "invented" for each in rows)
    supposed = files.assumptions(shocks, words)
    if extension == "csv":
        return private(as_csv(rows, name, sample=sample))
    if extension == "json":
        return private(as_json({"rows": rows, "assumptions": supposed, "example": sample}))
    if extension in MEDIA:
        sheets = {_("Results"): table(rows), _("Assumptions"): table(supposed)}
        content = workbook(extension, sheets)
        return private(as_file(content, MEDIA[extension], f"{name}.{extension}", sample=sample))
    raise Http404
