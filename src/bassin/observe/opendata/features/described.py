"""The documents of the standard: landing page, collections, description of the addresses."""

from collections.abc import Sequence
from typing import Any

import bassin
from bassin.observe.opendata.api.fields import schema
from bassin.observe.opendata.api.parameters import Parameter
from bassin.observe.opendata.api.problems import MEDIA
from bassin.observe.opendata.api.serving import GEOJSON, HTML, JSON, Wanted
from bassin.observe.opendata.features.collection import Collection
from bassin.types import Text
from bassin.ui.opened import house

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_CLASS = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
CONFORMS = (f"{_CLASS}/core", f"{_CLASS}/geojson", f"{_CLASS}/html")
TITLE = Text("Objets géographiques", "Geographic features")
TOLD = Text(
    "Lieux, quartiers prioritaires, opérations, établissements et gares, à ouvrir dans QGIS ou "
    "dans tout logiciel qui lit OGC API – Features : donnez-lui l'adresse de cette page.",
    "Places, priority neighbourhoods, operations, establishments and stations, to open in QGIS or "
    "in any software that reads OGC API – Features: give it the address of this page.",
)

_LONGITUDE = r"-?(180|(1[0-7][0-9]|[0-9]{1,2})(\.[0-9]{1,15})?)"
_LATITUDE = r"-?(90|[0-8]?[0-9](\.[0-9]{1,15})?)"
_CORNER = f"{_LONGITUDE},{_LATITUDE}"
_DAY = (
    "[12][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|02-(0[1-9]|1[0-9]|2[0-8]))"
)
WRITTEN: dict[str, dict[str, Any]] = {
    "bbox": {"type": "string", "pattern": f"^{_CORNER},{_CORNER}$"},
    "datetime": {"anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": f"^{_DAY}/({_DAY}|\\.\\.)$"},
        {"type": "string", "pattern": f"^\\.\\./{_DAY}$"},
    ]},
    "cursor": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22,800}$"},
}  # fmt: skip
"""How what the standard names is written. That the south comes before the north, and a beginning
before its end, no schema can say: descriptions do."""


def link(href: str, rel: str, media: str, title: str = "") -> dict[str, str]:
    """A link of the standard."""
    return {"href": href, "rel": rel, "type": media} | ({"title": title} if title else {})


def landing(wanted: Wanted) -> dict[str, Any]:
    """Where everything begins."""
    root = f"{wanted.site}/ogc"
    say = wanted.language
    return {
        "title": f"bassin: {TITLE.say(say)}",
        "description": TOLD.say(say),
        "links": [
            link(f"{root}/?f=json", "self", JSON),
            link(f"{root}/?f=html", "alternate", HTML),
            link(f"{root}/api", "service-desc", "application/vnd.oai.openapi+json;version=3.1"),
            link(f"{wanted.site}/donnees/api/", "service-doc", HTML),
            link(f"{root}/conformance", "conformance", JSON,
                 Text("Classes suivies", "Classes followed").say(say)),
            link(f"{root}/collections", "data", JSON, Text("Collections", "Collections").say(say)),
        ],
    }  # fmt: skip


def described(wanted: Wanted, of: Collection) -> dict[str, Any]:
    """One collection."""
    here = f"{wanted.site}/ogc/collections/{of.id}"
    box = of.extent(house())
    extent: dict[str, Any] = {} if box is None else {"spatial": {"bbox": [box], "crs": CRS84}}
    if of.dated:
        extent["temporal"] = {"interval": [[None, None]]}
    return {
        "id": of.id, "title": of.title.say(wanted.language),
        "description": of.text.say(wanted.language), "itemType": "feature", "crs": [CRS84],
        **({"extent": extent} if extent else {}),
        "links": [
            link(f"{here}?f=json", "self", JSON), link(f"{here}?f=html", "alternate", HTML),
            link(f"{here}/items?f=json", "items", GEOJSON, of.title.say(wanted.language)),
            link(f"{here}/items?f=html", "items", HTML, of.title.say(wanted.language)),
        ],
        "fields": [
            {"name": each.name, "description": each.text.say(wanted.language), "type": each.type,
             "filter": each.name in of.filters}
            for each in of.fields
        ],
    }  # fmt: skip


def listed(wanted: Wanted, given: Sequence[Collection]) -> dict[str, Any]:
    """All that can be given."""
    here = f"{wanted.site}/ogc/collections"
    return {
        "links": [link(f"{here}?f=json", "self", JSON), link(f"{here}?f=html", "alternate", HTML)],
        "collections": [described(wanted, each) for each in given],
    }


def openapi(
    wanted: Wanted, collections: Sequence[Collection], common: Sequence[Parameter]
) -> dict[str, Any]:
    """These addresses as an OpenAPI document."""
    say = wanted.language
    paths: dict[str, Any] = {
        path: _get(name, text.say(say), {JSON: {"schema": {"type": "object"}}}, [])
        for path, name, text in (
            ("/", "landing", TITLE),
            ("/conformance", "conformance", Text("Classes suivies", "Classes followed")),
            ("/collections", "collections", Text("Collections", "Collections")),
        )
    }  # fmt: skip
    for each in (one for one in collections if one.ready(house())):
        properties = schema(each.fields, say)
        feature = {"type": "object", "properties": {"properties": properties}}
        answer = {GEOJSON: {"schema": {
            "type": "object",
            "properties": {"features": {"type": "array", "items": feature}},
        }}}  # fmt: skip
        asked = [
            {"name": one.name, "in": "query", "description": one.text.say(say),
             "schema": WRITTEN.get(one.name) or one.schema()}
            for one in (*common, *each.parameters())
        ]  # fmt: skip
        paths[f"/collections/{each.id}/items"] = _get(
            f"{each.id}_items", each.text.say(say), answer, asked
        )
    return {
        "openapi": "3.1.0",
        "info": {"title": f"bassin: {TITLE.say(say)}", "version": bassin.__version__,
                 "description": TOLD.say(say)},
        "servers": [{"url": f"{wanted.site}/ogc"}],
        "paths": paths,
    }  # fmt: skip


def _get(name: str, text: str, content: dict[str, Any], asked: list[Any]) -> dict[str, Any]:
    page = {HTML: {"schema": {"type": "string"}}}
    refused = {"description": "RFC 9457, or a page",
               "content": {MEDIA: {"schema": {"type": "object"}}, **page}}  # fmt: skip
    return {"get": {
        "operationId": name, "description": text, "parameters": asked,
        "responses": {"200": {"description": text, "content": {**content, **page}},
                      "304": {"description": "RFC 9110"}, "4XX": refused},
    }}  # fmt: skip
