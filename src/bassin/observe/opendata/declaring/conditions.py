"""Which rows are counted: a column, a comparison, values; compiled to the `where` of a term."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from bassin.errors import Refused
from bassin.sources.contract import Column
from bassin.taxonomies.perimeters import perimeters
from bassin.types import Text

ALL, ANY = "all", "any"
MOST = 6
MOST_VALUES = 60
SEPARATOR = ";"

TEXT, NUMBER, DAY, TRUTH = "text", "number", "day", "truth"

OPERATORS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "in": (_("is one of"), (TEXT, NUMBER)),
    "not_in": (_("is none of"), (TEXT, NUMBER)),
    "eq": (_("is equal to"), (NUMBER, DAY)),
    "ne": (_("differs from"), (NUMBER, DAY)),
    "ge": (_("is at least"), (NUMBER, DAY, TEXT)),
    "gt": (_("is above"), (NUMBER, DAY)),
    "le": (_("is at most"), (NUMBER, DAY, TEXT)),
    "lt": (_("is below"), (NUMBER, DAY)),
    "true": (_("is true"), (TRUTH,)),
    "false": (_("is false"), (TRUTH,)),
    "filled": (_("is filled in"), (TEXT, NUMBER, DAY, TRUTH)),
    "empty": (_("is empty"), (TEXT, NUMBER, DAY, TRUTH)),
    "naf": (_("is an activity below these NAF codes"), (TEXT,)),
    "perimeter": (_("is an activity of the perimeter"), (TEXT,)),
}
"""Each comparison: its words, and the kinds of column that it makes sense for."""

BARE = ("true", "false", "filled", "empty")
"""Comparisons that want no value."""

_SIGNS = {"eq": "==", "ne": "!=", "ge": ">=", "gt": ">", "le": "<=", "lt": "<"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition, as it was answered: nothing is understood yet."""

    column: str
    operator: str
    values: tuple[str, ...] = ()


def kind(column: Column) -> str:
    """What a column holds, as far as comparing is concerned."""
    return {"VARCHAR": TEXT, "DATE": DAY, "BOOLEAN": TRUTH}.get(column.type, NUMBER)


def where(conditions: Sequence[Condition], columns: Mapping[str, Column], join: str = ALL) -> str:
    """The condition of a term, "" when every row is counted.

    Raises:
        Refused: a column or a comparison is unknown, or a value is not what the column holds.
    """
    parts = [_one(each, columns) for each in conditions]
    return (" or " if join == ANY else " and ").join(parts)


def _one(asked: Condition, columns: Mapping[str, Column]) -> str:
    if asked.column not in columns:
        known = ", ".join(columns)
        raise Refused(Text(
            f"« {asked.column[:60]} » n'est pas une colonne de cette table. Il y a : {known}.",
            f"“{asked.column[:60]}” is not a column of this table. There are: {known}.",
        ))  # fmt: skip
    column, held = columns[asked.column], kind(columns[asked.column])
    if asked.operator not in OPERATORS or held not in OPERATORS[asked.operator][1]:
        raise Refused(Text(
            f"La colonne {asked.column} ne se compare pas ainsi : choisissez une autre "
            "comparaison.",
            f"The column {asked.column} is not compared so: choose another comparison.",
        ))  # fmt: skip
    if asked.operator in BARE:
        return _bare(asked)
    values = _values(asked)
    if asked.operator in ("naf", "perimeter"):
        return _activities(asked, values)
    written = [_literal(each, asked.column, column, held) for each in values]
    if asked.operator in ("in", "not_in"):
        sign = "in" if asked.operator == "in" else "not in"
        return f"{asked.column} {sign} [{', '.join(written)}]"
    if len(written) > 1:
        raise Refused(Text(
            f"Une seule valeur pour « {asked.column} » : vous en donnez {len(written)}.",
            f"One value only for “{asked.column}”: you give {len(written)}.",
        ))  # fmt: skip
    return f"{asked.column} {_SIGNS[asked.operator]} {written[0]}"


def _bare(asked: Condition) -> str:
    return {
        "true": f"{asked.column} == True", "false": f"{asked.column} == False",
        "filled": f"{asked.column} is not None", "empty": f"{asked.column} is None",
    }[asked.operator]  # fmt: skip


def _values(asked: Condition) -> list[str]:
    values = list(dict.fromkeys(each.strip() for each in asked.values if each.strip()))
    if not values:
        raise Refused(Text(
            f"À quoi comparer « {asked.column} » ? Écrivez une valeur, ou cochez-en.",
            f"What is “{asked.column}” compared with? Write a value, or tick some.",
        ))  # fmt: skip
    if len(values) > MOST_VALUES:
        raise Refused(Text(
            f"{len(values)} valeurs pour « {asked.column} » ; {MOST_VALUES} au plus sont permises. "
            "Prenez la comparaison inverse.",
            f"{len(values)} values for “{asked.column}”; at most {MOST_VALUES} are allowed. Take "
            "the opposite comparison.",
        ))  # fmt: skip
    return values


def _activities(asked: Condition, values: list[str]) -> str:
    if asked.column != "naf_code":
        raise Refused(Text(
            f"« {asked.column} » ne contient pas de codes NAF : cette comparaison est pour "
            "naf_code.",
            f"“{asked.column}” holds no NAF codes: this comparison is for naf_code.",
        ))  # fmt: skip
    if asked.operator == "perimeter" and (unknown := set(values) - set(perimeters())):
        names = ", ".join(perimeters())
        raise Refused(Text(
            f"Il n'y a pas de périmètre « {min(unknown)[:40]} ». Il y a : {names}.",
            f"There is no perimeter “{min(unknown)[:40]}”. There are: {names}.",
        ))  # fmt: skip
    calls = ", ".join(json.dumps(each, ensure_ascii=False) for each in values)
    return f"naf_code in {asked.operator}({calls})"


def _literal(value: str, name: str, column: Column, held: str) -> str:
    """A value as the declaration writes it."""
    if held == TEXT:
        return json.dumps(value, ensure_ascii=False)
    if held == DAY:
        try:
            return f'"{date.fromisoformat(value).isoformat()}"'
        except ValueError as error:
            raise Refused(Text(
                f"« {value[:40]} » n'est pas un jour : « {name} » s'écrit 2026-01-31.",
                f"“{value[:40]}” is no day: “{name}” is written 2026-01-31.",
            )) from error  # fmt: skip
    return _number(value, name, whole=column.type != "DOUBLE")


def _number(value: str, name: str, *, whole: bool) -> str:
    plain = value.replace(" ", "").replace("\u202f", "").replace("\xa0", "").replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Refused(Text(
            f"« {value[:40]} » n'est pas un nombre, et la colonne {name} contient des nombres.",
            f"“{value[:40]}” is no number, and the column {name} holds numbers.",
        ))  # fmt: skip
    return (
        str(int(number)) if number.is_integer() and (whole or abs(number) < 1e15) else repr(number)
    )
