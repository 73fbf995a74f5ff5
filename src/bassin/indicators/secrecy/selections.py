"""Figures under secrecy for a list of communes made by hand.

Anyone may ask for any list, so every sum of communes must be thought of as published. The rule:

- a list that is a published place has that place's verdict;
- a list whose communes are all shown is shown, rounded to 5: it tells nothing that is not
  published already, and the rounding says that it is not an official figure;
- a list that holds a hidden commune is refused, with the communes to take out.

Rounding alone would not do: adding shown communes of known value to a hidden one moves it
across the limits of rounding, and a few lists give its value to the unit.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import floor

from bassin.indicators.figure import Observation, Status
from bassin.indicators.secrecy.cells import SHOWN, Verdict
from bassin.indicators.secrecy.regimes import Regime, reason


@dataclass(frozen=True, slots=True)
class SelectionVerdict:
    """What may be said of a hand-made list.

    `same_as` is the published place that it is, if any; `blocking` the communes that forbid it.
    """

    verdict: Verdict
    same_as: str | None = None
    blocking: tuple[str, ...] = ()


def selection_policy(
    regime: Regime,
    selection: Collection[str],
    verdicts: Mapping[str, Verdict],
    places: Mapping[str, Collection[str]],
    names: Mapping[str, str] | None = None,
) -> SelectionVerdict:
    """Say whether a list of communes may have its figure, and how.

    `verdicts` are those of the published places for one figure, category and period (a place
    that is absent counts as hidden); `places` the communes of each containing place; `names`
    how to write a commune in the reason.
    """
    if not regime.protects:
        return SelectionVerdict(SHOWN)
    chosen = set(selection)
    for place, communes in places.items():
        if chosen == set(communes) and place in verdicts:
            return SelectionVerdict(verdicts[place], same_as=place)
    blocking = tuple(
        place for place in sorted(chosen) if place not in verdicts or not verdicts[place].shown
    )
    if blocking:
        written = ", ".join((names or {}).get(place, place) for place in blocking)
        refused = Verdict(Status.REFUSED, reason("selection_refused", places=written))
        return SelectionVerdict(refused, blocking=blocking)
    return SelectionVerdict(Verdict(Status.ROUNDED, reason("selection_rounded")))


def round_to_5(value: float) -> float:
    """The nearest multiple of 5, halves away from zero; zero stays zero."""
    steps = floor(abs(value) / 5 + 0.5)
    return float(5 * steps if value >= 0 else -5 * steps)


def rounded(observation: Observation, scale: float = 1.0) -> Observation:
    """Round the figure of a selection; of a ratio, both terms before they are divided.

    `scale` turns the quotient into the indicator's unit (100 for percent). A denominator that
    rounds to zero leaves no figure.
    """
    if observation.value is None:
        return observation
    said = replace(observation, status=Status.ROUNDED, why=reason("selection_rounded"))
    top, bottom = observation.numerator, observation.denominator
    if top is None or bottom is None:
        upper = None if observation.upper is None else round_to_5(observation.upper)
        return replace(said, value=round_to_5(observation.value), upper=upper, units_count=None)
    top, bottom = round_to_5(top), round_to_5(bottom)
    if bottom == 0:
        return replace(
            said,
            value=None,
            numerator=None,
            denominator=None,
            units_count=None,
            status=Status.REFUSED,
            why=reason("selection_too_small"),
        )
    return replace(
        said, value=scale * top / bottom, numerator=top, denominator=bottom, units_count=None
    )
