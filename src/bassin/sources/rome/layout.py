"""What all files of ROME have in common: their version is in their name."""

import re
from datetime import timedelta
from typing import ClassVar

import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.contract import Column, Raw, Source
from bassin.types import Text

CODE_ROME = r"^[A-N]\d{4}$"
CODE_OGR = r"^\d{1,6}$"
VERSION = Column("VARCHAR", Text("Version du ROME", "Version of ROME"), True, r"^v\d{3}$")


def rome_code(fr: str = "Code ROME", en: str = "ROME code") -> Column:
    """A required ROME code."""
    return Column("VARCHAR", Text(fr, en), True, CODE_ROME)


def version_of(raw: Raw) -> str:
    """The version in the file's name, as "v347".

    Raises:
        SourceError: the name gives none.
    """
    found = re.search(r"_(v\d{3})_", raw.name)
    if found is None:
        raise SourceError(
            Text(
                f"{raw.name} : son nom doit donner la version du ROME, comme dans "
                "unix_referentiel_code_rome_v347_utf8.csv.",
                f"{raw.name}: its name must give the version of ROME, as in "
                "unix_referentiel_code_rome_v347_utf8.csv.",
            )
        )
    return found[1]


def plain(text: ir.StringValue) -> ir.StringValue:
    """The text with single apostrophes: the exports of version 3 double them (`d''arbres`)."""
    return text.replace("''", "'").strip()


class RomeFile(Source):
    """Facts that the files of ROME share."""

    publisher = "France Travail"
    licence = "Licence Ouverte 2.0"
    page = "https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html"
    cadence = Text("plusieurs fois par an", "several times a year")
    stale_after = timedelta(days=2 * 365)
    sort: ClassVar[tuple[str, ...]] = ("rome_code",)

    def vintage(self, raws: list[Raw]) -> str:
        """The latest version received."""
        return max(version_of(raw) for raw in raws)
