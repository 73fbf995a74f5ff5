"""Bringing an existing plan in: begin, review, write."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bassin.commons import edition
from bassin.errors import Refused
from bassin.parties.models import Person
from bassin.steer.programmes import permissions
from bassin.steer.programmes.imports import review, tables, writing
from bassin.steer.programmes.imports.entries import Entry, Findings, Level, from_json
from bassin.steer.programmes.imports.forms import ImportForm
from bassin.steer.programmes.imports.planning import Fate, Plan, plan
from bassin.steer.programmes.imports.text import recognise
from bassin.steer.programmes.models import ImportDraft
from bassin.ui.opened import house
from bassin.ui.parts import Crumb, Tab

PER_PAGE = 50


def _officer(request: HttpRequest) -> Person:
    """Who asks. Raises PermissionDenied unless they may bring plans in."""
    if not isinstance(request.user, Person) or not permissions.can_import(request.user):
        raise PermissionDenied
    return request.user


def _crumbs(last: str = "") -> list[Crumb]:
    crumbs = [Crumb(_("Programmes and commitments"), reverse("programmes:home"))]
    here = reverse("programmes:imports") if last else ""
    crumbs.append(Crumb(_("Bring a plan in"), here))
    return [*crumbs, Crumb(last)] if last else crumbs


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Bring a file or a text; what was read is kept for review."""
    by = _officer(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            draft = writing.begin(
                _read(given), document=given["document"], framework=given["framework"],
                title=given["title"].strip(), kind=given["kind"], by=by,
                today=timezone.localdate(),
            )  # fmt: skip
            return HttpResponseRedirect(reverse("programmes:import", args=[draft.pk]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "drafts": ImportDraft.objects.filter(state=ImportDraft.State.OPEN),
        "crumbs": _crumbs(),
    }
    status = 400 if form.errors else 200
    return render(request, "programmes/import_begin.html", context, status=status)


def _read(given: dict[str, Any]) -> Findings:
    """What a filled form brings."""
    brought = given["file"]
    if brought is None:
        return recognise(given["text"])
    content = brought.read()
    if brought.name.casefold().endswith(".txt"):
        return recognise(tables.decoded(content))
    return tables.read(brought.name, content, tables.by_name(_communes()))


def _communes() -> dict[str, str]:
    """The communes of the territory, by name; none while no territory was chosen."""
    opened = house()
    if not opened.installation.territory:
        return {}
    return {place.name: place.code for place in opened.territory.communes(opened.home)}


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Review an import; then write it whole, or drop it."""
    by = _officer(request)
    draft = get_object_or_404(ImportDraft.objects.select_related("framework"), pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_do(request, draft, by))
        except Refused as error:
            refusal = str(error)
            draft.refresh_from_db()
    if draft.state != ImportDraft.State.OPEN:
        return render(request, "programmes/import_done.html", _done(draft))
    context = {"draft": draft, "refusal": refusal, **_review(request, draft)}
    status = 400 if refusal else 200
    return render(request, "programmes/import_review.html", context, status=status)


def _do(request: HttpRequest, draft: ImportDraft, by: Person) -> str:
    """Do what the button says; the address to go to next."""
    today = timezone.localdate()
    if request.POST.get("do") == "drop":
        writing.drop(draft, by=by, today=today)
        return reverse("programmes:imports")
    opened = edition.number(request.POST.get("edition", ""))
    now = writing.revise(
        draft,
        choices=_choices(request),
        reasons=_reasons(request),
        edition=opened,
        by=by,
        today=today,
    )
    if request.POST.get("do") == "write":
        writing.write(now, by=by, today=today)
        return reverse("programmes:import", args=[draft.pk])
    return request.get_full_path()


def _choices(request: HttpRequest) -> dict[int, tuple[Level, str]]:
    """The levels and titles of the entries that stood on the page."""
    known = {level.value for level in Level}
    chosen = {}
    for name, value in request.POST.items():
        key = name.removeprefix("level-")
        if name.startswith("level-") and _is_place(key) and value in known:
            chosen[int(key)] = (Level(value), str(request.POST.get(f"title-{key}", "")))
    return chosen


def _reasons(request: HttpRequest) -> dict[int, str]:
    """Why actions were abandoned, as typed on the page."""
    typed = {
        name.removeprefix("why-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("why-")
    }
    return {int(key): value for key, value in typed.items() if _is_place(key)}


def _is_place(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


def _shown(request: HttpRequest, findings: Findings) -> tuple[str, tuple[Entry, ...]]:
    """The view that is asked for, and its entries."""
    views = {
        "retenu": findings.taken,
        "non-retenu": findings.unrecognised,
        "repare": tuple(each for each in findings.taken if each.repairs or each.by_hand),
    }
    wanted = request.GET.get("vue", "retenu")
    name = wanted if wanted in views else "retenu"
    return name, views[name]


def _review(request: HttpRequest, draft: ImportDraft) -> dict[str, Any]:
    findings = from_json(draft.findings)
    todo = plan(findings, draft.framework)
    name, entries = _shown(request, findings)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    repaired = sum(1 for each in findings.taken if each.repairs or each.by_hand)
    labels = (
        ("retenu", _("Taken ({count})"), len(findings.taken)),
        ("non-retenu", _("Not taken ({count})"), len(findings.unrecognised)),
        ("repare", _("Repaired ({count})"), repaired),
    )
    return {
        "page": page,
        "items": review.items(list(page.object_list), findings, todo),
        "levels": [(level.value, label) for level, label in review.LEVELS.items()],
        "tabs": [Tab(said.format(count=n), f"?vue={key}", key == name) for key, said, n in labels],
        "view": name,
        "counts": {level.value: findings.count(level) for level in Level},
        "findings": findings,
        **_totals(todo),
        "crumbs": _crumbs(draft.title),
    }


def _totals(todo: Plan) -> dict[str, Any]:
    return {
        "plan": todo,
        "new": todo.count(Fate.NEW),
        "changed": todo.count(Fate.CHANGED),
        "same": todo.count(Fate.SAME),
        "placed": todo.count(Fate.PLACED),
        "frozen": todo.count(Fate.FROZEN),
    }


def _done(draft: ImportDraft) -> dict[str, Any]:
    return {
        "draft": draft,
        "new": draft.result.get(Fate.NEW, 0),
        "changed": draft.result.get(Fate.CHANGED, 0),
        "placed": draft.result.get(Fate.PLACED, 0),
        "crumbs": _crumbs(draft.title),
    }
