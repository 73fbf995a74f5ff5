"""A shared table as its readers and its producer see it: rows, files, versions, uses."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import FileResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.observe.opendata import actions_sharing as actions
from bassin.observe.opendata import files, portrait
from bassin.observe.opendata import forms_sharing as forms
from bassin.observe.opendata import permissions_sharing as permissions
from bassin.observe.opendata.datasets import Dataset, shared
from bassin.observe.opendata.exports import rows, writing
from bassin.observe.opendata.models import Agreement, SharedTable
from bassin.observe.opendata.sharing import shown, uses
from bassin.observe.opendata.sharing.forgetting import KEPT_MONTHS
from bassin.observe.opendata.views.brought import bounded, may_know, steps, table_of
from bassin.observe.opendata.views.sharing import status
from bassin.parties.access import User, require, signed_in
from bassin.sources.authority.kinds import KINDS
from bassin.sources.authority.table import AuthorityTable
from bassin.sources.registry import sources
from bassin.ui.data import as_csv, private
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.reader import language, today

MOST_DEPOSITS = 30


@bounded
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, key: str) -> HttpResponse:
    """One table: its rows for who may read it, its files to bring and its uses for its producer."""
    person, kept = signed_in(request), table_of(key)
    if not may_know(person, kept):
        raise Http404
    form, why, refusal = forms.FileForm(), forms.WhyForm(), ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "withdraw":
                why = forms.WhyForm(request.POST)
                if why.is_valid():
                    said = why.cleaned_data["why"]
                    actions.withdraw(kept, by=person, why=said, today=today())
                    return redirect("opendata:shared", key)
            else:
                form = forms.FileForm(request.POST, request.FILES)
                if form.is_valid():
                    return _brought(kept, person, form)
        except Refused as refused:
            refusal = refused.text.say(language())
    context = _context(person, kept)
    if context["found"] is not None:
        uses_note(kept, person, "page")
    context |= {"form": form, "why": why, "refusal": refusal}
    return render(request, "opendata/shared.html", context, status=status(request))


def _brought(kept: SharedTable, person: Any, form: forms.FileForm) -> HttpResponse:
    said = form.cleaned_data
    made = actions.bring(
        kept, by=person, document=said["file"].name, chunks=said["file"].chunks(),
        dated_on=said["dated_on"], today=today(),
    )  # fmt: skip
    return redirect("opendata:deposit", made.pk)


def uses_note(kept: SharedTable, user: User, form: str) -> None:
    """Count a reading: by organisation, save of a table that everyone reads."""
    if kept.agreement.level == Agreement.Level.PUBLIC:
        uses.note_everyone(kept.key, form, today())
    else:
        uses.note(kept, user, form, today())


def _dataset(user: User, kept: SharedTable) -> Dataset | None:
    """The table in service, for who may read it."""
    made = sources().get(kept.key)
    if not isinstance(made, AuthorityTable) or not permissions.can_read_table(user, kept):
        return None
    return shared(house(), made)


def _context(person: User, kept: SharedTable) -> dict[str, Any]:
    found, words = _dataset(person, kept), language()
    brings = permissions.can_deposit(person, kept.agreement)
    counts = permissions.can_see_uses(person, kept)
    return {
        "crumbs": steps(kept.agreement, (kept.made.title.say(words), "")),
        "table": kept, "made": kept.made, "agreement": kept.agreement, "found": found,
        "audience": shown.audience(kept.agreement),
        "overdue": kept.agreement.is_overdue(today()),
        "forms": files.forms(found) if found else [],
        "in_catalogue": bool(found) and kept.agreement.level == Agreement.Level.PUBLIC,
        "preview": portrait.preview(house(), found, words) if found else None,
        "columns": _columns(kept, words),
        "brings": brings,
        "withdraws": permissions.can_withdraw(person, kept) and kept.declared_on is not None
        and kept.withdrawn_on is None,
        "deposits": _deposits(kept, words) if brings or counts else None,
        "uses": _uses(kept, words) if counts else None,
        "months": KEPT_MONTHS,
    }  # fmt: skip


def _columns(kept: SharedTable, words: str) -> shown.Table:
    columns = [Column(_("Column")), Column(_("Type")), Column(_("Meaning")), Column(_("Unit")),
               Column(_("Rules"))]  # fmt: skip
    made = kept.made
    listed = []
    for each in made.columns:
        rules = [_("tells rows apart")] if each.name in made.unique else []
        rules += [_("never empty")] if each.required else []
        rules += [", ".join(each.choices)] if each.choices else []
        listed.append(
            Row(Cell(text=each.name),
                [Cell(text=KINDS[each.kind].title.say(words)), Cell(text=each.label.say(words)),
                 Cell(text=each.unit.say(words)), Cell(text=" ; ".join(rules))])
        )  # fmt: skip
    return columns, listed


def _deposits(kept: SharedTable, words: str) -> shown.Table:
    columns = [Column(_("File")), Column(_("Brought on")), Column(_("State")),
               Column(_("Rows"), number=True), Column(_("Refused"), number=True)]  # fmt: skip
    listed = [
        Row(Cell(text=each.document, url=reverse("opendata:deposit", kwargs={"pk": each.pk})),
            [Cell(text=each.begun_on.isoformat()), Cell(text=each.get_state_display()),
             Cell(text=number(each.rows, 0, words)), Cell(text=number(each.refused, 0, words))])
        for each in kept.deposits.all()[:MOST_DEPOSITS]
    ]  # fmt: skip
    return columns, listed


def _uses(kept: SharedTable, words: str) -> shown.Table:
    columns = [Column(_("Organisation")), Column(_("By which way")),
               Column(_("Times"), number=True)]  # fmt: skip
    listed = [
        Row(Cell(text=name or _("everyone: not counted by organisation")),
            [Cell(text=uses.said(form)), Cell(text=number(times, 0, words), sort=times)])
        for name, form, times in uses.counted(kept, today())
    ]  # fmt: skip
    return columns, listed


@require_safe
def file(request: HttpRequest, key: str, extension: str) -> HttpResponseBase:
    """The rows as a file, for who may read them; the departure is counted, and nobody named."""
    person, kept = signed_in(request), table_of(key)
    found = _dataset(person, kept)
    if found is None:
        raise Http404
    if not found.is_open:
        return render(
            request, "400.html", {"sentence": found.declared.why.say(language())}, status=403
        )
    given = {each.ending: each for each in files.forms(found)}
    if extension not in given:
        raise Http404
    uses_note(kept, person, extension)
    answer = _given(found, given[extension])
    mark = "EXEMPLE-" if found.is_invented else ""
    name = f"{mark}{key}.{extension}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _given(found: Dataset, form: files.Form) -> HttpResponseBase:
    path = rows.parquet(house(), found)
    if form == files.PARQUET and rows.schema(path, found) == rows.columns(path):
        return FileResponse(path.open("rb"), content_type=form.media)
    listed, example = rows.batches(path, found), found.is_invented
    facts = {"dataset": found.key, "version": found.release, "publisher": found.publisher}
    if form == files.PARQUET:
        body = writing.as_parquet(rows.together(path, found, listed), facts)
        return HttpResponse(body, content_type=form.media)
    if form == files.JSON:
        body = writing.as_json(listed, facts, example=example)
        return HttpResponse(body, content_type=form.media)
    stream = (
        writing.as_csv(listed, rows.schema(path, found), example=example)
        if form == files.CSV
        else writing.as_geojson(listed, facts, shape=found.shape, example=example)
    )
    return StreamingHttpResponse(stream, content_type=f"{form.media}; charset=utf-8")


@require_safe
def uses_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Who used it, day by day, as CSV: organisations, never people."""
    person, kept = signed_in(request), table_of(key)
    require(permissions.can_see_uses(person, kept))
    listed = (
        {"day": day.isoformat(), "organisation": name, "form": form, "times": times}
        for day, name, form, times in uses.by_day(kept)
    )
    return private(as_csv(listed, f"{key}-usages", sample=False))
