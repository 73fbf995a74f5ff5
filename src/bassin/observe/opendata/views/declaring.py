"""A figure without code: choose a table, say what is counted, name it, look, publish."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.errors import Refused
from bassin.indicators.written import toml
from bassin.observe.opendata import permissions_declaring as permissions
from bassin.observe.opendata.declaring import actions, judging, listing, preview
from bassin.observe.opendata.declaring import offered as offering
from bassin.observe.opendata.declaring.forms import (
    UNITS,
    EndForm,
    MeasureForm,
    TableForm,
    WhyForm,
    WordsForm,
)
from bassin.observe.opendata.declaring.models import DeclaredFigure
from bassin.observe.opendata.declaring.offered import Offered
from bassin.observe.opendata.views.common import crumbs
from bassin.parties.access import require, signed_in
from bassin.territory.search import folded
from bassin.ui.opened import house
from bassin.ui.reader import language, today

FORM = require_http_methods(["GET", "HEAD", "POST"])
STEPS = ("table", "measure", "words", "preview")


def _crumbs(*after: tuple[str, str]) -> Any:
    return crumbs((_("Your figures"), reverse("opendata:declared")), *after)


def _found(request: HttpRequest, pk: int) -> DeclaredFigure:
    """One that they may see; for anyone else there is no such page."""
    found = get_object_or_404(
        DeclaredFigure.objects.select_related("author", "published_by", "ended_by"), pk=pk
    )
    if not permissions.can_see_declared(signed_in(request), found):
        raise Http404
    return found


def _draft(request: HttpRequest, pk: int) -> DeclaredFigure:
    found = _found(request, pk)
    require(permissions.can_change_declared(signed_in(request), found))
    return found


def _steps(figure: DeclaredFigure | None, now: str) -> list[tuple[str, str, bool, bool]]:
    """Of each step: its words, its address where it can be reached, whether it is here or done."""
    words = {
        "table": pgettext("data", "Table"), "measure": _("What is counted"),
        "words": _("Words and rules"), "preview": _("Preview"),
    }  # fmt: skip
    at = STEPS.index(now)
    return [
        (words[step], _address(figure, step) if figure else "", step == now, number < at)
        for number, step in enumerate(STEPS)
    ]


def _address(figure: DeclaredFigure, step: str) -> str:
    names = {"measure": "declared_measure", "words": "declared_words", "preview": "declared_one"}
    return reverse(f"opendata:{names[step]}", args=[figure.pk]) if step in names else ""


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every figure that officers made, with its state; the reserved ones for who reads them."""
    person = signed_in(request)
    writes = permissions.can_declare_indicator(person)
    context = {
        "crumbs": crumbs((_("Your figures"), "")),
        "writes": writes,
        "drafts": listing.drafts(person),
        "figures": listing.figures(house(), language()) if writes else None,
        "reserved": listing.reserved(person, language()),
        "trouble": listing.trouble(language()) if writes else "",
        "left": listing.left(language()) if writes else None,
    }
    return render(request, "opendata/declared.html", context)


@FORM
def begin(request: HttpRequest) -> HttpResponse:
    """Choose the table."""
    person, opened = signed_in(request), house()
    require(permissions.can_declare_indicator(person))
    every = list(offering.tables(opened).values())
    form = TableForm(request.POST or None, tables=every)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(opened, form.cleaned_data["table"], by=person, today=today())
        except Refused as error:
            form.add_error(None, judging.sentence(error))
        else:
            return redirect("opendata:declared_measure", made.pk)
    query = " ".join(request.GET.get("q", "").split())[:60]
    shown = [each for each in every if _tells(each, folded(query))]
    context = {
        "crumbs": _crumbs((_("New figure"), "")), "form": form, "query": query,
        "tables": [listing.line(each, language()) for each in shown], "count": len(every),
        "steps": _steps(None, "table"),
    }  # fmt: skip
    return render(request, "opendata/declare_table.html", context, status=_status(form))


def _tells(each: Offered, query: str) -> bool:
    words = f"{each.title.fr} {each.title.say('en')} {each.key} {each.publisher}"
    return all(word in folded(words) for word in query.split())


def _status(form: Any) -> int:
    return 400 if form.is_bound and form.errors else 200


@FORM
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is counted, among which rows."""
    figure, opened = _draft(request, pk), house()
    offered, answers = offering.table(opened, figure.table), figure.answered
    form = MeasureForm(
        request.POST or None, offered=offered, answers=answers,
        tables=list(offering.tables(opened).values()),
    )  # fmt: skip
    again = "again" in request.POST
    if request.method == "POST" and form.is_valid():
        said = form.said(answers)
        judging.conditions(form)
        actions.answer(figure, said, by=signed_in(request), today=today())
        if not form.errors and not again:
            judging.judge(opened, figure, said, form)
            if not form.errors:
                return redirect("opendata:declared_words", figure.pk)
        if not form.errors:
            form = MeasureForm(offered=offered, answers=said,
                               tables=list(offering.tables(opened).values()))  # fmt: skip
    proposed = {
        (prefix, at): offering.values(opened, offered, column)
        for prefix, lines in form.parts.items()
        for at, column in lines.asked()
    }
    context = {
        "crumbs": _crumbs((figure.title, "")), "figure": figure, "offered": offered, "form": form,
        "part": listing.conditions(form, "part", proposed),
        "whole": listing.conditions(form, "whole", proposed) if form.is_ratio else None,
        "steps": _steps(figure, "measure"),
    }  # fmt: skip
    return render(request, "opendata/declare_measure.html", context, status=_status(form))


@FORM
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it is called, read and kept."""
    figure, opened = _draft(request, pk), house()
    offered, answers = offering.table(opened, figure.table), figure.answered
    form = WordsForm(
        request.POST or None, offered=offered, answers=answers, fixed=figure.version > 1
    )
    if request.method == "POST" and form.is_valid():
        said = form.said(answers)
        actions.answer(figure, said, by=signed_in(request), today=today())
        _judge_name(form, said.name, figure)
        judging.judge(opened, figure, said, form)
        if not form.errors:
            return redirect("opendata:declared_one", figure.pk)
    context = {
        "crumbs": _crumbs((figure.title, "")), "figure": figure, "offered": offered, "form": form,
        "groups": listing.groups(form), "units": UNITS, "steps": _steps(figure, "words"),
    }  # fmt: skip
    return render(request, "opendata/declare_words.html", context, status=_status(form))


def _judge_name(form: WordsForm, name: str, figure: DeclaredFigure) -> None:
    try:
        actions.refuse_name(name, version=figure.version)
    except Refused as error:
        form.add_error("name" if "name" in form.fields else None, judging.sentence(error))


@require_safe
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says, before and after it is published."""
    figure, opened, person = _found(request, pk), house(), signed_in(request)
    seen, wrong = None, ""
    try:
        if figure.is_draft:
            made = actions.declared(opened, figure, today=today())
        else:
            made = listing.in_service(figure)
        seen = preview.preview(opened, made, language())
    except Refused as error:
        wrong = judging.sentence(error)
    context = {
        "crumbs": _crumbs((figure.title, "")), "figure": figure, "seen": seen, "wrong": wrong,
        "home": opened.home, "steps": _steps(figure, "preview"),
        "changes": permissions.can_change_declared(person, figure),
        "publishes": permissions.can_publish_declared(person, figure),
        "ends": permissions.can_end_declared(person, figure),
        "mine": figure.author_id == person.pk,
        "page": listing.page(figure), "versions": listing.versions(figure),
    }  # fmt: skip
    return render(request, "opendata/declare_preview.html", context)


@require_safe
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it will be written."""
    figure = _found(request, pk)
    if figure.is_draft:
        made = actions.declared(house(), figure, today=today())
    else:
        made = listing.in_service(figure)
    response = HttpResponse(toml(made.raw), content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{made.id}.toml"'
    return response


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in service."""
    figure, person = _found(request, pk), signed_in(request)
    require(permissions.can_publish_declared(person, figure))
    try:
        made = actions.publish(house(), figure, by=person, today=today())
    except Refused as error:
        messages.error(request, judging.sentence(error))
    else:
        said = _("“{label}” is published, version {version}.")
        messages.success(
            request, said.format(label=made.label.say(language()), version=made.version)
        )
    return redirect("opendata:declared_one", figure.pk)


@FORM
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version, with its reason."""
    figure, person = _found(request, pk), signed_in(request)
    require(permissions.can_end_declared(person, figure))
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.revise(figure, why=form.cleaned_data["why"], by=person, today=today())
        except Refused as error:
            form.add_error(None, judging.sentence(error))
        else:
            return redirect("opendata:declared_measure", made.pk)
    return _asked(request, figure, form, "revise")


@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is no longer kept up, or withdraw it."""
    figure, person = _found(request, pk), signed_in(request)
    require(permissions.can_end_declared(person, figure))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gone = form.cleaned_data["gone"] == "1"
        try:
            actions.end(house(), figure, why=form.cleaned_data["why"], gone=gone, by=person,
                        today=today())  # fmt: skip
        except Refused as error:
            form.add_error(None, judging.sentence(error))
        else:
            done = _("Withdrawn: nobody reads it any more.") if gone else _(
                "It says from now on that it is no longer kept up."
            )  # fmt: skip
            messages.success(request, done)
            return redirect("opendata:declared")
    return _asked(request, figure, form, "end")


def _asked(request: HttpRequest, figure: DeclaredFigure, form: Any, verb: str) -> HttpResponse:
    context = {"crumbs": _crumbs((figure.title, "")), "figure": figure, "form": form, "verb": verb}
    return render(request, "opendata/declare_why.html", context, status=_status(form))


@require_POST
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    figure = _found(request, pk)
    actions.throw_away(figure, by=signed_in(request))
    messages.success(request, _("The draft is thrown away."))
    return redirect("opendata:declared")
