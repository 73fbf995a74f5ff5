"""The checks that declarations carry, run on a release before anybody reads it.

For the home territory, its communes and the places that contain it, at every period. What fails a
blocking check is not shown until a release passes it; what fails a warning is told.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from bassin.errors import Refused, SourceError
from bassin.indicators import findings as memory
from bassin.indicators.assertions import COMMUNES, Check, Facts
from bassin.indicators.catalogue import everything, folders, follow
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Observation
from bassin.indicators.findings import Finding
from bassin.indicators.house import House
from bassin.store import Store
from bassin.territory import Installation, Place

VERSION = 1
"""Raised when the same declarations would be checked otherwise."""

Observed = dict[str, list[Observation]]
Failure = tuple[Place, Observation]


def inspect(var: Path, release: str) -> None:
    """Run the checks on a release that is not yet in service, and keep what they find.

    Nothing is done before a territory is chosen, nor when the same was already looked for.

    Raises:
        Refused: a declaration is refused; the sentence says which and why.
    """
    territory = Installation.read(var).territory
    store = Store(var / "store")
    follow(var / "authority" / "indicators")
    asked = _digest(territory)
    if not territory or memory.asked(store, release) == asked:
        return
    house = House.open(var, release)
    if _has_home(house):
        memory.keep(store, release, asked, run(house))


def findings(house: House) -> list[Finding]:
    """What failed in the release being read: what blocks first, in the order of the catalogue."""
    found = memory.kept(house.store, house.reader.name)
    return sorted(found, key=lambda each: not each.blocks)


def run(house: House) -> list[Finding]:
    """Ask every check of every indicator that is shown and has its table; give those that fail."""
    places, declared = _places(house), _declared(house)
    house.engine.query.prepare(declared, places, None)
    return [finding for each in declared for finding in _failing(house, each, places)]


def run_one(house: House, indicator: Indicator) -> list[Finding]:
    """The same of one indicator, that may be nobody's yet."""
    return list(_failing(house, indicator, _places(house)))


def _places(house: House) -> list[Place]:
    home = house.home
    around = [*house.territory.communes(home), *house.territory.containers(home)]
    return list({place.key: place for place in (home, *around)}.values())


def _declared(house: House) -> list[Indicator]:
    return [
        each
        for each in everything().values()
        if each.status not in ("draft", "withdrawn") and house.reader.has(each.dataset)
    ]


def _has_home(house: House) -> bool:
    """Whether the release knows the territory: an installation may be about to change it."""
    try:
        return bool(house.home.key)
    except (Refused, SourceError):
        return False


def _digest(territory: str) -> str:
    """What is looked for: the files themselves, since reading declarations takes a second."""
    found = hashlib.blake2s(f"{VERSION} {territory}".encode(), digest_size=16)
    for path in sorted(path for folder in folders() for path in folder.glob("*.toml")):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _failing(house: House, indicator: Indicator, places: Sequence[Place]) -> Iterator[Finding]:
    observed = house.engine.guard.bare(indicator, places, None)
    suspended = False
    for check in sorted(indicator.checks, key=lambda each: not each.blocks):
        if suspended and not check.blocks:
            return  # what is not shown has nothing to warn of
        seen = observed if check.blocks else _as_shown(house, indicator, places)
        failures = list(_failures(check, house.home, places, seen))
        if failures:
            suspended = suspended or check.blocks
            place, first = failures[0]
            yield Finding(
                indicator.id, indicator.version, check.name, check.assertion.text, check.blocks,
                place.key, place.name, first.period, _shown(house, indicator, place, first),
                len(failures) - 1,
            )  # fmt: skip


def _as_shown(house: House, indicator: Indicator, places: Sequence[Place]) -> Observed:
    """A warning tells how a value moves: only of values that somebody may see."""
    found = house.engine.observe(indicator, places)
    return {
        place.key: [house.engine.judged(indicator, place, each, None) for each in found[place.key]]
        for place in places
    }


def _failures(
    check: Check, home: Place, places: Sequence[Place], observed: Observed
) -> Iterator[Failure]:
    communes = _of_communes(home, observed) if COMMUNES in check.assertion.names else {}
    for place in places:
        previous: float | None = None
        for each in observed[place.key]:
            members = communes.get(each.period, ()) if place.key == home.key else ()
            numbers = {
                "value": each.value, "upper": each.upper, "previous": previous,
                "numerator": each.numerator, "denominator": each.denominator,
                "units_count": each.units_count, "n_communes": len(place.communes),
            }  # fmt: skip
            if check.assertion.holds(Facts(numbers, members)) is False:
                yield place, each
            previous = previous if each.value is None else each.value


def _of_communes(home: Place, observed: Observed) -> dict[str, list[float]]:
    """The values of the home territory's communes, at the periods where none is missing."""
    found: dict[str, list[float]] = {}
    keys = [f"commune:{code}" for code in home.communes]
    for each in (each for key in keys for each in observed.get(key, ())):
        if each.value is not None:
            found.setdefault(each.period, []).append(each.value)
    return {period: values for period, values in found.items() if len(values) == len(keys)}


def _shown(house: House, indicator: Indicator, place: Place, observed: Observation) -> float | None:
    """The value, unless secrecy covers it."""
    if not indicator.protected:
        return observed.value
    try:
        judged = house.engine.guard.observe(indicator, [place], house.home, None)[place.key]
    except Refused:  # secrecy cannot be judged on what is wrong: a negative number
        return None
    return next((each.value for each in judged if each.period == observed.period), None)
