"""The OpenAPI 3.1 document, written from the table of endpoints."""

import re
from functools import partial
from typing import Any
from urllib.parse import urlencode

import bassin
from bassin.observe.opendata.api.endpoint import PREFIX, Endpoint
from bassin.observe.opendata.api.endpoints import ENDPOINTS
from bassin.observe.opendata.api.fields import chosen, cut, example, schema
from bassin.observe.opendata.api.parameters import Parameter
from bassin.observe.opendata.api.problems import KINDS, MEDIA
from bassin.types import Text

TITLE = Text("API des données ouvertes", "Open data API")
TOLD = Text(
    "Les lieux, les indicateurs, leurs valeurs, les établissements et les nomenclatures de cette "
    "installation de bassin. Lecture seule, sans clé ni compte. Chaque liste se feuillette par "
    "l'adresse « next » de sa réponse. Ce que le secret statistique cache n'a pas de valeur ici "
    "non plus, et dit pourquoi.",
    "The places, indicators, values, establishments and taxonomies of this installation of bassin. "
    "Read only, without key or account. Each list is read page by page through the address “next” "
    "of its answer. What statistical secrecy hides has no value here either, and says why.",
)
_HEADERS = {
    "ETag": Text("empreinte de la réponse, à renvoyer dans If-None-Match",
                 "digest of the answer, to be sent back in If-None-Match"),
    "RateLimit": Text("ce qui reste à ce client pour cette minute",
                      "what this client has left for this minute"),
}  # fmt: skip
_REFUSED = {
    "400": Text("paramètre inconnu, mal écrit, ou curseur d'une autre demande",
                "a parameter that is unknown or ill-written, or a cursor of another query"),
    "404": Text("rien ne porte ce nom", "nothing has this name"),
    "405": Text("cette adresse ne fait que lire", "this address only reads"),
    "429": Text("trop de demandes en une minute", "too many requests in a minute"),
    "503": Text("rien n'est encore publié", "nothing is published yet"),
}  # fmt: skip


def document(site: str, language: str) -> dict[str, Any]:
    """The whole description, in one language."""
    say = partial(Text.say, language=language)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"bassin: {say(TITLE)}", "version": bassin.__version__,
            "description": say(TOLD),
            "license": {"name": "Licence Ouverte 2.0",
                        "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"},
        },
        "servers": [{"url": f"{site}{PREFIX.rstrip('/')}"}],
        "security": [{}],
        "paths": {f"/{each.path}": {"get": _operation(each, language)} for each in ENDPOINTS},
        "components": {
            "schemas": {
                **{_name(each): schema(each.fields, language) for each in ENDPOINTS},
                "Problem": _problem(language),
            },
            "responses": {
                code: {"description": say(text),
                       "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
                for code, text in _REFUSED.items()
            },
        },
    }  # fmt: skip


def _name(endpoint: Endpoint) -> str:
    """Of the schema of its records: the same for a list and for one of it, where both have one."""
    single = next(
        (e for e in ENDPOINTS if e.page is None and e.fields is endpoint.fields), endpoint
    )
    return single.name.capitalize()


def _operation(endpoint: Endpoint, language: str) -> dict[str, Any]:
    refusals = {code: {"$ref": f"#/components/responses/{code}"} for code in _REFUSED}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.title.say(language),
        "description": endpoint.text.say(language),
        "tags": [re.split(r"[/{]", endpoint.path)[0]],
        "parameters": [_parameter(each, language) for each in endpoint.parameters],
        "responses": {
            "200": _answer(endpoint, language),
            "304": {"description": Text("la réponse n'a pas changé",
                                        "the answer has not changed").say(language)},
            **refusals,
        },
    }  # fmt: skip


def _parameter(each: Parameter, language: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": each.name, "in": "path" if each.in_path else "query",
        "description": each.text.say(language), "schema": each.schema(),
    }  # fmt: skip
    if each.in_path:
        said["required"] = True
    if each.kind in ("words", "circle"):
        said |= {"style": "form", "explode": False}
    return said if each.example is None else {**said, "example": each.example}


def _answer(endpoint: Endpoint, language: str) -> dict[str, Any]:
    record = {"$ref": f"#/components/schemas/{_name(endpoint)}"}
    one = cut(example(endpoint.fields), chosen(endpoint.fields, ()))
    headers = {
        name: {"description": text.say(language), "schema": {"type": "string"}}
        for name, text in _HEADERS.items()
    }
    description = endpoint.title.say(language)
    if endpoint.page is None:
        content = {"application/json": {"schema": record, "example": one}}
        return {"description": description, "headers": headers, "content": content}
    told = {
        "release": Text("livraison lue : elle change quand des données changent",
                        "release being read: it changes when data change"),
        "total": Text("lignes en tout", "rows in all"),
        "items": Text("les lignes de cette page", "the rows of this page"),
        "next": Text("adresse de la page suivante ; vide sur la dernière",
                     "address of the next page; empty on the last one"),
    }  # fmt: skip
    kinds: dict[str, dict[str, Any]] = {
        "release": {"type": "string"}, "total": {"type": "integer"},
        "items": {"type": "array", "items": record},
        "next": {"type": ["string", "null"], "format": "uri"},
    }  # fmt: skip
    listed = {
        "type": "object", "required": ["release", "items", "next"],
        "properties": {k: {**v, "description": told[k].say(language)} for k, v in kinds.items()},
    }  # fmt: skip
    shown = {"release": "20261126T101500-3f2a", "total": 1, "items": [one], "next": None}
    content = {"application/json": {"schema": listed, "example": shown},
               "text/csv": {"schema": {"type": "string"}}}  # fmt: skip
    return {"description": description, "headers": headers, "content": content}


def _problem(language: str) -> dict[str, Any]:
    said = {
        "type": Text("adresse qui explique ce refus", "address that explains this refusal"),
        "title": Text("nature du refus", "nature of the refusal"),
        "detail": Text("ce qui ne va pas, avec la valeur, et que faire",
                       "what is wrong, with the value, and what to do"),
        "instance": Text("adresse demandée", "address that was asked"),
        "parameter": Text("paramètre à corriger", "parameter to correct"),
    }  # fmt: skip
    texts = {name: {"type": "string", "description": text.say(language)}
             for name, text in said.items()}  # fmt: skip
    codes = sorted({each.status for each in KINDS})
    return {
        "type": "object", "required": ["type", "title", "status", "detail", "instance"],
        "properties": {**texts, "status": {"type": "integer", "enum": codes}},
    }  # fmt: skip


def address(endpoint: Endpoint, site: str = "") -> str:
    """An address that works, as an example of an endpoint."""
    path = endpoint.path
    for each in endpoint.parameters:
        if each.in_path:
            path = path.replace("{" + each.name + "}", str(each.example))
    query = urlencode(endpoint.example, safe=":,")
    return f"{site}{PREFIX}{path}" + (f"?{query}" if query else "")
