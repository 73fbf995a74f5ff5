"""Declared columns as SQL: casts, the rule each row must pass, and the sentence when it fails."""

from collections.abc import Mapping
from datetime import date

from bassin.sources.contract import Column


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
    rules = []
    if column.type != "VARCHAR" and given == "VARCHAR":
        rules.append((f"NOT {empty} AND {typed} IS NULL", f"is not a {_word(column.type)}"))
    if column.required:
        rules.append((empty, "is empty"))
    if column.pattern:
        matches = f"regexp_full_match(CAST({value} AS VARCHAR), {literal(column.pattern)})"
        rules.append((f"NOT {empty} AND NOT {matches}", f"does not look like {column.pattern}"))
    if column.minimum is not None:
        rules.append((f"{typed} < {column.minimum!r}", f"is below {column.minimum:g}"))
    if column.maximum is not None:
        rules.append((f"{typed} > {column.maximum!r}", f"is above {column.maximum:g}"))
    if column.past:
        rules.append((f"{typed} > DATE '{today.isoformat()}'", "is in the future"))
    return rules


def refusal(columns: Mapping[str, Column], given: Mapping[str, str], today: date) -> str:
    """One SQL expression: NULL for a good row, else a struct (column, value, reason)."""
    cases = []
    for name, column in columns.items():
        for condition, reason in broken(name, column, given[name], today):
            cases.append(
                f"WHEN {condition} THEN {{'column': {literal(name)}, "
                f"'value': CAST({quoted(name)} AS VARCHAR), 'reason': {literal(reason)}}}"
            )
    return f"CASE {' '.join(cases)} END" if cases else "NULL"


def _word(kind: str) -> str:
    """How a sentence names a type."""
    words = {"DATE": "date (YYYY-MM-DD)", "BOOLEAN": "yes or no"}
    return words.get(kind, "number")
