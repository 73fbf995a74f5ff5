"""What the published register tells of firms, as conditions look at it: one firm, or all of them.

Only `establishments_shown` is read: what must be hidden is not in it. A firm that is a person has
no position there, so its neighbourhood is unknown, never "outside". Collective procedures stand
apart, for officers: they are read for all firms, by whom may search them, never for one firm.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bassin.indicators.house import House
from bassin.match.aids.rules.places import Places
from bassin.match.aids.rules.prepared import CODED, TABLE, codes, prepared, together
from bassin.match.aids.rules.profile import Profile, age, days, value
from bassin.pairing.conditions import Interval, OneOf, Value, flag
from bassin.pairing.conditions.batch import Column
from bassin.taxonomies.headcounts import band
from bassin.types import Origin

PROCEDURES = "establishment_procedures"
_PARTS: Mapping[str, tuple[str, ...]] = {
    "place": ("commune_code", "qpv"),
    "activity": ("naf_code",),
    "activity_2025": ("naf2025_code",),
    "staff": ("unit_headcount_band", "category"),
    "site_staff": ("headcount_band",),
    "size": ("unit_headcount_band", "category"),
    "legal_form": ("legal_category",),
    "micro": ("legal_category",),
    "public_body": ("legal_category",),
    "age_months": ("unit_created_on",),
    "created_on": ("unit_created_on",),
    "ess": ("is_ess", "legal_category"),
}
"""The facts that the register tells, and the columns that each is made of."""

_TROUBLED = """
    SELECT siret FROM establishment_procedures
    WHERE procedure IS NOT NULL AND procedure_closed_on IS NULL
"""
_FIRM = OneOf(frozenset(["firm"]))


@dataclass(frozen=True, slots=True)
class Firms:
    """Every open establishment, with what the register tells of each.

    `communes` are the codes that are met, and which one each establishment has.
    """

    sirets: pa.Array
    columns: Mapping[str, Column]
    communes: tuple[npt.NDArray[np.int32], list[str | None]] = (np.array([], np.int32), [])

    def __len__(self) -> int:
        return len(self.sirets)

    @property
    def public(self) -> Mapping[str, Column]:
        """The same without what officers alone may know of a firm."""
        return {fact: each for fact, each in self.columns.items() if fact != "difficulty"}


_LOCK = threading.Lock()
_KEPT: dict[tuple[Any, ...], Firms] = {}


def known(house: House, siret: str) -> Profile | None:
    """What the register tells of an establishment; None when it is not in it."""
    every = prepared(house)
    found = every.row(siret) if every is not None else None
    return None if found is None else _profile(found, house.reader.release.origin(TABLE))


def firms(house: House, day: date) -> Firms:
    """Every open establishment on a day, kept for the release."""
    key = (house.reader.key, day)
    found = _KEPT.get(key)
    if found is None:
        found = _firms(house, day)
        with _LOCK:
            _KEPT.clear()
            _KEPT[key] = found
    return found


def _firms(house: House, day: date) -> Firms:
    every = prepared(house)
    if every is None:
        return Firms(pa.array([], pa.string()), {})
    rows = every.rows.slice(0, every.opened).combine_chunks()
    places = Places(house.territory)
    met = {parts: together(rows, parts) for parts in set(_PARTS.values())}
    columns = {"stage": Column((_FIRM,), np.zeros(rows.num_rows, np.int32))}
    for fact, parts in _PARTS.items():
        numbers, keys = met[parts]
        columns[fact] = _column([_value(fact, key, day, places) for key in keys], numbers)
    sirets = _whole(rows["siret"])
    columns["difficulty"] = _difficulty(house, sirets)
    return Firms(sirets, columns, codes(rows, "commune_code"))


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks else pa.array([], pa.string())


def _difficulty(house: House, sirets: pa.Array) -> Column:
    """Firms in an open procedure. The others are unknown: no notice is no sign of health."""
    troubled: list[str] = []
    if house.reader.has(PROCEDURES):
        troubled = [siret for (siret,) in house.reader.rows(_TROUBLED)]
    found = pc.is_in(sirets, pa.array(troubled, pa.string())).to_numpy(zero_copy_only=False)
    return Column((None, flag(True)), found.astype(np.int32))


def _column(made: list[Value], codes: npt.NDArray[np.int32]) -> Column:
    """A column whose values are all different: two ways to write one say the same."""
    place: dict[Value, int] = {}
    numbers = np.array([place.setdefault(each, len(place)) for each in made], np.int32)
    return Column(tuple(place), numbers[codes])


def _value(fact: str, key: Mapping[str, str | None], day: date, places: Places) -> Value:
    if fact in _DATED:
        born = _day(key["unit_created_on"])
        return None if born is None else _DATED[fact]((born, born), day)
    return value(fact, _profile({**_NOTHING, **key}, Origin.REAL), day, places)


_DATED: Mapping[str, Callable[[tuple[date, date], date], Value]] = {
    "age_months": age, "created_on": lambda born, _day: days(born),
}  # fmt: skip
"""Facts with as many values as there are days: told without making a firm of each."""

_NOTHING: Mapping[str, Any] = dict.fromkeys(("siret", *CODED))


def _profile(row: Mapping[str, Any], origin: Origin) -> Profile:
    created = _day(row["unit_created_on"])
    return Profile(
        siret=row["siret"] or "",
        commune=row["commune_code"] or "",
        qpv=None if row["qpv"] is None else row["qpv"].strip("-"),
        naf=row["naf_code"] or "",
        naf_2025=row["naf2025_code"] or "",
        staff=_staff(row["unit_headcount_band"], row["category"]),
        site_staff=_staff(row["headcount_band"], None),
        category=row["category"] or "",
        legal=row["legal_category"] or "",
        stage="firm",
        created=None if created is None else (created, created),
        ess=None if row["is_ess"] is None else row["is_ess"] == "1",
        origin=origin,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _staff(code: str | None, category: str | None) -> Interval | None:
    """A band; one that also covers what is not known is open, up to the ends of its category."""
    found = band(code)
    if not found.unsure and code:
        return Interval(found.minimum, float("inf") if found.maximum is None else found.maximum)
    return Interval(0, 249) if category == "PME" else None
