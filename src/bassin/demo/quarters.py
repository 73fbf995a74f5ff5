"""Invented priority neighbourhoods, in the layout of ANCT's perimeters of 2024.

Real neighbourhoods have borders set by decree: none is drawn here. Codes begin with QN000, a
département that does not exist, and every name with EXEMPLE.
"""

import json
from pathlib import Path

import shapely

from bassin.demo import facts
from bassin.demo.draws import Draws
from bassin.demo.world import World, points_in
from bassin.demo.writing import levels, populations

QUARTERS = "qpv-exemple-2024.geojson"
COUNT = 31

# A circle in twelve steps, in thousandths, a degree of longitude being two thirds of one of
# latitude: whole numbers, so that the same corners come out everywhere.
_AROUND = (
    (1000, 0), (866, 333), (500, 577), (0, 667), (-500, 577), (-866, 333),
    (-1000, 0), (-866, -333), (-500, -577), (0, -667), (500, -577), (866, -333),
)  # fmt: skip
_LEAST, _MOST = 260, 520
"""How far its corners are from its middle, in hundred-thousandths of a degree."""

_APART = 0.012
_NAMES = (
    "Les Tilleuls", "Le Grand Clos", "La Fontaine", "Les Peupliers", "Le Belvédère", "La Roseraie",
    "Les Acacias", "Le Moulin", "La Plaine", "Les Lilas", "Le Verger", "La Garenne", "Les Coteaux",
    "Le Parc", "La Prairie", "Les Marronniers", "Le Bois", "La Colline", "Les Érables", "Le Lavoir",
    "La Tourelle", "Les Glycines", "Le Chemin Vert", "La Closerie", "Les Bleuets", "Le Levant",
    "La Pépinière", "Les Sources", "Le Pré Rond", "La Noue", "Les Charmes",
)  # fmt: skip


def write_quarters(world: World, folder: Path) -> None:
    """Thirty-one neighbourhoods, more of them where people are many and less well off."""
    draws = Draws("quarters")
    communes = facts.communes()
    weights = populations(2018) * levels(-2)
    features: list[dict[str, object]] = []
    middles: list[tuple[float, float]] = []
    while len(features) < COUNT:
        commune = communes[int(draws.pick(weights, 1)[0])]
        outline = world.outlines[commune.code]
        x, y = (float(each[0]) for each in points_in(draws, outline, 1))
        corners = draws.between(_LEAST, _MOST, len(_AROUND)).tolist()
        if any(abs(x - a) < _APART and abs(y - b) < _APART for a, b in middles):
            continue
        shape = _within(_shape(x, y, corners), outline)
        if shape is None:
            continue
        middles.append((x, y))
        features.append(_feature(len(features), shape, commune.code, commune.name))
    said = {"type": "FeatureCollection", "features": features}
    (folder / QUARTERS).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def _shape(x: float, y: float, corners: list[int]) -> shapely.Polygon:
    return shapely.Polygon(
        [
            (round(x + far * east / 1e8, 5), round(y + far * north / 1e8, 5))
            for far, (east, north) in zip(corners, _AROUND, strict=True)
        ]
    )


def _within(shape: shapely.Polygon, outline: shapely.Geometry) -> shapely.Polygon | None:
    """A neighbourhood of one commune: None where its border would be the commune's own."""
    return shape if shape.is_valid and shapely.contains(outline, shape) else None


def _feature(number: int, shape: shapely.Polygon, code: str, name: str) -> dict[str, object]:
    letter = "ABCDEFGHJKLMNPQRSTVWXYZ"[number % 23]
    return {
        "type": "Feature",
        "properties": {
            "code_qp": f"QN000{number + 1:02}{letter}",
            "lib_qp": f"EXEMPLE {_NAMES[number]}",
            "insee_com": code,
            "lib_com": name,
        },
        "geometry": shapely.geometry.mapping(shape),
    }
