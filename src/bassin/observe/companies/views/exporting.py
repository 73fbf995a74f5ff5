"""What is seen, taken away: a form to choose columns and order, then a file."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.secrecy import journal
from bassin.observe.companies import finding
from bassin.observe.companies.exports.asked import Asked
from bassin.observe.companies.exports.columns import CHOSEN, PRESETS, Column, chosen, given
from bassin.observe.companies.exports.files import written
from bassin.observe.companies.exports.texts import csv_parts, geojson_parts
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.views import reading
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.reader import today

STREAMED = {"csv": csv_parts, "geojson": geojson_parts}
_OPEN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "csv": (
        "text/csv; charset=utf-8",
        Text("CSV (tableur, programmes)", "CSV (spreadsheet, programs)"),
    ),
    "xlsx": (_OPEN, Text("Classeur XLSX", "XLSX workbook")),
    "geojson": ("application/geo+json", Text("GeoJSON (carte)", "GeoJSON (map)")),
    "gpkg": ("application/geopackage+sqlite3", Text("GeoPackage (QGIS)", "GeoPackage (QGIS)")),
    "parquet": (
        "application/vnd.apache.parquet",
        Text("GeoParquet (analyse)", "GeoParquet (analysis)"),
    ),
}
"""Media type and name of each format."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A column in the form: its rank is empty when it is not taken."""

    key: str
    title: str
    rank: str


@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """Which columns, in which order, of what is seen."""
    asked = _asked(request)
    language = get_language() or "fr"
    ranks = {each.key: str(rank) for rank, each in enumerate(asked.columns, 1)}
    kept = asked.selection.parameters()
    presets = [
        (title.say(language), f"?{_again(asked, CHOSEN, ','.join(keys))}#colonnes")
        for title, keys in PRESETS.values()
    ]
    return render(
        request,
        "companies/export.html",
        {
            "count": asked.count() if asked.house.reader.has(TABLE) else 0,
            "told": asked.selection.told(),
            "columns": [
                Ranked(each.key, each.title.say(language), ranks.get(each.key, ""))
                for each in _known(request).values()
            ],
            "formats": [(key, said.say(language)) for key, (_, said) in FORMATS.items()],
            "sorts": [(key, said.say(language)) for key, said in finding.SORTS.items()],
            "sort": asked.sort,
            "kept": kept,
            "presets": presets,
            "back": f"{reverse('companies:home')}?{asked.selection.query()}",
        },
    )


@require_safe
def choose(request: HttpRequest) -> HttpResponseBase:
    """The file of a form: its format is in the address."""
    return file(request, request.GET.get("format", "csv"))


@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    """What is seen, as a file of one format."""
    if form not in FORMATS:
        raise Refused(
            Text(
                f"Ce format n'existe pas. Choisissez parmi : {', '.join(FORMATS)}.",
                f"There is no such format. Choose among: {', '.join(FORMATS)}.",
            )
        )
    asked = _asked(request)
    if not asked.house.reader.has(TABLE):
        raise Refused(
            Text(
                "Il n'y a rien à emporter : les établissements ne sont pas chargés.",
                "There is nothing to take away: establishments are not loaded.",
            )
        )
    media = FORMATS[form][0]
    journal.rows(asked.hidden())
    response: HttpResponseBase
    if form in STREAMED:
        asked.query([])  # refuses before anything is sent
        response = StreamingHttpResponse(STREAMED[form](asked), content_type=media)
    else:
        response = FileResponse(written(asked, form), content_type=media)
    prefix = "EXEMPLE-" if asked.is_sample else ""
    name = f"{prefix}entreprises-{asked.today:%Y%m%d}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    about = f"{reverse('companies:export')}?{_again(asked)}"
    response.headers["Link"] = f'<{request.build_absolute_uri(about)}>; rel="describedby"'
    if form in STREAMED:
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _known(request: HttpRequest) -> dict[str, Column]:
    return given(house().reader, officer=reading.officer(request))


def _asked(request: HttpRequest) -> Asked:
    opened = house()
    selection = reading.selection(request, opened)
    listed = reverse("companies:home")
    address = request.build_absolute_uri(f"{listed}?{selection.query()}".rstrip("?"))
    return Asked(
        opened,
        selection,
        chosen(request.GET, _known(request)),
        finding.sort_of(request.GET),
        get_language() or "fr",
        today(),
        address,
    )


def _again(asked: Asked, *more: str) -> str:
    """The same choice in an address, with one more parameter."""
    pairs = [*asked.selection.parameters(), *([("tri", asked.sort)] if asked.sort else [])]
    if more:
        pairs.append((more[0], more[1]))
    return urlencode(pairs, safe=",;:@")
