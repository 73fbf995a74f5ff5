"""The authority's folder of declarations: written whole or not at all, as pages read it."""

import os
from pathlib import Path

from bassin.sources.authority.declaration import Declaration, check, written


def folder(var: Path) -> Path:
    """Where the declarations of an installation lie."""
    return var / "authority" / "tables"


def put(var: Path, made: Declaration) -> Path:
    """Put a declaration in force.

    Raises:
        Refused: it could not be published; the sentence says what to change.
    """
    path = folder(var) / f"{check(made).key}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(written(made), encoding="utf-8")
    os.replace(fresh, path)
    return path


def take(var: Path, key: str) -> None:
    """Take a declaration away: its table is no longer known to anybody."""
    (folder(var) / f"{key}.toml").unlink(missing_ok=True)
