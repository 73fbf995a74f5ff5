"""What tells that two occupations are near: each signal compares all of them at once.

A signal is a cosine between what two occupations have, rare things weighing more than common
ones, or what their codes share. None says anything of ROME's own table of moves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bassin.letters import bare
from bassin.pairing.occupations.words import stems
from bassin.taxonomies.rome import Rome
from bassin.types import Text

Has = tuple[str, str, float]  # an occupation, what it has, how many times
Measure = Callable[[Rome], np.ndarray | None]
BROAD, FINE = 100, 300  # directions kept: families of trades, then trades
PIECES = (3, 4, 5)  # letters of a piece of a word
FADING = 2.0  # how many domains further two trades of one family are near by a third


@dataclass(frozen=True)
class Signal:
    """One way of comparing; `measure` gives a matrix from 0 to 1, or None without its data."""

    code: str
    title: Text
    measure: Measure


def _cosine(
    rome: Rome, rows: Iterable[Has], turn: Callable[[np.ndarray], np.ndarray]
) -> np.ndarray | None:
    """How much of what two occupations have is the same; None when nobody has anything."""
    place = {code: index for index, code in enumerate(rome.codes)}
    counted: dict[tuple[str, str], float] = {}
    for code, thing, times in rows:
        counted[code, thing] = counted.get((code, thing), 0.0) + times
    if not counted:
        return None
    columns = {thing: index for index, thing in enumerate(sorted({thing for _, thing in counted}))}
    table = np.zeros((len(place), len(columns)), np.float32)
    for (code, thing), times in counted.items():
        if code in place:
            table[place[code], columns[thing]] = times
    rare = np.log((len(place) + 1) / ((table > 0).sum(0) + 0.5))
    table = turn(table) * rare.astype(np.float32)
    length = np.linalg.norm(table, axis=1, keepdims=True)
    table /= np.where(length == 0, 1, length)
    return np.clip(table @ table.T, 0, 1)


def _once(table: np.ndarray) -> np.ndarray:
    return (table > 0).astype(np.float32)


def _logarithm(table: np.ndarray) -> np.ndarray:
    return np.where(table > 0, 1 + np.log(np.maximum(table, 1)), 0).astype(np.float32)


def _items(kind: str) -> Measure:
    """Items of a kind in common, by their code."""

    def measure(rome: Rome) -> np.ndarray | None:
        links = rome.skills.filter(pc.equal(rome.skills["kind"], kind))
        codes, items = links["rome_code"].to_pylist(), links["item_code"].to_pylist()
        return _cosine(rome, ((c, i, 1.0) for c, i in zip(codes, items, strict=True)), _once)

    return measure


def _said(rome: Rome, said: Iterable[tuple[str, str]]) -> np.ndarray | None:
    """Words in common between texts."""
    seen: dict[str, tuple[str, ...]] = {}
    rows: list[Has] = []
    for code, text in said:
        if text not in seen:
            seen[text] = tuple(stems(text))
        rows += [(code, word, 1.0) for word in seen[text]]
    return _cosine(rome, rows, _logarithm)


def _wording(kind: str) -> Measure:
    """Words in common between the labels of items: near ones count, not only the same ones."""

    def measure(rome: Rome) -> np.ndarray | None:
        links = rome.skills.filter(pc.equal(rome.skills["kind"], kind))
        return _said(rome, _labels(rome, links))

    return measure


def _labels(rome: Rome, links: pa.Table) -> list[tuple[str, str]]:
    labels = dict(
        zip(*(rome.items[name].to_pylist() for name in ("item_code", "label")), strict=True)
    )
    pairs = zip(*(links[name].to_pylist() for name in ("rome_code", "item_code")), strict=True)
    return [(code, labels[item]) for code, item in pairs if item in labels]


def _pairs(table: pa.Table, name: str) -> list[tuple[str, str]]:
    return list(zip(table["rome_code"].to_pylist(), table[name].to_pylist(), strict=True))


def _latent(count: int) -> Measure:
    """Words that go together, from all that is said: the strongest directions of their cosine."""

    def measure(rome: Rome) -> np.ndarray | None:
        texts, titles = _pairs(rome.texts, "text"), _pairs(rome.appellations, "label")
        cosine = _said(rome, [*texts, *titles, *_labels(rome, rome.skills)])
        if cosine is None:
            return None
        strengths, directions = np.linalg.eigh(cosine.astype(np.float64))
        place = directions[:, -count:] * np.sqrt(np.maximum(strengths[-count:], 0))
        length = np.linalg.norm(place, axis=1, keepdims=True)
        place /= np.where(length == 0, 1, length)
        return np.clip(place @ place.T, 0, 1).astype(np.float32)

    return measure


def _texts(*kinds: str) -> Measure:
    """Words in common between the descriptions of some kinds, of all unless said."""

    def measure(rome: Rome) -> np.ndarray | None:
        texts = rome.texts
        if kinds:
            texts = texts.filter(pc.is_in(texts["kind"], pa.array(kinds)))
        return _said(rome, _pairs(texts, "text"))

    return measure


def _titles(rome: Rome) -> np.ndarray | None:
    return _said(rome, _pairs(rome.appellations, "label"))


def _letters(rome: Rome) -> np.ndarray | None:
    """Pieces of words in common between job titles, so that one word inside another counts."""
    pieces = (
        (code, word[at : at + size], 1.0)
        for code, label in _pairs(rome.appellations, "label")
        for word in (f" {each} " for each in bare(label).replace("/", " ").split())
        for size in PIECES
        for at in range(len(word) - size + 1)
    )
    return _cosine(rome, pieces, _logarithm)


def _hirings(rome: Rome) -> np.ndarray | None:
    """The activities that hire them, the largest not hiding the others."""
    names = ("rome_code", "naf_code", "hirings")
    rows = zip(*(rome.hirings[name].to_pylist() for name in names), strict=True)
    return _cosine(rome, ((code, naf, float(count)) for code, naf, count in rows), np.sqrt)


def _domain(rome: Rome) -> np.ndarray | None:
    domains = np.array([code[:3] for code in rome.codes])
    return (domains[:, None] == domains[None]).astype(np.float32)


def _order(rome: Rome) -> np.ndarray | None:
    """Domains that follow one another in the same family, the same one included."""
    families = np.array([code[0] for code in rome.codes])
    ranks = np.array([int(code[1:3]) for code in rome.codes])
    fade = np.exp(-np.abs(ranks[:, None] - ranks[None]) / FADING)
    return ((families[:, None] == families[None]) * fade).astype(np.float32)


SIGNALS = (
    Signal("skills", Text("mêmes savoirs", "same knowledge"), _items("skill")),
    Signal("activities", Text("mêmes activités", "same activities"), _items("activity")),
    Signal(
        "environments", Text("mêmes lieux de travail", "same workplaces"), _items("environment")
    ),
    Signal("knowing", Text("savoirs proches", "near knowledge"), _wording("skill")),
    Signal("doing", Text("activités proches", "near activities"), _wording("activity")),
    Signal("latent", Text("mots qui vont ensemble", "words that go together"), _latent(FINE)),
    Signal("broad", Text("même famille de mots", "same family of words"), _latent(BROAD)),
    Signal("texts", Text("fiches qui se ressemblent", "alike descriptions"), _texts()),
    Signal("definition", Text("définitions proches", "near definitions"), _texts("definition")),
    Signal("access", Text("accès au métier proches", "near ways in"), _texts("access")),
    Signal("titles", Text("appellations proches", "near job titles"), _titles),
    Signal("letters", Text("appellations de même racine", "job titles of one root"), _letters),
    Signal("hirings", Text("mêmes employeurs", "same employers"), _hirings),
    Signal("domain", Text("même domaine du ROME", "same domain of ROME"), _domain),
    Signal("order", Text("domaines voisins du ROME", "neighbouring domains of ROME"), _order),
)
NAMES = tuple(signal.code for signal in SIGNALS)
