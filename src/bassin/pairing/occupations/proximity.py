"""The score of two occupations, its parts, and the neighbours of one."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from bassin.errors import Refused
from bassin.pairing.occupations.judged import ranked
from bassin.pairing.occupations.signals import NAMES, SIGNALS
from bassin.taxonomies.rome import Rome
from bassin.types import Text

_WEIGHTS = Path(__file__).parent / "weights.toml"
_FULL = 10_000  # hundredths of a point in a whole score
_MOVES = {
    "near": Text("mobilité proche", "near move"),
    "evolution": Text("mobilité d'évolution", "move with training"),
    None: Text("mobilité", "move"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A skill, an activity or a workplace."""

    code: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one signal brings to a score, in points."""

    signal: str
    title: Text
    points: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A near occupation, why, and what ROME's experts say of the move.

    The points of `parts` sum to `score` (0 to 100). `shared` and `missing` are what the neighbour
    asks for: had already, or not yet.
    """

    rome_code: str
    label: str
    score: float
    parts: tuple[Part, ...]
    shared: tuple[Item, ...]
    missing: tuple[Item, ...]
    expert: Text


@dataclass(frozen=True)
class Proximity:
    """All occupations compared: `parts[s, i, j]` is what signal `s` brings to the score of i, j."""

    rome: Rome
    signals: tuple[str, ...]
    parts: np.ndarray

    @cached_property
    def matrix(self) -> np.ndarray:
        """The scores, 0 to 1: how near the occupation of the column is to that of the row."""
        return np.clip(self.parts.sum(0, dtype=np.float32), 0, 1)

    def neighbours(self, code: str, k: int = 10) -> tuple[Neighbour, ...]:
        """The `k` nearest occupations, never itself.

        Raises:
            Refused: ROME has no such code.
        """
        self.rome.known(code)
        row = self.rome.codes.index(code)
        return tuple(self._neighbour(row, int(one)) for one in ranked(self.matrix[row], row)[:k])

    def _neighbour(self, row: int, column: int) -> Neighbour:
        code, target = self.rome.codes[row], self.rome.codes[column]
        points = _hundredths(self.parts[:, row, column].astype(np.float64))
        titles = {signal.code: signal.title for signal in SIGNALS}
        parts = tuple(
            Part(name, titles[name], count / 100)
            for name, count in zip(self.signals, points, strict=True)
        )
        has = set(self.rome.items_of(code))
        asked = [self._item(item) for item in self.rome.items_of(target)]
        return Neighbour(
            target, self.rome.label(target), sum(points) / 100, parts,
            tuple(item for item in asked if item.code in has),
            tuple(item for item in asked if item.code not in has),
            self._expert(code, target),
        )  # fmt: skip

    def _item(self, code: str) -> Item:
        return Item(code, self.rome.item_label(code), self.rome.item_kinds[code])

    @cached_property
    def _moves(self) -> dict[tuple[str, str], str | None]:
        names = ("rome_code", "target_rome_code", "kind")
        rows = zip(*(self.rome.mobilities[name].to_pylist() for name in names), strict=True)
        found: dict[tuple[str, str], str | None] = {}
        for source, target, kind in rows:
            if found.get((source, target)) != "near":  # one near job title is enough
                found[source, target] = kind
        return found

    def _expert(self, code: str, target: str) -> Text:
        if not self._moves:
            return Text("mobilité ROME non chargée", "moves of ROME not loaded")
        version = self.rome.version
        if (code, target) not in self._moves:
            return Text(f"hors des mobilités du ROME {version}", f"not a move of ROME {version}")
        said = _MOVES.get(self._moves[code, target], _MOVES[None])
        return Text(f"ROME {version} : {said.fr}", f"ROME {version}: {said.en}")


def proximity(rome: Rome, signals: Sequence[str] = ()) -> Proximity:
    """Compare all occupations, by the signals that count and have their data, or by those named.

    Raises:
        Refused: a signal is unknown, or none of those asked for has its data.
    """
    unknown = [name for name in signals if name not in NAMES]
    if unknown:
        raise Refused(f"There is no signal “{unknown[0]}”. Known signals: {', '.join(NAMES)}.")
    counting = [name for name, share in declared()["weights"].items() if share]
    wanted = [each for each in SIGNALS if each.code in (signals or counting)]
    measured = {each.code: found for each in wanted if (found := each.measure(rome)) is not None}
    if not measured:
        asked = ", ".join(signals) or "any signal"
        raise Refused(f"ROME as loaded lacks the tables of {asked}. Load its other files as well.")
    shares = _shares(tuple(measured))
    parts = [np.float32(share) * scaled(measured[name]) for name, share in shares.items()]
    return Proximity(rome, tuple(shares), np.stack(parts))


def scaled(cosine: np.ndarray) -> np.ndarray:
    """0 to 1 again, where a first thing in common counts more than a last one."""
    offset = declared()["scale"]["offset"]
    return (np.log(offset + cosine) - np.log(offset)) / (np.log(offset + 1) - np.log(offset))


@cache
def declared() -> dict[str, Any]:
    """The shares of the signals, how they were learned and how well they rank."""
    return tomllib.loads(_WEIGHTS.read_text("utf-8"))


def _shares(names: tuple[str, ...]) -> dict[str, float]:
    """The share of each signal among those there are; equal when none of them has any."""
    known = declared()["weights"]
    total = sum(known.get(name, 0.0) for name in names)
    if not total:
        return dict.fromkeys(names, 1 / len(names))
    return {name: known.get(name, 0.0) / total for name in names}


def _hundredths(parts: np.ndarray) -> list[int]:
    """Whole hundredths of a point that sum to the rounded score: the largest remainders go up."""
    exact = np.clip(parts, 0, 1) * _FULL
    whole = np.floor(exact).astype(int)
    left = round(float(exact.sum())) - int(whole.sum())
    for index in np.argsort(whole - exact, kind="stable")[: max(left, 0)]:
        whole[index] += 1
    return [int(count) for count in whole]


def nearness(rome: Rome) -> tuple[tuple[str, ...], np.ndarray]:
    """The codes and the matrix of scores, 0 to 1, as a table of the engine wants them."""
    return rome.codes, proximity(rome).matrix


def nearest(found: Proximity, top: int) -> Iterator[tuple[str, str, float]]:
    """(source, target, score) for the nearest occupations of every one."""
    codes = found.rome.codes
    for row, code in enumerate(codes):
        for column in ranked(found.matrix[row], row)[:top]:
            yield code, codes[column], float(found.matrix[row, column])
