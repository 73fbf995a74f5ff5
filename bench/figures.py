"""Figures: our engine, nothing kept, against the bare SQL of the same figures."""

from collections.abc import Callable, Iterator
from itertools import cycle

from bassin.indicators.catalogue import indicators
from bassin.indicators.compile import wanted_in_place
from bassin.indicators.declaration import Indicator
from bassin.indicators.house import House
from bassin.territory import Place
from bassin.types import Scale
from bench.harness import Measure, case
from bench.installation import built

ONE = "one indicator, the communes of the territory and its comparators"
FIRST = "one indicator, from a file that nobody has read yet"
ALL = "all indicators of a profile, nothing kept"
BARE = "its SQL alone, places registered"


def run() -> Iterator[Measure]:
    """One figure, all figures, and all figures of a place that nobody has asked for yet."""
    house = House.open(built())
    listed = [each for each in indicators().values() if house.reader.has(each.dataset)]
    home = house.home
    inside = [*house.territory.communes(home), home, *house.territory.comparators(home)]
    ours, bare = cycle(listed), cycle(listed)

    def one() -> None:
        house.engine.forget()
        each = next(ours)
        house.engine.observe(each, inside)
        house.engine.figure(each, home)

    queries = {each.id: query(house, each, inside) for each in listed}
    # Twice: from a file that nobody has read yet, then as a process at work answers.
    for name, goal in ((FIRST, None), (ONE, 15)):
        yield case(
            name, one, lambda: queries[next(bare).id](), 6.0,
            against=BARE, repeat=len(listed), goal=goal,
        )  # fmt: skip
    around = places(house, home)
    each_alone = [query(house, each, around) for each in listed]

    def every() -> None:
        house.engine.forget()
        house.figures(home)

    def sum_of_all() -> None:
        for ask in each_alone:
            ask()

    yield case(ALL, every, sum_of_all, 1.0, against="the sum of their SQL", goal=1000)


def places(house: House, home: Place) -> list[Place]:
    """The places that a figure of the profile reads: itself, its comparators, its peers."""
    found = [home, *house.territory.comparators(home), *house.territory.peers(home).places]
    return list({place.key: place for place in found}.values())


def query(house: House, indicator: Indicator, around: list[Place]) -> Callable[[], object]:
    """The compiled SQL of an indicator on a connection that knows the places already.

    The whole country is read apart and without a join, as the engine does: a bare query that
    joined its 35,000 communes would flatter us.
    """
    asking = house.engine.query
    apart = indicator.native == "commune" and not wanted_in_place(indicator)
    inside = tuple(p for p in around if not (apart and p.scale == Scale.FRANCE))
    texts = [asking.compiled.sql(indicator)]
    texts += [asking.compiled.sql(indicator, everywhere=p.key) for p in around if p not in inside]
    connection = house.reader.cursor().cursor()
    connection.execute("SET search_path = 'release,memory'")
    connection.register("scope", asking.scope(indicator, inside))
    return lambda: [connection.execute(text).fetchall() for text in texts]
