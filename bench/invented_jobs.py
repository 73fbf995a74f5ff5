"""Invented people and offers for the bench of the engine, and the pairing that compares them.

Skills are drawn as trades ask for them: seven of a trade's sixty, five of all as often as common
skills are common. Communes lie around a centre; minutes grow with the distance.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bassin.pairing import (
    Bounds,
    Gate,
    Membership,
    Nearness,
    Overlap,
    Pairing,
    Reach,
    Sentences,
    Signal,
    Tables,
)
from bassin.types import Text

PEOPLE, OFFERS, SKILLS, TRADES, COMMUNES, PROFILE = 60_533, 20_000, 15_000, 532, 1_300, 60
CONTRACTS = np.array([0.45, 0.25, 0.15, 0.1, 0.05])
LEVELS = np.array([0.25, 0.2, 0.2, 0.15, 0.12, 0.08])
MOST = np.array([15, 30, 45, 60, 90])
HALF = 20

_said = Sentences(Text("oui"), Text("non"), Text("?"))
_skills = Overlap("skills", "skills", "rare")
_way = Reach("home", "there", "minutes", most="most", half=HALF)

PAIRING = Pairing(
    "bench.jobs",
    Text("Banc d'essai"),
    (
        Gate("contract", Text("Contrat"), Membership("contract", "contract"), _said),
        Gate("level", Text("Niveau"), Bounds(("level", "level"), ("level", "")), _said),
        Gate("far", Text("Trajet"), _way, _said),
        Gate("shared", Text("Une compétence"), _skills, _said),
        Signal("skills", Text("Compétences"), _skills, 50, _said),
        Signal("near", Text("Métier proche"), Nearness("trade", "trade", "near"), 30, _said),
        Signal("way", Text("Durée"), _way, 20, _said),
    ),
)


@dataclass(frozen=True)
class Jobs:
    """Everything by number; `people` and `offers` are what the engine reads."""

    people: pa.Table
    offers: pa.Table
    tables: Tables


def drawn(people: int = PEOPLE, offers: int = OFFERS, seed: int = 7) -> Jobs:
    """The same data for the same seed."""
    rng = np.random.default_rng(seed)
    profiles = np.stack([rng.choice(SKILLS, PROFILE, replace=False) for _ in range(TRADES)])
    offered = _side(rng, offers, profiles)
    sought = _side(rng, people, profiles)
    sought["most"] = rng.choice(MOST, people, p=[0.1, 0.25, 0.3, 0.25, 0.1])
    counts = np.bincount(offered["items"].ravel(), minlength=SKILLS)
    rare = np.log((1 + offers) / (1 + counts))
    codes = tuple(f"c{n}" for n in range(COMMUNES))
    trades = tuple(f"t{n}" for n in range(TRADES))
    tables = Tables(
        weights={"rare": {f"s{n}": float(weight) for n, weight in enumerate(rare)}},
        nearness={"near": (trades, _nearness(rng, profiles))},
        reach={"minutes": (codes, _minutes(rng))},
    )
    return Jobs(_table(sought, "home"), _table(offered, "there"), tables)


def _side(rng: np.random.Generator, count: int, profiles: np.ndarray) -> dict[str, np.ndarray]:
    common = 1 / (np.arange(1, SKILLS + 1) + 2.7)  # Zipf and Mandelbrot, their usual shift
    order = np.random.default_rng(1).permutation(SKILLS)
    trade = rng.choice(TRADES, count, p=_falling(TRADES, 20))
    own = np.argsort(rng.random((count, PROFILE), np.float32), axis=1)[:, :7]
    every = order[rng.choice(SKILLS, (count, 5), p=common / common.sum())]
    return {
        "items": np.concatenate((np.take_along_axis(profiles[trade], own, 1), every), axis=1),
        "trade": trade,
        "place": rng.choice(COMMUNES, count, p=_falling(COMMUNES, 30)),
        "contract": rng.choice(CONTRACTS.size, count, p=CONTRACTS),
        "level": rng.choice(LEVELS.size, count, p=LEVELS),
    }


def _falling(count: int, flat: int) -> np.ndarray:
    shares = 1 / (np.arange(count) + flat)
    return shares / shares.sum()


def _nearness(rng: np.random.Generator, profiles: np.ndarray) -> np.ndarray:
    """Noisy, larger within a family of fifteen trades; 1 for the same trade."""
    family = np.arange(TRADES) // 15
    near = rng.random((TRADES, TRADES)) * np.where(family[:, None] == family, 0.9, 0.3)
    np.fill_diagonal(near, 1.0)
    return near.astype(np.float32)


def _minutes(rng: np.random.Generator) -> np.ndarray:
    away = rng.gamma(2.0, 14.0, COMMUNES)
    angle = rng.random(COMMUNES) * 2 * np.pi
    x, y = away * np.cos(angle), away * np.sin(angle)
    distance = np.hypot(x[:, None] - x, y[:, None] - y)
    minutes = np.minimum(5 + 1.1 * distance, 240).astype(np.int16)
    np.fill_diagonal(minutes, 4)
    return minutes


def _table(side: dict[str, np.ndarray], place: str) -> pa.Table:
    count, width = side["items"].shape
    names = pa.array([f"s{n}" for n in range(SKILLS)])
    items = pa.DictionaryArray.from_arrays(side["items"].ravel().astype(np.int32), names)
    starts = np.arange(0, count * width + 1, width, dtype=np.int32)
    columns = {
        "key": np.arange(count, dtype=np.int32),
        "skills": pa.ListArray.from_arrays(starts, items.cast(pa.string())),
        "trade": _named("t", side["trade"], TRADES),
        place: _named("c", side["place"], COMMUNES),
        "contract": _named("k", side["contract"], CONTRACTS.size),
        "level": side["level"].astype(np.int16),
    }
    if "most" in side:
        columns["most"] = side["most"].astype(np.int16)
    return pa.table(columns)


def _named(letter: str, codes: np.ndarray, count: int) -> pa.Array:
    names = pa.array([f"{letter}{n}" for n in range(count)])
    return pa.DictionaryArray.from_arrays(codes.astype(np.int32), names).cast(pa.string())
