"""What the register of obstacles adds up to: averages only over five answers or more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from bassin.letters import spaced
from bassin.steer.programmes.models import Obstacle

FEWEST = 5
"""Below this number an average would tell about one firm."""


@dataclass(frozen=True, slots=True)
class Delay:
    """A procedure: how often it was told, and how long firms waited, when five or more said."""

    procedure: str
    told: int
    said: int  # how many gave a delay
    mean: float | None
    middle: float | None


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register. `saved` adds the days saved of the `saved_by` obstacles that say so."""

    told: int
    answered: int
    lifted: int
    delays: tuple[Delay, ...]
    saved: int | None
    saved_by: int


def folded(text: str) -> str:
    """The same procedure, however it was written: no accent, no capital, single spaces."""
    return spaced(text)


def register(obstacles: Iterable[Obstacle]) -> Register:
    """What some obstacles add up to."""
    listed = list(obstacles)
    grouped: dict[str, list[Obstacle]] = defaultdict(list)
    for each in listed:
        grouped[folded(each.procedure)].append(each)
    saved = [each.days_saved for each in listed if each.days_saved is not None]
    delays = [_delay(group) for group in grouped.values()]
    return Register(
        told=len(listed),
        answered=sum(each.answered_on is not None for each in listed),
        lifted=sum(each.state == Obstacle.State.LIFTED for each in listed),
        delays=tuple(sorted(delays, key=lambda each: (-each.told, each.procedure))),
        saved=sum(saved) if len(saved) >= FEWEST else None,
        saved_by=len(saved),
    )


def _delay(group: list[Obstacle]) -> Delay:
    said = [each.delay_days for each in group if each.delay_days is not None]
    enough = len(said) >= FEWEST
    return Delay(
        procedure=group[0].procedure,
        told=len(group),
        said=len(said),
        mean=sum(said) / len(said) if enough else None,
        middle=float(median(said)) if enough else None,
    )
