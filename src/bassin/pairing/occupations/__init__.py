"""How near two occupations are, computed from what ROME says of them.

The score is a sum of signals, each in its share; the shares (`weights.toml`) were learned once
from ROME's table of moves, which is not read to compare: `Neighbour.expert` shows it beside.
"""

from bassin.pairing.occupations.keeping import loaded
from bassin.pairing.occupations.proximity import (
    Item,
    Neighbour,
    Part,
    Proximity,
    nearest,
    nearness,
    proximity,
)

__all__ = [
    "Item",
    "Neighbour",
    "Part",
    "Proximity",
    "loaded",
    "nearest",
    "nearness",
    "proximity",
]
