"""What a ROME says of its occupations' names: job titles, labels, skills and definitions."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2s
from typing import NamedTuple

from bassin.pairing.titles.forms import expand
from bassin.pairing.titles.words import stems
from bassin.taxonomies.rome import Rome

_SHORT = 0.5
"""What a title's short label counts, beside its long one: it says the same with fewer words."""


class Named(NamedTuple):
    """A title that speaks for an occupation; `label` is how the publisher writes it."""

    text: str
    rome_code: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class Evidence:
    """All that an index is made of; `fiches` is one text per code."""

    codes: tuple[str, ...]
    titles: tuple[Named, ...]
    fiches: tuple[str, ...]

    @property
    def identity(self) -> str:
        """The same for the same content: what an index kept on disk is known by."""
        return blake2s(repr(self).encode(), digest_size=12).hexdigest()


def gather(rome: Rome, without: Collection[str] = (), *, fourth: bool = True) -> Evidence:
    """What a ROME says, without some job titles (by code) and what is written as they are.

    `fourth` takes the labels of ROME 4 too.
    """
    hidden, kept = set(), []
    for row in rome.appellations.to_pylist():
        if row["code"] in without:
            hidden |= {_key(row["label"]), _key(row["short_label"])}
        else:
            kept.append((row["rome_code"], row["label"], row["short_label"] or ""))
    others = list(rome.labels.items()) if rome.occupations.num_rows else []
    if fourth:
        others += [(row["rome_code"], row["label"]) for row in rome.tags.to_pylist()]
    titles = [title for code, long, short in kept for title in _appellation(code, long, short)]
    seen = {(title.rome_code, _key(title.text)) for title in titles}
    for code, label in others:
        key = _key(label)
        if key not in hidden and (code, key) not in seen:
            seen.add((code, key))
            titles.append(Named(expand(label)[0], code, label))
    codes = tuple(sorted({title.rome_code for title in titles}))
    return Evidence(codes, tuple(titles), _fiches(rome, codes))


def _key(label: str) -> tuple[str, ...]:
    """The same for both genders of a title, whatever the order of its words."""
    return tuple(sorted(stems(expand(label or "")[0])))


def _appellation(code: str, long: str, short: str) -> list[Named]:
    found = [Named(expand(long)[0], code, long)]
    if short and _key(short) != _key(long):
        found.append(Named(expand(short)[0], code, long, _SHORT))
    return found


def _fiches(rome: Rome, codes: tuple[str, ...]) -> tuple[str, ...]:
    """What the fiche of each occupation tells: its definition, skills, activities and places."""
    told: dict[str, list[str]] = {}
    for row in rome.texts.to_pylist():
        if row["kind"] == "definition":
            told.setdefault(row["rome_code"], []).append(row["text"])
    return tuple(
        " ".join([*told.get(code, []), *map(rome.item_label, rome.items_of(code))])
        for code in codes
    )
