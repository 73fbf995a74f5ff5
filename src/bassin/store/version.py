"""What is known of one version of a table, and of one release."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from bassin.types import Origin


@dataclass(frozen=True, slots=True)
class Version:
    """One immutable Parquet file of one table.

    `version` is made from the raw files' checksums and the reader's own version, so the same
    input gives the same version. `vintage` is what the publisher dates the data ("2018").
    `communes` holds the commune codes met, to know whether a territory is covered; it is empty
    for tables that have none.
    """

    table: str
    version: str
    origin: Origin
    rows: int
    refused: int
    vintage: str
    created_at: str
    source: str = ""
    title: str = ""
    publisher: str = ""
    licence: str = ""
    page: str = ""
    files: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    has_communes: bool = False
    bytes: int = 0

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the facts file beside the Parquet."""
        return asdict(self)

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> Self:
        """Read back what `to_json` wrote."""
        facts = dict(facts)
        facts["origin"] = Origin(facts["origin"])
        for name in ("files", "columns"):
            facts[name] = tuple(facts.get(name, ()))
        return cls(**facts)


@dataclass(frozen=True, slots=True)
class Served:
    """Which version a release serves for a table, and the real one it could not use, if any."""

    version: Version
    without_coverage: Version | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """One version of each table, at one moment."""

    name: str
    created_at: str
    tables: dict[str, Served] = field(default_factory=dict)

    def origin(self, table: str) -> Origin:
        """Whether the served table is real or invented."""
        return self.tables[table].version.origin

    def write(self, path: Path) -> None:
        """Write the release's facts."""
        tables = {
            name: {
                "version": served.version.to_json(),
                "without_coverage": served.without_coverage and served.without_coverage.to_json(),
            }
            for name, served in sorted(self.tables.items())
        }
        facts = {"name": self.name, "created_at": self.created_at, "tables": tables}
        path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a release's facts."""
        facts = json.loads(path.read_text(encoding="utf-8"))
        tables = {
            name: Served(
                Version.from_json(entry["version"]),
                Version.from_json(entry["without_coverage"]) if entry["without_coverage"] else None,
            )
            for name, entry in facts["tables"].items()
        }
        return cls(facts["name"], facts["created_at"], tables)
