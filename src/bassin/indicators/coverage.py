"""How much of a place a table covers: no total is shown over a part of a place as if whole."""

import threading
from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bassin.indicators.figure import Observation
from bassin.indicators.numbers import percent
from bassin.store import Reader
from bassin.territory import Place, Territory
from bassin.territory.gazetteer import Gazetteer
from bassin.types import Scale, Text

# Census tables leave out communes below 2,000 inhabitants: 3 % of Île-de-France, 25 % of France.
# A container is still a comparator there, and below WHOLE a caveat says how much of it is known.
ENOUGH = 0.7
WHOLE = 0.95

_COMMUNE, _AREA = "commune_code", "employment_area_code"
_MOST_SHARES = 50_000
_MOST_PLACES = 1_000
_LOCK = threading.Lock()
_COMMUNES: dict[tuple[tuple[str, str], int], "_Communes"] = {}
_SHARES: dict[tuple[tuple[str, str], str, str | None, str, int], float | None] = {}

Mask = NDArray[np.bool_]


class _Communes:
    """The communes of a snapshot as arrays: a share over the whole country takes no loop."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.positions = {code: number for number, code in enumerate(gazetteer.current)}
        for old, code in gazetteer.successors.items():
            self.positions.setdefault(old, self.positions[code])
        counted = [place.population or 0 for place in gazetteer.current.values()]
        self.people = np.array(counted, dtype=float)
        self._known: dict[str, dict[str | None, Mask]] = {}
        self._inside: dict[str, NDArray[np.int64]] = {}

    def inside(self, place: Place) -> NDArray[np.int64]:
        """Positions of the communes of a place; those of an arrondissement are its city's."""
        found = self._inside.get(place.key)
        if found is None:
            found = self._places(place.communes)
            keep(self._inside, place.key, found, _MOST_PLACES)
        return found

    def _places(self, codes: Collection[str]) -> NDArray[np.int64]:
        known = [self.positions[code] for code in codes if code in self.positions]
        return np.array(known, dtype=np.int64)

    def known(self, reader: Reader, dataset: str) -> dict[str | None, Mask]:
        """Which communes a table knows at each period, under a code of any year; read once.

        Under None, those whose group (EPT, EPCI) the table knows a commune of at any period.
        An employment area makes all its communes known. Empty for a table that is about neither.
        """
        found = self._known.get(dataset)
        if found is None:
            found = self._read(reader, dataset)
            with _LOCK:
                self._known[dataset] = found
        return found

    def _read(self, reader: Reader, dataset: str) -> dict[str | None, Mask]:
        columns = reader.release.tables[dataset].version.columns
        unit = next((each for each in (_COMMUNE, _AREA) if each in columns), None)
        if unit is None or "period" not in columns:
            return {}
        rows = reader.rows(f'SELECT period, list(DISTINCT {unit}) FROM "{dataset}" GROUP BY period')
        found: dict[str | None, Mask] = {}
        ever = np.zeros(len(self.people), dtype=bool)
        for period, codes in rows:
            mask = np.zeros(len(self.people), dtype=bool)
            mask[self._places(codes if unit == _COMMUNE else self._in_areas(codes))] = True
            found[str(period)] = mask
            ever |= mask
        return {**found, None: self._spread(ever)} if rows else {}

    def _in_areas(self, codes: Collection[str]) -> list[str]:
        """The communes of these employment areas."""
        places = self.gazetteer.places
        areas = (places.get(f"{Scale.EMPLOYMENT_AREA}:{code}") for code in codes)
        return [commune for area in areas if area for commune in area.communes]

    def _spread(self, covered: Mask) -> Mask:
        """Whole groups of which one commune is covered."""
        group_of, members = self._groups
        known = np.array([covered[each].any() for each in members], dtype=bool)
        return known[group_of]

    @cached_property
    def _groups(self) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
        """The number of each commune's smallest group, and where the communes of each group are."""
        places, numbers = self.gazetteer.places, dict[str, int]()
        members: list[NDArray[np.int64]] = []
        group_of = np.zeros(len(self.people), dtype=np.int64)
        for position, commune in enumerate(self.gazetteer.current.values()):
            name = commune.parents[0] if commune.parents else commune.key
            if name.startswith(f"{Scale.METROPOLE}:"):  # Paris is in no EPT: a territory of its own
                name = commune.key
            if name not in numbers:
                numbers[name] = len(members)
                members.append(self._places(places.get(name, commune).communes))
            group_of[position] = numbers[name]
        return group_of, members


def keep(kept: dict[Any, Any], key: Any, found: Any, most: int) -> None:
    """Keep what was found; all is forgotten first where `most` are kept already."""
    with _LOCK:
        if len(kept) >= most:
            kept.clear()
        kept[key] = found


def _communes(reader: Reader, gazetteer: Gazetteer) -> _Communes:
    key = (reader.key, gazetteer.cog)
    found = _COMMUNES.get(key)
    if found is None:
        found = _Communes(gazetteer)
        keep(_COMMUNES, key, found, 6)
    return found


def partial(observed: Observation) -> Text | None:
    """The caveat of a comparator whose value is that of a part of it; None when it is whole."""
    known, name = observed.known_pct, observed.place.name
    if known is None or known >= 100 * WHOLE or observed.value is None:
        return None
    return Text(
        f"{name} : données pour {percent(known, 0)} de sa population, celle des communes du "
        "fichier ; l'écart ou la part est à lire avec prudence.",
        f"{name}: data for {percent(known, 0, 'en')} of its people, those of the communes in "
        "the file; read the gap or the share with care.",
    )


def share(
    reader: Reader,
    territory: Territory,
    dataset: str,
    period: str,
    place: Place,
    on: date | None = None,
) -> float | None:
    """Share (0 to 1) of a place's population living in communes (or areas) that have a row.

    None when the table is about neither communes nor employment areas, or nobody's population
    is known.
    """
    return _share(reader, territory.gazetteer(on), dataset, period, place)


def surrounding(
    reader: Reader, territory: Territory, dataset: str, place: Place, on: date | None = None
) -> float | None:
    """Share (0 to 1) of a place's population that an exhaustive table was loaded for.

    There a commune without a row has none, so that its absence proves nothing: the table was
    loaded for a commune when it knows one of its group (EPT or EPCI). None when the table is not
    about communes, or nobody's population is known.
    """
    return _share(reader, territory.gazetteer(on), dataset, None, place)


def _share(
    reader: Reader, gazetteer: Gazetteer, dataset: str, period: str | None, place: Place
) -> float | None:
    key = (reader.key, dataset, period, place.key, gazetteer.cog)
    if key in _SHARES:
        return _SHARES[key]
    communes, found = _communes(reader, gazetteer), None
    known = communes.known(reader, dataset)
    if known:
        inside = communes.inside(place)
        people = communes.people[inside]
        mask = known.get(period)
        total = float(people.sum())
        covered = 0.0 if mask is None else float(people[mask[inside]].sum())
        found = covered / total if total else None
    keep(_SHARES, key, found, _MOST_SHARES)
    return found
