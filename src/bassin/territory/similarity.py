"""Places that resemble one another, by four variables known for all of France offline."""

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bassin.store import Content, Reader
from bassin.territory.gazetteer import TABLES, Gazetteer
from bassin.territory.place import Place
from bassin.types import Scale, Text

VARIABLES = (
    Text("population", "population"),
    Text("densité", "density"),
    Text("évolution de la population", "population change"),
    Text("taille de l'intercommunalité", "size of its intercommunal body"),
)
_LOCK = threading.Lock()
_KEPT: dict[tuple[Content, int], "_Table"] = {}
_POOLS: dict[tuple[Content, int, Scale, str], tuple[list[Place], NDArray[np.float64]]] = {}
_FOUND: dict[tuple[Content, int, str, int], list[tuple[Place, Text]]] = {}
_MOST_FOUND = 2000


@dataclass(frozen=True)
class _Table:
    """Per commune: population, earlier population, area; in the order of `codes`."""

    codes: dict[str, int]
    now: NDArray[np.float64]
    before: NDArray[np.float64]
    area: NDArray[np.float64]


def _content(reader: Reader) -> Content:
    """What resemblance is judged on: what is kept of it lasts as long as its tables."""
    return reader.content(*TABLES, "commune_base")


def _table(reader: Reader, gazetteer: Gazetteer) -> _Table:
    """Communes of a snapshot with their populations and areas, read once.

    The earlier population of a commune counts those that joined it since: a merger is no growth.
    """
    cog = gazetteer.cog
    with _LOCK:
        kept = _KEPT.get((_content(reader), cog))
        if kept is not None:
            return kept
        rows = reader.rows(
            "SELECT commune_code, population, area_km2 FROM commune_base WHERE cog = $1", [cog]
        )
        earlier: dict[str, int | None] = dict(
            reader.rows(
                "SELECT commune_code, population FROM commune_base WHERE cog = "
                "(SELECT max(cog) FROM commune_base WHERE cog < $1)",
                [cog],
            )
        )
        before = [
            sum(earlier.get(old) or 0 for old in gazetteer.codes([code])) or None
            for code, *_ in rows
        ]
        table = _Table(
            {row[0]: number for number, row in enumerate(rows)},
            np.array([row[1] for row in rows], dtype=float),
            np.array(before, dtype=float),
            np.array([row[2] for row in rows], dtype=float),
        )
        _KEPT.clear()
        _POOLS.clear()
        _FOUND.clear()
        _KEPT[(_content(reader), cog)] = table
        return table


def _pool(
    reader: Reader, gazetteer: Gazetteer, scale: Scale, kind: str
) -> tuple[list[Place], NDArray[np.float64]]:
    """All places of a scale and kind with their variables (0.6 s for communes, then kept)."""
    table = _table(reader, gazetteer)
    key = (_content(reader), gazetteer.cog, scale, kind)
    found = _POOLS.get(key)
    if found is None:
        places = [p for p in gazetteer.by_scale[scale] if p.kind == kind]
        found = _POOLS[key] = (places, _features(table, gazetteer, places))
    return found


def _features(table: _Table, gazetteer: Gazetteer, places: list[Place]) -> NDArray[np.float64]:
    """The variables of each place, a row each; NaN where one is unknown."""
    pairs = [
        (number, row)
        for number, place in enumerate(places)
        for code in place.communes
        if (row := table.codes.get(code)) is not None
    ]
    owner, rows = np.array(pairs, dtype=np.intp).reshape(-1, 2).T

    def total(values: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(owner[known], values[known], len(places)).astype(np.float64)

    now, before, area = table.now[rows], table.before[rows], table.area[rows]
    counted, compared = ~np.isnan(now), ~np.isnan(before)
    people, ground = total(now, counted), total(area, ~np.isnan(area))
    change = _ratio(total(now, counted & compared), total(before, compared)) - 1
    around = np.array([_around(gazetteer, each) for each in places], dtype=float)
    around = np.where(around > 0, around, people)
    found = np.column_stack(
        [np.log1p(people), np.log1p(_ratio(people, ground)), change, np.log1p(around)]
    )
    found[np.bincount(owner, minlength=len(places)) == 0] = np.nan
    return found


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """NaN where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)


def _around(gazetteer: Gazetteer, place: Place) -> int | None:
    """The population of its intercommunal body, if it is in one."""
    for key in place.parents:
        body = gazetteer.places.get(key)
        if body is not None and body.scale == Scale.EPCI:
            return body.population
    return None


def nearest(
    reader: Reader, gazetteer: Gazetteer, place: Place, count: int
) -> list[tuple[Place, Text]]:
    """The `count` places of the same scale nearest by standardised variables, with why.

    Standardised Euclidean distance; a variable that is unknown for the place is left out. A page
    asks the same question for each of its figures, so answers are kept.
    """
    if place.scale in (Scale.FRANCE, Scale.QPV):
        return []
    key = (_content(reader), gazetteer.cog, place.key, count)
    found = _FOUND.get(key)
    if found is None:
        found = _nearest(reader, gazetteer, place, count)
        with _LOCK:
            if len(_FOUND) >= _MOST_FOUND:
                _FOUND.clear()
            _FOUND[key] = found
    return found


def _nearest(
    reader: Reader, gazetteer: Gazetteer, place: Place, count: int
) -> list[tuple[Place, Text]]:
    ours = _features(_table(reader, gazetteer), gazetteer, [place])[0]
    scale = Scale.EPCI if place.scale == Scale.SELECTION else place.scale
    kind = "CA" if place.scale == Scale.SELECTION else place.kind
    pool, theirs = _pool(reader, gazetteer, scale, kind)
    if len(pool) < 2:
        return []
    used = ~np.isnan(ours) & (~np.isnan(theirs)).any(axis=0)
    spread = np.zeros(len(ours))
    spread[used] = np.nanstd(theirs[:, used], axis=0)
    used &= spread > 0
    if not used.any():  # nothing is known of an arrondissement, or of a territory without census
        return []
    gaps = np.abs(theirs[:, used] - ours[used]) / spread[used]
    distance = np.sqrt((np.where(np.isnan(gaps), 3.0, gaps) ** 2).sum(axis=1))
    order = [i for i in np.argsort(distance, kind="stable") if pool[i].key != place.key][:count]
    names = [VARIABLES[i] for i in np.flatnonzero(used)]
    return [(pool[i], _why(gaps[i], names)) for i in order]


def _why(gaps: NDArray[np.float64], names: list[Text]) -> Text:
    """The two variables on which they are closest."""
    best = [names[i] for i in np.argsort(gaps, kind="stable")[:2]]
    return Text(
        "proche par : " + ", ".join(name.fr for name in best),
        "close by: " + ", ".join(name.en for name in best),
    )
