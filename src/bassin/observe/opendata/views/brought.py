"""Tables and their files: brought, checked row by row, published, read, withdrawn."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.observe.opendata import actions_sharing as actions
from bassin.observe.opendata import forms_sharing as forms
from bassin.observe.opendata import permissions_sharing as permissions
from bassin.observe.opendata.models import Agreement, Deposit, SharedTable
from bassin.observe.opendata.sharing import checking, faults, places
from bassin.observe.opendata.views.sharing import status, trail
from bassin.parties.access import require, signed_in
from bassin.sources.authority import schemes
from bassin.sources.authority.repairs import TITLES
from bassin.ui.data import as_csv, private
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.reader import language, today

View = Callable[..., HttpResponse]
_FORM = 100_000
"""What a form weighs beside its file."""
State = Deposit.State


def bounded(view: View) -> View:
    """Refuse a body that is too large before any of it is read; then ask for the form's token."""
    checked = csrf_protect(view)

    @csrf_exempt
    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if request.method == "POST" and int(said) > places.MOST_BYTES + _FORM:
            context = {"sentence": actions.too_heavy()}
            return render(request, "400.html", context, status=413)
        return checked(request, *args, **kwargs)

    return inner


@bounded
@require_http_methods(["GET", "HEAD", "POST"])
def table_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a table from a first file."""
    person = signed_in(request)
    agreement = get_object_or_404(Agreement, slug=slug)
    require(permissions.can_deposit(person, agreement))
    form, refusal = forms.NewTableForm(request.POST or None, request.FILES or None), ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.propose(
                agreement, by=person, title=said["title"], document=said["file"].name,
                chunks=said["file"].chunks(), dated_on=said["dated_on"], today=today(),
            )  # fmt: skip
            return redirect("opendata:declaration", made.table.key)
        except Refused as refused:
            refusal = refused.text.say(language())
    context = {"crumbs": steps(agreement, (_("A new table"), "")), "form": form,
               "refusal": refusal, "agreement": agreement}  # fmt: skip
    return render(request, "opendata/table_new.html", context, status=status(request))


def steps(agreement: Agreement, *after: tuple[str, str]) -> list[Any]:
    """Home › Open data › Shared data › the agreement › …"""
    url = reverse("opendata:agreement", kwargs={"slug": agreement.slug})
    return trail((agreement.title, url), *after)


def table_of(key: str) -> SharedTable:
    """The shared table of that key."""
    found = SharedTable.objects.select_related("agreement__producer")
    return get_object_or_404(found, key=key)


@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: HttpRequest, key: str) -> HttpResponse:
    """Correct what was guessed, column by column; or take the columns of a Table Schema."""
    person, table = signed_in(request), table_of(key)
    if not permissions.can_deposit(person, table.agreement):
        raise Http404
    before, refusal = table.made, ""
    posted = request.POST if request.method == "POST" and "do" in request.POST else None
    form = forms.TableForm(posted, initial=forms.typed(before))
    columns = forms.Columns(posted, initial=forms.typed_columns(before), prefix="columns")
    schema = forms.SchemaForm(request.POST or None, request.FILES or None)
    try:
        if request.FILES and schema.is_valid():
            read = schema.cleaned_data["schema"].read(schemes.MOST_BYTES)
            actions.declare(table, schemes.read(read, before), by=person, today=today())
            return redirect("opendata:declaration", key)
        if posted is not None and form.is_valid() and columns.is_valid():
            made = forms.declared(before, form.cleaned_data, columns)
            actions.declare(table, made, by=person, today=today())
            return _next(table)
    except Refused as refused:
        refusal = refused.text.say(language())
    context = {
        "crumbs": steps(table.agreement, (before.title.say(language()), "")),
        "table": table, "form": form, "columns": columns, "schema": schemes_form(schema, request),
        "refusal": refusal, "is_new": table.declared_on is None, "geometry": before.geometry,
    }  # fmt: skip
    return render(request, "opendata/declaration.html", context, status=status(request))


def schemes_form(form: forms.SchemaForm, request: HttpRequest) -> forms.SchemaForm:
    """The form of a Table Schema, without the errors of the form beside it."""
    return form if request.FILES else forms.SchemaForm()


def _next(table: SharedTable) -> HttpResponse:
    waiting = table.deposits.first()
    if waiting is not None and waiting.state in (State.CHECKED, State.REFUSED, State.CHECKING):
        return redirect("opendata:deposit", waiting.pk)
    return redirect("opendata:shared", table.key)


@require_safe
def schema(request: HttpRequest, key: str) -> HttpResponse:
    """The declaration as Table Schema."""
    person, table = signed_in(request), table_of(key)
    if not may_know(person, table):
        raise Http404
    said = json.dumps(schemes.scheme(table.made, language()), ensure_ascii=False, indent=1)
    answer = HttpResponse(said, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}.schema.json"'
    return private(answer)


def may_know(user: Any, table: SharedTable) -> bool:
    """Whether they may know that a table exists."""
    return (
        permissions.can_deposit(user, table.agreement)
        or permissions.can_read_table(user, table)
        or permissions.can_manage_agreements(user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def deposit(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in a file, row by row; repaired, published or dropped on one's word."""
    person, kept = signed_in(request), _deposit(pk)
    if not permissions.can_see_deposit(person, kept):
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            _done(request, kept)
            return redirect("opendata:deposit", pk)
        except Refused as refused:
            refusal = refused.text.say(language())
    total = kept.rows + kept.refused
    context = {
        "crumbs": _deposit_crumbs(kept), "deposit": kept, "table": kept.table,
        "made": kept.table.made, "refusal": refusal, "said": kept.said.say(language()),
        "total": total, "most": number(kept.table.made.max_refused_pct, 0, language()),
        "ready": kept.state in (State.CHECKED, State.FAILED) and checking.may_be_published(kept),
        "publishes": permissions.can_publish(person, kept),
        "brings": permissions.can_deposit(person, kept.table.agreement),
        "waits": kept.state in (State.CHECKING, State.PUBLISHING),
        "is_open": kept.state in (State.CHECKED, State.REFUSED, State.FAILED),
        "proposals": _proposals(kept), "encoding": _encoding(kept), **_faults(request, kept),
    }  # fmt: skip
    return render(request, "opendata/deposit.html", context, status=status(request))


def _encoding(kept: Deposit) -> str:
    """How its text is written, as people call it."""
    said = str(kept.found.get("encoding", ""))
    return {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}.get(said, said)


def _deposit(pk: int) -> Deposit:
    return get_object_or_404(Deposit.objects.select_related("table__agreement__producer"), pk=pk)


def _deposit_crumbs(kept: Deposit) -> list[Any]:
    url = reverse("opendata:shared", kwargs={"key": kept.table.key})
    title = kept.table.made.title.say(language())
    return steps(kept.table.agreement, (title, url), (kept.document, ""))


def _done(request: HttpRequest, kept: Deposit) -> None:
    person, day, wanted = signed_in(request), today(), request.POST.get("do", "")
    if wanted == "repair":
        actions.repair(kept, request.POST.getlist("repair"), by=person, today=day)
    elif wanted == "drop":
        actions.drop(kept, by=person)
    elif wanted == "publish":
        actions.publish(kept, by=person, today=day)


def _proposals(kept: Deposit) -> list[dict[str, Any]]:
    made = kept.table.made
    found = []
    for each in kept.found.get("proposals", ()):
        column = made.column(each["column"])
        code = f"{each['column']}:{each['code']}"
        found.append(
            {**each, "value": code, "agreed": code in kept.repairs,
             "label": column.label.say(language()) if column else each["column"],
             "title": TITLES[each["code"]].say(language())}
        )  # fmt: skip
    return found


def _faults(request: HttpRequest, kept: Deposit) -> dict[str, Any]:
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdigit() and len(asked) < 7 else 1
    column, reason = request.GET.get("column", "")[:60], request.GET.get("reason", "")[:200]
    found = faults.listed(
        places.files(kept.pk).faults, kept.table.made, language(), column=column, reason=reason,
        page=page,
    )  # fmt: skip
    columns = [
        Column(_("Line"), number=True), Column(_("Column")), Column(_("Value")),
        Column(_("What is wrong")), Column(_("What to do")),
    ]  # fmt: skip
    rows = [
        Row(Cell(text=number(each.line, 0, language()), sort=each.line),
            [Cell(text=each.column or _("the row")), Cell(text=each.value[:80]),
             Cell(text=each.reason), Cell(text=each.todo)])
        for each in found.faults
    ]  # fmt: skip
    last = max(1, -(-found.count // faults.A_PAGE))
    return {
        "faults": (columns, rows), "faults_count": found.count, "page": min(page, last),
        "last": last, "column": column, "reason": reason,
        "by_column": [(name, _label(kept, name), times) for name, times in found.columns],
        "by_reason": found.reasons,
    }  # fmt: skip


def _label(kept: Deposit, name: str) -> str:
    return faults.label(kept.table.made, name, language()) or _("the row")


@require_safe
def deposit_faults(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every fault, as CSV, to correct the file with."""
    person, kept = signed_in(request), _deposit(pk)
    if not permissions.can_see_deposit(person, kept):
        raise Http404
    rows = (
        {_("line"): each.line, _("column"): each.column, _("value"): each.value,
         _("what is wrong"): each.reason, _("what to do"): each.todo}
        for each in faults.every(places.files(pk).faults, kept.table.made, language())
    )  # fmt: skip
    return private(as_csv(rows, f"{kept.table.key}-refus", sample=False))
