"""The authority's dated lists: its strategic fields, its families of activities, its themes.

An authority writes them in `lists.toml`, in its own words, with the document they come from. What
makes them countable (activity codes, keywords, perimeters, legal families) is a **reading**: it has
its own owner and version, because an authority names its fields without publishing their codes.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.types import Text

_LIST = frozenset(("id", "label", "owner", "document", "valid_from", "items"))
_LIST_MORE = frozenset(("valid_to", "quote", "note", "reading"))
_ITEM = frozenset(("code", "label"))
_READ = frozenset(("naf_rev2", "keywords", "perimeters", "legal_families", "list"))


@dataclass(frozen=True, slots=True)
class Reading:
    """Who turned the authority's words into codes, in which version, with which warning."""

    owner: str
    version: int
    note: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list.

    `naf_rev2` holds codes of any level, `perimeters` and `legal_families` ids of the taxonomies
    floor, `list_id` another list whose items make this one. All are readings, none is the
    authority's; all empty means that no code tells it.
    """

    code: str
    label: Text
    naf_rev2: tuple[str, ...]
    keywords: tuple[str, ...]
    perimeters: tuple[str, ...]
    legal_families: tuple[str, ...]
    list_id: str

    @property
    def readable(self) -> bool:
        """Whether a code tells what belongs to it (keywords only help to search)."""
        return bool(self.naf_rev2 or self.perimeters or self.legal_families or self.list_id)


@dataclass(frozen=True, slots=True)
class DatedList:
    """A list of the authority, in force from `valid_from` to `valid_to` (its last day, or None)."""

    id: str
    label: Text
    owner: Text
    document: str
    quote: str
    note: Text
    valid_from: date
    valid_to: date | None
    reading: Reading | None
    items: tuple[Item, ...]

    def in_force(self, today: date) -> bool:
        """Whether the list holds on that day."""
        return self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)

    def item(self, code: str) -> Item:
        """One item.

        Raises:
            Refused: the list has no such item; the sentence gives those it has.
        """
        for one in self.items:
            if one.code == code:
                return one
        known = ", ".join(one.code for one in self.items)
        raise Refused(f"List {self.id} has no item “{code}”. It has: {known}.")


def read_lists(path: Path) -> tuple[DatedList, ...]:
    """The lists of a `lists.toml`, several versions of one id allowed; none if there is no file.

    Raises:
        Refused: the file is malformed, or two versions of a list hold on the same day.
    """
    if not path.exists():
        return ()
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
        if not isinstance(facts.get("lists"), list):
            raise ValueError("it has no [[lists]]")
        lists = tuple(_list(one) for one in facts["lists"])
        _check(lists)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise Refused(
            f"{path.name} cannot be read: {error}. Compare it with docs/taxonomies.md."
        ) from error
    return lists


def list_at(lists: Iterable[DatedList], list_id: str, today: date) -> DatedList:
    """The version of a list to use on a day: the one in force, else the last one that began.

    An authority's list often outlives its dates until the next is voted: ask `in_force` and say so.

    Raises:
        Refused: there is no such list, or none had begun on that day.
    """
    known = tuple(lists)
    begun = [one for one in known if one.id == list_id and one.valid_from <= today]
    if begun:
        return max(begun, key=lambda one: one.valid_from)
    versions = [one.valid_from for one in known if one.id == list_id]
    if versions:
        raise Refused(f"List {list_id} begins on {min(versions)}: it says nothing of {today}.")
    ids = ", ".join(dict.fromkeys(one.id for one in known)) or "none"
    raise Refused(f"There is no list “{list_id}”. There are: {ids}.")


def _list(facts: dict[str, Any]) -> DatedList:
    _keys(facts, _LIST, _LIST_MORE, f"list {facts.get('id', '?')}")
    reading = facts.get("reading")
    return DatedList(
        id=facts["id"],
        label=Text.of(facts["label"]),
        owner=Text.of(facts["owner"]),
        document=facts["document"],
        quote=facts.get("quote", ""),
        note=Text.of(facts.get("note", "")),
        valid_from=facts["valid_from"],
        valid_to=facts.get("valid_to"),
        reading=Reading(reading["owner"], reading["version"], Text.of(reading["note"]))
        if reading
        else None,
        items=tuple(_item(one) for one in facts["items"]),
    )


def _item(facts: dict[str, Any]) -> Item:
    _keys(facts, _ITEM, _READ, f"item {facts.get('code', '?')}")
    return Item(
        code=facts["code"],
        label=Text.of(facts["label"]),
        naf_rev2=_words(facts, "naf_rev2"),
        keywords=_words(facts, "keywords"),
        perimeters=_words(facts, "perimeters"),
        legal_families=_words(facts, "legal_families"),
        list_id=facts.get("list", ""),
    )


def _words(facts: dict[str, Any], key: str) -> tuple[str, ...]:
    words = facts.get(key, [])
    if not isinstance(words, list):
        raise ValueError(f"{key} of item {facts['code']} is not a list: write [{words!r}]")
    return tuple(words)


def _keys(
    facts: dict[str, Any], wanted: frozenset[str], allowed: frozenset[str], what: str
) -> None:
    if missing := wanted - facts.keys():
        raise ValueError(f"{what} lacks {', '.join(sorted(missing))}")
    if unknown := facts.keys() - wanted - allowed:
        raise ValueError(f"{what} has unknown keys {', '.join(sorted(unknown))}")


def _check(lists: tuple[DatedList, ...]) -> None:
    ids = {one.id for one in lists}
    for one in lists:
        codes = [item.code for item in one.items]
        if len(set(codes)) < len(codes):
            raise ValueError(f"list {one.id} gives the same code to two items")
        if one.valid_to and one.valid_to < one.valid_from:
            raise ValueError(f"list {one.id} ends on {one.valid_to}, before {one.valid_from}")
        if any(item.readable for item in one.items) and one.reading is None:
            raise ValueError(f"list {one.id} has codes but no [lists.reading]: say whose they are")
        if unknown := {item.list_id for item in one.items} - ids - {""}:
            raise ValueError(f"list {one.id} refers to unknown lists {', '.join(sorted(unknown))}")
        for other in lists:
            if other is not one and other.id == one.id and other.in_force(one.valid_from):
                raise ValueError(f"two versions of list {one.id} hold on {one.valid_from}")
