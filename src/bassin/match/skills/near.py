"""Near trades both ways: where one may go from a trade, and who may come to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bassin.indicators.house import House
from bassin.pairing import occupations
from bassin.pairing.occupations import Neighbour, Proximity
from bassin.taxonomies.rome import Rome

KINDS = ("skill", "activity")


def skills(rome: Rome, code: str) -> list[str]:
    """The skills and activities that a trade asks, in the order of ROME."""
    return [item for item in rome.items_of(code) if rome.item_kinds.get(item) in KINDS]


def near(house: House, code: str, count: int = 8) -> tuple[Neighbour, ...]:
    """Where people of a trade may go, the nearest first."""
    return occupations.loaded(house.reader).neighbours(code, count)


@dataclass(frozen=True, slots=True)
class Arriving:
    """A trade whose people may come to another: what they have of what it asks, and what not."""

    rome_code: str
    label: str
    score: float  # 0 to 100
    shared: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def cover(self) -> float | None:
        """The share of the skills and activities asked that they have, in %."""
        asked = len(self.shared) + len(self.missing)
        return 100 * len(self.shared) / asked if asked else None


def arriving(house: House, code: str, count: int = 8, among: Sequence[str] = ()) -> list[Arriving]:
    """The trades nearest to this one as seen from them; `among`: only these."""
    found = occupations.loaded(house.reader)
    found.rome.known(code)
    codes = found.rome.codes
    scores = np.array(found.matrix[:, codes.index(code)])
    order = [n for n in np.argsort(-scores, kind="stable") if codes[n] != code]
    chosen = [n for n in order if not among or codes[n] in among][:count]
    return [compared(found, codes[n], code, float(scores[n])) for n in chosen]


def compared(found: Proximity, source: str, target: str, score: float = 1.0) -> Arriving:
    """What people of a trade have, and lack, of what another asks."""
    rome = found.rome
    has = set(rome.items_of(source))
    asked = skills(rome, target)
    return Arriving(
        source, rome.label(source), round(100 * score, 1),
        tuple(rome.item_label(item) for item in asked if item in has),
        tuple(rome.item_label(item) for item in asked if item not in has),
    )  # fmt: skip
