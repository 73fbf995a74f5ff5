"""A first declaration, guessed from a file: a proposal that people correct, and nothing more."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, islice
from pathlib import Path

from bassin.letters import spaced
from bassin.sources.authority import layers, tabular
from bassin.sources.authority.accepting import named
from bassin.sources.authority.declaration import Declaration, Declared, is_free
from bassin.sources.authority.repairs import propose, says_yes_or_no
from bassin.types import Text

READ = 5_000
MOST_CHOICES = 6
ENOUGH = 20
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PERIOD = re.compile(r"(19|20)\d{2}(-(Q[1-4]|\d{2}))?")
_SHAPES = {
    "siret": re.compile(r"\d{14}"), "siren": re.compile(r"\d{9}"),
    "commune_code": re.compile(r"(\d{2}|2[AB])\d{3}"), "postal_code": re.compile(r"\d{5}"),
    "naf_code": re.compile(r"\d{2}\.\d{2}[A-Z]"),
}  # fmt: skip
_WORDS = {
    "siret": ("siret",), "siren": ("siren",),
    "postal_code": ("postal", "cp"),
    "commune_code": ("insee", "commune", "depcom", "codgeo", "com"),
    "naf_code": ("naf", "ape"),
    "period": ("annee", "periode", "millesime", "year", "period", "trimestre"),
}  # fmt: skip
"""Words in the name of a column that hint at what it holds: the values must agree."""


def guess(path: Path, *, key: str, title: str, publisher: str, layer: bool) -> Declaration:
    """What a file seems to hold.

    Raises:
        Refused: it cannot be opened; the sentence says what to do.
    """
    names, rows, geometry = _layer(path) if layer else _table(path)
    found: list[Declared] = []
    for name, values in zip(names, zip(*rows, strict=True) if rows else [()] * len(names),
                            strict=True):  # fmt: skip
        found.append(_column(name, [value.strip() for value in values], found, layer=layer))
    unique = _key(found, rows)
    # What tells rows apart takes new values with each new row.
    found = [replace(each, choices=()) if each.name in unique else each for each in found]
    return Declaration(
        key=key, title=Text(title), definition=Text(""), publisher=publisher, level="internal",
        columns=tuple(found), unique=unique, geometry=geometry,
    )  # fmt: skip


Read = tuple[list[str], list[tuple[str, ...]], str]


def _table(path: Path) -> Read:
    opened = tabular.opened(path)
    width = len(opened.header)
    rows = [
        tuple(cells[:width]) for _line, cells in islice(opened.rows(), READ) if len(cells) >= width
    ]
    return list(opened.header), rows, ""


def _layer(path: Path) -> Read:
    listed = list(islice(layers.objects(path), READ))
    names = list(dict.fromkeys(name for each in listed for name in each.properties))
    rows = [tuple(_said(each.properties.get(name)) for name in names) for each in listed]
    kinds = [layers.KINDS.get(str((each.geometry or {}).get("type")), "") for each in listed]
    known = [kind for kind in kinds if kind] or ["point"]
    return names, rows, max(set(known), key=known.count)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _column(
    header: str, values: Sequence[str], before: Sequence[Declared], *, layer: bool
) -> Declared:
    filled = [value for value in values if value]
    kind = _kind(header, filled)
    name = kind if kind in ("commune_code", "period") else _name(header, layer=layer)
    taken = {each.name for each in before}
    tried = (f"{_name(header, layer=layer)}_{number}" for number in range(2, 99))
    name = name if name not in taken else next(each for each in tried if each not in taken)
    distinct = sorted(set(filled))
    few = kind == "text" and len(filled) >= ENOUGH and len(distinct) <= MOST_CHOICES
    return Declared(
        name, kind, Text(header.strip()), required=bool(values) and len(filled) == len(values),
        choices=tuple(distinct) if few else (), header=header.strip(),
    )  # fmt: skip


def _name(header: str, *, layer: bool) -> str:
    made = re.sub(r"_+", "_", named(header))[:36].strip("_") or "colonne"
    made = made if made[0].isalpha() else f"c_{made}"
    return made if is_free(made, layer=layer) else f"{made}_1"[:40]


def _kind(header: str, filled: Sequence[str]) -> str:
    if not filled:
        return "text"
    words = set(re.split(r"[^a-z0-9]+", spaced(header)))
    for kind, hints in _WORDS.items():
        if words & set(hints) and all(_fits(value, kind) for value in filled):
            return kind
    for kind in ("siret", "date", "boolean", "integer", "number"):
        if all(_fits(value, kind) for value in filled):
            return kind
    return "text"


def _fits(value: str, kind: str) -> bool:
    """Whether a value is of a kind, as it is or once it is repaired."""
    repair = propose(value, kind)
    said = repair[1] if repair else value
    if kind in _SHAPES:
        return bool(_SHAPES[kind].fullmatch(said))
    if kind == "period":
        return bool(_PERIOD.fullmatch(said))
    if kind == "boolean":
        return says_yes_or_no(value) and value not in ("0", "1")
    if kind == "date":
        return _is_day(said)
    if kind == "integer":
        # A code with its zero in front is no number.
        return said.lstrip("-").isdigit() and (len(said) == 1 or said.lstrip("-")[0] != "0")
    return bool(_NUMBER.fullmatch(said))


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == len("2026-01-01")


def _key(columns: Sequence[Declared], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The first column, or pair, whose values are never given twice; else the first column."""
    at = {each.name: place for place, each in enumerate(columns)}
    sure = [each.name for each in columns if each.required]
    tried = [(name,) for name in sure] + list(combinations(sure, 2))
    for names in tried[:60]:
        values = [tuple(row[at[name]] for name in names) for row in rows]
        if len(set(values)) == len(values):
            return names
    return tuple(sure[:1]) or (columns[0].name,)
