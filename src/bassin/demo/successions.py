"""The sample's moves: a firm closes one address and opens another, in Insee's own layout."""

import csv
from pathlib import Path

import numpy as np

from bassin.demo import facts
from bassin.demo.firms import PERSON
from bassin.demo.lives import day_number
from bassin.demo.world import World, iso

NAME = "StockEtablissementLiensSuccession_utf8.csv"
_HEADER = (
    "siretEtablissementPredecesseur", "siretEtablissementSuccesseur", "dateLienSuccession",
    "transfertSiege", "continuiteEconomique", "dateDernierTraitementLienSuccession",
)  # fmt: skip
_LONGEST_GAP = 120
"""Days between the closing of an address and the opening of the next: longer is another story."""


def write(world: World, folder: Path) -> None:
    """Write every link, in order of the establishments that were left."""
    lives, firms = world.lives, world.firms
    order = np.lexsort((lives.created, firms.unit))
    before, after = order[:-1], order[1:]
    gap = lives.created[after] - lives.closed[before]
    moved = (
        (firms.unit[before] == firms.unit[after])
        & (firms.kind[after] != PERSON)
        & (lives.closed[before] >= 0)
        & (gap >= 0)
        & (gap <= _LONGEST_GAP)
    )
    now = day_number(facts.stock_day())
    with (folder / NAME).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        for left, taken in zip(before[moved].tolist(), after[moved].tolist(), strict=True):
            day = int(lives.created[taken])
            on, seen = iso(np.array([day, min(day + 30, now)])).tolist()
            writer.writerow([world.sirets[left], world.sirets[taken], on, "true", "true",
                             f"{seen}T08:00:00"])  # fmt: skip
