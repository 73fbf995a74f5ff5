"""A firm's projects of green jobs: the public page, and « mes projets »."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.match.skills import actions, near, permissions, shown, training
from bassin.match.skills.forms import ConsentForm, ProjectForm
from bassin.match.skills.models import GreenProject
from bassin.match.skills.near import Arriving
from bassin.match.skills.trades import Trades
from bassin.match.skills.views.common import (
    communes,
    crumbs,
    here,
    house,
    language,
    require,
    signed_in,
    today,
)
from bassin.pairing import occupations
from bassin.parties.models import Person
from bassin.ui.parts import Cell, Column, Row

MOST_FOUND = 6


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The project, the trades whose people may come to it, and what a reader's own one lacks."""
    project = get_object_or_404(GreenProject.objects.select_related("firm"), pk=pk)
    if not permissions.can_see_project(request.user, project):
        raise Http404
    among = here()
    text = request.GET.get("q", "")[:100]
    context = {
        "project": project,
        "public": project.is_public(today()),
        "place": communes().get(project.commune_code, ""),
        "label": among.rome.labels.get(project.rome_code, project.rome_code),
        "tag_words": _tag_words(among, project.rome_code),
        "table": _arriving(among, project.rome_code),
        "training": training.of_project(house(), among, project, today()),
        "q": text,
        "mine": _mine(among, text, project.rome_code),
        "may_edit": permissions.can_edit_project(request.user, project),
        "crumbs": crumbs((_("Ecological transition"), "skills:green"), (project.title, "")),
    }
    return render(request, "skills/project.html", context)


def _tag_words(among: Trades, code: str) -> list[tuple[str, str]]:
    return shown.tag_words(among.trade(code)) if code in among.rome.labels else []


def _arriving(among: Trades, code: str) -> tuple[list[Column], list[Row]] | None:
    """The trade itself, then the nearest ones: people there, what they have, what they lack."""
    try:
        return arriving_table(near.arriving(house(), code), among)
    except Refused:
        return None


def arriving_table(found: list[Arriving], among: Trades) -> tuple[list[Column], list[Row]]:
    """Trades whose people may come to another: how many, what they have, what they lack."""
    columns = [
        Column(_("Coming from")), Column(_("Jobseekers"), number=True),
        Column(_("Skills already had, %"), number=True), Column(_("To learn")),
    ]  # fmt: skip
    return columns, [_arriving_row(each, among) for each in found]


def _arriving_row(each: Arriving, among: Trades) -> Row:
    seen = among.market.seen.get(each.rome_code)
    seekers = seen.jobseekers if seen else None
    url = reverse("skills:trade", args=[each.rome_code])
    return Row(
        Cell(each.label, url=url),
        [
            Cell(shown.whole(seekers), sort=seekers, origin=among.market.tension_origin)
            if seekers is not None else Cell(why=_("not published")),
            Cell(number(each.cover, 0, language()), sort=each.cover)
            if each.cover is not None else Cell(why=_("unknown")),
            Cell("\n".join(each.missing[:6]) or _("nothing")),
        ],
    )  # fmt: skip


def _mine(among: Trades, text: str, code: str) -> list[Arriving]:
    """What a reader who names a trade has and lacks for this project; nothing is kept."""
    if not text.strip() or code not in among.rome.labels:
        return []
    compared = occupations.loaded(house().reader)
    found = among.find(text)[:MOST_FOUND]
    return [near.compared(compared, each.code, code) for each in found]


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The projects of one's firms; officers see all."""
    person = signed_in(request)
    require(permissions.can_declare(person))
    found = GreenProject.objects.filter(archived_at=None).select_related("firm")
    if not permissions.can_assume(person):
        found = found.of(*permissions.firms(person))
    context = {
        "projects": [(each, each.is_public(today())) for each in found],
        "crumbs": crumbs((_("Ecological transition"), "skills:green"), (_("My projects"), "")),
    }
    return render(request, "skills/projects_mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Write a project: nobody else sees it until it is put on line."""
    person = signed_in(request)
    require(permissions.can_declare(person))
    form = _form(request, person, None)
    if request.method == "POST" and form.is_valid():
        fields = _fields(form)
        try:
            project = actions.declare(by=person, today=today(), **fields)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("skills:project_manage", project.pk)
    return _written(request, form, _("Declare a project of green jobs"))


def _form(request: HttpRequest, person: Person, project: GreenProject | None) -> ProjectForm:
    return ProjectForm(
        request.POST or None, instance=project, firms=permissions.firms(person),
        communes=communes(), named=permissions.can_assume(person),
    )  # fmt: skip


def _fields(form: ProjectForm) -> dict[str, Any]:
    found = dict(form.cleaned_data)
    found.pop("edition", None)
    return found


def _written(request: HttpRequest, form: ProjectForm, title: str) -> HttpResponse:
    steps = ((_("Ecological transition"), "skills:green"), (_("My projects"), "skills:mine"))
    context = {"form": form, "title": title, "crumbs": crumbs(*steps, (title, ""))}
    return render(request, "skills/project_write.html", context)


def _theirs(request: HttpRequest, pk: int) -> tuple[Person, GreenProject]:
    """A project that they may edit; for anyone else there is no such page."""
    person = signed_in(request)
    project = get_object_or_404(GreenProject.objects.select_related("firm"), pk=pk)
    if not permissions.can_edit_project(person, project):
        raise Http404
    return person, project


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a project."""
    person, project = _theirs(request, pk)
    form = _form(request, person, project)
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"] or 0
        try:
            actions.change(project, by=person, today=today(), edition=edition, **_fields(form))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("skills:project_manage", project.pk)
    return _written(request, form, project.title)


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """What a project says, and putting it on line with its firm's agreement."""
    person, project = _theirs(request, pk)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(project, by=person, today=today(), consent=form.cleaned_data["consent"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("On line: everyone may read it."))
            return redirect("skills:project", project.pk)
    steps = ((_("Ecological transition"), "skills:green"), (_("My projects"), "skills:mine"))
    context = {
        "project": project, "form": form, "public": project.is_public(today()),
        "label": here().rome.labels.get(project.rome_code, project.rome_code),
        "crumbs": crumbs(*steps, (project.title, "")),
    }  # fmt: skip
    return render(request, "skills/project_manage.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the public list."""
    person, project = _theirs(request, pk)
    try:
        actions.withdraw(project, by=person, today=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn: nobody else sees it any more."))
    return redirect("skills:project_manage", project.pk)
