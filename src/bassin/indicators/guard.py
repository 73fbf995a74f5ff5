"""Statistical secrecy between the engine and whoever asks: nothing protected leaves unjudged.

The verdict depends on all that is published from a table (every protected indicator computed from
it, in the communes of the home territory, the territory, its containers and its peers), never on
the page or the date that asks. A place outside that set has not been judged, so its figure is not
shown; nor is that of a place whose communes were others at the date asked.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from bassin.indicators.catalogue import everything
from bassin.indicators.compile import wanted_in_place
from bassin.indicators.declaration import Indicator, Term
from bassin.indicators.figure import Observation, Status
from bassin.indicators.query import Query
from bassin.indicators.refusals import rule_of
from bassin.indicators.secrecy.cells import SHOWN, CellKey, Verdict
from bassin.indicators.secrecy.linked import protect_linked
from bassin.indicators.secrecy.observations import protect_observations
from bassin.indicators.secrecy.regimes import Regime, reason
from bassin.indicators.secrecy.selections import rounded, selection_policy
from bassin.territory import Place, Territory
from bassin.types import Scale

Observed = dict[str, list[Observation]]
Observe = Callable[[Indicator, Sequence[Place], date | None], Observed]
Judged = dict[tuple[str, str], Observation]
Linked = dict[tuple[str, str, str], Verdict]
"""Verdicts by (digest of the indicator, period, place), or by (period, place, condition)."""

_SUMMED = ("sum", "count")
_KEPT = 60
"""Families of figures judged that are kept: a preview judges its draft with the others."""


class Guard:
    """Judges the protected indicators of a table once per release, then answers from that.

    Args:
        bare: observes without any secrecy; never called by anybody else for such an indicator.
        query: reads the amounts that several indicators share.
        declared: all that is published to anybody, by id: what partners alone read counts too.
    """

    def __init__(
        self,
        territory: Territory,
        bare: Observe,
        query: Query,
        declared: Callable[[], Mapping[str, Indicator]] = everything,
    ) -> None:
        self.territory = territory
        self.bare = bare
        self.query = query
        self.declared = declared
        self._lock = threading.Lock()
        self._judged: dict[tuple[str, ...], dict[str, Judged]] = {}

    def observe(
        self, indicator: Indicator, places: Sequence[Place], home: Place | None, on: date | None
    ) -> Observed:
        """What may be shown of a protected indicator for these places."""
        published = self.published(home)
        judged = self._judge(indicator, published)
        found = self.bare(indicator, places, on)
        by_key = {place.key: place for place in places}
        return {
            key: [
                self._shown(indicator, by_key[key], each, judged, published, on)
                for each in observations
            ]
            for key, observations in found.items()
            if key in by_key
        }

    def published(self, home: Place | None) -> list[Place]:
        """All the places whose figures are judged together, as they are today."""
        if home is None:
            return []
        places = [
            *self.territory.communes(home),
            home,
            *self.territory.comparators(home),
            *self.territory.peers(home).places,
        ]
        return list({place.key: place for place in places}.values())

    def _judge(self, indicator: Indicator, published: list[Place]) -> Judged:
        family = self._family(indicator)
        key = (self.territory.reader.name, *(each.digest for each in family))
        with self._lock:
            if key not in self._judged:
                if any(kept[0] != key[0] for kept in self._judged):
                    self._judged.clear()
                self._judged[key] = self._judge_together(family, published)
                while len(self._judged) > _KEPT:
                    self._judged.pop(next(iter(self._judged)))
            return self._judged[key][indicator.digest]

    def _family(self, indicator: Indicator) -> list[Indicator]:
        """All protected indicators of the same table, this one included, in a stable order."""
        found = {indicator.digest: indicator} | {
            each.digest: each
            for each in self.declared().values()
            if each.protected
            and each.status != "withdrawn"
            and (each.dataset, each.native) == (indicator.dataset, indicator.native)
        }
        return sorted(found.values(), key=lambda each: (each.id, each.digest))

    def _judge_together(self, family: list[Indicator], published: list[Place]) -> dict[str, Judged]:
        """Each indicator with those that share its amounts, and alone where none does."""
        hierarchy = _hierarchy(published)
        linked = self._linked(family, published, hierarchy)
        found: dict[str, Judged] = {}
        for each in family:
            judged: Judged = {}
            for one in self._alone(each, linked, published, hierarchy):
                verdict = linked.get((each.digest, one.period, one.place.key), SHOWN)
                hidden = one.value is not None and not verdict.shown
                judged[one.place.key, one.period] = _hidden(one, verdict) if hidden else one
            found[each.digest] = judged
        return found

    def _alone(
        self,
        each: Indicator,
        linked: Linked,
        published: list[Place],
        hierarchy: dict[str, list[str]],
    ) -> list[Observation]:
        """What an indicator may show by itself.

        The complements of a sum that was judged with others are those of all of them together:
        others, chosen here for it alone, would hide more and protect nothing more.
        """
        observed = self.bare(each, published, None)
        every = [one for listed in observed.values() for one in listed]
        rule = rule_of(each.raw["secrecy"])
        largest = self._largest(each, rule, published, every)
        first = protect_observations(every, rule, hierarchy, largest, complement=False)
        secret = {(each.digest, one.period, one.place.key) for one in first
                  if one.status is Status.SECRET}  # fmt: skip
        held = {key for key, verdict in linked.items() if verdict.status is Status.SECRET}
        is_cut = any(key[0] == each.digest for key in linked)
        if each.denominator is None and is_cut and secret <= held:
            return first
        return protect_observations(every, rule, hierarchy, largest)

    def _largest(
        self, each: Indicator, rule: Regime, published: list[Place], every: list[Observation]
    ) -> dict[tuple[str, str, str], float]:
        """What the largest unit makes of each figure, where one row is one unit; else unknown."""
        if rule.dominance_pct is None or not _rows_are_units(each):
            return {}
        if each.numerator.agg == "count":
            return {(each.id, one.period, one.place.key): 1.0 for one in every}
        if each.numerator.agg != "sum":
            return {}
        alone = replace(
            each, numerator=replace(each.numerator, agg="max"), denominator=None, upper=None,
            scale=1.0, rule="none", absent="unknown", relative_to="",
            digest=f"{each.digest} largest", raw={**each.raw, "largest": True},
        )  # fmt: skip
        found = self.bare(alone, published, None)
        return {
            (each.id, one.period, key): abs(one.value)
            for key, listed in found.items()
            for one in listed
            if one.value is not None
        }

    def _linked(
        self, family: list[Indicator], published: list[Place], hierarchy: dict[str, list[str]]
    ) -> Linked:
        """Verdicts by (digest, period, place), where several indicators cut the same amount."""
        amounts: dict[tuple[str, str], list[tuple[Indicator, Term]]] = defaultdict(list)
        for each in family:
            for term in (each.numerator, each.denominator):
                if term is not None and term.agg in _SUMMED and not wanted_in_place(each):
                    column = term.column if term.agg == "sum" else ""
                    amounts[term.agg, column].append((each, term))
        found: Linked = {}
        for terms in amounts.values():
            if len({term.where for _, term in terms}) < 2:
                continue  # one figure only, which was judged alone
            for (period, place, where), verdict in self._cut(terms, published, hierarchy).items():
                for each, term in terms:
                    if term.where == where:
                        known = found.get((each.digest, period, place), SHOWN)
                        found[each.digest, period, place] = _stricter(known, verdict)
        return found

    def _cut(
        self,
        terms: list[tuple[Indicator, Term]],
        published: list[Place],
        hierarchy: dict[str, list[str]],
    ) -> Linked:
        """Verdicts by (period, place, condition) on one amount under all the conditions."""
        conditions = tuple(sorted({term.where for _, term in terms}))
        rules: list[Regime] = [rule_of(each.raw["secrecy"]) for each, _ in terms]
        rule = reduce(Regime.joined, rules)
        by_unit = all(_rows_are_units(each) for each, _term in terms)
        if by_unit and all(term.agg == "count" for _each, term in terms):
            # Of units that are counted none is larger than another: too few of them are hidden.
            rule = replace(rule, dominance_pct=None)
        if not rule.additive:
            return {}
        by_period: dict[str, dict[CellKey, tuple[float, int]]] = defaultdict(dict)
        largest: dict[str, dict[CellKey, float]] = defaultdict(dict)
        each, term = terms[0]
        whole = replace(each, numerator=replace(term, where=""))
        for place, period, part, value, units, most in self.query.parted(
            whole, conditions, published
        ):
            by_period[str(period)][place, part] = (value or 0.0, units or 0)
            if by_unit:
                largest[str(period)][place, part] = most or 0.0
        found: Linked = {}
        for period, parts in by_period.items():
            figures = {
                where: sorted({part for _, part in parts if part[at] == "1"})
                for at, where in enumerate(conditions)
            }
            judged = protect_linked(parts, figures, rule, hierarchy, largest[period])
            for (place, where), verdict in judged.items():
                found[period, place, where] = verdict
        return found

    def _shown(
        self,
        indicator: Indicator,
        place: Place,
        observed: Observation,
        judged: Judged,
        published: list[Place],
        on: date | None,
    ) -> Observation:
        if not self._as_today(place, published, on):
            return _not_judged(observed)
        known = judged.get((place.key, observed.period))
        if known is not None:
            return known
        if observed.value is None:
            return observed
        if place.scale != Scale.SELECTION:
            return _not_judged(observed)
        period = observed.period
        verdicts = {
            key: SHOWN if one.value is not None else Verdict(one.status, one.why)
            for (key, when), one in judged.items()
            if when == period
        }
        rule = rule_of(indicator.raw["secrecy"])
        communes = [f"{Scale.COMMUNE}:{code}" for code in place.communes]
        names = {each.key: each.name for each in published}
        said = selection_policy(rule, communes, verdicts, _hierarchy(published), names)
        if said.same_as is not None:
            return replace(judged[said.same_as, period], place=observed.place)
        if said.verdict.status == Status.ROUNDED:
            return rounded(observed, indicator.scale)
        return _hidden(observed, said.verdict)

    def _as_today(self, place: Place, published: list[Place], on: date | None) -> bool:
        """Whether data of the place at that date are data of the place that was judged."""
        if on is None:
            return True
        now = next((each for each in published if each.key == place.key), place)
        current = self.territory.gazetteer()
        return current.codes(now.communes) == self.territory.codes(place, on)


def _stricter(one: Verdict, other: Verdict) -> Verdict:
    """Of two verdicts on a figure: secret by itself, then hidden with another, then shown."""
    return next((each for each in (one, other) if each.status is Status.SECRET),
                other if one.shown else one)  # fmt: skip


def _rows_are_units(indicator: Indicator) -> bool:
    """Whether each row is one of those whom secrecy counts."""
    return indicator.units is not None and indicator.units.agg == "count"


def _hierarchy(published: Sequence[Place]) -> dict[str, list[str]]:
    """The communes of each containing place, by keys."""
    return {
        place.key: [f"{Scale.COMMUNE}:{code}" for code in place.communes]
        for place in published
        if place.scale != Scale.COMMUNE
    }


def _not_judged(observed: Observation) -> Observation:
    if observed.value is None:
        return observed
    return _hidden(observed, Verdict(Status.REFUSED, reason("not_judged")))


def _hidden(observed: Observation, verdict: Verdict) -> Observation:
    return replace(
        observed, value=None, numerator=None, denominator=None, units_count=None, upper=None,
        status=verdict.status, why=verdict.reason,
    )  # fmt: skip
