"""What the map asks for: tiles of a selection, and what lies under them."""

import gzip
import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies.mapping import base as streets
from bassin.observe.companies.mapping import ground as under
from bassin.observe.companies.mapping.layer import POINTS, TILES
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
from bassin.observe.companies.views import reading
from bassin.territory.tiles import MEDIA, Pyramid, Tile, tile
from bassin.types import Text
from bassin.ui.moving.ground import serve
from bassin.ui.opened import house
from bassin.ui.reader import language, today

_HOUR = 3600


@require_safe
def tiles(request: HttpRequest, zoom: int, column: int, row: int) -> HttpResponse:
    """One tile of what the address selects: stored when it selects nothing, else made now."""
    opened = house()
    try:
        at = Tile.of(zoom, column, row, deepest=POINTS.most)
        selection = reading.selection(request, opened)
    except Refused as error:
        return _refused(error)
    etag = _etag(opened, f"{zoom}/{column}/{row}?{selection.query()}")
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        content = _content(opened, selection, at)
        response = _packed(request, content, MEDIA) if content else HttpResponse(status=204)
    # What officers alone may ask for stays in their own browser.
    return _kept(response, etag, public=selection.procedures is None)


def _content(opened: House, selection: Selection, at: Tile) -> bytes:
    """A tile in gzip; b"" when nothing is there."""
    if not opened.reader.has(TABLE):
        return b""
    if selection.is_empty and at.zoom >= POINTS.least:
        return Pyramid.opened(opened.reader.made(TILES)).tile(at)
    where, parameters = selection.where()
    made = tile(opened.reader.cursor(), POINTS, at, where, parameters)
    return gzip.compress(made, 1, mtime=0) if made else b""


@require_safe
def base(request: HttpRequest, zoom: int, column: int, row: int) -> HttpResponse:
    """One tile of the streets under the firms, where they were fetched."""
    opened = house()
    try:
        at = Tile.of(zoom, column, row, deepest=streets.BASE.most)
    except Refused as error:
        return _refused(error)
    etag = _etag(opened, f"plan/{zoom}/{column}/{row}")
    if request.headers.get("If-None-Match") == etag:
        return _kept(HttpResponse(status=304), etag)
    there = opened.reader.has(streets.TABLE)
    content = Pyramid.opened(opened.reader.made(streets.BASE_TILES)).tile(at) if there else b""
    response = _packed(request, content, MEDIA) if content else HttpResponse(status=204)
    return _kept(response, etag)


@require_safe
def layer(request: HttpRequest, name: str) -> HttpResponse:
    """What lies under the firms, one kind at a time."""
    if name not in under.LAYERS:
        known = ", ".join(under.LAYERS)
        return _refused(
            Refused(
                Text(f"Il n'y a pas de fond « {name[:40]} ». Il y a : {known}.",
                     f"There is no layer “{name[:40]}”. There are: {known}.")
            )
        )  # fmt: skip
    content = under.layer(house(), name)
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:16])
    if request.headers.get("If-None-Match") == etag:
        return _kept(HttpResponse(status=304), etag)
    packed = gzip.compress(content, 6, mtime=0)
    return _kept(_packed(request, packed, "application/geo+json"), etag)


def _packed(request: HttpRequest, content: bytes, media: str) -> HttpResponse:
    """What is in gzip, as it is for who reads gzip."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(content), content_type=media)
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Encoding"] = "gzip"
    return response


@require_safe
def drawn(request: HttpRequest) -> HttpResponse:
    """Outlines of communes under the map that needs no script."""
    return serve(request)


def _etag(opened: House, asked: str) -> str:
    said = f"{opened.reader.name} {asked} {today():%Y%m%d}"
    return quote_etag(hashlib.sha256(said.encode()).hexdigest()[:16])


def _kept(response: HttpResponse, etag: str, *, public: bool = True) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept-Encoding"
    patch_cache_control(response, public=public, private=not public, max_age=_HOUR)
    return response


def _refused(error: Refused) -> HttpResponse:
    """A sentence: whoever asks for a tile is a program, and its author reads it."""
    said = error.text.say(language()) or str(error)
    return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
