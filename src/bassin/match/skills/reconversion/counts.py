"""Files of reconversion, counted: begun, signed, hired, in job at six months."""

from collections.abc import Iterable
from dataclasses import dataclass

from bassin.commons.hires import FEWEST
from bassin.types import Origin

STAGES = ("begun", "signed", "hired", "lasting")
BELOW = {"signed": "begun", "hired": "begun", "lasting": "hired"}
"""A stage never counts more files than the one that it comes from."""

Counted = tuple[str, str, str, int, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """The files of one pair of trades."""

    from_rome: str
    to_rome: str
    begun: int = 0
    signed: int = 0
    hired: int = 0
    lasting: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The files of all plans; `invented` when some of them are a sample's."""

    begun: int
    signed: int
    hired: int
    lasting: int
    invented: bool

    @property
    def public(self) -> dict[str, int | None]:
        """What anyone may read: None under FEWEST, except a plain zero."""
        return {
            stage: None if 0 < getattr(self, stage) < FEWEST else getattr(self, stage)
            for stage in ("begun", "signed", "lasting")
        }


def pairs(steps: Iterable[Counted]) -> list[Pair]:
    """The counts by pair, those with the most files first."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for source, target, stage, count, _origin in steps:
        held = found.setdefault((source, target), dict.fromkeys(STAGES, 0))
        held[stage] += count
    made = [Pair(*key, *(held[stage] for stage in STAGES)) for key, held in found.items()]
    return sorted(made, key=lambda each: (-each.begun, each.from_rome, each.to_rome))


def figures(steps: Iterable[Counted]) -> Figures:
    """The counts of all of them."""
    listed = list(steps)
    held = dict.fromkeys(STAGES, 0)
    for _source, _target, stage, count, _origin in listed:
        held[stage] += count
    return Figures(**held, invented=any(each[4] == Origin.INVENTED for each in listed))
