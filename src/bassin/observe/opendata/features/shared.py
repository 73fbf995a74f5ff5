"""Collections of the layers that are shared with everyone: each one a table of the authority."""

from datetime import date
from typing import Any

import shapely

from bassin.indicators.house import House
from bassin.observe.opendata import actions, datasets
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.features.collection import Collection, is_given
from bassin.observe.opendata.features.outlines import corners, pick, read
from bassin.observe.opendata.features.points import Points
from bassin.observe.opendata.features.search import Feature, Found, Search
from bassin.sources.authority.declaration import PREFIX
from bassin.sources.authority.table import AuthorityTable
from bassin.sources.checks import quoted
from bassin.sources.contract import Column
from bassin.sources.registry import sources

_TYPES = {"BIGINT": "integer", "SMALLINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean"}
_EXAMPLES: dict[str, Any] = {"integer": 1, "number": 1.5, "boolean": True}


def collections() -> tuple[Collection, ...]:
    """One for each layer in force whose level is public, and that no rule of secrecy holds."""
    made = [each for key, each in sources().items() if key.startswith(PREFIX)]
    return tuple(
        _collection(each)
        for each in made
        if isinstance(each, AuthorityTable)
        and each.level == "public"
        and each.declaration.geometry
        and not each.regime
    )


def note(of: Collection, opened: House, today: date) -> None:
    """Count that features of a shared layer were taken."""
    made = sources().get(of.id)
    found = datasets.shared(opened, made) if isinstance(made, AuthorityTable) else None
    if found is not None:
        actions.depart(found, "ogc", rows=found.version.rows, masked=0, today=today)


def _collection(made: AuthorityTable) -> Collection:
    declared = made.declaration
    names = declared.names
    filters = ("commune_code",) if "commune_code" in names else ()
    ident = f"concat_ws('-', {', '.join(map(quoted, made.unique))})"
    if declared.geometry == "point":
        points = Points(made.key, ident, names, {name: f"{name} = ?" for name in filters})
        find, one, extent = points.find, points.one, points.extent
    else:
        outlines = _Outlines(made.key, ident, names)
        find, one, extent = outlines.find, outlines.one, outlines.extent
    return Collection(
        made.key, made.title, made.definition,
        tuple(_field(name, made.columns[name]) for name in names), filters, find, one,
        lambda house: is_given(house, made.key), extent, kept=False,
    )  # fmt: skip


def _field(name: str, column: Column) -> Field:
    kind = _TYPES.get(column.type, "string")
    day = column.type == "DATE"
    example = "2026-03-31" if day else _EXAMPLES.get(kind, "…")
    if column.choices:
        example = column.choices[0]
    return Field(
        name, kind, column.label, example, nullable=not column.required, choices=column.choices,
        format="date" if day else "",
    )  # fmt: skip


class _Outlines:
    """A table whose rows have an outline."""

    def __init__(self, table: str, ident: str, names: tuple[str, ...]) -> None:
        self.table, self.ident, self.names = table, ident, names

    def find(self, search: Search) -> Found:
        """The rows of a search."""
        codes = corners(search.house, self.table, self.ident).near(search.boxes)
        if "commune_code" in search.filters:
            inside = search.house.reader.rows(
                f"SELECT {self.ident} FROM {self.table} WHERE commune_code = ?",
                [search.filters["commune_code"]],
            )
            kept = {row[0] for row in inside}
            codes = [code for code in codes if code in kept]
        found, goes_on = pick(
            codes, search.after, search.boxes, search.limit,
            lambda some: read(search.house.reader, self.table, self.ident, some),
        )  # fmt: skip
        features = self._features(search.house, dict(found))
        return Found(features, goes_on, None if search.boxes else len(codes))

    def one(self, house: House, key: str) -> Feature | None:
        """The row of an id."""
        found = self._features(
            house, read(house.reader, self.table, self.ident, [key.replace("\0", "")])
        )
        return found[0] if found else None

    def extent(self, house: House) -> tuple[float, float, float, float] | None:
        """The box of all rows."""
        return corners(house, self.table, self.ident).extent()

    def _features(self, house: House, shapes: dict[str, shapely.Geometry]) -> list[Feature]:
        rows = house.reader.rows(
            f"SELECT {self.ident} AS id, {', '.join(map(quoted, self.names))} FROM {self.table} "
            "WHERE id IN (SELECT unnest($1)) ORDER BY id",
            [list(shapes)],
        )
        return [
            Feature(key, shapes[key], {
                name: value.isoformat() if hasattr(value, "isoformat") else value
                for name, value in zip(self.names, values, strict=True)
            })
            for key, *values in rows
        ]  # fmt: skip
