"""Who answers within 48 hours, by commune: the authority's own list, else its counter."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from bassin.types import Text

FILE = "advisers.toml"
HOURS = 48


@dataclass(frozen=True, slots=True)
class Adviser:
    """An adviser as the authority presents them to the public."""

    name: str
    role: Text
    phone: str = ""
    email: str = ""
    communes: tuple[str, ...] = ()
    invented: bool = False

    @property
    def dial(self) -> str:
        """Their number without spaces."""
        return self.phone.replace(" ", "")


def advisers(authority: Path) -> list[Adviser]:
    """Those of the authority's file, in its order; none when it has no such file."""
    path = authority / FILE
    if not path.exists():
        return []
    listed = tomllib.loads(path.read_text("utf-8")).get("advisers", [])
    return [
        Adviser(
            each["name"], Text.of(each["role"]), each.get("phone", ""), each.get("email", ""),
            tuple(each.get("communes", ())), bool(each.get("invented")),
        )
        for each in listed
    ]  # fmt: skip


def adviser(authority: Path, commune: str) -> Adviser | None:
    """Who answers for a commune: the one who has it, else the first who has none of their own."""
    listed = advisers(authority)
    own = next((each for each in listed if commune in each.communes), None)
    return own or next((each for each in listed if not each.communes), None)
