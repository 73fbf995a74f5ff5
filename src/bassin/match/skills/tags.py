"""Which trades change with the ecological transition, by the tags of ROME 4.

A trade is a code of ROME 3, and the tags are on the fiches of ROME 4 that have it as parent: all of
them, some of them, or none. Never by activity: a green trade is found in every sector.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bassin.match.skills.forecast import Values
from bassin.taxonomies.rome import Rome
from bassin.types import Text

Kind = Literal["green", "greening", "brown"]
KINDS: tuple[Kind, ...] = ("green", "greening", "brown")
WORDS: dict[Kind, Text] = {
    "green": Text("métier vert", "green trade"),
    "greening": Text("métier verdissant", "greening trade"),
    "brown": Text("métier brun", "brown trade"),
}
MEANS: dict[Kind, Text] = {
    "green": Text(
        "sa finalité est l'environnement (« Emploi Vert » du ROME 4)",
        "its purpose is the environment (“Emploi Vert” of ROME 4)",
    ),
    "greening": Text(
        "ses compétences changent avec la transition (« Emploi stratégique pour la Transition "
        "écologique » du ROME 4)",
        "its skills change with the transition (“Emploi stratégique pour la Transition "
        "écologique” of ROME 4)",
    ),
    "brown": Text(
        "la transition le fragilise (« Emploi Brun » du ROME 4)",
        "the transition puts it at risk (“Emploi Brun” of ROME 4)",
    ),
}


@dataclass(frozen=True, slots=True)
class Tags:
    """How many fiches of ROME 4 a trade has, and which have each tag."""

    fiches: int
    tagged: Mapping[Kind, tuple[str, ...]]

    def has(self, kind: Kind) -> bool:
        """Whether at least one fiche has it."""
        return bool(self.tagged[kind])

    def sure(self, kind: Kind) -> bool:
        """Whether every fiche has it."""
        return self.fiches > 0 and len(self.tagged[kind]) == self.fiches

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Those it has, sure or not."""
        return tuple(kind for kind in KINDS if self.has(kind))


@lru_cache(maxsize=2)
def _of(rome: "_Kept") -> dict[str, Tags]:
    table = rome.rome.tags
    names = ("rome_code", "label", "is_green", "is_greening", "is_brown")
    found: dict[str, tuple[int, dict[Kind, list[str]]]] = {}
    for code, label, *flags in zip(*(table[name].to_pylist() for name in names), strict=True):
        count, tagged = found.get(code, (0, {kind: [] for kind in KINDS}))
        for kind, flag in zip(KINDS, flags, strict=True):
            if flag:
                tagged[kind].append(label)
        found[code] = (count + 1, tagged)
    return {
        code: Tags(count, {kind: tuple(labels) for kind, labels in tagged.items()})
        for code, (count, tagged) in found.items()
    }


@dataclass(frozen=True, eq=False)
class _Kept:
    """A ROME as the key of what is kept: by its identity, not by its tables."""

    rome: Rome

    def __hash__(self) -> int:
        return hash(self.rome.identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.rome is other.rome


def tags(rome: Rome) -> dict[str, Tags]:
    """The tags of each trade; {} when ROME 4 is not loaded."""
    return _of(_Kept(rome))


def share(
    counts: Mapping[str, float], tagged: Mapping[str, Tags], kinds: Iterable[Kind]
) -> Values | None:
    """Between what percentages of counted jobs or offers are in trades with one of these tags.

    The floor counts trades of which every fiche has it, the ceiling those of which one has; the
    middle counts a trade by the share of its fiches. None: nothing is counted.
    """
    wanted = tuple(kinds)
    whole = sum(counts.values())
    if not whole or not tagged:
        return None
    low = central = high = 0.0
    for code, count in counts.items():
        found = tagged.get(code)
        if found is None:
            continue
        labels = {label for kind in wanted for label in found.tagged[kind]}
        low += count * (len(labels) == found.fiches)
        central += count * len(labels) / found.fiches
        high += count * bool(labels)
    return Values(100 * low / whole, 100 * central / whole, 100 * high / whole)
