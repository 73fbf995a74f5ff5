"""A scenario applied to a place: its total, its communes, and what may be written of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bassin.indicators.house import House
from bassin.indicators.scenarios import jobs
from bassin.indicators.scenarios.declared import Scenario
from bassin.indicators.scenarios.exposure import Exposure, alone, expose, judge, total
from bassin.indicators.scenarios.jobs import Jobs, Source
from bassin.territory import Place
from bassin.types import Origin, Scale

MOST_COMMUNES = 200
WITHOUT = (Scale.IRIS, Scale.QPV)
"""Scales below the commune: no source of jobs by activity goes there."""


@dataclass(frozen=True, slots=True)
class Study:
    """A scenario in a place. `communes` is empty for a commune and above 200 of them."""

    scenario: Scenario
    place: Place
    source: Source
    period: str
    origin: Origin
    table_version: str
    total: Exposure
    communes: tuple[tuple[Place, Exposure], ...]

    @property
    def hidden(self) -> int:
        """How many communes have a figure that is not shown."""
        return sum(not exposure.verdict.shown for _, exposure in self.communes)


def study(
    house: House, place: Place, scenario: Scenario, source: Source, on: date | None = None
) -> Study | None:
    """Apply a scenario to a place; None where jobs are not known."""
    if place.scale in WITHOUT or not place.communes:
        return None
    activities = scenario.activities()
    whole = len(place.communes) > MOST_COMMUNES
    members = [place] if whole else house.territory.communes(place, on)
    families = [] if whole else _families(house, members, on)
    everyone = {each.key: each for listed in (members, *families) for each in listed}
    read = jobs.read(house, list(everyone.values()), activities, source, on)
    if read is None or not jobs.covers(house, place, source, read.period, on):
        return None
    found = {key: expose(read.of(key), scenario) for key in everyone}
    for family in families:
        found |= judge({each.key: found[each.key] for each in family})
    parts = [(each, found[each.key]) for each in members]
    return _made(scenario, place, read, parts, whole)


def _made(
    scenario: Scenario, place: Place, read: Jobs, parts: list[tuple[Place, Exposure]], whole: bool
) -> Study:
    exposures = [exposure for _, exposure in parts]
    if len(parts) == 1:
        only = exposures[0]
        found = replace(only, verdict=alone(only)) if whole else only
    else:
        found = total(exposures, by_hand=place.scale == Scale.SELECTION)
    listed = tuple(parts) if len(parts) > 1 else ()
    return Study(
        scenario, place, read.source, read.period, read.origin, read.table_version, found, listed
    )  # fmt: skip


def _families(house: House, members: Sequence[Place], on: date | None) -> list[list[Place]]:
    """The communes judged together, the same whatever the page: home's, else by intercommunality.

    Two pages that judged a commune in two companies could each hide another one, and give both.
    """
    territory = house.territory
    home = territory.communes(house.home, on) if house.installation.territory else []
    inside = {each.key for each in home}
    families: dict[str, list[Place]] = {}
    for commune in members:
        if commune.key in inside:
            families.setdefault("home", home)
            continue
        around = [
            each
            for each in territory.containers(commune, on)
            if each.scale in (Scale.EPCI, Scale.EPT) and len(each.communes) <= MOST_COMMUNES
        ]
        key = around[0].key if around else commune.key
        if key not in families:
            near = territory.communes(around[0], on) if around else [commune]
            families[key] = [each for each in near if each.key not in inside]
    return list(families.values())


def studies(
    house: House,
    place: Place,
    scenarios: Sequence[Scenario],
    source: Source | None,
    on: date | None = None,
) -> list[Study]:
    """Every scenario applied to a place; none at all where jobs are not known."""
    if source is None:
        return []
    made = [study(house, place, each, source, on) for each in scenarios]
    return [each for each in made if each is not None]
