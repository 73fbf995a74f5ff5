"""A declared table as a source: the runner loads it, everything else reads it, like any other."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.authority.declaration import Declaration
from bassin.sources.authority.kinds import column
from bassin.sources.contract import Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text

COG = Column("SMALLINT", Text("Année du code officiel géographique",
                              "Year of the official list of communes"))  # fmt: skip
PERIOD = Column("VARCHAR", Text("Date des données", "Date of the data"))
SHAPE = Column("BLOB", Text("Tracé, WKB en WGS 84", "Outline, WKB in WGS 84"), True)
POSITION = {
    "longitude": Column("DOUBLE", Text("Longitude, WGS 84", "Longitude, WGS 84"), True, "",
                        -180, 180),
    "latitude": Column("DOUBLE", Text("Latitude, WGS 84", "Latitude, WGS 84"), True, "", -90, 90),
}  # fmt: skip


@ibis.udf.scalar.builtin
def unhex(text: str) -> bytes:
    """Bytes written as hexadecimal text: a function of DuckDB, never run here."""
    raise NotImplementedError


def columns(made: Declaration) -> dict[str, Column]:
    """The columns of the published table: those declared, then those we add.

    A table about communes has `period` and `cog`, so that indicators join it with dated places; a
    layer has its outline, or the longitude and latitude of its points.
    """
    found = {
        each.name: column(
            each.kind, each.label, unit=each.unit, choices=each.choices, minimum=each.minimum,
            maximum=each.maximum, required=each.required or each.name in made.unique,
        )
        for each in made.columns
    }  # fmt: skip
    if "commune_code" in found:
        found.setdefault("period", PERIOD)
        found["cog"] = COG
    if made.geometry == "point":
        found |= POSITION
    elif made.geometry:
        found["shape"] = SHAPE
    return found


class AuthorityTable(Source):
    """One declared table. Its one raw file is what `bassin` wrote once somebody accepted it."""

    # What every source says of its class is said here of one table.
    def __init__(self, made: Declaration) -> None:
        self.declaration = made
        vars(self).update(
            key=made.key, title=made.title, definition=made.definition, level=made.level,
            regime=made.regime,
            publisher=made.publisher, licence=made.licence, page=made.page, cadence=made.cadence,
            stale_after=timedelta(days=made.stale_after_days) if made.stale_after_days else None,
            columns=columns(made), unique=made.unique, max_refused_pct=made.max_refused_pct,
            reader_version=int(made.digest, 16),
        )  # fmt: skip

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        """The accepted file: commas, UTF-8, our names, and the line that each row had."""
        table = read_csv(con, raw, columns=[*self.columns, "line_number"])
        return table.mutate(shape=unhex(table.shape)) if "shape" in self.columns else table
