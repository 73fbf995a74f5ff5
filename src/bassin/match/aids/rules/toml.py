"""A sheet written as a TOML file: the same keys in the same order, so that a diff is readable."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_TABLES = ("budget", "contact", "stacking")
_ARRAYS = ("amounts", "conditions")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def written(raw: Mapping[str, Any]) -> str:
    """A sheet as a file; what is empty is left out."""
    plain = {key: value for key, value in raw.items() if key not in (*_TABLES, *_ARRAYS)}
    parts = ["".join(_lines(plain))]
    parts += [f"[{key}]\n{''.join(_lines(raw[key]))}" for key in _TABLES if raw.get(key)]
    for key in _ARRAYS:
        parts += [f"[[{key}]]\n{''.join(_lines(each))}" for each in raw.get(key, ())]
    return "\n".join(parts)


def _lines(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {_value(value)}\n" for key, value in table.items() if not _empty(value)]


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {}, ())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(int(value) if float(value).is_integer() else value)
    if isinstance(value, Mapping):
        inside = ", ".join(
            f"{_key(key)} = {_value(each)}" for key, each in value.items() if not _empty(each)
        )
        return f"{{ {inside} }}"
    if isinstance(value, list | tuple):
        return _list([_value(each) for each in value])
    # A JSON string is a TOML string, but for the one character that JSON leaves as it is.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(items: list[str]) -> str:
    flat = f"[{', '.join(items)}]"
    if len(flat) <= 100:
        return flat
    return "[\n" + "".join(f"  {each},\n" for each in items) + "]"
