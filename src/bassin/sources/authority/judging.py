"""Each value of an accepted file judged by the rules that the runner will apply, and no other.

Every fault of every row is told, not the first one alone; and what is refused here is what will be
refused at publication.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bassin.sources.authority import layers
from bassin.sources.authority.accepting import CELLS
from bassin.sources.authority.declaration import Declaration
from bassin.sources.authority.table import columns
from bassin.sources.checks import broken as rules
from bassin.sources.checks import literal, quoted
from bassin.sources.reasons import EMPTY, FUTURE, KEY, REPEATED
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Judged:
    """How many rows may be published, how many may not, and how many faults these have."""

    rows: int
    refused: int
    faults: int


def judge(made: Declaration, accepted: Path, broken: Path, out: Path, today: date) -> Judged:
    """Write every fault at `out` (Parquet: line, column_name, value, reason).

    Args:
        broken: the rows that are not whole, as `accepting.accept` wrote them.
    """
    database = out.with_name(f"{out.stem}.work")
    try:
        with duckdb.connect(str(database), config={"threads": 2}) as con:
            con.execute("SET memory_limit = '1GB'")
            _read(con, made, accepted, broken)
            _find(con, made, today)
            target = literal(str(out))
            con.execute(
                "COPY (SELECT * FROM faults ORDER BY line, place) "
                f"TO {target} (FORMAT parquet, COMPRESSION zstd)"
            )
            rows, refused, faults = con.execute(
                "SELECT (SELECT count(*) FROM given), (SELECT count(DISTINCT line) FROM faults), "
                "(SELECT count(*) FROM faults)"
            ).fetchall()[0]
            return Judged(rows - refused, refused, faults)
    finally:
        for path in (database, database.with_name(f"{database.name}.wal")):
            path.unlink(missing_ok=True)


def _read(con: duckdb.DuckDBPyConnection, made: Declaration, accepted: Path, broken: Path) -> None:
    names = [*columns(made), "line_number"]
    order = [*made.names, *(name for name in names if name not in made.names)]
    typed = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in order)
    # Columns with a quotation mark in their text are quoted in the file: nothing is guessed.
    con.execute(
        "CREATE TABLE given AS SELECT * REPLACE (CAST(line_number AS BIGINT) AS line_number) "
        f"FROM read_csv({literal(str(accepted))}, columns = {{{typed}}}, header = true, "
        "auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        "max_line_size = 4000000, nullstr = '')"
    )
    con.execute(
        "CREATE TABLE faults (line BIGINT, place INTEGER, column_name VARCHAR, value VARCHAR, "
        "reason VARCHAR)"
    )
    con.execute(
        "INSERT INTO faults SELECT line, 0, coalesce(column_name, ''), coalesce(value, ''), reason "
        f"FROM read_csv({literal(str(broken))}, columns = {{'line': 'BIGINT', "
        "'column_name': 'VARCHAR', 'value': 'VARCHAR', 'reason': 'VARCHAR'}, header = true, "
        "auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '')"
    )


def _find(con: duckdb.DuckDBPyConnection, made: Declaration, today: date) -> None:
    con.execute("CREATE TABLE not_whole AS SELECT DISTINCT line FROM faults")
    whole = "line_number NOT IN (SELECT line FROM not_whole)"
    for place, (name, column) in enumerate(columns(made).items(), start=1):
        if name == "shape":  # judged when it was read
            continue
        # The first rule that a value breaks: « douze » is no number, and then has no bounds.
        cases = " ".join(
            f"WHEN {condition} THEN {literal(reason)}"
            for condition, reason in rules(name, column, "VARCHAR", today)
        )
        if cases:
            con.execute(
                f"INSERT INTO faults SELECT line_number, {place}, {literal(name)}, "
                f"coalesce({quoted(name)}, ''), CASE {cases} END AS reason FROM given "
                f"WHERE {whole} AND reason IS NOT NULL"
            )
    keys = ", ".join(map(quoted, made.unique))
    shown = " || ' · ' || ".join(f"coalesce({quoted(name)}, '')" for name in made.unique)
    con.execute(
        "INSERT INTO faults SELECT line_number, 0, "
        f"{literal(', '.join(made.unique))}, {shown}, {literal(REPEATED)} FROM given "
        "WHERE line_number NOT IN (SELECT line FROM faults) "
        f"QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY line_number) > 1"
    )


_TODO: Mapping[str, Text] = {
    EMPTY: Text("Remplissez cette case.", "Fill this cell in."),
    FUTURE: Text("Corrigez la date : elle n'est pas encore venue.",
                 "Correct the date: it has not come yet."),
    KEY: Text("Comparez avec l'annuaire des entreprises, chiffre à chiffre.",
              "Compare with the directory of firms, digit by digit."),
    REPEATED: Text("Gardez une seule de ces lignes, ou ajoutez à la clé la colonne qui les "
                   "distingue.",
                   "Keep one of these rows, or add to the key the column that tells them apart."),
    CELLS: Text("Un séparateur est dans un texte : mettez ce texte entre guillemets.",
                "A separator stands in a text: put that text between quotation marks."),
    layers.NO_SHAPE: Text("Dessinez cet objet, ou ôtez-le de la couche.",
                          "Draw this object, or take it out of the layer."),
    layers.BAD_SHAPE: Text("Exportez la couche à nouveau.", "Export the layer again."),
    layers.OTHER_SHAPE: Text("Déposez points, lignes et surfaces en couches séparées.",
                             "Bring points, lines and areas as separate layers."),
    layers.CROSSES: Text("Dans QGIS : « Réparer les géométries », puis vérifiez le tracé à cet "
                         "endroit.",
                         "In QGIS: “Fix geometries”, then check the outline at that place."),
    layers.FLAT: Text("Redessinez cette surface : ses sommets sont alignés.",
                      "Draw this area again: its corners are in line."),
    layers.HUGE: Text("Vérifiez les sommets : l'un d'eux est très loin.",
                      "Check the corners: one of them is far away."),
    layers.SWAPPED: Text("GeoJSON écrit la longitude d'abord : échangez les deux nombres.",
                         "GeoJSON writes the longitude first: swap the two numbers."),
}  # fmt: skip
_SCIENTIFIC = Text(
    "Le tableur a écrit ce code en puissance de dix et a perdu ses derniers chiffres : reprenez-le "
    "à sa source, dans une colonne au format texte.",
    "The spreadsheet wrote this code as a power of ten and lost its last digits: take it again "
    "from its source, in a column formatted as text.",
)
_OTHERWISE = Text("Corrigez cette valeur dans votre fichier.", "Correct this value in your file.")


def todo(reason: str, value: str) -> Text:
    """What to do about a fault."""
    if "digits" in reason and "E+" in value.upper():
        return _SCIENTIFIC
    return _TODO.get(reason, _OTHERWISE)
