"""How hard each trade is to hire for around here, as the Dares publishes it: 1 (low) to 5 (high).

Tension comes by employment area and trade, for those with enough offers and jobseekers. An offer
takes that of the area where one works; what is not published, or not loaded, stays unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bassin.indicators.house import House
from bassin.match.jobs.supply import Supply
from bassin.types import Text

LEVELS = ("1", "2", "3", "4", "5")
STRONGEST = LEVELS[-1]

SAID = {
    "1": Text("très faible, 1 sur 5 en {year}", "very low, 1 out of 5 in {year}"),
    "2": Text("faible, 2 sur 5 en {year}", "low, 2 out of 5 in {year}"),
    "3": Text("moyenne, 3 sur 5 en {year}", "average, 3 out of 5 in {year}"),
    "4": Text("forte, 4 sur 5 en {year}", "high, 4 out of 5 in {year}"),
    "5": Text("très forte, 5 sur 5 en {year}", "very high, 5 out of 5 in {year}"),
}
"""The levels as people read them."""

_AREAS = """
SELECT commune_code, employment_area_code FROM employment_areas
WHERE period = (SELECT max(period) FROM employment_areas) AND commune_code IN (SELECT unnest($1))
"""
_TENSION = """
SELECT employment_area_code, rome_code, tension FROM tension
WHERE period = $1 AND tension IS NOT NULL AND employment_area_code IN (SELECT unnest($2))
"""


@dataclass(frozen=True, slots=True)
class Market:
    """Areas by commune, and the tension of trades by area; a year that is empty: none loaded."""

    year: str = ""
    areas: Mapping[str, str] | None = None
    tensions: Mapping[tuple[str, str], int] | None = None

    @classmethod
    def read(cls, opened: House) -> "Market":
        """That of the communes around the territory, at the last year published."""
        if not (opened.reader.has("tension") and opened.reader.has("employment_areas")):
            return cls()
        areas = dict(opened.reader.rows(_AREAS, [list(opened.travel.codes)]))
        year = opened.reader.rows("SELECT max(period) FROM tension")[0][0] or ""
        rows = opened.reader.rows(_TENSION, [year, sorted(set(areas.values()))])
        return cls(year, areas, {(area, rome): int(level) for area, rome, level in rows})

    def level(self, commune_code: str | None, rome_code: str | None) -> str | None:
        """The tension of a trade where one works, "1" to "5"; None when nobody published it."""
        area = (self.areas or {}).get(commune_code or "")
        found = (self.tensions or {}).get((area or "", rome_code or ""))
        return None if found is None else str(found)

    def told(self, offers: Supply) -> pa.Table:
        """The table of offers, with the tension of each."""
        pairs = zip(
            offers.table["commune_code"].to_pylist(), offers.table["rome_code"].to_pylist(),
            strict=True,
        )  # fmt: skip
        found = [self.level(commune, rome) for commune, rome in pairs]
        return offers.table.append_column("tension", pa.array(found, pa.string()))

    @property
    def labels(self) -> Mapping[str, Text]:
        """The levels in words, with their year."""
        return {level: _dated(text, self.year) for level, text in SAID.items()}


def _dated(text: Text, year: str) -> Text:
    return Text.made(lambda language: text.only(language).replace("{year}", year))


def nearness() -> tuple[tuple[str, ...], np.ndarray]:
    """How near each level is to each, from 0 to 1: the strongest is what serves who looks."""
    steps = np.arange(len(LEVELS), dtype=np.float32)
    return LEVELS, 1 - np.abs(steps[:, None] - steps) / (len(LEVELS) - 1)
