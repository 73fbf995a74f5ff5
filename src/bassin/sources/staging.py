"""From raw files to one checked, sorted Parquet file, in bounded memory.

Rows go through a DuckDB file in a scratch folder, so a national file never has to fit in memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import ibis

from bassin.errors import SourceError
from bassin.sources.checks import cast, literal, quoted, refusal
from bassin.sources.contract import Column, Derivation, Raw, Source
from bassin.sources.files import unreadable
from bassin.sources.raw import in_scratch

MEMORY_LIMIT = "2GB"


@dataclass(frozen=True, slots=True)
class Staged:
    """A folder with `data.parquet` and, if rows were refused, `refused.parquet`."""

    folder: Path
    rows: int
    refused: int
    vintage: str
    bytes: int


def _connect(scratch: Path) -> ibis.BaseBackend:
    return ibis.duckdb.connect(
        scratch / "stage.duckdb", temp_directory=str(scratch / "spill"), memory_limit=MEMORY_LIMIT
    )


def stage(source: Source, raws: list[Raw], scratch: Path, today: date) -> Staged:
    """Read and check all raw files of a source.

    Raises:
        SourceError: no file, no row, or too many refused rows.
    """
    if not raws:
        raise SourceError(f"{source.title}: no file to read. See {source.page}.")
    con = _connect(scratch)
    try:
        parts = [_read_one(con, source, raw, scratch, i) for i, raw in enumerate(raws)]
        return _finish(
            con, source.columns, source.unique, source.sort, parts, scratch, today, source
        )
    finally:
        con.disconnect()


def _read_one(
    con: ibis.BaseBackend, source: Source, raw: Raw, scratch: Path, number: int
) -> tuple[str, str]:
    """Stage one raw file as table `part_<number>`; give (table, file name)."""
    name = f"part_{number}"
    folder = scratch / name
    folder.mkdir()
    try:
        con.create_table(name, source.read(con, in_scratch(raw, folder)))
    except duckdb.InvalidInputException as error:
        raise unreadable(raw, error) from error
    return name, raw.name


def stage_derived(
    derivation: Derivation, inputs: Mapping[str, Path], scratch: Path, today: date
) -> Staged:
    """Compute a derived table from the Parquet files of its inputs."""
    con = _connect(scratch)
    try:
        for name, folder in inputs.items():
            con.read_parquet(folder / "data.parquet", table_name=name)
        con.create_table("part_0", derivation.derive(con))
        parts = [("part_0", derivation.key)]
        columns, unique, sort = derivation.columns, derivation.unique, derivation.sort
        return _finish(con, columns, unique, sort, parts, scratch, today, None)
    finally:
        con.disconnect()


def _finish(
    con: ibis.BaseBackend,
    columns: Mapping[str, Column],
    unique: tuple[str, ...],
    sort: tuple[str, ...],
    parts: list[tuple[str, str]],
    scratch: Path,
    today: date,
    source: Source | None,
) -> Staged:
    for table, file in parts:
        _judge(con, table, file, columns, today)
    raw_names = " UNION ALL BY NAME ".join(f"SELECT * FROM judged_{table}" for table, _ in parts)
    con.raw_sql(f"CREATE VIEW judged AS {raw_names}")
    _refuse_duplicates(con, unique)
    out = scratch / "out"
    out.mkdir()
    names = ", ".join(quoted(name) for name in columns)
    order = ", ".join(quoted(name) for name in sort if name in columns)
    con.raw_sql(
        f"COPY (SELECT {names} FROM judged WHERE refusal IS NULL"
        f"{' AND (file, line) NOT IN (FROM doubles)' if unique else ''}"
        f"{' ORDER BY ' + order if order else ''}) TO {literal(str(out / 'data.parquet'))} "
        "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
    )
    rows = _count(con, f"read_parquet({literal(str(out / 'data.parquet'))})")
    refused = _write_refused(con, unique, out)
    if source is not None:
        _enough(con, source, rows, refused, out)
    vintage = _vintage(con, out) if "period" in columns else ""
    size = (out / "data.parquet").stat().st_size
    return Staged(out, rows, refused, vintage, size)


def _judge(
    con: ibis.BaseBackend, table: str, file: str, columns: Mapping[str, Column], today: date
) -> None:
    """Typed columns plus `refusal` (NULL for a good row), in one pass over the staged part."""
    described = con.raw_sql(f"DESCRIBE {table}").fetchall()
    given = {name: kind for name, kind, *_ in described}
    missing = [name for name in columns if name not in given]
    if missing:
        raise SourceError(f"{file}: its reader gives no column {', '.join(missing)}.")
    line = "line_number" if "line_number" in given else "rowid + 2"
    typed = ", ".join(f"{cast(n, c, given[n])} AS {quoted(n)}" for n, c in columns.items())
    con.raw_sql(
        f"CREATE VIEW judged_{table} AS SELECT {typed}, CAST({line} AS BIGINT) AS line, "
        f"{literal(file)} AS file, {refusal(columns, given, today)} AS refusal FROM {table}"
    )


def _refuse_duplicates(con: ibis.BaseBackend, unique: tuple[str, ...]) -> None:
    """List the rows whose key was already met; the first one stays."""
    if not unique:
        return
    keys = ", ".join(quoted(name) for name in unique)
    shown = " || ' ' || ".join(f"coalesce(CAST({quoted(name)} AS VARCHAR), '')" for name in unique)
    con.raw_sql(
        f"CREATE TABLE twice AS SELECT {keys} FROM judged WHERE refusal IS NULL "
        f"GROUP BY {keys} HAVING count(*) > 1"
    )
    con.raw_sql(
        f"CREATE TABLE doubles_told AS SELECT file, line, {shown} AS value FROM (SELECT *, "
        f"row_number() OVER (PARTITION BY {keys} ORDER BY file, line) AS nth FROM judged "
        f"SEMI JOIN twice USING ({keys}) WHERE refusal IS NULL) WHERE nth > 1"
    )
    con.raw_sql("CREATE VIEW doubles AS SELECT file, line FROM doubles_told")


def _write_refused(con: ibis.BaseBackend, unique: tuple[str, ...], out: Path) -> int:
    told = (
        "SELECT file, line, refusal.column AS column_name, refusal.value AS value, "
        "refusal.reason AS reason FROM judged WHERE refusal IS NOT NULL"
    )
    if unique:
        told += (
            f" UNION ALL SELECT file, line, {literal(', '.join(unique))}, value, "
            "'was already given by an earlier line' FROM doubles_told"
        )
    con.raw_sql(f"CREATE TABLE refused AS {told}")
    refused = _count(con, "refused")
    if refused:
        path = literal(str(out / "refused.parquet"))
        con.raw_sql(f"COPY (FROM refused ORDER BY file, line) TO {path} (FORMAT parquet)")
    return refused


def _enough(con: ibis.BaseBackend, source: Source, rows: int, refused: int, out: Path) -> None:
    """A file with no good row, or too many bad ones, is the wrong file."""
    if rows and refused * 100 <= source.max_refused_pct * (rows + refused):
        return
    first = con.raw_sql(
        "SELECT file, line, column_name, value, reason FROM refused ORDER BY file, line LIMIT 1"
    ).fetchone()
    if first is None:
        raise SourceError(
            f"{source.title}: the file has a header and no row. Download it again, then load it."
        )
    file, line, column, value, reason = first
    shown = "empty" if value is None else f"“{value}”, which {reason}"
    raise SourceError(
        f"{file}, line {line}: {column} is {shown}. {refused} of {rows + refused} rows are refused "
        f"(at most {source.max_refused_pct:g} % may be). Check that it is the publisher's own file "
        "and that codes kept their leading zeros, then load it again."
    )


def _vintage(con: ibis.BaseBackend, out: Path) -> str:
    sql = f"SELECT max(period) FROM read_parquet({literal(str(out / 'data.parquet'))})"
    last = con.raw_sql(sql).fetchone()
    return str(last[0]) if last and last[0] is not None else ""


def _count(con: ibis.BaseBackend, relation: str) -> int:
    row = con.raw_sql(f"SELECT count(*) FROM {relation}").fetchone()
    return int(row[0]) if row else 0
