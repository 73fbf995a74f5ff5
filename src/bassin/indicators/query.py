"""Asking the release: the places of a request become the table `scope`, the SQL stays the same."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from bassin.indicators.compile import UNITS, wanted_in_place
from bassin.indicators.compiled import Compiled
from bassin.indicators.declaration import Indicator
from bassin.store import Reader
from bassin.territory import Place, Territory
from bassin.types import Scale

_KEPT_SCOPES = 64


class Query:
    """Runs compiled indicators on the release in service. Safe to share between threads."""

    def __init__(self, reader: Reader, territory: Territory, cache: Path | None = None) -> None:
        self.reader = reader
        self.territory = territory
        self.compiled = Compiled(cache)
        self._lock = threading.Lock()
        self._scopes: OrderedDict[Any, pa.Table] = OrderedDict()

    def rows(
        self, indicator: Indicator, places: Sequence[Place], on: date | None
    ) -> list[tuple[Any, ...]]:
        """Rows of the compiled expression; the whole country is read without a join."""
        cursor = self.reader.cursor()
        whole = [place for place in places if place.scale == Scale.FRANCE]
        if indicator.native == "employment_area" or wanted_in_place(indicator):
            whole = []
        rows: list[tuple[Any, ...]] = []
        for place in whole:
            rows += cursor.execute(self.compiled.sql(indicator, place.key)).fetchall()
        inside = tuple(place for place in places if place not in whole)
        if inside:
            cursor.register("scope", self._scope(indicator, inside, on))
            try:
                rows += cursor.execute(self.compiled.sql(indicator)).fetchall()
            finally:
                cursor.unregister("scope")
        return rows

    def _scope(self, indicator: Indicator, places: tuple[Place, ...], on: date | None) -> pa.Table:
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
        areas = self.territory.gazetteer(on).places.values()
        return [
            area.code
            for area in areas
            if area.scale == Scale.EMPLOYMENT_AREA and inside & set(area.communes)
        ]
