"""One need, answered: the best offers with their reasons, and what blocks the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from bassin.pairing.declaration import Pairing
from bassin.pairing.explain import missing, points, reasons
from bassin.pairing.hypotheses import Shown, told
from bassin.pairing.judge import Row
from bassin.pairing.onebyone import Standing, standing
from bassin.pairing.points import shares
from bassin.pairing.ranking import Blocked, Counterfactual, Proposal, Ranking
from bassin.pairing.tables import Tables


def rank(
    pairing: Pairing,
    need: Row,
    offers: pa.Table,
    tables: Tables,
    *,
    top: int = 10,
    weights: Mapping[str, float] | None = None,
    hypotheses: int = 12,
) -> Ranking:
    """The `top` best offers for a need, and as many of those that are blocked.

    Equal scores: the fewest open questions first, then the smallest key.

    Args:
        need: a mapping; a field that is missing or None is unknown.
        offers: a table with the field `pairing.key`; sets are list columns, null is unknown.
        weights: instead of those declared (see `points.shares`).
        hypotheses: how many changes are tried at most, each by ranking all offers again.
    """
    shared = shares(pairing, weights)
    return _Answer(pairing, need, offers.to_pylist(), tables, shared).ranking(top, hypotheses)


@dataclass(frozen=True)
class _Answer:
    """One need before all offers."""

    pairing: Pairing
    need: Row
    rows: Sequence[Row]
    tables: Tables
    shared: Mapping[str, int]

    def standings(self, need: Row) -> list[Standing]:
        """Where each offer stands, by position."""
        return [standing(self.pairing, need, row, self.tables, self.shared) for row in self.rows]

    @cached_property
    def now(self) -> list[Standing]:
        """Where each offer stands for the need as it is."""
        return self.standings(self.need)

    def ranking(self, top: int, hypotheses: int) -> Ranking:
        """The best, and the blocked that the fewest gates hold back."""
        places = range(len(self.rows))
        fit = sorted((n for n in places if not self.now[n].blocks), key=self._order)
        held = sorted((n for n in places if self.now[n].blocks), key=self._order)
        shown = [self._shown(n, place) for place, n in enumerate(fit[:top], start=1)]
        single = [self._shown(n, None) for n in held[:top] if self.now[n].blocks == 1]
        changes = told([*shown, *single], self.need, self.tables, self.ranks, hypotheses)
        return Ranking(
            tuple(
                Proposal(rank=place, **self._said(n, changes))
                for place, n in enumerate(fit[:top], start=1)
            ),
            tuple(Blocked(**self._said(n, changes)) for n in held[:top]),
            len(fit),
            len(held),
            {gate.code: self._blocked_by(gate.code) for gate in self.pairing.gates},
        )

    def ranks(self, need: Row, positions: Sequence[int]) -> list[int | None]:
        """The ranks that offers would have for another need."""
        then = self.standings(need)
        order = sorted((each for each in then if not each.blocks), key=lambda each: each.order)
        ranks = {each.key: place for place, each in enumerate(order, start=1)}
        return [ranks.get(self.rows[position][self.pairing.key]) for position in positions]

    def _order(self, position: int) -> tuple:
        return (self.now[position].blocks, *self.now[position].order)

    def _blocked_by(self, code: str) -> int:
        return sum(
            each.criterion.code == code and each.state == "no"
            for one in self.now
            for each in one.verdicts
        )

    def _shown(self, position: int, place: int | None) -> Shown:
        return Shown(position, self.rows[position], self.now[position].verdicts, place)

    def _said(
        self, position: int, changes: Mapping[int, tuple[Counterfactual, ...]]
    ) -> dict[str, Any]:
        each, offer = self.now[position], self.rows[position]
        return {
            "key": each.key,
            "score": points(each.score),
            "reasons": reasons(each.verdicts, self.shared, self.tables, self.need, offer),
            "missing": missing(each.verdicts, self.tables),
            "counterfactuals": changes.get(position, ()),
        }
