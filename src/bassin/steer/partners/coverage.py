"""Overlaps and holes of the service map: where two bodies are in charge, and where nobody is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """An offer as the map reads it; no commune means the whole territory."""

    step: str
    organisation: str
    lead: bool
    communes: frozenset[str] = frozenset()

    def covers(self, commune: str) -> bool:
        """Whether it is offered in a commune."""
        return not self.communes or commune in self.communes


@dataclass(frozen=True, slots=True)
class StepCover:
    """One step of a pathway: who is in charge where.

    `overlaps` maps a commune to the several bodies in charge there, `holes` are the communes where
    a service is known but nobody is in charge, `unknown` those where no service is known at all
    (which is a question, not a finding).
    """

    step: str
    overlaps: dict[str, tuple[str, ...]]
    holes: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """Whether one body, and one only, is in charge everywhere."""
        return not (self.overlaps or self.holes or self.unknown)


def cover(
    steps: Iterable[str], services: Sequence[Service], communes: Sequence[str]
) -> list[StepCover]:
    """Step by step, in order, who is in charge in each commune."""
    return [
        _step(step, [each for each in services if each.step == step], communes) for step in steps
    ]


def _step(step: str, services: list[Service], communes: Sequence[str]) -> StepCover:
    overlaps, holes, unknown = {}, [], []
    for commune in communes:
        here = [each for each in services if each.covers(commune)]
        leads = tuple(sorted({each.organisation for each in here if each.lead}))
        if len(leads) > 1:
            overlaps[commune] = leads
        elif not here:
            unknown.append(commune)
        elif not leads:
            holes.append(commune)
    return StepCover(step, overlaps, tuple(holes), tuple(unknown))
