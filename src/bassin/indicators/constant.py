"""The same communes at two dates: a total that gained or lost communes did not grow for it.

A census table leaves out communes below 2,000 inhabitants, and not the same ones every year; a
commune that absorbed a village the table never knew looks as if it had grown.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from bassin.indicators.coverage import ENOUGH, keep
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Change
from bassin.store import Reader
from bassin.territory import Place
from bassin.territory.gazetteer import Gazetteer, city_of
from bassin.types import Scale, Text

_MOST_TABLES, _MOST_PLACES = 64, 2_000
_CODES: dict[tuple[tuple[str, str], str, str], frozenset[str]] = {}
_KEPT: dict[tuple[Any, ...], "Kept"] = {}


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a place a table knows in the same way at two dates.

    Attributes:
        place: those of its communes; the place itself where nothing is left out.
        share: the share (0 to 1) of the place's people who live there.
        same: whether the table knows the same communes of the place at the two dates.
    """

    place: Place
    share: float
    same: bool

    @property
    def enough(self) -> bool:
        """Whether it may stand for the place."""
        return self.share >= ENOUGH


def applies(indicator: Indicator) -> bool:
    """Whether its totals may change because communes enter or leave the table."""
    return indicator.additive and indicator.native == "commune" and indicator.absent == "unknown"


def kept(
    reader: Reader, gazetteer: Gazetteer, dataset: str, place: Place, dates: tuple[str, str]
) -> Kept:
    """The communes of a place that a table knows at both dates, whole at the first."""
    key = (reader.key, gazetteer.cog, dataset, place.key, dates)
    found = _KEPT.get(key)
    if found is None:
        found = _sorted_out(reader, gazetteer, dataset, place, dates)
        keep(_KEPT, key, found, _MOST_PLACES)
    return found


def _sorted_out(
    reader: Reader, gazetteer: Gazetteer, dataset: str, place: Place, dates: tuple[str, str]
) -> Kept:
    known = [_codes(reader, dataset, date) for date in dates]
    inside = [code for code in place.communes if code in gazetteer.current]
    if len(inside) < len(place.communes):  # an arrondissement: it is there or not
        return Kept(place, 1.0, same=True)
    at = [{code for code in inside if _told(gazetteer, code, each)} for each in known]
    if at[0] == at[1] == set(inside):  # it leaves out none: nobody came in from outside
        return Kept(place, 1.0, same=True)
    both = at[0] & at[1]
    steady = tuple(c for c in inside if c in both and _whole(gazetteer, c, known[0]))
    people = {code: gazetteer.current[code].population or 0 for code in inside}
    total = sum(people.values())
    share = sum(people[code] for code in steady) / total if total else 0.0
    code = f"{place.code}@{dataset}:{'-'.join(dates)}"
    part = replace(place, scale=Scale.SELECTION, code=code, communes=steady)
    return Kept(part, share, same=at[0] == at[1])


def _codes(reader: Reader, dataset: str, date: str) -> frozenset[str]:
    key = (reader.key, dataset, date)
    found = _CODES.get(key)
    if found is None:
        asked = f'SELECT DISTINCT commune_code FROM "{dataset}" WHERE period = $1'
        found = frozenset(code for (code,) in reader.rows(asked, [date]))
        keep(_CODES, key, found, _MOST_TABLES)
    return found


def _told(gazetteer: Gazetteer, code: str, known: frozenset[str]) -> bool:
    return not known.isdisjoint((code, *gazetteer.predecessors.get(code, ())))


def _whole(gazetteer: Gazetteer, code: str, known: Collection[str]) -> bool:
    """Whether all that became this commune is in the table.

    A former code of another département is the commune's own, from before the départements of
    the Paris region were drawn again in 1968.
    """
    joined = gazetteer.predecessors.get(code, ())
    return all(old in known for old in joined if city_of(old) == old and old[:2] == code[:2])


def change(
    reader: Reader, gazetteer: Gazetteer, indicator: Indicator, place: Place, found: Change | None
) -> tuple[Change | None, Text | None]:
    """The evolution of a total; none, and why, where its communes are not the same."""
    if found is None or len(place.communes) < 2 or not applies(indicator):
        return found, None
    dates = (found.since, found.until)
    if kept(reader, gazetteer, indicator.dataset, place, dates).same:
        return found, None
    return None, Text(
        f"Évolution {found.since}-{found.until} non donnée : les données chargées ne connaissent "
        "pas les mêmes communes aux deux dates.",
        f"Change {found.since}-{found.until} not given: the loaded data do not know the same "
        "communes at the two dates.",
    )
