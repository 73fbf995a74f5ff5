"""The faults of a deposit, read from its file: filtered, counted, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bassin.sources.authority.declaration import Declaration
from bassin.sources.authority.judging import todo
from bassin.sources.authority.repairs import propose
from bassin.sources.reasons import said
from bassin.types import Text

A_PAGE = 50
MENDED = Text("Peut être corrigé ci-dessus, avec les autres.",
              "Can be put right above, with the others.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place: what was found there, what was expected, what to do."""

    line: int
    column: str
    value: str
    reason: str
    todo: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Some faults, how many there are under the filters, and how many by column and by reason."""

    faults: list[Fault]
    count: int
    columns: list[tuple[str, int]]
    reasons: list[tuple[str, str, int]]


def listed(path: Path, made: Declaration, language: str, *, column: str = "", reason: str = "",
           page: int = 1) -> Listed:  # fmt: skip
    """The faults of a file."""
    if not path.exists():
        return Listed([], 0, [], [])
    wanted, values = _where(column, reason)
    with duckdb.connect(":memory:", config={"threads": 1}) as con:
        con.execute(
            "CREATE VIEW faults AS SELECT * FROM "
            f"read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')"
        )
        count = con.execute(f"SELECT count(*) FROM faults WHERE {wanted}", values).fetchall()[0][0]
        rows = con.execute(
            f"SELECT line, column_name, value, reason FROM faults WHERE {wanted} "
            "ORDER BY line, column_name LIMIT ? OFFSET ?",
            [*values, A_PAGE, (max(page, 1) - 1) * A_PAGE],
        ).fetchall()
        columns = con.execute(
            "SELECT column_name, count(*) FROM faults GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        reasons = con.execute(
            "SELECT reason, count(*) FROM faults GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
    return Listed(
        [_told(row, made, language) for row in rows], count, columns,
        [(code, said(code, language), times) for code, times in reasons],
    )  # fmt: skip


def every(path: Path, made: Declaration, language: str) -> Iterator[Fault]:
    """All of them, for a file."""
    if not path.exists():
        return
    with duckdb.connect(":memory:", config={"threads": 1}) as con:
        asked = "SELECT line, column_name, value, reason FROM read_parquet(?) ORDER BY line"
        found = con.execute(asked, [str(path)])
        while batch := found.fetchmany(5_000):
            yield from (_told(row, made, language) for row in batch)


def _where(column: str, reason: str) -> tuple[str, list[str]]:
    asked = [("column_name = ?", column), ("reason = ?", reason)]
    kept = [(sql, value) for sql, value in asked if value]
    return " AND ".join(["true", *(sql for sql, _value in kept)]), [value for _sql, value in kept]


def _told(row: tuple[int, str, str, str], made: Declaration, language: str) -> Fault:
    line, name, value, reason = row
    column = made.column(name)
    mended = column is not None and propose(value, column.kind) is not None
    advice = MENDED if mended else todo(reason, value)
    return Fault(line, label(made, name, language), value, said(reason, language),
                 advice.say(language))  # fmt: skip


def label(made: Declaration, names: str, language: str) -> str:
    """What people call a column, or the columns of the key together."""
    found = [(made.column(name), name) for name in names.split(", ")]
    return ", ".join(each.label.say(language) if each else name for each, name in found)
