"""The npm package that carries the official geography, in its yearly snapshots."""

import json
from dataclasses import dataclass
from typing import Any

from bassin.errors import SourceError
from bassin.packages import node_modules
from bassin.sources.contract import Raw
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One yearly version: `cog` is the year of the list of communes, `population` the millésime."""

    folder: str
    cog: int
    population: str


# The package's major version changes with the official geographic code of the year; populations
# are those in force on 1 January, three years older (décret of each December).
SNAPSHOTS = (
    Snapshot("decoupage-administratif-2023", 2023, "2020"),
    Snapshot("decoupage-administratif", 2026, "2023"),
)


def installed(*files: str) -> list[Raw]:
    """The raw files of every snapshot, named `<cog>/<file>`."""
    root = node_modules() / "@etalab"
    return [
        Raw(root / snapshot.folder / "data" / file, f"{snapshot.cog}/{file}")
        for snapshot in SNAPSHOTS
        for file in files
    ]


def snapshot_of(raw: Raw) -> Snapshot:
    """The snapshot a raw file belongs to."""
    return next(s for s in SNAPSHOTS if raw.name.startswith(f"{s.cog}/"))


def parsed(raw: Raw) -> list[dict[str, Any]]:
    """The records of one JSON file.

    Raises:
        SourceError: the file is truncated or is not a list of records.
    """
    try:
        records = json.loads(raw.path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise SourceError(
            Text(
                f"{raw.name} est tronqué ou abîmé ({error}). Installez à nouveau les paquets avec "
                "`npm ci`.",
                f"{raw.name} is truncated or damaged ({error}). "
                "Install the packages again with `npm ci`.",
            )
        ) from error
    if not isinstance(records, list):
        raise SourceError(
            Text(
                f"{raw.name} devrait être une liste d'enregistrements, et n'en est pas une.",
                f"{raw.name} should be a list of records, it is not.",
            )
        )
    return records
