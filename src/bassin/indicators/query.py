"""Asking the release: the places of a request become the table `scope`, the SQL stays the same."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from bassin.indicators.compile import UNITS, parted_sql, wanted_in_place
from bassin.indicators.compiled import Compiled
from bassin.indicators.declaration import Indicator
from bassin.indicators.kept_rows import KeptRows, Rows
from bassin.store import Reader
from bassin.territory import Place, Territory
from bassin.types import Scale

_KEPT_SCOPES = 64
_MEASURES = 4  # numerator, denominator, upper, units_count


class Query:
    """Runs compiled indicators on the release in service. Safe to share between threads."""

    def __init__(self, reader: Reader, territory: Territory, cache: Path | None = None) -> None:
        self.reader = reader
        self.territory = territory
        self.compiled = Compiled(cache)
        self.kept = KeptRows()
        self._lock = threading.Lock()
        self._scopes: OrderedDict[Any, pa.Table] = OrderedDict()

    def rows(
        self, indicator: Indicator, places: Sequence[Place], on: date | None
    ) -> list[tuple[Any, ...]]:
        """Rows (place, period, cog, numerator, denominator, upper, units_count, covered).

        In the order of the places, then of the periods.
        """
        key = self._key(indicator, on)
        found = {place.key: self.kept.get((*key, place.key)) for place in places}
        missing = [place for place in places if found[place.key] is None]
        if missing:
            found |= self._read((indicator,), missing, on)[indicator.digest]
        return [row for place in places for row in found[place.key] or ()]

    def prepare(
        self, indicators: Iterable[Indicator], places: Sequence[Place], on: date | None
    ) -> None:
        """Read many indicators at once, each table only once: `rows` then finds them kept."""
        families: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
        for each in indicators:
            if self.reader.has(each.dataset) and not wanted_in_place(each):
                families[each.dataset, each.native].append(each)
        for family in families.values():
            keys = [self._key(each, on) for each in family]
            missing = [
                place
                for place in places
                if any(self.kept.get((*key, place.key)) is None for key in keys)
            ]
            if missing:
                self._read(tuple(family), missing, on)

    def _key(self, indicator: Indicator, on: date | None) -> tuple[Any, ...]:
        return (self.reader.name, indicator.digest, self.territory.gazetteer(on).cog)

    def _read(
        self, indicators: tuple[Indicator, ...], places: Sequence[Place], on: date | None
    ) -> dict[str, dict[str, Rows]]:
        """Rows by declaration and place, read in one pass of their common table, and kept."""
        found: dict[str, dict[str, Rows]] = {
            each.digest: {place.key: [] for place in places} for each in indicators
        }
        for place, period, cog, covered, *measures in self._run(indicators, places, on):
            for number, each in enumerate(indicators):
                own = measures[_MEASURES * number : _MEASURES * (number + 1)]
                found[each.digest][place].append((place, period, cog, *own, covered))
        for each in indicators:
            key = self._key(each, on)
            self.kept.keep(((*key, place), rows) for place, rows in found[each.digest].items())
        return found

    def _run(
        self, indicators: tuple[Indicator, ...], places: Sequence[Place], on: date | None
    ) -> list[tuple[Any, ...]]:
        """Rows of the compiled expression; the whole country is read without a join."""
        cursor = self.reader.cursor()
        first = indicators[0]
        apart = first.native != "employment_area" and not wanted_in_place(first)
        whole = [place for place in places if apart and place.scale == Scale.FRANCE]
        rows: list[tuple[Any, ...]] = []
        for place in whole:
            text = self.compiled.sql(*indicators, everywhere=place.key)
            rows += cursor.execute(text).fetchall()
        inside = tuple(place for place in places if place not in whole)
        if inside:
            cursor.register("scope", self.scope(first, inside, on))
            try:
                rows += cursor.execute(self.compiled.sql(*indicators)).fetchall()
            finally:
                cursor.unregister("scope")
        return rows

    def parted(
        self, indicator: Indicator, conditions: tuple[str, ...], places: Sequence[Place]
    ) -> list[tuple[Any, ...]]:
        """Rows (place, period, part, value, units, largest) of an amount cut by conditions."""
        cursor = self.reader.cursor()
        cursor.register("scope", self.scope(indicator, tuple(places)))
        try:
            return cursor.execute(parted_sql(indicator, conditions)).fetchall()
        finally:
            cursor.unregister("scope")

    def scope(
        self, indicator: Indicator, places: tuple[Place, ...], on: date | None = None
    ) -> pa.Table:
        """The rows (place, unit) that the SQL of an indicator joins for these places."""
        unit = UNITS[indicator.native]
        key = (self.reader.name, unit, tuple(place.key for place in places), on)
        scope = self._scopes.get(key)
        if scope is None:
            scope = self._build_scope(unit, places, on)
            with self._lock:
                self._scopes[key] = scope
                while len(self._scopes) > _KEPT_SCOPES:
                    self._scopes.popitem(last=False)
        return scope

    def _build_scope(self, unit: str, places: tuple[Place, ...], on: date | None) -> pa.Table:
        if unit == "commune_code":
            table = self.territory.scope(places, on)
            return table.rename_columns(["place", "unit"])
        pairs = [(place.key, code) for place in places for code in self._units(unit, place, on)]
        return pa.table({
            "place": pa.array([key for key, _ in pairs], pa.string()),
            "unit": pa.array([code for _, code in pairs], pa.string()),
        })  # fmt: skip

    def _units(self, unit: str, place: Place, on: date | None) -> list[str]:
        """Employment areas (or QPV) that a place touches."""
        if unit == "qpv_code":
            return [place.code] if place.scale == Scale.QPV else []
        if place.scale == Scale.EMPLOYMENT_AREA:
            return [place.code]
        inside = set(place.communes)
        areas = self.territory.gazetteer(on).by_scale[Scale.EMPLOYMENT_AREA]
        return [area.code for area in areas if not inside.isdisjoint(area.communes)]
