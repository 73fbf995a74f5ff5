"""From raw files to one checked, sorted Parquet file, in bounded memory.

Rows go through a DuckDB file in a scratch folder, so a national file never has to fit in memory.
Each raw file is read once: typed, judged and written down in the same pass; the sorted output is
written in a second one.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.checks import cast, literal, quoted, refusal
from bassin.sources.contract import Column, Derivation, Raw, Source
from bassin.sources.files import unreadable
from bassin.sources.lineage import all_in_file
from bassin.sources.raw import in_scratch
from bassin.sources.reasons import REPEATED, too_many
from bassin.types import Text

MEMORY_LIMIT = "2GB"
# A byte that is not UTF-8 may also surface as an internal error.
_UNREADABLE = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.InternalException)


@dataclass(frozen=True, slots=True)
class Staged:
    """A folder with `data.parquet` and, if rows were refused, `refused.parquet`."""

    folder: Path
    rows: int
    refused: int
    vintage: str
    bytes: int


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the rows of one table must respect, whether a source's or a derivation's."""

    columns: Mapping[str, Column]
    unique: tuple[str, ...]
    sort: tuple[str, ...]
    stamped_by: str = ""

    @property
    def dated(self) -> bool:
        """Whether the latest stamp dates the rows that have no period of their own."""
        return bool(self.stamped_by) and "period" in self.columns


def _connect(scratch: Path) -> ibis.BaseBackend:
    con = ibis.duckdb.connect(
        scratch / "stage.duckdb", temp_directory=str(scratch / "spill"), memory_limit=MEMORY_LIMIT
    )
    # What lives for a minute is not worth compressing: a third of the time of a large load.
    con.raw_sql("SET force_compression = 'uncompressed'")
    return con


def stage(source: Source, raws: list[Raw], scratch: Path, today: date) -> Staged:
    """Read and check all raw files of a source.

    Raises:
        SourceError: no file, no row, or too many refused rows.
    """
    if not raws:
        raise SourceError(
            Text(
                f"{source.title.fr} : aucun fichier à lire. Voir {source.page}.",
                f"{source.title}: no file to read. See {source.page}.",
            )
        )
    rules = _Rules(source.columns, source.unique, source.sort, source.stamped_by)
    con = _connect(scratch)
    try:
        names = [
            _read_one(con, source, raw, scratch / f"part_{number}", rules, today)
            for number, raw in enumerate(raws)
        ]
        staged = _finish(con, rules, names, scratch)
        _enough(con, source, staged)
        return staged
    finally:
        con.disconnect()


def _read_one(
    con: ibis.BaseBackend, source: Source, raw: Raw, folder: Path, rules: _Rules, today: date
) -> dict[str, str]:
    """Write one raw file down as the judged table `part_<number>`; give its own column names."""
    folder.mkdir()
    raw = in_scratch(raw, folder)
    try:
        table = source.read(con, raw)
        names = _judge(con, folder.name, raw.name, table, rules.columns, today)
    except _UNREADABLE as error:
        raise unreadable(raw, error) from error
    shutil.rmtree(folder)  # an unpacked national file takes ten gigabytes
    return names


def stage_derived(
    derivation: Derivation,
    inputs: Mapping[str, Path],
    scratch: Path,
    today: date,
    invented: Sequence[Path] = (),
) -> Staged:
    """Compute a derived table from the Parquet files of its inputs.

    Args:
        invented: folders of the inputs that are invented. Their result says nothing of communes
            they do not name (a zero elsewhere would be one more invented fact).
    """
    con = _connect(scratch)
    try:
        for name, folder in inputs.items():
            con.read_parquet(folder / "data.parquet", table_name=name)
        rules = _Rules(derivation.columns, derivation.unique, derivation.sort)
        table = derivation.derive(con)
        named = _communes_named(con, invented)
        if named and "commune_code" in table.columns:
            table = table.filter(table.commune_code.isin(named))
        _judge(con, "part_0", derivation.key, table, rules.columns, today)
        return _finish(con, rules, [{}], scratch)
    finally:
        con.disconnect()


def _communes_named(con: ibis.BaseBackend, folders: Sequence[Path]) -> list[str]:
    """The communes that some tables are about (for flows between communes, the workplace)."""
    found: set[str] = set()
    for folder in folders:
        table = con.read_parquet(folder / "data.parquet")
        for column in ("commune_code", "work_commune_code"):
            if column in table.columns:
                met = table.filter(table[column].notnull()).select(column).distinct()
                found.update(met.to_pyarrow()[column].to_pylist())
                break
    return sorted(found)


def _judge(
    con: ibis.BaseBackend,
    part: str,
    file: str,
    table: ir.Table,
    columns: Mapping[str, Column],
    today: date,
) -> dict[str, str]:
    """Typed columns, plus the line and `refusal` (NULL for a good row), in one pass.

    Gives the names of our columns in the file, "" where nothing tells.
    """
    con.create_view(f"read_{part}", table)
    described = con.raw_sql(f"DESCRIBE read_{part}").fetchall()
    given = {name: kind for name, kind, *_ in described}
    missing = [name for name in columns if name not in given]
    if missing:
        raise SourceError(
            Text(
                f"{file} : son lecteur ne donne pas la colonne {', '.join(missing)}.",
                f"{file}: its reader gives no column {', '.join(missing)}.",
            )
        )
    in_file = all_in_file(table, list(columns))
    typed = ", ".join(f"{cast(n, c, given[n])} AS {quoted(n)}" for n, c in columns.items())
    line = ", CAST(line_number AS BIGINT) AS line_number" if "line_number" in given else ""
    con.raw_sql(
        f"CREATE TABLE {part} AS SELECT {typed}{line}, "
        f"{refusal(columns, given, today, in_file)} AS refusal FROM read_{part}"
    )
    con.raw_sql(f"DROP VIEW read_{part}")
    # The rows are in the order of the file, and its first line is the header.
    place = "line_number" if line else "rowid + 2"
    con.raw_sql(
        f"CREATE VIEW judged_{part} AS SELECT *, CAST({place} AS BIGINT) AS line, "
        f"{literal(file)} AS file FROM {part}"
    )
    return in_file


def _finish(
    con: ibis.BaseBackend, rules: _Rules, names: Sequence[Mapping[str, str]], scratch: Path
) -> Staged:
    parts = len(names)
    union = " UNION ALL BY NAME ".join(f"SELECT * FROM judged_part_{n}" for n in range(parts))
    con.raw_sql(f"CREATE VIEW judged AS {union}")
    doubles = _set_doubles_aside(con, rules, parts)
    out = scratch / "out"
    out.mkdir()
    data = literal(str(out / "data.parquet"))
    order = ", ".join(quoted(name) for name in rules.sort if name in rules.columns)
    con.raw_sql(
        f"COPY (SELECT {_published(con, rules)} FROM judged WHERE refusal IS NULL"
        f"{' AND (file, line) NOT IN (SELECT (file, line) FROM doubles)' if doubles else ''}"
        f"{' ORDER BY ' + order if order else ''}) TO {data} "
        "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
    )
    rows = _count(con, f"read_parquet({data})")
    refused = _write_refused(con, rules, names, out)
    vintage = _vintage(con, data) if "period" in rules.columns else ""
    return Staged(out, rows, refused, vintage, (out / "data.parquet").stat().st_size)


def _published(con: ibis.BaseBackend, rules: _Rules) -> str:
    """The columns of the output; rows whose reader gives no date take the table's latest stamp."""
    shown = {name: quoted(name) for name in rules.columns}
    if rules.dated:
        stamp = quoted(rules.stamped_by)
        last = con.raw_sql(f"SELECT max({stamp}) FROM judged WHERE refusal IS NULL").fetchone()
        if last and last[0] is not None:
            shown["period"] = f"coalesce(period, {literal(last[0].isoformat())}) AS period"
            if "cog" in shown:
                kind = rules.columns["cog"].type
                shown["cog"] = f"coalesce(cog, CAST({last[0].year} AS {kind})) AS cog"
    return ", ".join(shown.values())


def _set_doubles_aside(con: ibis.BaseBackend, rules: _Rules, parts: int) -> int:
    """List in `doubles` the rows whose key is given better elsewhere; give how many.

    In one file the first row stays and the next ones are refused. Between files of a stamped
    stock the newest row stays and the older ones are superseded, which is no fault.
    """
    con.raw_sql(
        "CREATE TABLE doubles (file VARCHAR, line BIGINT, value VARCHAR, superseded BOOLEAN)"
    )
    if not rules.unique:
        return 0
    keys = ", ".join(quoted(name) for name in rules.unique)
    # Hashes of eight bytes first: keys of a national file are compared only where hashes meet.
    con.raw_sql(
        f"CREATE TABLE met_twice AS SELECT hash({keys}) AS met FROM judged "
        "WHERE refusal IS NULL GROUP BY met HAVING count(*) > 1"
    )
    if not _count(con, "met_twice"):
        return 0
    stamped = rules.stamped_by and parts > 1
    newest = f"{quoted(rules.stamped_by)} DESC NULLS LAST, file DESC" if stamped else "file"
    shown = " || ' ' || ".join(f"coalesce(CAST({quoted(n)} AS VARCHAR), '')" for n in rules.unique)
    con.raw_sql(
        f"INSERT INTO doubles SELECT file, line, {shown}, "
        f"{'file <> first_value(file) OVER best' if stamped else 'false'} FROM judged "
        f"WHERE refusal IS NULL AND hash({keys}) IN (FROM met_twice) "
        f"WINDOW best AS (PARTITION BY {keys} ORDER BY {newest}, line) "
        "QUALIFY row_number() OVER best > 1"
    )
    return _count(con, "doubles")


def _write_refused(
    con: ibis.BaseBackend, rules: _Rules, names: Sequence[Mapping[str, str]], out: Path
) -> int:
    told = (
        "SELECT file, line, refusal.file_column AS file_column, refusal.column AS column_name, "
        "refusal.value AS value, refusal.reason AS reason FROM judged WHERE refusal IS NOT NULL"
    )
    if rules.unique:
        keys = literal(", ".join(rules.unique))
        # Files of several layouts name a key each in its way.
        known = {", ".join(n for key in rules.unique if (n := part.get(key))) for part in names}
        in_file = literal(known.pop() if len(known) == 1 else "")
        told += (
            f" UNION ALL SELECT file, line, {in_file}, {keys}, value, "
            f"{literal(REPEATED)} FROM doubles WHERE NOT superseded"
        )
    con.raw_sql(f"CREATE TABLE refused AS {told}")
    refused = _count(con, "refused")
    if refused:
        path = literal(str(out / "refused.parquet"))
        con.raw_sql(f"COPY (FROM refused ORDER BY file, line) TO {path} (FORMAT parquet)")
    return refused


def _enough(con: ibis.BaseBackend, source: Source, staged: Staged) -> None:
    """A file with no good row, or too many bad ones, is the wrong file."""
    rows, refused = staged.rows, staged.refused
    if rows and refused * 100 <= source.max_refused_pct * (rows + refused):
        return
    first = con.raw_sql(
        "SELECT file, line, file_column, column_name, value, reason FROM refused "
        "ORDER BY file, line LIMIT 1"
    ).fetchone()
    if first is None:
        raise SourceError(
            Text(
                f"{source.title.fr} : le fichier a un en-tête et aucune ligne. Téléchargez-le à "
                "nouveau, puis chargez-le.",
                f"{source.title}: the file has a header and no row. Download it again, then load "
                "it.",
            )
        )
    raise SourceError(too_many(first, refused, rows + refused, source.max_refused_pct))


def _vintage(con: ibis.BaseBackend, data: str) -> str:
    last = con.raw_sql(f"SELECT max(period) FROM read_parquet({data})").fetchone()
    return str(last[0]) if last and last[0] is not None else ""


def _count(con: ibis.BaseBackend, relation: str) -> int:
    row = con.raw_sql(f"SELECT count(*) FROM {relation}").fetchone()
    return int(row[0]) if row else 0
