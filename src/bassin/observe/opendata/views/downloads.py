"""Datasets as files. Open ones only, after secrecy, each departure noted."""

from collections.abc import Iterable
from typing import Any

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.secrecy import journal
from bassin.observe.opendata import actions, files
from bassin.observe.opendata.changes import history
from bassin.observe.opendata.datasets import Dataset, Kind
from bassin.observe.opendata.exports import figures as exported
from bassin.observe.opendata.exports import rows, writing
from bassin.observe.opendata.measures import measure
from bassin.observe.opendata.schema import package, table_schema
from bassin.observe.opendata.sharing import uses
from bassin.observe.opendata.views.common import Unanswered, dataset, told
from bassin.sources.checks import quoted
from bassin.sources.health import refused_rows
from bassin.ui.data import as_csv
from bassin.ui.opened import house
from bassin.ui.reader import language, today

IMMUTABLE = "public, max-age=31536000, immutable"


@told
@require_safe
def table(request: HttpRequest, key: str, extension: str) -> HttpResponseBase:
    """A table as CSV, Parquet, JSON or GeoJSON; `?lieu=` keeps the rows of a place."""
    found = dataset(Kind.TABLE, key)
    if extension in ("schema.json", "package.json"):
        uses.note_public(request, key, "linked")
    if extension == "schema.json":
        return _described(table_schema(found, language()))
    if extension == "package.json":
        return _described(package(found, request.build_absolute_uri, language()))
    form = _form(found, extension)
    codes, place = _codes(request, found)
    cached = get_conditional_response(request, etag=_etag(request, found, extension))
    if cached is not None and cached.status_code == 304:
        return cached
    response = _given(found, form, codes)
    return _named(request, response, found, form, place)


def _form(found: Dataset, extension: str) -> files.Form:
    if not found.is_open:
        raise Refused(found.declared.why)
    given = {each.ending: each for each in files.forms(found)}
    if extension in given:
        return given[extension]
    formats = ", ".join(given)
    if extension == "json":
        sentence = _("{name} has more than {most} rows: take it as {formats}.")
        raise Unanswered(
            sentence.format(name=found.key, most=files.MOST_IN_JSON, formats=formats), 406
        )
    sentence = _("{name} is given as {formats}, not as “{asked}”.")
    raise Unanswered(sentence.format(name=found.key, formats=formats, asked=extension[:20]))


def _codes(request: HttpRequest, found: Dataset) -> tuple[list[str] | None, str]:
    """The communes asked for by `?lieu=`, and the place's code for the name of the file."""
    asked = request.GET.get("lieu", "").strip()
    if not asked:
        return None, ""
    if not rows.place_column(found):
        sentence = _("{name} has no column of communes: it is given whole, without “lieu”.")
        raise Unanswered(sentence.format(name=found.key), 400)
    try:
        place = house().home if asked == "ici" else house().territory.place(asked)
    except Refused as error:
        sentence = _(
            "“{code}” names no place here. Give the code of a commune (94081), the SIREN of an "
            "intercommunal body, departement:94, region:11, or “ici” for the territory."
        )
        raise Unanswered(sentence.format(code=asked[:40]), 400) from error
    return sorted(house().territory.codes(place)), f"-{place.code}"


def _etag(request: HttpRequest, found: Dataset, extension: str) -> str:
    asked = request.GET.get("lieu", "").strip().replace('"', "")
    return f'"{found.release}.{extension}.{language()}.{asked}"'


def _given(found: Dataset, form: files.Form, codes: list[str] | None) -> HttpResponseBase:
    """The rows in a format; a whole Parquet is the file itself."""
    path = rows.parquet(house(), found)
    whole = codes is None and rows.schema(path, found) == rows.columns(path)
    if form == files.PARQUET and whole:
        return FileResponse(path.open("rb"), content_type=form.media)
    batches = rows.batches(path, found, codes)
    example = found.is_invented
    if form == files.PARQUET:
        return HttpResponse(writing.as_parquet(rows.together(path, found, batches), _facts(found)),
                            content_type=form.media)  # fmt: skip
    if form == files.JSON:
        return HttpResponse(writing.as_json(batches, _facts(found), example=example),
                            content_type=form.media)  # fmt: skip
    stream: Iterable[bytes] = (
        writing.as_csv(batches, rows.schema(path, found), example=example)
        if form == files.CSV
        else writing.as_geojson(batches, _facts(found), shape=found.shape, example=example)
    )
    kind = f"{form.media}; charset=utf-8" if form == files.CSV else form.media
    return StreamingHttpResponse(stream, content_type=kind)


def _facts(found: Dataset) -> dict[str, str]:
    """What every file that has room for it says of itself."""
    return {
        "dataset": found.key, "title": found.title.say(language()), "version": found.release,
        "vintage": found.version.vintage, "publisher": found.publisher,
        "licence": found.licence.said,
    }  # fmt: skip


def _named(
    request: HttpRequest,
    response: HttpResponseBase,
    found: Dataset,
    form: files.Form,
    place: str = "",
) -> HttpResponseBase:
    """Name the file, let any site read it, and note that it left."""
    mark = "EXEMPLE-" if found.is_invented else ""
    name = f"{mark}{found.key}{place}.{form.ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["ETag"] = _etag(request, found, form.ending)
    response.headers["Link"] = f'<{files.address(found, "schema.json")}>; rel="describedby"'
    response.headers["Cache-Control"] = "no-cache"
    if found.kind == Kind.TABLE and request.method == "GET":
        masked = sum(measure(house().reader, found.key).masked.values()) + _without_name(found)
        journal.rows(masked)
        actions.depart(found, form.ending, rows=found.version.rows, masked=masked, today=today())
    return response


def _without_name(found: Dataset) -> int:
    """How many rows of a table have their identity hidden."""
    if "is_hidden" not in found.columns:
        return 0
    asked = f"SELECT count(*) FROM {quoted(found.key)} WHERE is_hidden"  # noqa: S608  a table of ours
    return int(house().reader.rows(asked)[0][0])


@told
@require_safe
def figure(request: HttpRequest, key: str, extension: str) -> HttpResponseBase:
    """A figure of every commune of the territory as CSV, Parquet or JSON, after secrecy."""
    found = dataset(Kind.FIGURE, key)
    if extension == "schema.json":
        return _described(table_schema(found, language()))
    if extension == "package.json":
        return _described(package(found, request.build_absolute_uri, language()))
    form = _form(found, extension)
    assert found.indicator is not None
    observed = exported.observations(house(), found.indicator)
    listed = exported.table(found.indicator, observed, language())
    example = found.is_invented
    body = {
        files.CSV: lambda: b"".join(
            writing.as_csv(listed.to_batches(), listed.schema, example=example)
        ),
        files.JSON: lambda: writing.as_json(listed.to_batches(), _facts(found), example=example),
        files.PARQUET: lambda: writing.as_parquet(listed, _facts(found)),
    }[form]()
    if request.method == "GET":
        hidden = exported.hidden(observed)
        actions.depart(found, form.ending, rows=len(listed), masked=hidden, today=today())
    kind = f"{form.media}; charset=utf-8" if form == files.CSV else form.media
    return _named(request, HttpResponse(body, content_type=kind), found, form)


@uses.read_as("version")
@told
@require_safe
def version(request: HttpRequest, key: str, version: str) -> HttpResponseBase:
    """An older version of an open table that is still kept, as Parquet: it never changes."""
    found = dataset(Kind.TABLE, key)
    if not found.is_open:
        raise Refused(found.declared.why)
    change = next((c for c in history(house())[key] if c.version.version == version), None)
    if change is None or not change.is_kept:
        sentence = _("No version “{version}” of {name} is kept. Those that are: {url}")
        raise Unanswered(
            sentence.format(version=version[:40], name=key, url=f"{files.page(found)}#versions")
        )
    path = house().store.path(key, version) / "data.parquet"
    response = FileResponse(path.open("rb"), content_type=files.PARQUET.media)
    mark = "EXEMPLE-" if change.version.origin == "invented" else ""
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{mark}{key}-{version}.parquet"'
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = IMMUTABLE
    return response


@uses.read_as("refused")
@told
@require_safe
def refused(request: HttpRequest, key: str) -> HttpResponse:
    """The rows of an open table that were left out: file, line, column, value, reason."""
    found = dataset(Kind.TABLE, key)
    if not found.is_open:
        raise Refused(found.declared.why)
    listed = refused_rows(house().store, key).to_pylist()
    return as_csv(listed, f"{key}-refus", sample=False)


def _described(said: dict[str, Any]) -> JsonResponse:
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
