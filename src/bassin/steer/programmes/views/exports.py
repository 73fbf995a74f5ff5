"""A framework as a file: XLSX, CSV, JSON. What one may not see is in none of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.steer.programmes import exports, tree
from bassin.steer.programmes.views.common import framework_of, or_sign_in, seen_lines, viewer
from bassin.steer.programmes.views.frameworks import lines_of
from bassin.ui import spreadsheets
from bassin.ui.data import as_csv, as_file, as_json, private


@require_safe
@or_sign_in
def framework(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The actions of a framework that one may see, and its parts."""
    found = framework_of(request, slug)
    lines = lines_of(found, viewer(request))
    seen_lines(request, lines, how="file")
    built = tree.build(found, lines)
    rows, sample = exports.rows(found, built, lines), exports.is_sample(lines)
    if extension == "csv":
        return private(as_csv(rows, slug, sample=sample))
    if extension == "json":
        payload = {
            "framework": slug, "title": found.title, "version": found.version,
            "state": found.state, "nodes": exports.nodes(built), "actions": rows,
            "example": sample,
        }  # fmt: skip
        return private(as_json(payload))
    if extension not in spreadsheets.MEDIA:
        raise Http404
    if sample:
        rows = [{"EXEMPLE": _mark(row["origin"]), **row} for row in rows]
    sheets = {
        _("Actions"): spreadsheets.table(rows),
        _("Parts"): spreadsheets.table(exports.nodes(built)),
    }
    content = spreadsheets.workbook(extension, sheets)
    media = spreadsheets.MEDIA[extension]
    return as_file(content, media, f"{slug}.{extension}", sample=sample)


def _mark(origin: str) -> str:
    return "EXEMPLE" if origin == "invented" else ""
