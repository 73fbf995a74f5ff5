"""Commitments added up: like with like, by scheme and by commune, from accepted proofs alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bassin.match.support.models import Commitment
from bassin.match.support.models.promised import Scheme, Unit

DONE = ("going", "late", "kept")


@dataclass(frozen=True, slots=True)
class Total:
    """What was promised and proved of one thing: by so many firms."""

    scheme: str
    unit: str
    promised: int
    proved: int
    commitments: int
    firms: int
    late: int

    @property
    def scheme_words(self) -> str:
        """The scheme as people call it."""
        return str(Scheme(self.scheme).label)

    @property
    def unit_words(self) -> str:
        """What is counted."""
        return str(Unit(self.unit).label)

    @property
    def percent(self) -> int:
        """The share proved, which no proof beyond a target makes larger than the whole."""
        return min(100, 100 * self.proved // self.promised) if self.promised else 0


def totals(found: Iterable[Commitment], today: date) -> list[Total]:
    """By scheme and by what is counted; those read with `proved()`, ended ones left out.

    What was proved beyond a promise is not counted for another one: each counts up to its target.
    """
    groups: dict[tuple[str, str], list[Commitment]] = {}
    for each in found:
        if each.ended_on is None:
            groups.setdefault((each.scheme, each.unit), []).append(each)
    order = (Scheme.values, Unit.values)
    keys = sorted(groups, key=lambda key: (order[0].index(key[0]), order[1].index(key[1])))
    return [_total(key, groups[key], today) for key in keys]


def _total(key: tuple[str, str], held: list[Commitment], today: date) -> Total:
    done = [min(int(getattr(each, "done", 0)), each.target) for each in held]
    states = [
        each.state(int(getattr(each, "done", 0)), today) for each in held
    ]  # fmt: skip
    return Total(
        scheme=key[0], unit=key[1], promised=sum(each.target for each in held), proved=sum(done),
        commitments=len(held), firms=len({each.siren for each in held}), late=states.count("late"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """The commitments of a commune."""

    code: str
    commitments: int
    firms: int
    kept: int
    late: int


def by_commune(found: Iterable[Commitment], today: date) -> list[Place]:
    """By commune of the establishment, most commitments first."""
    groups: dict[str, list[Commitment]] = {}
    for each in found:
        if each.ended_on is None:
            groups.setdefault(each.commune_code, []).append(each)
    made = []
    for code, held in groups.items():
        states = [each.state(int(getattr(each, "done", 0)), today) for each in held]
        firms = len({each.siren for each in held})
        made.append(Place(code, len(held), firms, states.count("kept"), states.count("late")))
    return sorted(made, key=lambda place: (-place.commitments, place.code))
