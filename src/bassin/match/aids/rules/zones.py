"""Zones of relief: where the lists of the law say yes or no, and where one must ask."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bassin.types import Text

ZONE = "zone:"
"""Beginning of the codes of zones among those of places."""

_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone, and which places are known to hold it.

    Args:
        known_in: places whose communes are all known: one that is not listed holds none of it.
        part: places that hold some of it: the street, or the commune, decides.
        whole: places that lie in it.
    """

    key: str
    label: Text
    question: Text
    why: Text
    source: Text
    known_in: frozenset[str]
    part: frozenset[str]
    whole: frozenset[str]

    def holds(self, places: Collection[str]) -> bool | None:
        """Whether who lies in these places is in it; None when it must be asked."""
        if not self.whole.isdisjoint(places):
            return True
        if not self.part.isdisjoint(places):
            return None
        return None if self.known_in.isdisjoint(places) else False


@cache
def zones() -> Mapping[str, Zone]:
    """Every zone, by its name."""
    return {
        key: Zone(
            key, Text.of(each["label"]), Text.of(each["question"]), Text.of(each["why"]),
            Text.of(each["source"]), frozenset(each.get("known_in", ())),
            frozenset(each.get("part", ())), frozenset(each.get("whole", ())),
        )
        for key, each in tomllib.loads(_FILE.read_text("utf-8"))["zones"].items()
    }  # fmt: skip


def asked(codes: Collection[str]) -> Zone | None:
    """The zone that a demand is about, when it names one zone and no other place."""
    found = [each.removeprefix(ZONE) for each in codes if each.startswith(ZONE)]
    return zones().get(found[0]) if len(found) == len(codes) == 1 else None
