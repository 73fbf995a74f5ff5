"""Secrecy for the observations of indicators: the same decision, from what the engine holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from bassin.errors import Refused
from bassin.indicators.figure import Observation, Status
from bassin.indicators.secrecy.cells import ALL, SHOWN, Aggregate, CellKey, CellTable, Verdict
from bassin.indicators.secrecy.protect import protect
from bassin.indicators.secrecy.regimes import Regime

Hierarchy = Mapping[str, Sequence[str]]
"""The communes of each containing place, by keys ("ept:…": ("commune:…", …))."""

Largest = Mapping[tuple[str, str, str], float]
"""The largest contributor's part, by indicator, period and place key."""


def protect_observations(
    observations: Sequence[Observation],
    regime: Regime,
    hierarchy: Hierarchy,
    largest: Largest | None = None,
    *,
    complement: bool = True,
) -> list[Observation]:
    """Return the observations with the secret ones emptied, their status and reason set.

    All the observations published for these indicators must be given. A containing place may
    have communes that are not observed (a Métropole seen from one territory): what they make
    together is taken into account. Of a ratio, both terms are protected; dominance is judged on
    the numerator. Where the regime has a dominance rule and `largest` does not know a place, the
    place is hidden unless its number cannot matter: give it, or waive the rule with a reason.
    A hidden observation loses its value, terms, number of units and interval. Without `complement`,
    only what is secret by itself is hidden: for figures that are judged again with others.

    Raises:
        Refused: an observation does not say how many units stand behind it, or a containing
            place is worth less than its observed communes together.
    """
    if not regime.protects:
        return list(observations)
    kept = [one for one in observations if one.value is not None]
    verdicts: dict[tuple[str, str, str], Verdict] = {}
    for (indicator, period), group in groupby(sorted(kept, key=_table_of), key=_table_of):
        judged = _judge(list(group), regime, hierarchy, largest, complement=complement)
        for place, verdict in judged.items():
            verdicts[indicator, period, place] = verdict
    return [
        _apply(one, verdicts.get((one.indicator, one.period, one.place.key), SHOWN))
        for one in observations
    ]


def _table_of(one: Observation) -> tuple[str, str]:
    return one.indicator, one.period


def _judge(
    group: list[Observation],
    regime: Regime,
    hierarchy: Hierarchy,
    largest: Largest | None,
    *,
    complement: bool,
) -> dict[str, Verdict]:
    """Protect each term apart; a figure is hidden when one of its terms is."""
    if not regime.additive:
        return _protect_alone(group, regime)
    terms = [
        ([one.denominator for one in group], replace(regime, dominance_pct=None), None),
        ([_numerator(one) for one in group], regime, largest),
    ]
    found: dict[str, Verdict] = {}
    for values, rule, parts in terms:
        if any(value is None for value in values):
            continue
        exact = [float(value or 0.0) for value in values]
        term = _term(group, exact, rule, hierarchy, parts or {})
        for place, verdict in _of_places(protect(*term, complement=complement)).items():
            known = found.setdefault(place, verdict)
            if known.status is not Status.SECRET and not verdict.shown:
                found[place] = verdict
    return found


def _numerator(one: Observation) -> float | None:
    return one.value if one.numerator is None else one.numerator


def _protect_alone(group: list[Observation], regime: Regime) -> dict[str, Verdict]:
    cells = CellTable.of(
        [(one.place.key, ALL) for one in group],
        [_units(one) for one in group],
        [abs(one.value or 0.0) for one in group],
    )
    alone = [Aggregate((one.place.key, ALL), ((one.place.key, ALL),)) for one in group]
    return _of_places(protect(cells, regime, alone))


def _of_places(judged: Mapping[CellKey, Verdict]) -> dict[str, Verdict]:
    return {place: verdict for (place, _), verdict in judged.items()}


def _term(
    group: list[Observation],
    values: list[float],
    regime: Regime,
    hierarchy: Hierarchy,
    largest: Largest,
) -> tuple[CellTable, Regime, list[Aggregate]]:
    """One term of the figures of some places, as cells and sums of them to be judged."""
    units = {one.place.key: _units(one) for one in group}
    worth = dict(zip(units, values, strict=True))
    leaves = [place for place in units if place not in hierarchy]
    around = [place for place in units if place in hierarchy]
    members = {place: [one for one in hierarchy[place] if one in worth] for place in around}
    rests = rests_of(around, hierarchy, set(leaves))
    inside = np.array([[place in rest for rest in rests] for place in around], dtype=float)
    beyond = [worth[place] - sum(worth[one] for one in members[place]) for place in around]
    left = share_out(inside, np.array(beyond), around)
    keys: list[CellKey] = [(place, ALL) for place in leaves]
    unseen: list[CellKey] = [(f"rest {at}", ALL) for at in range(len(rests))]
    # Nothing is known of the contributors of the rest: enough of them, or none if it is empty.
    heads = np.where(left > 0, max(regime.min_units, 2), 0)
    cells = CellTable.of(
        keys + unseen,
        np.concatenate([[units[place] for place in leaves], heads]).astype(int),
        np.concatenate([[worth[place] for place in leaves], left]),
        [largest.get((*_table_of(group[0]), place), np.nan) for place in leaves]
        + [0.0] * len(unseen),
    )
    published = [Aggregate(key, (key,)) for key in keys]
    for place in around:
        parts = [(one, ALL) for one in members[place]]
        parts += [key for key, rest in zip(unseen, rests, strict=True) if place in rest]
        published.append(Aggregate((place, ALL), tuple(parts), True, units=units[place]))
    return cells, regime, published


def rests_of(around: list[str], hierarchy: Hierarchy, leaves: set[str]) -> list[frozenset[str]]:
    """Communes that are not observed, told apart only by the observed places they are in."""
    found: dict[str, set[str]] = {}
    for place in around:
        for commune in hierarchy[place]:
            if commune not in leaves:
                found.setdefault(commune, set()).add(place)
    return sorted({frozenset(places) for places in found.values()}, key=sorted)


def share_out(
    inside: NDArray[np.float64], beyond: NDArray[np.float64], around: list[str]
) -> NDArray[np.float64]:
    """Values of the unobserved parts, none negative, that add up to what is beyond.

    Any such values do: an attacker's possible tables are the same whichever we start from.
    """
    scale = max(1.0, float(np.abs(beyond).max(initial=0.0)))
    found = np.zeros(inside.shape[1] if len(around) else 0)
    active = np.ones(len(found), dtype=bool)
    while active.any():
        found[:] = 0.0
        found[active] = np.linalg.lstsq(inside[:, active], beyond, rcond=None)[0]
        if (found >= -1e-9 * scale).all():
            break
        active &= found > 0
    found = np.where(found > 1e-9 * scale, found, 0.0)
    wrong = np.abs(inside @ found - beyond) > 1e-6 * scale if len(found) else beyond != 0
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise Refused(
            f"{around[at]} and its communes do not add up ({beyond[at]:+g} left over): check that "
            "they come from the same table, and give every commune of the place."
        )
    return found


def _units(one: Observation) -> int:
    if one.units_count is None:
        raise Refused(
            f"{one.indicator} at {one.place.key} does not say how many units it rests on: its "
            "secrecy cannot be judged. Declare what counts the units."
        )
    return one.units_count


def _apply(one: Observation, verdict: Verdict) -> Observation:
    if verdict.shown:
        return one
    return replace(
        one,
        value=None,
        numerator=None,
        denominator=None,
        units_count=None,
        upper=None,
        status=verdict.status,
        why=verdict.reason,
    )
