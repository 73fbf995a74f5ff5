"""Operations: the list with its filters, the sheet of each, the same as data."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.commons import permissions
from bassin.commons.models import Document, FloorSpace, Operation
from bassin.types import Origin
from bassin.ui.data import safe
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.shared import drawing
from bassin.ui.shared.views.common import commune, communes, crumbs, language
from bassin.ui.templatetags.ui import number


def _asked(request: HttpRequest) -> tuple[QuerySet[Operation], dict[str, str]]:
    """The operations this person may see, narrowed by the address, and what was asked."""
    found = permissions.visible(request.user, Operation.objects.select_related("lead"))
    asked = {}
    for name, field, known in (
        ("genre", "kind", Operation.Kind.values),
        ("phase", "phase", Operation.Phase.values),
    ):
        value = request.GET.get(name, "")
        if value in known:
            asked[name] = value
            found = found.filter(**{field: value})
    return found.prefetch_related("floors"), asked


def _of_commune(request: HttpRequest, listed: Iterable[Operation]) -> list[Operation]:
    code = request.GET.get("commune", "")
    return [each for each in listed if not code or code in each.commune_codes]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All operations, with what is known of each."""
    found, asked = _asked(request)
    operations = _of_commune(request, found)
    names = communes()
    context = {
        "crumbs": crumbs((_("Operations"), "")),
        "columns": [
            Column(_("Operation")), Column(_("Kind")), Column(_("Phase")), Column(_("Communes")),
            Column(_("Lead")), Column(_("Planned (m²)"), number=True),
            Column(_("Delivered (m²)"), number=True), Column(_("Source")),
        ],
        "rows": [_row(each, names) for each in operations],
        "asked": asked,
        "commune": request.GET.get("commune", ""),
        "communes": names.items(),
        "kinds": Operation.Kind.choices,
        "phases": Operation.Phase.choices,
        "query": request.GET.urlencode(),
        "may_add": permissions.can_edit_operation(request.user),
    }  # fmt: skip
    return render(request, "commons/operations.html", context)


def _row(operation: Operation, names: dict[str, str]) -> Row:
    url = reverse("shared:operation", args=[operation.slug])
    origin = Origin(operation.origin)
    where = ", ".join(names.get(code, code) for code in operation.commune_codes)
    floors = list(operation.floors.all())
    return Row(
        Cell(text=operation.name, url=url),
        [
            Cell(text=operation.get_kind_display()),
            Cell(text=operation.get_phase_display()),
            Cell(text=where, why="" if where else _("not said")),
            Cell(text=str(operation.lead or ""), why="" if operation.lead else _("not said")),
            _surface([each.planned_m2 for each in floors], origin),
            _surface([each.delivered_m2 for each in floors], origin),
            Cell(text=operation.source, note=origin.label.say(language()), origin=origin),
        ],
    )


def _surface(known: list[int | None], origin: Origin) -> Cell:
    """A sum of floor space; in words when one of them is not known: part of a sum is no sum."""
    values = [each for each in known if each is not None]
    if not values or len(values) < len(known):
        return Cell(why=_("not known") if not values else _("known in part"))
    return Cell(text=number(sum(values)), sort=sum(values), origin=origin)


@require_safe
def data(request: HttpRequest, extension: str) -> HttpResponse:
    """The public operations as JSON or CSV, with the same filters."""
    found, _asked_for = _asked(request)
    rows = [_flat(each) for each in _of_commune(request, found)]
    if extension == "json":
        return JsonResponse({"operations": rows}, json_dumps_params={"ensure_ascii": False})
    if extension != "csv":
        raise Http404(f"Operations are given as .json or .csv, not as .{extension}.")
    out = io.StringIO()
    out.write("\ufeff")  # spreadsheets then read the accents
    columns = list(rows[0]) if rows else ["name"]
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(safe({**row, "communes": " ".join(row["communes"])}) for row in rows)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="operations.csv"'
    return response


def _flat(operation: Operation) -> dict[str, Any]:
    return {
        "slug": operation.slug,
        "name": operation.name,
        "kind": operation.kind,
        "phase": operation.phase,
        "phase_on": operation.phase_on.isoformat() if operation.phase_on else "",
        "lead": str(operation.lead or ""),
        "communes": operation.commune_codes,
        "source": operation.source,
        "origin": operation.origin,
    }


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """One operation: where, how far, what floor space, its documents, what other systems say."""
    operation = get_object_or_404(Operation.objects.select_related("lead"), slug=slug)
    if not permissions.can_see(request.user, operation):
        raise Http404
    perimeter = operation.perimeters.filter(valid_to=None).order_by("-valid_from").first()
    reference = f"commons:operation:{operation.slug}"
    places = [found for code in operation.commune_codes if (found := commune(code))]
    documents = permissions.visible(request.user, Document.objects.filter(reference=reference))
    said = ", ".join(each["name"] for each in places)
    context = {
        "crumbs": crumbs((_("Operations"), reverse("shared:operations")), (operation.name, "")),
        "operation": operation,
        "places": places,
        "perimeter": perimeter,
        "drawing": drawing.drawn(
            house(),
            operation.commune_codes,
            perimeter.geometry if perimeter else None,
            title=_("Where {operation} is").format(operation=operation.name),
            said=said or _("Its outline in the territory."),
        ),
        "floors": _floors(list(operation.floors.all()), Origin(operation.origin)),
        "documents": documents,
        "may_edit": permissions.can_edit_operation(request.user, operation),
        "cards": systems.cards("operation", operation.slug, language()),
    }
    return render(request, "commons/operation.html", context)


def _floors(floors: list[FloorSpace], origin: Origin) -> tuple[list[Column], list[Row]] | None:
    if not floors:
        return None
    columns = [
        Column(_("Use")), Column(_("Planned (m²)"), number=True),
        Column(_("Delivered (m²)"), number=True), Column(_("Delivery")), Column(_("Source")),
    ]  # fmt: skip
    rows = [
        Row(
            Cell(text=each.use),
            [
                _surface([each.planned_m2], origin),
                _surface([each.delivered_m2], origin),
                Cell(
                    text=date_format(each.delivery_on, "F Y") if each.delivery_on else "",
                    why="" if each.delivery_on else _("not known"),
                ),
                Cell(text=each.source, origin=origin),
            ],
        )
        for each in floors
    ]
    return columns, rows
