"""From a declaration and places to figures: values, comparisons, rank, change, reliability.

Whatever the indicator: additive values are summed, ratios are recomputed from their parts,
published values are never aggregated, gaps between rates are points, and a change is taken only
between periods far enough apart.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.indicators import comparisons, constant, coverage
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Figure, Observation, PlaceName, Reliability, Status
from bassin.indicators.guard import Guard
from bassin.indicators.numbers import percent
from bassin.indicators.query import Query
from bassin.indicators.secrecy import journal
from bassin.indicators.valued import hidden, observation, source
from bassin.store import Reader
from bassin.territory import Place, Territory
from bassin.types import Origin, Scale, Text

_KEPT_RESULTS = 600  # four profiles; beyond, rows are kept and cost less memory

NOT_LOADED = Text("à charger", "to be loaded")


def name_of(place: Place) -> PlaceName:
    """A place as sentences need it."""
    return PlaceName(place.key, place.name, place.scale, place.article)


class Engine:
    """Computes indicators on the release in service. Safe to share between threads."""

    def __init__(
        self,
        reader: Reader,
        territory: Territory,
        home: Place | None = None,
        cache: Path | None = None,
    ) -> None:
        self.reader = reader
        self.territory = territory
        self.home = home
        self.query = Query(reader, territory, cache)
        self.guard = Guard(territory, self._observe, self.query)
        self.suspended: Mapping[str, Text] = {}  # why an indicator failed a blocking check, by id
        self._lock = threading.Lock()
        self._results: OrderedDict[Any, dict[str, list[Observation]]] = OrderedDict()

    def observe(
        self, indicator: Indicator, places: Sequence[Place], on: date | None = None
    ) -> dict[str, list[Observation]]:
        """All periods of an indicator for several places, in one query.

        Returns:
            Observations by place key, oldest period first; a place without data has an empty list,
            one that a table knows a part of has no value and the reason.
        """
        why = self.suspended.get(indicator.id)
        if why is not None:
            return hidden(self._observe(indicator, places, on), why)
        key = (self.reader.name, indicator.digest, tuple(p.key for p in places), on)
        kept = self._results.get(key)
        if kept is None:
            if indicator.protected:
                kept = self.guard.observe(indicator, places, self.home, on)
            else:
                kept = self._observe(indicator, places, on)
            kept = self._whole(indicator, places, kept, on)
            _remember(self._lock, self._results, key, kept, _KEPT_RESULTS)
        if indicator.protected:
            journal.read(each for listed in kept.values() for each in listed)
        return kept

    def _whole(
        self,
        indicator: Indicator,
        places: Sequence[Place],
        found: dict[str, list[Observation]],
        on: date | None,
    ) -> dict[str, list[Observation]]:
        """The same without the values of places that the table knows only a part of."""
        made_of_parts = (place for place in places if len(place.communes) > 1)
        judged = {
            place.key: [self.judged(indicator, place, o, on) for o in found[place.key]]
            for place in made_of_parts
        }
        return {**found, **judged}

    def forget(self) -> None:
        """Drop the figures kept in memory; what was judged for secrecy stays, once per release."""
        with self._lock:
            self._results.clear()
        self.query.kept.clear()

    def _observe(
        self, indicator: Indicator, places: Sequence[Place], on: date | None
    ) -> dict[str, list[Observation]]:
        reference = self._reference(indicator, on)
        if reference is not None and reference.key not in {place.key for place in places}:
            places = [*places, reference]
        found: dict[str, list[Observation]] = {place.key: [] for place in places}
        if not self.reader.has(indicator.dataset):
            return found
        rows = self.query.rows(indicator, places, on)
        by_key = {place.key: place for place in places}
        names = {place.key: name_of(place) for place in places}
        served = self.reader.release.tables[indicator.dataset].version
        for row in rows:
            key = row[0]
            found[key].append(observation(indicator, by_key[key], names[key], row, served))
        if indicator.absent == "zero":
            self._fill_zeros(indicator, places, found, on)
        if reference is not None:
            found = self._relative(indicator, found, reference, on)
        return {
            key: _until(self._fitting(by_key[key], listed, on), on) for key, listed in found.items()
        }

    def _fitting(
        self, place: Place, observations: list[Observation], on: date | None
    ) -> list[Observation]:
        """Without the values of a later geography that tell of a larger place than it was."""
        others = self.territory.outgrown(place, on) if on is not None else ()
        if not others:
            return observations
        cog, names = self.territory.gazetteer(on).cog, ", ".join(others[:3])
        why = Text(
            f"les données comptent désormais ensemble ce lieu et {names}",
            f"data now count this place together with {names}",
        )
        return [
            replace(o, value=None, numerator=None, denominator=None, units_count=None, upper=None,
                    status=Status.MISSING, why=why) if o.cog > cog else o
            for o in observations
        ]  # fmt: skip

    def _reference(self, indicator: Indicator, on: date | None) -> Place | None:
        """The place an index is relative to: that of the home territory's own containers."""
        if not indicator.relative_to:
            return None
        found = self.territory.gazetteer(on).by_scale[Scale(indicator.relative_to)]
        home = self.home.parents if self.home else ()
        return next((p for p in found if p.key in home or p.scale == Scale.FRANCE), None)

    def _relative(
        self,
        indicator: Indicator,
        found: dict[str, list[Observation]],
        reference: Place,
        on: date | None,
    ) -> dict[str, list[Observation]]:
        """Divide each ratio by the reference's own, of the same period."""
        base = {
            o.period: self.judged(indicator, reference, o, on).value for o in found[reference.key]
        }
        loaded = indicator.to_load or indicator.cited("")
        name = Text(
            f"à charger ({reference.name}) : {loaded.fr}",
            f"to be loaded ({reference.name}): {loaded.say('en')}",
        )
        return {
            key: [
                replace(o, value=o.value / against)
                if o.value is not None and (against := base.get(o.period))
                else replace(o, value=None, status=Status.MISSING, why=o.why or name)
                for o in observations
            ]
            for key, observations in found.items()
        }

    def _fill_zeros(
        self,
        indicator: Indicator,
        places: Sequence[Place],
        found: dict[str, list[Observation]],
        on: date | None,
    ) -> None:
        """In an exhaustive table a covered commune without a row has none, which is zero.

        Not for a period that nobody has a value of yet: flows of a year that is not over.
        """
        listed = [o for observations in found.values() for o in observations]
        periods = sorted({o.period for o in listed if o.value is not None})
        if not periods and self.home is not None and self.home.key not in found:
            # None of the places asked for has a row: the periods are those of our territory.
            ours = self._observe(indicator, [self.home], on)[self.home.key]
            periods = [o.period for o in ours if o.value is not None]
        served = self.reader.release.tables[indicator.dataset].version
        for place in places:
            have = {o.period for o in found[place.key]}
            around = coverage.surrounding(self.reader, self.territory, indicator.dataset, place, on)
            if around is None or around < coverage.ENOUGH:
                continue
            for period in periods:
                if period not in have:
                    upper = None if indicator.upper is None else 0.0
                    row = (place.key, period, 0, 0.0, 0.0, upper, 0, 0)
                    made = observation(indicator, place, name_of(place), row, served)
                    found[place.key].append(made)
            found[place.key].sort(key=lambda o: o.period)

    def prepare(
        self, indicators: Sequence[Indicator], place: Place, on: date | None = None
    ) -> None:
        """Read what the figures of a place need, each table once instead of once per figure."""
        if not indicators:
            return
        around = [
            place,
            *self.territory.comparators(place, on),
            *self.territory.peers(place, on).places,
            *filter(None, {self._reference(each, on) for each in indicators}),
        ]
        self.query.prepare(indicators, list({p.key: p for p in around}.values()), on)
        protected = [each for each in indicators if each.protected]
        if protected:  # they are judged as places are today, whatever the date asked
            self.query.prepare(protected, self.guard.published(self.home), None)

    def figure(
        self,
        indicator: Indicator,
        place: Place,
        on: date | None = None,
        period: str = "",
        against: Sequence[Place] | None = None,
    ) -> Figure:
        """The figure of an indicator for a place, with comparators, rank, change and series."""
        containers = list(against) if against is not None else self.territory.comparators(place, on)
        group = self.territory.peers(place, on)
        places = list({p.key: p for p in (place, *containers, *group.places)}.values())
        observed = self.observe(indicator, places, on)
        ours = observed[place.key]
        if period:
            ours = [o for o in ours if o.period <= period]
        if not ours:
            return self._empty(indicator, place, on)
        # A period may have rows and no value: flows of a year that is not over, a masked cell.
        latest = next((o for o in reversed(ours) if o.value is not None), ours[-1])
        theirs = {p.key: at for p in places if (at := _at(observed[p.key], latest.period))}
        series = tuple(self.judged(indicator, place, each, on) for each in ours)
        compared = comparisons.compare(indicator, latest, containers, theirs)
        change, unlike = constant.change(
            self.reader, self.territory.gazetteer(on), indicator, place,
            comparisons.change(indicator, series, latest),
        )  # fmt: skip
        return replace(
            self._bare(indicator, latest),
            comparisons=compared,
            rank=comparisons.rank(indicator, latest, group, theirs),
            change=change,
            series=series,
            peers=comparisons.peers(indicator, latest, group, theirs),
            caveats=tuple(filter(None, (
                *self._caveats(indicator, place, latest),
                *(coverage.partial(each.observation) for each in compared), unlike,
            ))),
        )  # fmt: skip

    def judged(
        self, indicator: Indicator, place: Place, observed: Observation, on: date | None
    ) -> Observation:
        """Refuse a value over a part of a place only; say how much of it has data."""
        share = self._share(indicator, place, observed.period, on)
        if share is None:
            return observed
        if observed.known_pct != 100 * share:
            observed = observed.with_known(100 * share)
        if share >= coverage.ENOUGH:
            return observed
        why = Text(
            f"données pour {percent(100 * share, 0)} de la population seulement",
            f"data for {percent(100 * share, 0, 'en')} of the population only",
        )
        return replace(
            observed, value=None, numerator=None, denominator=None, upper=None, units_count=None,
            status=Status.MISSING, why=why,
        )  # fmt: skip

    def _share(
        self, indicator: Indicator, place: Place, period: str, on: date | None
    ) -> float | None:
        """Share (0 to 1) of a place's people whom the table tells of; None for a neighbourhood."""
        if indicator.native == "qpv":
            return None
        where = (self.reader, self.territory, indicator.dataset)
        if indicator.absent == "zero" and indicator.native != "employment_area":
            return coverage.surrounding(*where, place, on)
        return coverage.share(*where, period, place, on)

    def _bare(self, indicator: Indicator, observed: Observation) -> Figure:
        return Figure(
            observation=observed, label=indicator.label, definition=indicator.definition,
            symbol=indicator.symbol, decimals=indicator.decimals, kind=indicator.kind,
            difference=indicator.difference, polarity=indicator.polarity,
            source=source(indicator, observed), licence=indicator.licence,
            universe=indicator.universe, noun=indicator.noun,
        )  # fmt: skip

    def _empty(self, indicator: Indicator, place: Place, on: date | None) -> Figure:
        served = self.reader.release.tables.get(indicator.dataset)
        loaded = indicator.to_load or indicator.cited("")
        later = sorted(row[1] for row in self.query.rows(indicator, [place], on)) if served else []
        city = self._city(indicator, place, on) if served else None
        if served is None:
            why = Text(f"à charger : {loaded.fr}", f"to be loaded: {loaded.say('en')}")
        elif on is not None and later:
            why = Text(
                f"rien jusqu'en {on.year} : les données chargées commencent en {later[0][:4]}",
                f"nothing up to {on.year}: the loaded data begin in {later[0][:4]}",
            )
        elif city is not None:
            why = Text(
                f"la table chargée compte {city.name} en entier, sans ses arrondissements : lisez "
                f"le chiffre de {city.name}",
                f"the loaded table counts {city.name} as a whole, without its arrondissements: "
                f"read the figure of {city.name}",
            )
        else:
            why = Text(
                f"à charger : {loaded.fr} ; la table chargée n'a aucune ligne pour ce lieu",
                f"to be loaded: {loaded.say('en')}; the loaded table has no row for this place",
            )
        origin = served.version.origin if served else Origin.REAL
        observed = Observation(
            indicator.id, indicator.version, name_of(place), "", 0, None,
            status=Status.MISSING, origin=origin, why=why, members=len(place.communes),
        )  # fmt: skip
        return self._bare(indicator, observed)

    def _city(self, indicator: Indicator, place: Place, on: date | None) -> Place | None:
        """The city of an arrondissement, when the table has rows for it."""
        if place.kind != "arrondissement":
            return None
        inside = self.territory.containers(place, on)
        city = next((each for each in inside if each.scale == Scale.COMMUNE), None)
        return city if city is not None and self.query.rows(indicator, [city], on) else None

    def _caveats(
        self, indicator: Indicator, place: Place, observed: Observation
    ) -> tuple[Text, ...]:
        said = []
        if indicator.caveat is not None and observed.reliability != Reliability.RELIABLE:
            said.append(indicator.caveat)
        if indicator.native == "employment_area" and place.scale != Scale.EMPLOYMENT_AREA:
            said.append(Text(
                "Valeur du bassin d'emploi qui contient ce lieu, plus large que lui.",
                "Value of the employment area that holds this place, larger than it.",
            ))  # fmt: skip
        known, members = observed.covered, observed.members
        partial = known is not None and members is not None and 0 < known < members
        if partial and indicator.absent == "unknown" and indicator.native == "commune":
            said.append(Text(
                f"Données publiées pour {known} communes sur {members}.",
                f"Data published for {known} communes of {members}.",
            ))  # fmt: skip
        return tuple(said)

    def compare_indicators(self, one: Indicator, other: Indicator, language: str = "fr") -> None:
        """Refuse to put two indicators side by side when they do not measure the same thing.

        Raises:
            Refused: with the reason written in the declaration, and what to do instead.
        """
        for first, second in ((one, other), (other, one)):
            for name, why in first.not_with:
                if name == second.id:
                    raise Refused(comparisons.not_with(one, other, why, language))


def _until(observations: list[Observation], on: date | None) -> list[Observation]:
    return observations if on is None else [o for o in observations if o.period[:4] <= str(on.year)]


def _at(observations: list[Observation], period: str) -> Observation | None:
    return next((o for o in observations if o.period == period), None)


def _remember(
    lock: threading.Lock, kept: OrderedDict[Any, Any], key: Any, value: Any, most: int
) -> None:
    with lock:
        kept[key] = value
        while len(kept) > most:
            kept.popitem(last=False)
