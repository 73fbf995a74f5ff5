"""The outlines of what groups communes: theirs together, made once when a release is served.

A département takes tens of milliseconds to unite: a page of them, seconds.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from bassin.errors import SourceError
from bassin.indicators.house import House
from bassin.observe.opendata.features.outlines import read
from bassin.store import Reader
from bassin.store.made import Made
from bassin.territory import Place, Territory
from bassin.types import Scale, Text

GROUPS = (Scale.EPT, Scale.EPCI, Scale.DEPARTEMENT)
_CODE = ("shapes", "commune_code")
_GRID = 1e-6
"""Degrees: what two neighbours draw apart by less, they draw together."""
_AT_ONCE = 2


def unite(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Outlines as one, without the slivers between neighbours that do not quite touch.

    Where neighbours share their lines, as they should, leaving out the shared ones is ten times
    quicker; where they overlap, what comes of that is no valid outline: all is united at length.
    """
    try:
        joined = shapely.coverage_union_all(shapes)
    except shapely.GEOSException:
        joined = None
    if joined is None or not shapely.is_valid(joined):
        joined = shapely.union_all(shapes)
    return shapely.set_precision(joined, _GRID)


def _build(reader: Reader, path: Path) -> None:
    gazetteer = Territory(reader).gazetteer()
    places = [place for scale in GROUPS for place in gazetteer.by_scale[scale]]
    known = read(reader, *_CODE, [each.code for each in gazetteer.by_scale[Scale.COMMUNE]])

    def one(place: Place) -> bytes:
        inside = [known[code] for code in place.communes if code in known]
        return shapely.to_wkb(unite(inside)) if inside else b""

    # The library unites outside of the interpreter's lock.
    with ThreadPoolExecutor(_AT_ONCE) as pool, closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE united (place TEXT PRIMARY KEY, shape BLOB) WITHOUT ROWID")
        rows = zip((each.key for each in places), pool.map(one, places), strict=True)
        made.executemany("INSERT INTO united VALUES (?, ?)", rows)
        made.commit()


UNITED = Made(
    "united.sqlite3", ("shapes", "communes"), _build, optional=("groupings", "areas"), version=2,
    title=Text("Contours des intercommunalités et des départements",
               "Outlines of the groupings and of the départements"),
)  # fmt: skip


def united(house: House, places: Iterable[Place]) -> dict[str, BaseGeometry]:
    """The outline of each place by its key; a place none of whose communes is drawn has none."""
    wanted = {each.key: each for each in places}
    found = _kept(house.reader, list(wanted))
    for key in wanted.keys() - found.keys():  # a release of before these were made
        inside = list(read(house.reader, *_CODE, wanted[key].communes).values())
        found[key] = unite(inside) if inside else None
    return {key: shape for key, shape in found.items() if shape is not None}


def _kept(reader: Reader, keys: list[str]) -> dict[str, BaseGeometry | None]:
    try:
        path = reader.made(UNITED)
    except SourceError:
        return {}
    marks = ", ".join("?" * len(keys))
    asked = f"SELECT place, shape FROM united WHERE place IN ({marks})"
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as made:
        rows = made.execute(asked, keys).fetchall()
    return {key: shapely.from_wkb(shape) if shape else None for key, shape in rows}
