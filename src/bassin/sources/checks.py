"""Declared columns as SQL: casts, the rule each row must pass, and the sentence when it fails."""

from collections.abc import Mapping
from datetime import date

from bassin.sources.contract import Column
from bassin.sources.reasons import EMPTY, FUTURE, KEY, of_choices, of_pattern, of_type

_FLOATS = ("DOUBLE", "FLOAT")
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"


def cast(name: str, column: Column, given: str) -> str:
    """The typed value of a column; NULL when the text does not fit (`broken` then says so)."""
    if column.type == "VARCHAR":
        text = quoted(name) if given == "VARCHAR" else f"CAST({quoted(name)} AS VARCHAR)"
        return f"nullif({text}, '')"
    if given == "VARCHAR":
        return f"TRY_CAST(nullif({quoted(name)}, '') AS {column.type})"
    return f"TRY_CAST({quoted(name)} AS {column.type})"


def broken(name: str, column: Column, given: str, today: date) -> list[tuple[str, str]]:
    """The rules a column breaks, each as (SQL condition, reason in words)."""
    value = quoted(name)
    typed = cast(name, column, given)
    empty = f"({value} IS NULL OR CAST({value} AS VARCHAR) = '')"
    rules = _of_its_type(name, column, given, typed, empty)
    if column.required:
        rules.append((empty, EMPTY))
    if column.pattern:
        matches = f"regexp_full_match(CAST({value} AS VARCHAR), {literal(column.pattern)})"
        rules.append((f"NOT {empty} AND NOT {matches}", of_pattern(column.pattern)))
    if column.choices:
        allowed = ", ".join(map(literal, column.choices))
        rules.append((f"NOT {empty} AND CAST({value} AS VARCHAR) NOT IN ({allowed})",
                      of_choices(column.choices)))  # fmt: skip
    if column.checked:
        rules.append((f"NOT {empty} AND NOT {key_holds(f'CAST({value} AS VARCHAR)')}", KEY))
    if column.minimum is not None:
        rules.append((f"{typed} < {column.minimum!r}", f"is below {column.minimum:g}"))
    if column.maximum is not None:
        rules.append((f"{typed} > {column.maximum!r}", f"is above {column.maximum:g}"))
    if column.past:
        rules.append((f"{typed} > DATE '{today.isoformat()}'", FUTURE))
    if name == "period" and column.type == "VARCHAR":
        text = f"CAST({value} AS VARCHAR)"
        rules.append((f"{text} > {_now_like(text, today)}", FUTURE))
    return rules


LA_POSTE = "356000000"


def key_holds(digits: str) -> str:
    """SQL: whether the last digit of a SIREN or SIRET answers for the others (Luhn).

    False for what is not digits. The establishments of La Poste are counted another way: the sum
    of their digits is a multiple of five.
    """
    place = f"CAST(substr({digits}, i, 1) AS INTEGER)"
    doubled = f"2 * {place} - CASE WHEN {place} > 4 THEN 9 ELSE 0 END"
    even = f"(length({digits}) - i) % 2 = 0"
    every = f"range(1, length({digits}) + 1)"
    luhn = f"list_sum([CASE WHEN {even} THEN {place} ELSE {doubled} END FOR i IN {every}])"
    plain = f"list_sum([{place} FOR i IN {every}])"
    return (
        rf"CASE WHEN NOT regexp_full_match({digits}, '\d+') THEN false "
        f"WHEN starts_with({digits}, '{LA_POSTE}') AND length({digits}) = 14 "
        f"THEN {plain} % 5 = 0 OR {luhn} % 10 = 0 ELSE {luhn} % 10 = 0 END"
    )


def _of_its_type(
    name: str, column: Column, given: str, typed: str, empty: str
) -> list[tuple[str, str]]:
    """What makes a value no value of its type. A count cut or rounded would be another one."""
    rules = []
    if column.type != "VARCHAR" and given == "VARCHAR":
        rules.append((f"NOT {empty} AND {typed} IS NULL", of_type(column.type)))
    if column.type in _FLOATS and given in ("VARCHAR", *_FLOATS):
        rules.append((f"NOT isfinite({typed})", of_type(column.type)))
    if column.type in _INTEGERS and given in ("VARCHAR", *_FLOATS):
        exact = f"TRY_CAST({quoted(name)} AS DOUBLE)"
        rules.append((f"{exact} <> CAST({typed} AS DOUBLE)", "is not a whole number"))
    return rules


def _now_like(value: str, today: date) -> str:
    """The day of loading, written like a period: a year, a quarter, a month or a day."""
    quarter = f"{today.year}-Q{(today.month + 2) // 3}"
    return (
        f"CASE WHEN {value} LIKE '%Q%' THEN {literal(quarter)} "
        f"ELSE left({literal(today.isoformat())}, CAST(length({value}) AS BIGINT)) END"
    )


def refusal(
    columns: Mapping[str, Column],
    given: Mapping[str, str],
    today: date,
    in_file: Mapping[str, str],
) -> str:
    """One SQL expression: NULL for a good row, else a struct (column, file_column, value, reason).

    Args:
        in_file: the names that the file gives to our columns, "" when they are not known.
    """
    cases = []
    for name, column in columns.items():
        for condition, reason in broken(name, column, given[name], today):
            cases.append(
                f"WHEN {condition} THEN {{'column': {literal(name)}, "
                f"'file_column': {literal(in_file.get(name, ''))}, "
                f"'value': CAST({quoted(name)} AS VARCHAR), 'reason': {literal(reason)}}}"
            )
    return f"CASE {' '.join(cases)} END" if cases else "NULL"
