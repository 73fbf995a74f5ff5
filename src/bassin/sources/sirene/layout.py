"""What the files of SIRENE have in common: CSV or Parquet, columns that come and go, masks."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import duckdb
import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.contract import Progress, Raw, Source
from bassin.sources.download import download
from bassin.sources.files import AGAIN, read_csv, require_columns
from bassin.types import Text

_MASKED = "[ND]"
_SUBCLASS = r"^\d{2}\.\d{2}[A-Z]$"


class StockFile(Source):
    """What the stock files of SIRENE share. `url` and `file_name` say which."""

    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = (
        "https://www.data.gouv.fr/datasets/"
        "base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret"
    )
    cadence = Text("chaque mois", "every month")
    stale_after = timedelta(days=75)
    file_name: ClassVar[str]

    def fetch(self, into: Path, progress: Progress) -> list[Path]:
        # The permanent address of data.gouv.fr does not say the file's name.
        return [download(self.url, into, progress, name=self.file_name)]


@ibis.udf.scalar.builtin
def concat_ws(separator: str, one: str, two: str, three: str, four: str) -> str:  # type: ignore[empty-body]
    """The engine's own function: texts joined by a separator, empty ones left out."""


def opened(con: ibis.BaseBackend, raw: Raw, columns: Sequence[str]) -> ir.Table:
    """A stock file, delimited (plain, zip, gz) or Parquet, with at least these columns.

    Raises:
        SourceError: the file is not what its name says.
    """
    if raw.path.suffix != ".parquet":
        return read_csv(con, raw, columns=columns)
    try:
        table = con.read_parquet(raw.path)
    except duckdb.Error as error:
        raise SourceError(
            Text(
                f"{raw.name} n'est pas un fichier Parquet entier. {AGAIN.fr}",
                f"{raw.name} is not a whole Parquet file. {AGAIN.en}",
            )
        ) from error
    require_columns(raw.name, table.columns, columns)
    return table


def text(table: ir.Table, name: str) -> ir.StringValue:
    """A column as text, NULL where it is empty, masked, or absent from this layout."""
    if name not in table.columns:
        return ibis.null("string")
    return table[name].cast("string").nullif(_MASKED).nullif("")


def plain(table: ir.Table, name: str) -> ir.Value:
    """A column as the publisher gives it (text or typed), NULL when absent from this layout."""
    return table[name] if name in table.columns else ibis.null("string")


def day(table: ir.Table, name: str) -> ir.Value:
    """The day of a moment such as 2018-07-10T14:17:15."""
    value = plain(table, name)
    return value[:10] if value.type().is_string() else value.cast("date")


def yes(table: ir.Table, name: str) -> ir.Value:
    """O or N as a truth value; anything else is unknown."""
    if name not in table.columns:
        return ibis.null("boolean")
    value = text(table, name)
    return ibis.cases((value == "O", True), (value == "N", False), else_=ibis.null("boolean"))


def diffusion(table: ir.Table, name: str) -> ir.StringValue:
    """ "O" when the unit lets its identity be shown, else "P": a doubt protects the person."""
    return ibis.ifelse(text(table, name) == "O", "O", "P")


def activity(table: ir.Table, column: str, nomenclature: str) -> dict[str, ir.Value]:
    """The main activity, each nomenclature in its own column.

    Codes older than 2008 (NAP, NAF 1993, NAF rev. 1) stay apart in `naf_former_code`: some look
    like codes of today and would be counted in a wrong activity.
    """
    code = text(table, column)
    dotted = ibis.ifelse(code.length() == 5, code[:2] + "." + code[2:], code)
    kind = text(table, nomenclature)
    if nomenclature not in table.columns:
        kind = ibis.ifelse(code.re_search(_SUBCLASS), "NAFRev2", ibis.null("string"))
    return {
        "naf_code": ibis.ifelse(kind == "NAFRev2", dotted, ibis.null("string")),
        "naf_former_code": ibis.ifelse(
            kind.notnull() & kind.notin(["NAFRev2", "NAF2025"]), code, ibis.null("string")
        ),
        "naf_nomenclature": kind,
        "naf2025_main": ibis.ifelse(kind == "NAF2025", dotted, ibis.null("string")),
    }
