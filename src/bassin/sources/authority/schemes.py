"""Declarations as Table Schema (specs.frictionlessdata.io), as SCDL's are: read and written."""

import json
from dataclasses import replace
from typing import Any

from bassin.errors import Refused
from bassin.sources.authority.accepting import named
from bassin.sources.authority.declaration import Declaration, Declared, check, is_free
from bassin.sources.authority.kinds import KINDS
from bassin.types import Text

MOST_BYTES = 1_000_000
_KINDS = {
    "string": "text", "integer": "integer", "year": "period", "yearmonth": "period",
    "number": "number", "date": "date", "boolean": "boolean",
}  # fmt: skip


def scheme(made: Declaration, language: str) -> dict[str, Any]:
    """The Table Schema of a declaration."""
    return {
        "name": made.key, "title": made.title.say(language),
        "description": made.definition.say(language),
        "fields": [_field(each, language) for each in made.columns],
        "primaryKey": list(made.unique), "missingValues": [""],
    }  # fmt: skip


def _field(each: Declared, language: str) -> dict[str, Any]:
    kind = KINDS[each.kind]
    asked: dict[str, Any] = {
        "required": each.required or None, "enum": list(each.choices) or None,
        "minimum": each.minimum, "maximum": each.maximum, "pattern": kind.column.pattern or None,
    }  # fmt: skip
    said = {"name": each.name, "type": kind.scheme, "title": each.label.say(language),
            "bassin:type": each.kind, "unit": each.unit.say(language)}  # fmt: skip
    constraints = {name: value for name, value in asked.items() if value is not None}
    kept = {name: value for name, value in said.items() if value}
    return {**kept, **({"constraints": constraints} if constraints else {})}


def read(content: bytes, before: Declaration) -> Declaration:
    """A declaration whose columns are those of a Table Schema.

    Raises:
        Refused: it is no such schema; the sentence says what to do.
    """
    try:
        facts = json.loads(content.decode("utf-8-sig"))
        columns = tuple(_column(each) for each in facts["fields"])
        key = facts.get("primaryKey") or before.unique
        unique = (key,) if isinstance(key, str) else tuple(key)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(Text(
            "Ce fichier n'est pas un Table Schema : un JSON dont « fields » nomme les colonnes. "
            "Vous en trouverez sur schema.data.gouv.fr.",
            "This file is no Table Schema: a JSON whose “fields” name the columns. "
            "schema.data.gouv.fr has some.",
        )) from error  # fmt: skip
    names = {each.name for each in columns}
    wanted = tuple(name for one in unique if (name := _name(str(one))) in names)
    return check(replace(before, columns=columns, unique=wanted or (columns[0].name,)))


def _column(field: dict[str, Any]) -> Declared:
    asked = field.get("constraints") or {}
    kind = field.get("bassin:type") or _KINDS.get(field.get("type", "string"), "text")
    name = _name(field["name"])
    if name in ("commune_code", "period"):
        kind = name
    return Declared(
        name, kind if kind in KINDS else "text", Text(field.get("title") or field["name"]),
        Text(str(field.get("unit", ""))), bool(asked.get("required")),
        tuple(map(str, asked.get("enum") or ())), _bound(asked.get("minimum")),
        _bound(asked.get("maximum")),
    )  # fmt: skip


def _bound(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _name(said: str) -> str:
    made = named(said)[:40]
    known = {"code_insee": "commune_code", "code_commune": "commune_code", "insee_com":
             "commune_code", "annee": "period"}  # fmt: skip
    made = known.get(made, made)
    return made if made[:1].isalpha() and is_free(made, layer=True) else f"c_{made}"[:40]
