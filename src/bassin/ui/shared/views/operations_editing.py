"""Writing operations: their sheet, their floor space, their outline. Officers only."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bassin.commons import actions, permissions
from bassin.commons.models import Operation
from bassin.parties.models import Person
from bassin.ui.shared.forms import FloorForm, OperationForm, OutlineForm, PutAwayForm
from bassin.ui.shared.views.common import person, written

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _officer(request: HttpRequest) -> Person:
    me = person(request)
    if not permissions.can_edit_operation(me):
        raise PermissionDenied
    return me


def _page(operation: Operation) -> str:
    return reverse("shared:operation", args=[operation.slug])


@form_methods
def add(request: HttpRequest) -> HttpResponse:
    """Open the sheet of an operation."""
    me = _officer(request)
    form = OperationForm(request.POST or None)
    return written(
        request, form, lambda **known: _page(actions.add_operation(by=me, **known)),
        _("Add an operation"),
    )  # fmt: skip


@form_methods
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is known of it."""
    me, operation = _officer(request), get_object_or_404(Operation, slug=slug)
    now = {name: getattr(operation, name) for name in OperationForm.base_fields}
    form = OperationForm(request.POST or None, initial=now)
    return written(
        request, form,
        lambda **known: _page(actions.change_operation(operation, by=me, **known)),
        _("Change this operation"), operation.name,
    )  # fmt: skip


@form_methods
def floor(request: HttpRequest, slug: str) -> HttpResponse:
    """Say the floor space of one use."""
    me, operation = _officer(request), get_object_or_404(Operation, slug=slug)

    def verb(use: str, source: str, **known: object) -> str:
        actions.set_floor(operation, use, by=me, source=source, **known)
        return _page(operation)

    form = FloorForm(request.POST or None)
    return written(request, form, verb, _("Floor space of one use"), operation.name)


@form_methods
def outline(request: HttpRequest, slug: str) -> HttpResponse:
    """Give it an outline from a day on."""
    me, operation = _officer(request), get_object_or_404(Operation, slug=slug)

    def verb(geometry: Any, valid_from: date, source: str) -> str:
        actions.draw(operation, geometry, by=me, valid_from=valid_from, source=source)
        return _page(operation)

    form = OutlineForm(request.POST or None)
    return written(request, form, verb, _("New outline"), operation.name)


@form_methods
def put_away(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it off the pages."""
    me, operation = _officer(request), get_object_or_404(Operation, slug=slug)

    def verb(why: str) -> str:
        actions.put_away(operation, by=me, why=why, now=timezone.now())
        return reverse("shared:operations")

    form = PutAwayForm(request.POST or None)
    return written(request, form, verb, _("Put this operation away"), operation.name)
