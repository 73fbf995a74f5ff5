"""Named sets of activities: perimeters, and the authority's fields as its reading turns them.

They are read from files that an authority may edit, and turned into codes: kept until a file, the
day or the installation is another.
"""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bassin.indicators.house import House
from bassin.taxonomies import legal, naf
from bassin.taxonomies.perimeters import perimeters
from bassin.territory.lists import Item, list_at, read_lists
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class ActivitySet:
    """What belongs to it: some activities, and some legal forms by their beginnings."""

    key: str
    label: Text
    naf_codes: frozenset[str]
    legal_starts: tuple[str, ...] = ()


Sets = Mapping[str, ActivitySet]
_LOCK = threading.Lock()
_KEPT: dict[tuple[Any, ...], tuple[Sets, Sets]] = {}
_MOST = 4


def known_perimeters(house: House, today: date) -> Sets:
    """Those of the taxonomies and those of the authority, whose activities can be told."""
    return _known(house, today)[0]


def known_fields(house: House, today: date) -> Sets:
    """Every item of the authority's lists in use that a code tells, by "list:item"."""
    return _known(house, today)[1]


def _known(house: House, today: date) -> tuple[Sets, Sets]:
    authority = house.var / "authority"
    key = (str(authority), today, house.reader.name, *_stamps(authority))
    found = _KEPT.get(key)
    if found is None:
        made = _perimeters(authority / "perimeters")
        found = (made, _fields(authority / "lists.toml", today, made))
        with _LOCK:
            while len(_KEPT) >= _MOST:
                _KEPT.pop(next(iter(_KEPT)))
            _KEPT[key] = found
    return found


def _stamps(authority: Path) -> Iterator[tuple[str, int]]:
    for path in (authority / "lists.toml", *sorted((authority / "perimeters").glob("*.toml"))):
        if path.exists():
            yield path.name, path.stat().st_mtime_ns


def _perimeters(folder: Path) -> Sets:
    found = perimeters(folder) if folder.is_dir() else perimeters()
    return {
        key: ActivitySet(key, each.label, frozenset(each.naf_codes()))
        for key, each in found.items()
        if each.computable
    }


def _fields(path: Path, today: date, known: Sets) -> Sets:
    lists = [each for each in read_lists(path) if each.valid_from <= today]
    used = {each.id: list_at(lists, each.id, today) for each in lists}
    items = {key: each.items for key, each in used.items()}
    return {
        f"{key}:{item.code}": ActivitySet(
            f"{key}:{item.code}", item.label, *_codes(item, items, known)
        )
        for key, each in used.items()
        for item in each.items
        if item.readable
    }


def _codes(
    item: Item, items: Mapping[str, tuple[Item, ...]], known: Sets, above: tuple[str, ...] = ()
) -> tuple[frozenset[str], tuple[str, ...]]:
    """The NAF sub-classes of an item, and the beginnings of its legal forms.

    Args:
        above: lists that are being read already: two that hold one another add nothing.
    """
    codes = set(naf.rev2().subclasses(item.naf_rev2)) if item.naf_rev2 else set()
    for each in item.perimeters:
        codes |= known[each].naf_codes if each in known else frozenset()
    families = legal.families()
    starts = {start for each in item.legal_families for start in families[each].prefixes}
    if item.list_id and item.list_id not in above:
        for other in items.get(item.list_id, ()):
            more, forms = _codes(other, items, known, (*above, item.list_id))
            codes |= more
            starts |= set(forms)
    return frozenset(codes), tuple(sorted(starts))
