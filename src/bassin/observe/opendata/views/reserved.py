"""Figures that are not everyone's: their page and their file, for those who may read them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.indicators.catalogue import everything
from bassin.indicators.declaration import Indicator
from bassin.observe.opendata import actions
from bassin.observe.opendata import permissions_declaring as permissions
from bassin.observe.opendata.declaring import preview
from bassin.observe.opendata.declaring.forms import VISIBILITIES
from bassin.observe.opendata.declaring.listing import RESERVED
from bassin.observe.opendata.exports import figures as exported
from bassin.observe.opendata.exports import writing
from bassin.observe.opendata.views.common import crumbs
from bassin.parties.access import signed_in
from bassin.types import Origin
from bassin.ui.opened import house
from bassin.ui.reader import language, today


def _found(request: HttpRequest, name: str) -> Indicator:
    """One that they may read; for anyone else there is no such page."""
    made = everything().get(name)
    closed = made is not None and made.visibility != "public" and made.status != "withdrawn"
    if made is None or not closed or not permissions.can_read_indicator(signed_in(request), made):
        raise Http404
    return made


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """The figure over the territory and its communes."""
    made = _found(request, name)
    context = {
        "made": made, "seen": preview.preview(house(), made, language()), "home": house().home,
        "visibility": VISIBILITIES[made.visibility],
        "crumbs": crumbs((_("Your figures"), reverse("opendata:declared")),
                         (made.label.say(language()), "")),
    }  # fmt: skip
    return render(request, "opendata/reserved.html", context)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """The same as CSV, after secrecy; noted in the journal that officers read."""
    made = _found(request, name)
    observed = exported.observations(house(), made)
    listed = exported.table(made, observed, language())
    example = any(each.origin == Origin.INVENTED for each in observed)
    body = b"".join(writing.as_csv(listed.to_batches(), listed.schema, example=example))
    actions.note(
        f"{RESERVED}{name}", str(made.version), "csv", rows=len(listed),
        masked=exported.hidden(observed), today=today(),
    )  # fmt: skip
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    mark = "EXEMPLE-" if example else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{mark}{name}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
