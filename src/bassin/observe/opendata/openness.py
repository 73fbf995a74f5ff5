"""Which tables are given away: those declared open in `tables.toml`, and no other.

With the tables that the authority, its communes and its partners share, when their level is
"public": those shared with partners, or kept inside, are declared to nobody here.
A table that nobody declared is given to nobody, and so is one from which a figure is made that the
engine may have to hide: who holds the whole table would undo the mask.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bassin.indicators.catalogue import everything
from bassin.sources.authority.declaration import PREFIX
from bassin.sources.authority.table import AuthorityTable
from bassin.sources.registry import sources
from bassin.types import Text

FILE = Path(__file__).with_name("tables.toml")

WHY = {
    "people": Text(
        "Cette table n'est pas téléchargeable : elle contient des données que des personnes "
        "peuvent demander à masquer (articles R123-232 du code de commerce et L312-1-2 du CRPA).",
        "This table cannot be downloaded: it holds data that people may ask to hide (articles "
        "R123-232 of the code de commerce and L312-1-2 of the CRPA).",
    ),
    "licence": Text(
        "Cette table n'est pas téléchargeable : rien ne dit que la copie reçue peut être "
        "redonnée. Prenez-la chez son producteur.",
        "This table cannot be downloaded: nothing says that the copy received may be given on. "
        "Take it from its publisher.",
    ),
    "secrecy": Text(
        "Cette table n'est pas téléchargeable : un chiffre protégé par le secret statistique en "
        "est tiré. Prenez le chiffre, masqué là où il doit l'être.",
        "This table cannot be downloaded: a figure under statistical secrecy is made from it. "
        "Take the figure, hidden where it must be.",
    ),
}
"""Why a table is not given, by its reason."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the catalogue, and its code in the European vocabulary of data themes."""

    key: str
    title: Text
    european: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What was decided of one table: `because` is empty for an open one."""

    key: str
    theme: Theme
    because: str = ""
    instead: str = ""
    hvd: str = ""

    @property
    def is_open(self) -> bool:
        """Whether anybody may take the whole table."""
        return not self.because

    @property
    def why(self) -> Text:
        """Why it is not given, in words; empty for an open one."""
        return WHY[self.because] if self.because else Text("")


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def themes() -> dict[str, Theme]:
    """The themes of the catalogue, in their order."""
    return {
        key: Theme(key, Text(each["fr"], each["en"]), each["eu"])
        for key, each in _facts()["themes"].items()
    }


@cache
def written() -> dict[str, Declared]:
    """What is written in `tables.toml`."""
    return {
        key: Declared(
            key, themes()[each["theme"]], "" if each["open"] is True else each["because"],
            each.get("instead", ""), each.get("hvd", ""),
        )
        for key, each in _facts()["tables"].items()
    }  # fmt: skip


def declared(table: str) -> Declared | None:
    """What was decided of a table; None, and nothing is given, when nobody decided anything."""
    found = _shared(table) if table.startswith(PREFIX) else written().get(table)
    if found is None or not found.is_open or table not in under_secrecy():
        return found
    return Declared(found.key, found.theme, "secrecy", found.instead, found.hvd)


def _shared(table: str) -> Declared | None:
    """What was decided of a shared table: nothing that is not public is known here.

    One under a regime of secrecy is told of, and never given whole: only figures are made of it.
    """
    made = sources().get(table)
    if not isinstance(made, AuthorityTable) or made.level != "public":
        return None
    theme = themes().get(made.declaration.theme, themes()["places"])
    return Declared(table, theme, "secrecy" if made.declaration.regime else "")


def level_of(table: str) -> str:
    """Who may be told what a table holds: "public", "partners" or "internal"; "" for nobody.

    Of a shared table, the level of its agreement. Of a publisher's table, "public" when it is
    given whole or only a rule of secrecy holds it back, so that figures are made of it for
    everyone; "internal" when it holds people's data or may not be given on.
    """
    if table.startswith(PREFIX):
        made = sources().get(table)
        return made.level if isinstance(made, AuthorityTable) else ""
    found = written().get(table)
    return "" if found is None else "public" if found.is_open else "internal"


def under_secrecy() -> frozenset[str]:
    """Tables of which a declared figure may have to be hidden."""
    return frozenset(
        each.dataset
        for each in everything().values()
        if each.protected and each.status != "withdrawn"
    )
