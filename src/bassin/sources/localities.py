"""The commune behind a postal address: a postal code has several communes, and the reverse.

Names come from the official geography of the packages installed at set-up. A city with
arrondissements is one commune here, whichever arrondissement the address is in.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from bassin.letters import bare
from bassin.sources.geography.package import SNAPSHOTS, installed, parsed, snapshot_of


class Found(NamedTuple):
    """A commune and the rule that found it, "" and "" when none did.

    `rule` is "name" (the postal code has a commune of that name), "postal_code" (it has only one
    commune, of another spelling) or "departement" (a business postal code that the official list
    does not know, and one commune of that name in its département).
    """

    commune_code: str
    rule: str


_NONE = Found("", "")


def plain(name: str) -> str:
    """A commune's name for comparison: no accent, no case, no "cedex", "St" written "saint"."""
    text = re.sub(r"\bcedex\b.*$", "", bare(name))
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    text = re.sub(r" \d+ ?(er?|eme)?( arrondissement)?$", "", text)
    text = re.sub(r"\bst\b", "saint", text)
    return re.sub(r"\bste\b", "sainte", text)


class Localities:
    """Communes by postal code and by name, in the latest official list.

    `cog` is the year of that list.
    """

    def __init__(self) -> None:
        self.cog = max(snapshot.cog for snapshot in SNAPSHOTS)
        self._postal: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._named: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._names: set[str] = set()
        raws = [raw for raw in installed("communes.json") if snapshot_of(raw).cog == self.cog]
        for record in parsed(raws[0]):
            # A former commune leads to the one it joined; arrondissements to nothing, their city
            # has the same postal codes.
            if record["type"] == "arrondissement-municipal":
                continue
            code = record.get("chefLieu") or record["code"]
            name = plain(record["nom"])
            self._named[(_departement(code), name)].add(code)
            self._names.add(name)
            for postal_code in record.get("codesPostaux", ()):
                self._postal[postal_code][name].add(code)

    def find(self, postal_code: str, city: str) -> Found:
        """The commune of an address, if its postal code and city leave one only."""
        name = plain(city)
        near = self._postal.get(postal_code)
        if near is None:
            return self._one(self._named.get((_departement(postal_code), name), ()), "departement")
        if name in near:
            return self._one(near[name], "name")
        # Former communes have no postal code of their own in the official list.
        everything = set().union(*near.values())
        former = self._named.get((_departement(postal_code), name), set()) & everything
        if former:
            return self._one(former, "name")
        # The name of another commune means that one of the two is wrong: no guess.
        if name in self._names:
            return _NONE
        return self._one(everything, "postal_code")

    def in_departement(self, departement_code: str, name: str) -> str:
        """The code of the commune of that name in a département, "" if none or several."""
        return self._one(self._named.get((departement_code, plain(name)), ()), "name").commune_code

    @staticmethod
    def _one(codes: Iterable[str], rule: str) -> Found:
        listed = list(codes)
        return Found(listed[0], rule) if len(listed) == 1 else _NONE


def _departement(code: str) -> str:
    """The département that begins a commune's or a postal code (Corsica's postal codes: 20)."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


@cache
def localities() -> Localities:
    """The official list, read once a process: it comes with the packages and never changes."""
    return Localities()
