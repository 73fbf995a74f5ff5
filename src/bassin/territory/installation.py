"""What one installation is for: its territory, whether it shows the sample, who answers."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from bassin.errors import Refused

FILE = "bassin.toml"


@dataclass(frozen=True, slots=True)
class Installation:
    """The facts of `var/bassin.toml`, written by `bassin init` and editable by hand."""

    territory: str = ""
    name: str = ""
    sample: bool = False
    service: str = ""
    telephone: str = ""
    hours: str = ""
    email: str = ""

    @classmethod
    def read(cls, var: Path) -> "Installation":
        """Read the installation of a folder; empty when there is none yet.

        Raises:
            Refused: the file is damaged; the sentence says where.
        """
        path = var / FILE
        if not path.exists():
            return cls()
        try:
            facts = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise Refused(f"{path} cannot be read ({error}). Correct that line.") from error
        known = {name: facts[name] for name in cls.__slots__ if name in facts}
        return replace(cls(), **known)

    def write(self, var: Path) -> None:
        """Write the facts, one per line."""
        lines = ["# What this installation is for. Edit by hand, then restart."]
        for name in self.__slots__:
            value = getattr(self, name)
            shown = str(value).lower() if isinstance(value, bool) else _quoted(value)
            lines.append(f"{name} = {shown}")
        var.mkdir(parents=True, exist_ok=True)
        (var / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
