"""One need, answered: the best offers with their reasons, and what blocks the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from bassin.pairing import dense
from bassin.pairing.declaration import Pairing
from bassin.pairing.explain import missing, points, reasons
from bassin.pairing.hypotheses import Shown, told
from bassin.pairing.judge import Row
from bassin.pairing.offers import Offers, prepare
from bassin.pairing.onebyone import Standing, standing
from bassin.pairing.packed import blocks
from bassin.pairing.points import shares
from bassin.pairing.ranking import Blocked, Counterfactual, Proposal, Ranking
from bassin.pairing.tables import Tables


def rank(
    pairing: Pairing,
    need: Row,
    offers: pa.Table | Offers,
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
        offers: a table with the field `pairing.key`, sets as list columns, null as unknown; or
            what `prepare` made of it, to answer several needs.
        weights: instead of those declared (see `points.shares`).
        hypotheses: how many changes are tried at most, each by ranking all offers again.
    """
    ready = offers if isinstance(offers, Offers) else prepare(pairing, offers, tables)
    return _Answer(ready, need, shares(pairing, weights)).ranking(top, hypotheses)


@dataclass(frozen=True)
class _Answer:
    """One need before all offers."""

    offers: Offers
    need: Row
    shared: Mapping[str, int]

    @cached_property
    def totals(self) -> np.ndarray:
        """What each offer totals for the need as it is."""
        return dense.totals(self.offers, self.need, self.shared)

    def ranking(self, top: int, hypotheses: int) -> Ranking:
        """The best, and the blocked that the fewest gates hold back."""
        barred = blocks(self.totals)
        open_count = int(np.count_nonzero(barred == 0))
        fit = dense.best(self.offers, self.totals, min(top, open_count)).tolist()
        # Among those blocked, the greatest totals are those that the fewest gates block.
        closed = np.where(barred > 0, self.totals, np.iinfo(np.int32).min)
        held = dense.best(self.offers, closed, min(top, self.offers.count - open_count)).tolist()
        shown = [self._shown(n, place) for place, n in enumerate(fit, start=1)]
        hidden = [self._shown(n, None) for n in held]
        single = [each for each in hidden if barred[each.position] == 1]
        changes = told([*shown, *single], self.need, self.offers.tables, self.ranks, hypotheses)
        return Ranking(
            tuple(
                Proposal(rank=place, **self._said(each, changes))
                for place, each in enumerate(shown, start=1)
            ),
            tuple(Blocked(**self._said(each, changes)) for each in hidden),
            open_count,
            self.offers.count - open_count,
            dense.blocking(self.offers, self.need, self.shared),
        )

    def ranks(self, need: Row, positions: Sequence[int]) -> list[int | None]:
        """The ranks that offers would have for another need."""
        then = dense.totals(self.offers, need, self.shared)
        return [
            None if blocks(then[position]) else dense.rank(self.offers, then, position)
            for position in positions
        ]

    def _shown(self, position: int, place: int | None) -> Shown:
        offer = self.offers.row(position)
        stands: Standing = standing(
            self.offers.pairing, self.need, offer, self.offers.tables, self.shared
        )
        return Shown(position, offer, stands.verdicts, place)

    def _said(
        self, shown: Shown, changes: Mapping[int, tuple[Counterfactual, ...]]
    ) -> dict[str, Any]:
        tables = self.offers.tables
        return {
            "key": shown.offer[self.offers.pairing.key],
            "score": points(sum(each.points for each in shown.verdicts)),
            "reasons": reasons(shown.verdicts, self.shared, tables, self.need, shown.offer),
            "missing": missing(shown.verdicts, tables),
            "counterfactuals": changes.get(shown.position, ()),
        }
