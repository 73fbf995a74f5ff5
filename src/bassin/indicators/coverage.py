"""How much of a place a table covers: no total is shown over a part of a place as if whole."""

import threading
from datetime import date

from bassin.store import Reader
from bassin.territory import Place, Territory
from bassin.territory.gazetteer import Gazetteer, city_of

# Census tables leave out communes below 2,000 inhabitants: 3 % of Île-de-France, 23 % of France.
# A container is still a fair comparator there, and the caveat says how many communes are missing.
ENOUGH = 0.7

_LOCK = threading.Lock()
_MET: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
_SHARES: dict[tuple[str, str, str, str, date | None], float | None] = {}


def met(reader: Reader, dataset: str) -> dict[str, frozenset[str]]:
    """Commune codes met per period in a table, read once per release; empty without communes."""
    key = (reader.name, dataset)
    if key in _MET:
        return _MET[key]
    with _LOCK:
        if any(release != reader.name for release, _ in _MET):
            _MET.clear()
            _SHARES.clear()
        version = reader.release.tables[dataset].version
        found: dict[str, frozenset[str]] = {}
        if version.has_communes and "period" in version.columns:
            rows = reader.rows(
                f'SELECT period, list(DISTINCT commune_code) FROM "{dataset}" GROUP BY period'
            )
            found = {str(period): frozenset(codes) for period, codes in rows}
        _MET[key] = found
    return _MET[key]


def share(
    reader: Reader,
    territory: Territory,
    dataset: str,
    period: str,
    place: Place,
    on: date | None = None,
) -> float | None:
    """Share (0 to 1) of a place's population living in communes that have a row.

    None when the table is not about communes, or nobody's population is known.
    """
    key = (reader.name, dataset, period, place.key, on)
    if key not in _SHARES:
        _SHARES[key] = _share(reader, territory, dataset, period, place, on)
    return _SHARES[key]


def _share(
    reader: Reader, territory: Territory, dataset: str, period: str, place: Place, on: date | None
) -> float | None:
    by_period = met(reader, dataset)
    if not by_period:
        return None
    gazetteer = territory.gazetteer(on)
    codes = by_period.get(period, frozenset())
    total = covered = 0
    for commune in place.communes:
        known = gazetteer.current.get(commune)
        people = known.population if known and known.population else 0
        total += people
        if commune in codes or _older_met(gazetteer, commune, codes):
            covered += people
    return covered / total if total else None


def _older_met(gazetteer: Gazetteer, commune: str, codes: frozenset[str]) -> bool:
    """Whether the data know the commune under an old code or by its arrondissements."""
    return any(code in codes for code in gazetteer.predecessors.get(commune, ()))


def surrounding(
    reader: Reader, territory: Territory, dataset: str, place: Place, on: date | None = None
) -> float | None:
    """Share (0 to 1) of a place's population that an exhaustive table was loaded for.

    There a commune without a row has none, so that its absence proves nothing: the table was
    loaded for a commune when it knows one of its group (EPT or EPCI). None when the table is not
    about communes, or nobody's population is known.
    """
    key = (reader.name, dataset, "", place.key, on)
    if key not in _SHARES:
        _SHARES[key] = _surrounding(reader, territory, dataset, place, on)
    return _SHARES[key]


def _surrounding(
    reader: Reader, territory: Territory, dataset: str, place: Place, on: date | None
) -> float | None:
    codes = frozenset().union(*met(reader, dataset).values())
    if not codes:
        return None
    gazetteer = territory.gazetteer(on)
    groups: dict[str, bool] = {}
    total = covered = 0
    for commune in place.communes:
        known = gazetteer.current.get(city_of(commune))
        people = known.population if known and known.population else 0
        group = known.parents[0] if known and known.parents else f"commune:{commune}"
        if group not in groups:
            around = gazetteer.places.get(group)
            inside = gazetteer.codes(around.communes if around else (commune,))
            groups[group] = not codes.isdisjoint(inside)
        total += people
        covered += people if groups[group] else 0
    return covered / total if total else None
