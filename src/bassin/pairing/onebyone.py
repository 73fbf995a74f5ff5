"""Every offer judged one by one: the plain way, by which the fast ones are checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bassin.pairing.declaration import Gate, Pairing
from bassin.pairing.judge import Row, Verdict, judge
from bassin.pairing.tables import Tables


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one offer stands: its hundredths, its open questions, the gates that block it."""

    key: Any
    score: int
    asks: int
    blocks: int
    verdicts: tuple[Verdict, ...]

    @property
    def order(self) -> tuple:
        """The best score, then the fewest questions, then the key."""
        return (-self.score, self.asks, self.key)


def standing(
    pairing: Pairing, need: Row, offer: Row, tables: Tables, shared: Mapping[str, int]
) -> Standing:
    """One pair."""
    verdicts = judge(pairing, need, offer, tables, shared)
    states = [each.state for each in verdicts]
    return Standing(
        key=offer[pairing.key],
        score=sum(each.points for each in verdicts),
        asks=states.count("ask"),
        blocks=sum(each.state == "no" and isinstance(each.criterion, Gate) for each in verdicts),
        verdicts=verdicts,
    )


def ranked(
    pairing: Pairing, need: Row, offers: Sequence[Row], tables: Tables, shared: Mapping[str, int]
) -> list[Standing]:
    """The offers that nothing blocks, best first."""
    every = (standing(pairing, need, offer, tables, shared) for offer in offers)
    return sorted((each for each in every if not each.blocks), key=lambda each: each.order)
