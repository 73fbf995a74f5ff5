"""One need, answered: the best offers with their reasons, and what blocks the others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
    skip: int = 0,
    spread: Sequence[str] = (),
    only: tuple[str, Collection[Any]] | None = None,
    weights: Mapping[str, float] | None = None,
    hypotheses: int = 12,
) -> Ranking:
    """The `top` best offers for a need, and as many of those that are blocked.

    Equal scores: the fewest open questions first, then the smallest key.

    Args:
        need: a mapping; a field that is missing or None is unknown.
        offers: a table with the field `pairing.key`, sets as list columns, null as unknown; or
            what `prepare` made of it, to answer several needs.
        skip: how many of the best are passed over: those of the pages before.
        spread: fields of offers, by whose values those that nothing blocks are counted.
        only: a field and its values to list; other offers are counted and keep their rank.
        weights: instead of those declared (see `points.shares`).
        hypotheses: how many changes are tried at most, each by ranking all offers again.
    """
    ready = offers if isinstance(offers, Offers) else prepare(pairing, offers, tables)
    answer = _Answer(ready, need, shares(pairing, weights), spread, only)
    return answer.ranking(top, skip, hypotheses)


@dataclass(frozen=True)
class _Answer:
    """One need before all offers."""

    offers: Offers
    need: Row
    shared: Mapping[str, int]
    spread: Sequence[str] = ()
    only: tuple[str, Collection[Any]] | None = None

    @cached_property
    def totals(self) -> np.ndarray:
        """What each offer totals for the need as it is."""
        return dense.totals(self.offers, self.need, self.shared)

    def values(self, field: str) -> pa.Array:
        """What each offer has in a field, by position."""
        return self.offers.table[field].combine_chunks().take(self.offers.place)

    def ranking(self, top: int, skip: int, hypotheses: int) -> Ranking:
        """The best, and the blocked that the fewest gates hold back."""
        barred = blocks(self.totals)
        free = barred == 0
        open_count = int(np.count_nonzero(free))
        listed = self._listed(free)
        fit = self._fit(listed, top, skip)
        # Among those blocked, the greatest totals are those that the fewest gates block.
        closed = np.where(barred > 0, self.totals, np.iinfo(np.int32).min)
        held = dense.best(self.offers, closed, min(top, self.offers.count - open_count)).tolist()
        shown = [self._shown(n, place) for n, place in fit]
        hidden = [self._shown(n, None) for n in held]
        single = [each for each in hidden if barred[each.position] == 1]
        changes = told([*shown, *single], self.need, self.offers.tables, self.ranks, hypotheses)
        return Ranking(
            tuple(Proposal(rank=each.rank or 0, **self._said(each, changes)) for each in shown),
            tuple(Blocked(**self._said(each, changes)) for each in hidden),
            open_count,
            self.offers.count - open_count,
            dense.blocking(self.offers, self.need, self.shared),
            int(np.count_nonzero(listed)),
            {field: self._spread(field, free) for field in self.spread},
        )

    def _listed(self, free: np.ndarray) -> np.ndarray:
        """Which offers may be listed: nothing blocks them, and they are among those wanted."""
        if self.only is None:
            return free
        field, wanted = self.only
        values = self.values(field)
        among = pc.is_in(values, pa.array(list(wanted), values.type))
        return free & among.to_numpy(zero_copy_only=False)

    def _fit(self, listed: np.ndarray, top: int, skip: int) -> list[tuple[int, int]]:
        """The positions to show, each with its rank among all that nothing blocks."""
        count = int(np.count_nonzero(listed))
        kept = np.where(listed, self.totals, np.iinfo(np.int32).min)
        best = dense.best(self.offers, kept, min(skip + top, count))[skip:].tolist()
        if self.only is None:
            return [(position, place) for place, position in enumerate(best, start=skip + 1)]
        return [(position, dense.rank(self.offers, self.totals, position)) for position in best]

    def _spread(self, field: str, free: np.ndarray) -> dict[Any, int]:
        """How many offers nothing blocks, by value of a field."""
        counted = self.values(field).filter(pa.array(free)).value_counts()
        return {each["values"]: each["counts"] for each in counted.to_pylist()}

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
