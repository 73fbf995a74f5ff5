"""Figures of one amount over several conditions: what one table hides, another must not give.

Jobs of all trades less jobs of services are jobs of industry. So the rows are cut into the finest
parts that the conditions tell apart, and every published figure, a sum of such parts in a place, is
judged with all the others.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from bassin.indicators.secrecy.cells import Aggregate, CellKey, CellTable, Verdict
from bassin.indicators.secrecy.observations import Hierarchy, rests_of, share_out
from bassin.indicators.secrecy.protect import protect
from bassin.indicators.secrecy.regimes import Regime

Parts = Mapping[tuple[str, str], tuple[float, int]]
"""What each place holds of each part: its value, and how many units make it."""

Largest = Mapping[tuple[str, str], float]
"""The largest unit of each part of each place, where it is known."""

Figures = Mapping[str, Sequence[str]]
"""The parts that each published figure adds up."""


def protect_linked(
    parts: Parts,
    figures: Figures,
    regime: Regime,
    hierarchy: Hierarchy,
    largest: Largest | None = None,
) -> dict[CellKey, Verdict]:
    """Return the verdict on every figure in every place, by (place, figure).

    A part whose largest unit is not in `largest` may be made by one alone.

    `hierarchy` gives the communes of each containing place, as for `protect_observations`; communes
    of a containing place that are not in `parts` count as what is left of it, part by part.
    """
    places = sorted({place for place, _ in parts})
    names = sorted({part for _, part in parts})
    leaves = [place for place in places if place not in hierarchy]
    around = [place for place in places if place in hierarchy]
    rests = rests_of(around, hierarchy, set(leaves))
    unseen = [f"rest {at}" for at in range(len(rests))]
    members = {
        place: [each for each in hierarchy[place] if each in leaves]
        + [key for key, rest in zip(unseen, rests, strict=True) if place in rest]
        for place in around
    }
    table = _cells(parts, names, leaves, around, hierarchy, regime, largest or {})
    published = [
        Aggregate(
            (place, figure),
            tuple((each, part) for each in members.get(place, [place]) for part in wanted),
            headline=place in members,
            units=sum(_of(parts, place, part)[1] for part in wanted) if place in members else None,
        )
        for figure, wanted in figures.items()
        for place in places
    ]
    return protect(table, regime, published)


def _of(parts: Parts, place: str, part: str) -> tuple[float, int]:
    return parts.get((place, part), (0.0, 0))


def _cells(
    parts: Parts,
    names: list[str],
    leaves: list[str],
    around: list[str],
    hierarchy: Hierarchy,
    regime: Regime,
    known_largest: Largest,
) -> CellTable:
    """Every part of every commune, then what the containing places hold beyond them."""
    rests = rests_of(around, hierarchy, set(leaves))
    inside = np.array([[place in rest for rest in rests] for place in around], dtype=float)
    inside = inside.reshape(len(around), len(rests))
    keys: list[CellKey] = [(place, part) for place in leaves for part in names]
    known = [_of(parts, *key) for key in keys]
    values, units = [value for value, _ in known], [count for _, count in known]
    largest = [known_largest.get(key, np.nan) for key in keys]
    for part in names:
        beyond = [
            _of(parts, place, part)[0]
            - sum(_of(parts, each, part)[0] for each in hierarchy[place] if each in leaves)
            for place in around
        ]
        left = share_out(inside, np.array(beyond), around)
        keys += [(f"rest {at}", part) for at in range(len(rests))]
        values += left.tolist()
        # Nothing is known of the contributors of the rest: enough of them, or none if it is empty.
        units += np.where(left > 0, max(regime.min_units, 2), 0).tolist()
        largest += [0.0] * len(rests)
    return CellTable.of(keys, units, values, largest)
