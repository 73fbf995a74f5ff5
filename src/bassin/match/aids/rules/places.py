"""The places that a firm lies in, from its commune and its neighbourhood: all that names it."""

from collections.abc import Collection
from datetime import date

from bassin.errors import Refused
from bassin.match.aids.rules.zones import ZONE
from bassin.match.aids.rules.zones import zones as known_zones
from bassin.pairing.conditions import ANYTHING, Tags
from bassin.territory import Territory
from bassin.types import Scale

ANY_QPV = "qpv:any"
"""That it lies in some priority neighbourhood, whichever."""


class Places:
    """What codes of places say, for one territory. Each commune is looked up once.

    While no list of priority neighbourhoods is loaded, nobody is said to be outside of one.
    """

    def __init__(self, territory: Territory, day: date | None = None) -> None:
        self.territory = territory
        self.day = day
        self._drawn = bool(territory.gazetteer(day).by_scale[Scale.QPV])
        self._towns: dict[str, tuple[frozenset[str], frozenset[str]] | None] = {}

    def tags(
        self, commune: str, qpv: str | None = None, zones: Collection[str] | None = None
    ) -> Tags:
        """What holds a firm of a commune, and what may.

        Args:
            qpv: its priority neighbourhood; "" outside any, None when that is not known.
            zones: the zones it is in; None when nobody said: the lists of the law then tell where
                they can.
        """
        found = self._town(commune)
        if found is None:
            return ANYTHING
        held, quarters = found
        qpv = None if qpv == "" and not self._drawn else qpv
        told = {each: each in zones for each in known_zones()} if zones is not None else {
            key: each.holds(held) for key, each in known_zones().items()
        }  # fmt: skip
        out = frozenset(f"{ZONE}{key}" for key, holds in told.items() if holds is False)
        held = held | {f"{ZONE}{key}" for key, holds in told.items() if holds}
        held |= {f"{ZONE}{each}" for each in zones or ()}
        open_to: tuple[str, ...] = () if zones is not None else (ZONE,)
        if not self._drawn:
            open_to += (f"{Scale.QPV}:",)
        if qpv:
            return Tags(held | {f"{Scale.QPV}:{qpv}", ANY_QPV}, open_to=open_to, out=out)
        return Tags(held, quarters if qpv is None else frozenset(), open_to, out)

    def _town(self, commune: str) -> tuple[frozenset[str], frozenset[str]] | None:
        if commune not in self._towns:
            self._towns[commune] = self._looked(commune)
        return self._towns[commune]

    def _looked(self, commune: str) -> tuple[frozenset[str], frozenset[str]] | None:
        try:
            place = self.territory.place(f"{Scale.COMMUNE}:{commune}", self.day)
        except Refused:
            return None
        quarters = {each.key for each in self.territory.quarters(place, self.day)}
        return frozenset([place.key, *place.parents, f"{Scale.FRANCE}:FR"]), frozenset(
            [*quarters, ANY_QPV] if quarters else ()
        )
