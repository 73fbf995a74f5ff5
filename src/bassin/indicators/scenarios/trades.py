"""Exposed jobs by trade: those of each activity, shared as its hires go between trades.

It is the only open crosswalk: trades in which people come and go weigh too much, and people whom
the employment service never knew are absent. What belongs to activities without hires is kept
apart, so that the parts and it sum to the whole.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bassin.indicators.house import House
from bassin.indicators.scenarios.declared import Scenario
from bassin.indicators.scenarios.exposure import Exposure, hit, judge
from bassin.indicators.scenarios.jobs import Cell

TABLE = "occupation_hirings"
_UNKNOWN = ""
_SHARES = f"""
SELECT naf_code, rome_code, hirings / sum(hirings) OVER (PARTITION BY naf_code)
FROM {TABLE} WHERE hirings > 0 AND naf_code IN (SELECT unnest($1))
"""

Shares = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Trades:
    """Exposed jobs by ROME code, and those whose activity hires for no known trade."""

    known: Mapping[str, Exposure]
    unknown: Exposure


def shares(house: House, activities: Collection[str]) -> Shares:
    """For each activity, the share of each trade in its hires, in France."""
    found: dict[str, dict[str, float]] = {}
    if house.reader.has(TABLE):
        for activity, trade, share in house.reader.rows(_SHARES, [sorted(activities)]):
            found.setdefault(activity, {})[trade] = float(share)
    return found


def by_trade(cells: Mapping[str, Cell], scenario: Scenario, crossed: Shares) -> Trades:
    """The exposed jobs of a place by trade, none of which gives an establishment away.

    Args:
        cells: jobs by sub-class of NAF.
        crossed: the trades of each sub-class, as `shares` gives them.
    """
    named = {shock.id: shock for shock in scenario.shocks}
    keys = scenario.activities()
    found: dict[str, Exposure] = {_UNKNOWN: Exposure()}
    for code, cell in cells.items():
        shock = named.get(keys.get(code, ""))
        if shock is None:
            continue
        one = hit(cell, shock)
        for trade, share in crossed.get(code, {_UNKNOWN: 1.0}).items():
            found[trade] = found.get(trade, Exposure()) + one.part(share)
    judged = judge(found)
    unknown = judged.pop(_UNKNOWN)
    return Trades({key: each for key, each in judged.items() if each.employers}, unknown)
