"""Reconversion: what is asked stands in the address, and the plan follows below it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.commons.hires import FEWEST
from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.match.skills import near, permissions_plans
from bassin.match.skills.models import PlanStep, ReconversionPlan
from bassin.match.skills.near import Arriving
from bassin.match.skills.reconversion import asking, drawing, plan, schemes
from bassin.match.skills.reconversion import shown as plan_shown
from bassin.match.skills.reconversion.asking import AskForm, FactsForm
from bassin.match.skills.reconversion.papers import bias, paper
from bassin.match.skills.reconversion.plan import Plan
from bassin.match.skills.trades import Trades
from bassin.match.skills.views.common import (
    communes,
    crumbs,
    here,
    house,
    language,
    today,
    trade_or_404,
)
from bassin.match.skills.views.projects import arriving_table
from bassin.types import Origin
from bassin.ui import spreadsheets
from bassin.ui.data import as_csv, as_file, private
from bassin.ui.papers import MEDIA, odt, pdf

LIMIT = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """The forms as they were filled in, and the plan; or why there is none yet."""

    form: AskForm
    facts: FactsForm
    plan: Plan | None
    refused: str


def answer(request: HttpRequest, query: Any, among: Trades) -> Answer:
    """What an address asks, and the plan when it says enough."""
    asks = any(query.get(name) for name in ("firme", "naf", "emplois", "metiers"))
    form = AskForm(
        query if asks else None, communes=communes(), language=language(),
        firms=permissions_plans.can_keep(request.user),
        initial={"date": today(), "mode": "transit", "minutes": 45},
    )  # fmt: skip
    on = _day(query.get("date", "")) or today()
    facts = FactsForm(query if asks else None, wanted=asking.questions(on))
    if not asks or not (form.is_valid() and facts.is_valid()):
        return Answer(form, facts, None, "")
    try:
        asked = asking.asked(house(), among, form, facts, today())
        return Answer(form, facts, plan.made(house(), among, asked, today()), "")
    except Refused as refusal:
        return Answer(form, facts, None, str(refusal))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Ask, and read the plan."""
    among = here()
    found = answer(request, request.GET, among)
    context = {
        "answer": found,
        "form": found.form,
        "facts": found.facts,
        "refused": found.refused,
        "place": house().home,
        **_became(),
        "may_keep": permissions_plans.can_keep(request.user),
        "query": request.GET.urlencode(),
        "crumbs": crumbs((_("Reconversion"), "")),
    }
    if found.plan is not None:
        context |= shown_plan(found.plan, among)
    return render(request, "skills/reconversion.html", context)


def _became() -> dict[str, Any]:
    """What became of the files of all plans, as anyone may read it: a small number is hidden."""
    found = ReconversionPlan.objects.figures()
    hidden = _("fewer than {count}").format(count=FEWEST)
    return {
        "counted": [
            (PlanStep.Stage(stage).label,
             hidden if count is None else number(count, 0, language()))
            for stage, count in found.public.items()
        ] if found.begun else [],
        "invented": found.invented,
    }  # fmt: skip


def shown_plan(made: Plan, among: Trades) -> dict[str, Any]:
    """A plan as its template reads it."""
    exposed = made.asked.exposed
    lines = [
        (line, plan_shown.jobs(line.part.central), plan_shown.here(line.stays),
         [plan_shown.card(lead) for lead in line.leads], plan_shown.for_trade(made, line))
        for line in made.lines
    ]  # fmt: skip
    return {
        "plan": made,
        "day": plan_shown.day(made),
        "kicker": plan_shown.kicker(made, communes().get(exposed.commune_code, "")),
        "sentence": plan_shown.sentence(made),
        "firm_said": plan_shown.firm_said(made),
        "exposed": plan_shown.exposed_table(exposed, among.rome.labels),
        "lines": lines,
        "others": [among.rome.label(code) for code in made.others],
        "pictures": pictures(made),
        "conditions": plan_shown.conditions(made),
        "rules": plan_shown.rules_table(made),
        "documents": plan_shown.documents_table(made),
        "money_said": plan_shown.money(made),
        "bias": bias(),
        "files": [
            (reverse(f"skills:reconversion_{each}"), each.upper())
            for each in ("pdf", "odt", "csv", "ods")
        ],
        "mode": made.asked.mode.label.say(language()),
        "dated": schemes.declared()["dated"],
    }


def pictures(made: Plan) -> list[str]:
    """The drawing, wide and for telephones; [] when nothing leads anywhere."""
    title = _("From exposed trades to promising ones")
    said = plan_shown.drawn_said(made.lines)
    if not said:
        return []
    return [
        drawing.slopes(made.lines, layout, title=title, said=said, jobs=_("{count} jobs"))
        for layout in (drawing.WIDE, drawing.NARROW)
    ]


@require_safe
def download(request: HttpRequest, extension: str) -> HttpResponse:
    """The same plan as a file: CSV, ODS, PDF or ODT."""
    among = here()
    made = answer(request, request.GET, among).plan
    if made is None:
        raise Http404(_("This address says too little for a plan."))
    name = f"reconversion-{made.asked.day.isoformat()}"
    sample = made.origin == Origin.INVENTED
    if extension == "csv":
        return private(as_csv(plan_shown.rows(made), name, sample=sample))
    if extension == "ods":
        sheet = {"plan": spreadsheets.table(plan_shown.rows(made))}
        content, media = spreadsheets.workbook("ods", sheet), spreadsheets.MEDIA["ods"]
        return private(as_file(content, media, f"{name}.ods", sample=sample))
    writer = {"pdf": pdf, "odt": odt}[extension]
    place = communes().get(made.asked.exposed.commune_code, "")
    written = writer(paper(made, among.rome.labels, house=house().home.name, place=place))
    return private(as_file(written, MEDIA[extension], f"{name}.{extension}", sample=sample))


@require_safe
def towards(request: HttpRequest, code: str) -> HttpResponse:
    """From which trades people may come to this one, and what they would learn."""
    among = here()
    trade = trade_or_404(among, code)
    try:
        found: list[Arriving] = near.arriving(house(), code, LIMIT)
    except Refused:
        found = []
    on = schemes.on(today())
    context = {
        "trade": trade,
        "table": arriving_table(found, among) if found else None,
        "on_day": on,
        "crumbs": crumbs((_("Reconversion"), "skills:reconversion"), (trade.label, "")),
    }
    return render(request, "skills/towards.html", context)
