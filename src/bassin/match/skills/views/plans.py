"""Plans that officers keep: the list, one plan with its files, and counting them."""

from typing import Any

from django.contrib import messages
from django.db.models import F, Sum
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin import systems
from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.indicators.numbers import period as in_words
from bassin.match.skills import actions_plans, permissions_plans
from bassin.match.skills.forms import AwayForm
from bassin.match.skills.forms_plans import CountForm, HireForm, KeepForm, LastForm
from bassin.match.skills.models import PlanStep, ReconversionPlan
from bassin.match.skills.models.plans import placed
from bassin.match.skills.reconversion.shown import between
from bassin.match.skills.views.common import (
    communes,
    crumbs,
    here,
    language,
    require,
    signed_in,
    today,
)
from bassin.match.skills.views.reconversion import answer
from bassin.parties.models import Person
from bassin.taxonomies.interval import Interval
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row


def _steps(*last: tuple[str, str]) -> list[Any]:
    return crumbs((_("Reconversion"), "skills:reconversion"), *last)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The plans that are followed, and what became of their files."""
    require(permissions_plans.can_keep(signed_in(request)))
    plans = ReconversionPlan.objects.filter(archived_at=None)
    exposed = plans.aggregate(jobs=Sum(F("jobs_low") + F("jobs_high")))["jobs"] or 0
    context = {
        "plans": [
            (each, between(Interval(each.jobs_low, each.jobs_high)),
             communes().get(each.commune_code, ""))
            for each in plans
        ],
        "figures": ReconversionPlan.objects.figures(),
        "jobs": number(exposed / 2, 0 if exposed % 2 == 0 else 1, language()),
        "crumbs": _steps((_("Plans followed"), "")),
    }  # fmt: skip
    return render(request, "skills/plans.html", context)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the plan that an address makes."""
    person = signed_in(request)
    require(permissions_plans.can_keep(person))
    query = request.POST.get("query", "")[:4000]
    form = KeepForm(request.POST)
    try:
        made = answer(request, QueryDict(query), here()).plan
        if made is None or not form.is_valid():
            raise Refused(_("Give the plan a title, and say whose jobs are exposed."))
        plan = actions_plans.keep(
            made, by=person, today=today(), title=form.cleaned_data["title"], query=query
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('skills:reconversion')}?{query}")
    messages.success(request, _("Kept. Count its files here, from the first one begun."))
    return redirect("skills:plan", plan.pk)


def _theirs(request: HttpRequest, pk: int) -> tuple[Person, ReconversionPlan]:
    """A plan that they follow; for anyone else there is no such page."""
    person = signed_in(request)
    plan = get_object_or_404(ReconversionPlan, pk=pk)
    if not permissions_plans.can_follow(person, plan):
        raise Http404
    return person, plan


def _trades(plan: ReconversionPlan) -> list[tuple[str, str]]:
    labels = here().rome.labels
    return [(code, f"{labels.get(code, code)} ({code})") for code, *_part in plan.trades]


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: what it said, its files by pair of trades, its history, what came of it."""
    _person, plan = _theirs(request, pk)
    return _shown(request, plan)


def _shown(
    request: HttpRequest, plan: ReconversionPlan, lasting: dict[int, Form] | None = None,
    **typed: Form,
) -> HttpResponse:  # fmt: skip
    """The page; `typed` and `lasting` (by step) are forms to correct."""
    trades, wrong = _trades(plan), lasting or {}
    steps = list(plan.steps.select_related("placement", "said_by"))
    context = {
        "plan": plan,
        "place": communes().get(plan.commune_code, ""),
        "jobs": between(Interval(plan.jobs_low, plan.jobs_high)),
        "trades": _exposed(plan, dict(trades)),
        "pairs": _pairs(plan),
        "history": _history(steps),
        "waiting": [
            (each, each.on + actions_plans.SIX_MONTHS, _label(each.to_rome),
             wrong.get(each.pk) or _last_form(each))
            for each in placed(steps)
        ],
        "count": CountForm(trades=trades, initial={"on": today()}),
        "hire": HireForm(trades=trades),
        "away": AwayForm(),
        "takings": systems.takings("idea", plan.reference, plan.title, language()),
        "became": systems.became([plan.reference], language())[plan.reference],
        "crumbs": _steps((_("Plans followed"), "skills:plans"), (plan.title, "")),
        **typed,
    }  # fmt: skip
    return render(request, "skills/plan.html", context, status=400 if typed or wrong else 200)


def _last_form(step: PlanStep, sent: QueryDict | None = None) -> LastForm:
    return LastForm(sent, auto_id=f"%s-{step.pk}")


def _label(code: str) -> str:
    return here().rome.labels.get(code, code)


def _exposed(plan: ReconversionPlan, labels: dict[str, str]) -> tuple[list[Column], list[Row]]:
    columns = [Column(_("Exposed trade")), Column(_("low"), number=True),
               Column(_("central"), number=True), Column(_("high"), number=True)]  # fmt: skip
    origin = Origin(plan.origin)
    rows = [
        Row(
            Cell(labels.get(code, code), url=reverse("skills:trade", args=[code])),
            [Cell(number(each, 0 if each == int(each) else 1, language()), sort=each,
                  origin=origin) for each in (low, central, high)],
        )
        for code, low, central, high in plan.trades
    ]  # fmt: skip
    return columns, rows


def _pairs(plan: ReconversionPlan) -> tuple[list[Column], list[Row]] | None:
    found = plan.pairs()
    if not found:
        return None
    columns = [
        Column(_("From → to")), Column(_("files begun"), number=True),
        Column(_("files signed"), number=True), Column(_("people hired"), number=True),
        Column(_("in job at six months"), number=True),
    ]  # fmt: skip
    origin = Origin(plan.origin)
    return columns, [
        Row(
            Cell(f"{_label(each.from_rome)} → {_label(each.to_rome)}"),
            [Cell(str(value), sort=value, origin=origin)
             for value in (each.begun, each.signed, each.hired, each.lasting)],
        )
        for each in found
    ]  # fmt: skip


def _history(steps: list[PlanStep]) -> tuple[list[Column], list[Row]] | None:
    if not steps:
        return None
    columns = [
        Column(_("On")), Column(_("Stage of the files")), Column(_("Files"), number=True),
        Column(_("From → to")), Column(_("Why")), Column(_("Written")),
    ]  # fmt: skip
    return columns, [
        Row(
            Cell(in_words(each.on.isoformat(), language())),
            [
                Cell(each.get_stage_display()),
                Cell(f"{each.count:+d}", sort=each.count, origin=Origin(each.origin)),
                Cell(f"{_label(each.from_rome)} → {_label(each.to_rome)}"),
                Cell(each.why or "–"),
                Cell(" · ".join(filter(None, (
                    in_words(each.said_on.isoformat(), language()),
                    each.said_by.name if each.said_by else ""))),
                ),
            ],
        )
        for each in reversed(steps)
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Count files begun or signed."""
    person, plan = _theirs(request, pk)
    form = CountForm(request.POST or None, trades=_trades(plan))
    if request.method == "POST" and form.is_valid():
        try:
            actions_plans.count(plan, by=person, today=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, plan, _("Counted."))
    return _again(request, plan, count=form)


@require_http_methods(["GET", "HEAD", "POST"])
def hire(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a hire."""
    person, plan = _theirs(request, pk)
    form = HireForm(request.POST or None, trades=_trades(plan))
    if request.method == "POST" and form.is_valid():
        try:
            actions_plans.hire(plan, by=person, today=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, plan, _("Counted, once for all services."))
    return _again(request, plan, hire=form)


@require_http_methods(["GET", "HEAD", "POST"])
def last(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Say that somebody is still in the job at six months."""
    person, plan = _theirs(request, pk)
    hired = get_object_or_404(plan.steps.select_related("placement", "plan"), pk=step)
    form = _last_form(hired, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions_plans.last(hired, by=person, today=today(), on=form.cleaned_data["on"])
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            return _done(request, plan, _("Counted: in job at six months."))
    return _again(request, plan, lasting={hired.pk: form})


@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a plan off the pages."""
    person, plan = _theirs(request, pk)
    form = AwayForm(request.POST)
    if not form.is_valid():
        return _shown(request, plan, away=form)
    actions_plans.put_away(plan, by=person, why=form.cleaned_data["why"], now=timezone.now())
    messages.success(request, _("Put away. Nothing is deleted."))
    return redirect("skills:plans")


def _done(request: HttpRequest, plan: ReconversionPlan, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(f"{reverse('skills:plan', args=[plan.pk])}#files-title")


def _again(request: HttpRequest, plan: ReconversionPlan, **form: Any) -> HttpResponse:
    """The page with what was typed and what is wrong with it; a plain visit goes to the page."""
    if request.method != "POST":
        return redirect("skills:plan", plan.pk)
    return _shown(request, plan, **form)
