"""The contract of a source: facts and two methods. See the README of this folder for the recipe.

`read` selects and renames; it leaves values as the publisher wrote them (text) or typed. The
runner does the rest from the declared columns: it casts, refuses rows that break a rule (with
line, column and value), checks the key, sorts, and publishes atomically.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.types import Text

CODE_COMMUNE = r"^(\d{2}|2[AB])\d{3}$"


@dataclass(frozen=True, slots=True)
class Column:
    """What one published column must hold.

    Args:
        type: DuckDB type ("VARCHAR", "INTEGER", "DOUBLE", "DATE", "BOOLEAN", …).
        label: what it means, with its unit.
        required: an empty value refuses the row.
        pattern: regular expression the text must match.
        minimum, maximum: bounds of a number, inclusive.
        past: a date after the day of loading refuses the row.
        unit: in what a number is counted, where the label does not say it.
        choices: the only values allowed; none means any.
        checked: digits of which the last answers for the others (SIREN, SIRET).
    """

    type: str
    label: Text
    required: bool = False
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    past: bool = False
    # Not in the identity of a version: what publishers' columns declare stays what it was.
    unit: Text = field(default=Text(""), repr=False)
    choices: tuple[str, ...] = field(default=(), repr=False)
    checked: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class Raw:
    """One file as it was received.

    `name` is its path inside the data pack; `scratch` a folder that disappears after reading.
    """

    path: Path
    name: str
    sha256: str = ""
    scratch: Path = Path()


Progress = Callable[[str, float], None]

Area = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""


class Source:
    """Facts about one publisher's dataset, and how to fetch and read it.

    A subclass sets the facts below. Every table published for communes has `commune_code`,
    `period` (text, "2018" or "2019-Q4" or a date) and `cog` (year of the official list of
    communes its codes follow), so that indicators join it with dated places.
    """

    key: ClassVar[str]
    title: ClassVar[Text]
    publisher: ClassVar[str]
    licence: ClassVar[str]
    page: ClassVar[str]
    cadence: ClassVar[Text]
    stale_after: ClassVar[timedelta | None] = None
    columns: ClassVar[dict[str, Column]]
    unique: ClassVar[tuple[str, ...]] = ()
    sort: ClassVar[tuple[str, ...]] = ("commune_code",)
    # For a stock received again and again: the date column that says which of two rows of one key,
    # given by two files, is the newer (the other is superseded). Its latest value also dates the
    # rows to which `read` gives no `period`.
    # False where people may ask to be hidden: an older, fuller copy is then never kept.
    keeps_older: ClassVar[bool] = True
    stamped_by: ClassVar[str] = ""
    files: ClassVar[tuple[str, ...]] = ()  # names recognised below a data pack, as globs
    # True where each load brings all there is: files of an older load are not read with its own.
    whole: ClassVar[bool] = False
    packaged: ClassVar[bool] = False  # read from a package installed at set-up, no pack, no network
    url: ClassVar[str] = ""  # where `fetch` takes it; empty when it must be brought by hand
    by_area: ClassVar[bool] = False  # fetched within the bounds of the territory
    reader_version: ClassVar[int] = 1  # raised when `read` gives other rows for the same file
    level: ClassVar[str] = "public"  # who may know of it: "public", "partners" or "internal"
    regime: ClassVar[str] = ""  # rule of secrecy under which alone figures are made from it
    max_refused_pct: ClassVar[float] = 5.0  # above, the file is wrong rather than its rows
    definition: ClassVar[Text] = Text("")  # what a row is, and what it is not

    def fetch(self, into: Path, progress: Progress) -> list[Path]:
        """Bring the publisher's files into a folder. The only place with network.

        Raises:
            SourceError: there is no address, or the connection was lost (what came is kept).
        """
        from bassin.sources.download import download

        if not self.url:
            raise SourceError(
                Text(
                    f"{self.title.fr} n'a pas d'adresse de téléchargement. Prenez-le sur "
                    f"{self.page}, posez-le "
                    "dans un dossier et lancez `bassin load DOSSIER`.",
                    f"{self.title} has no download address. Take it from {self.page}, "
                    f"put it in a folder and run `bassin load FOLDER`.",
                )
            )
        return [download(self.url, into, progress)]

    def fetch_area(self, into: Path, area: Area, progress: Progress) -> list[Path]:
        """Bring what the publisher has within bounds, where `by_area`.

        Raises:
            SourceError: as `fetch`.
        """
        raise NotImplementedError

    def installed(self) -> list[Raw]:
        """Files of a package installed at set-up, for a packaged source."""
        return []

    def vintage(self, raws: list[Raw]) -> str:
        """The date the publisher gives to the data, by default read from the table's periods."""
        return ""

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        """Select and rename the columns of one raw file. Pure: no network, no clock.

        Raises:
            SourceError: the file is not what its name says; the sentence says what was found.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class Derivation:
    """A table computed from published tables, with the same rules as a source's.

    `derive(con)` receives a connection where each input is a table of the same name. The
    result's origin is invented as soon as one input is.
    """

    key: str
    title: Text
    inputs: tuple[str, ...]
    columns: dict[str, Column]
    derive: Callable[[ibis.BaseBackend], ir.Table]
    unique: tuple[str, ...] = ()
    sort: tuple[str, ...] = ("commune_code",)
    version: int = 1
    optional: tuple[str, ...] = field(default_factory=tuple)
    definition: Text = field(default_factory=lambda: Text(""))
