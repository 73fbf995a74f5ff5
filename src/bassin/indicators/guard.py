"""Statistical secrecy between the engine and whoever asks: nothing protected leaves unjudged.

The verdict depends on all that is published from a table (the communes of the home territory,
the territory, its containers and its peers), never on the page that asks. A place outside that
set has not been judged, so its figure is not shown.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bassin.indicators.declaration import Indicator, rule_of
from bassin.indicators.figure import Observation, Status
from bassin.indicators.secrecy.cells import SHOWN, Verdict
from bassin.indicators.secrecy.observations import protect_observations
from bassin.indicators.secrecy.regimes import Regime, reason
from bassin.indicators.secrecy.selections import rounded, selection_policy
from bassin.territory import Place, Territory
from bassin.types import Scale

Observed = dict[str, list[Observation]]
Observe = Callable[[Indicator, Sequence[Place], date | None], Observed]
Judged = dict[tuple[str, str], Observation]


class Guard:
    """Judges each protected indicator once per release, then answers from that judgement.

    Args:
        bare: observes without any secrecy; never called by anybody else for such an indicator.
    """

    def __init__(self, territory: Territory, bare: Observe) -> None:
        self.territory = territory
        self.bare = bare
        self._lock = threading.Lock()
        self._judged: dict[tuple[str, str, date | None], Judged] = {}

    def observe(
        self, indicator: Indicator, places: Sequence[Place], home: Place | None, on: date | None
    ) -> Observed:
        """What may be shown of a protected indicator for these places."""
        rule = rule_of(indicator.raw["secrecy"])
        published = self.published(home, on)
        judged = self._judge(indicator, rule, published, on)
        found = self.bare(indicator, places, on)
        by_key = {place.key: place for place in places}
        return {
            key: [
                self._shown(indicator, rule, by_key[key], each, judged, published)
                for each in observations
            ]
            for key, observations in found.items()
            if key in by_key
        }

    def published(self, home: Place | None, on: date | None) -> list[Place]:
        """All the places whose figures are judged together."""
        if home is None:
            return []
        places = [
            *self.territory.communes(home, on),
            home,
            *self.territory.comparators(home, on),
            *self.territory.peers(home, on).places,
        ]
        return list({place.key: place for place in places}.values())

    def _judge(
        self, indicator: Indicator, rule: Regime, published: list[Place], on: date | None
    ) -> Judged:
        key = (self.territory.reader.name, indicator.digest, on)
        with self._lock:
            if key not in self._judged:
                if any(kept[0] != key[0] for kept in self._judged):
                    self._judged.clear()
                observed = self.bare(indicator, published, on)
                every = [each for listed in observed.values() for each in listed]
                verdicts = protect_observations(every, rule, _hierarchy(published))
                self._judged[key] = {(o.place.key, o.period): o for o in verdicts}
            return self._judged[key]

    def _shown(
        self,
        indicator: Indicator,
        rule: Regime,
        place: Place,
        observed: Observation,
        judged: Judged,
        published: list[Place],
    ) -> Observation:
        known = judged.get((place.key, observed.period))
        if known is not None:
            return known
        if observed.value is None:
            return observed
        if place.scale != Scale.SELECTION:
            return _hidden(observed, Verdict(Status.REFUSED, reason("not_judged")))
        period = observed.period
        verdicts = {
            key: SHOWN if one.value is not None else Verdict(one.status, one.why)
            for (key, when), one in judged.items()
            if when == period
        }
        communes = [f"{Scale.COMMUNE}:{code}" for code in place.communes]
        names = {each.key: each.name for each in published}
        said = selection_policy(rule, communes, verdicts, _hierarchy(published), names)
        if said.same_as is not None:
            return replace(judged[said.same_as, period], place=observed.place)
        if said.verdict.status == Status.ROUNDED:
            return rounded(observed, indicator.scale)
        return _hidden(observed, said.verdict)


def _hierarchy(published: Sequence[Place]) -> dict[str, list[str]]:
    """The communes of each containing place, by keys."""
    return {
        place.key: [f"{Scale.COMMUNE}:{code}" for code in place.communes]
        for place in published
        if place.scale != Scale.COMMUNE
    }


def _hidden(observed: Observation, verdict: Verdict) -> Observation:
    return replace(
        observed, value=None, numerator=None, denominator=None, units_count=None, upper=None,
        status=verdict.status, why=verdict.reason,
    )  # fmt: skip
