"""Bringing courses in: the catalogues, a file under review, what was written."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.match.skills import actions_catalogues as actions
from bassin.match.skills import permissions_campus as permissions
from bassin.match.skills.forms_campus import CatalogueForm, FileForm
from bassin.match.skills.imports import table, writing
from bassin.match.skills.imports.records import Reading
from bassin.match.skills.imports.writing import Fate
from bassin.match.skills.models import Catalogue, CatalogueImport
from bassin.match.skills.views.common import crumbs, require, signed_in, today
from bassin.ui.data import empty_table

PER_PAGE = 50
FATES = {
    Fate.NEW: gettext_lazy("to be added"),
    Fate.CHANGED: gettext_lazy("to be changed"),
    Fate.SAME: gettext_lazy("the same as before"),
}


def _crumbs(*last: tuple[str, str]) -> list[Any]:
    return crumbs((_("Training campuses"), "skills:campus"), *last)


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """The catalogues that one may bring; officers add one."""
    person = signed_in(request)
    manages = permissions.can_manage_catalogues(person)
    found = [each for each in Catalogue.objects.all() if permissions.can_import(person, each)]
    require(manages or bool(found))
    form = CatalogueForm(request.POST or None) if manages else None
    if request.method == "POST":
        require(manages)
        if form is not None and form.is_valid():
            made = actions.add_catalogue(by=person, **form.cleaned_data)
            return redirect("skills:catalogue", made.slug)
    context = {"catalogues": found, "form": form, "crumbs": _crumbs((_("Catalogues"), ""))}
    return render(request, "skills/catalogues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """One catalogue: its file to bring, the imports under review."""
    person = signed_in(request)
    found = get_object_or_404(Catalogue, slug=slug)
    if not permissions.can_import(person, found):
        raise Http404
    form = FileForm(
        request.POST or None, request.FILES or None, largest=actions.LARGEST[found.kind]
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        brought = form.cleaned_data["file"]
        try:
            draft = actions.bring(
                found, brought.read(), by=person, today=today(), document=brought.name,
                whole=form.cleaned_data["whole"],
            )  # fmt: skip
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("skills:catalogue_import", draft.pk)
    context = {
        "catalogue": found,
        "form": form,
        "refusal": refusal,
        "is_table": found.kind == Catalogue.Kind.CSV,
        "columns": [column.name for column in table.COLUMNS],
        "needed": table.NEEDED,
        "drafts": found.imports.filter(state=CatalogueImport.State.OPEN).defer("findings"),
        "crumbs": _crumbs((_("Catalogues"), "skills:catalogues"), (found.title, "")),
    }
    return render(request, "skills/catalogue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be written, course by course; written or dropped on one's word."""
    person = signed_in(request)
    draft = get_object_or_404(CatalogueImport.objects.select_related("catalogue"), pk=pk)
    if not permissions.can_import(person, draft.catalogue):
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "drop":
                actions.drop(draft, by=person)
                return redirect("skills:catalogue", draft.catalogue.slug)
            actions.write(draft, by=person, today=today())
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("skills:catalogue_import", draft.pk)
    is_open = draft.state == CatalogueImport.State.OPEN
    steps = ((_("Catalogues"), "skills:catalogues"), (draft.catalogue.title, ""))
    context = {
        "draft": draft, "refusal": refusal, "crumbs": _crumbs(*steps),
        **(_planned(request, draft) if is_open else {}),
    }  # fmt: skip
    page = "skills/catalogue_review.html" if is_open else "skills/catalogue_done.html"
    return render(request, page, context)


def _planned(request: HttpRequest, draft: CatalogueImport) -> dict[str, Any]:
    reading = Reading.unpacked(bytes(draft.findings))
    todo = writing.plan(reading, draft.catalogue)
    page = Paginator(todo.steps, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "reading": reading,
        "counts": [(FATES[fate], todo.count(fate)) for fate in Fate],
        "absent": len(todo.absent),
        "page": page,
        "items": [(step.record, FATES[step.fate], len(step.record.sessions)) for step in page],
    }


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with our columns, to begin with."""
    person = signed_in(request)
    brings = any(permissions.can_import(person, each) for each in Catalogue.objects.all())
    require(permissions.can_keep(person) or brings)
    return empty_table((column.name for column in table.COLUMNS), "formations")
