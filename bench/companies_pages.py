"""Pages of firms as a visitor first opens them, and what web processes hold after them."""

import statistics
from collections.abc import Iterator

from bassin.indicators.house import House
from bassin.territory.tiles import Tile
from bench.harness import Measure
from bench.installation import built
from bench.pages import HEALTH, MEMORY_MB, SERVE, ask, memory, until_warm
from bench.serving import served

CARDS = 20
AGAIN = 6
"""Times each page is asked for at the end, so that both processes have made it."""

_ONES = "SELECT siret FROM establishments_shown WHERE state = 'A' ORDER BY hash(siret) LIMIT {}"
_MANY = (
    "SELECT any_value(siret) FROM establishments_shown WHERE state = 'A' "
    "GROUP BY siren ORDER BY count(*) DESC, siren LIMIT 5"
)
_TRADE = (
    "SELECT longitude, latitude FROM establishments_shown "
    "WHERE has_position AND naf_code LIKE '25%' ORDER BY siret LIMIT 1"
)


def run() -> Iterator[Measure]:
    """First and later pages of firms against the plain answer; then memory."""
    house = House.open(built())
    if not house.reader.has("establishments_shown"):
        return
    ones = [siret for (siret,) in house.reader.rows(_ONES.format(CARDS))]
    many = [siret for (siret,) in house.reader.rows(_MANY)]
    with served(SERVE, built()) as url:
        until_warm(url, f"/lieux/{house.home.scale}/{house.home.code}/")
        cards = [f"/entreprises/{siret}/" for siret in ones]
        yield timed(url, "card of a firm, first time, median", cards, 200)
        cards = [f"/entreprises/{siret}/" for siret in many]
        yield timed(url, "card of a firm of many establishments, first time, median", cards, 250)
        lists = [f"/entreprises/?naf={code}&effectif=10-49" for code in ("25", "43", "47", "56")]
        yield timed(url, "page of the explorer, filtered, median", lists, 200)
        figures = [f"/entreprises/chiffres/?naf={code}" for code in ("43", "47", "56", "62", "70")]
        yield timed(url, "portrait of a selection, first time, median", figures, 400, goal=500)
        for path in everything(house, ones[0]):
            for _ in range(AGAIN):
                ask(url + path)
        held = memory()
        name = "memory of a web process after the firms, what it shares counted in part"
        yield Measure(f"{name}: allowed / used", held.against, "MB", MEMORY_MB, held.baseline, 1.0)


def timed(
    url: str, name: str, paths: list[str], target: float, goal: float | None = None
) -> Measure:
    """Pages that nobody has asked for yet, the plain answer in turn."""
    pairs = [(ask(url + path), ask(f"{url}/healthz")) for path in paths]
    ours, bare = zip(*pairs, strict=True)
    return Measure(
        name, HEALTH, "ms", statistics.median(ours), statistics.median(bare), target, goal=goal
    )


def everything(house: House, siret: str) -> list[str]:
    """Pages, tiles and files of firms and of open data, each of another kind."""
    x, y = house.reader.rows(_TRADE)[0]
    near, far = Tile.around(14, x, y), Tile.around(10, x, y)
    tiles = [
        f"/entreprises/tuiles/{each.zoom}/{each.column}/{each.row}.mvt" for each in (near, far)
    ]
    return [
        "/entreprises/", "/entreprises/?q=metal", "/entreprises/?q=mecanqiue",
        "/entreprises/?naf=25&vue=carte", *tiles, *(f"{each}?naf=25" for each in tiles),
        f"/mon-entreprise/{siret}/", "/entreprises/chiffres/?naf=25", "/entreprises/emporter/",
        "/donnees/", "/donnees/tables/establishments_shown/", "/donnees/catalogue.ttl",
        "/api/v1/establishments", "/ogc/collections", "/ogc/collections/establishments/items",
        "/entreprises/emporter/entreprises.csv", "/entreprises/emporter/entreprises.gpkg?naf=25",
    ]  # fmt: skip
