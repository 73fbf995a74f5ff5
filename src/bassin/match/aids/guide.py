"""The catalogue in service and what pages need beside it, kept for the release and the sheets."""

import threading
from dataclasses import dataclass
from datetime import date
from typing import Any

from bassin.indicators.house import House
from bassin.match.aids.rules import catalogue
from bassin.match.aids.rules.catalogue import Catalogue
from bassin.match.aids.rules.places import Places
from bassin.match.aids.rules.wording import Wording

_LOCK = threading.Lock()
_KEPT: dict[tuple[Any, ...], "Guide"] = {}


@dataclass(frozen=True, slots=True)
class Guide:
    """The aids, the places, and the words of each language."""

    catalogue: Catalogue
    places: Places
    wordings: dict[str, Wording]

    def wording(self, language: str) -> Wording:
        """What says conditions in a language."""
        return self.wordings["en" if language == "en" else "fr"]


def guide(house: House, today: date) -> Guide:
    """The guide of a house; read again when a sheet, the release or the year is another."""
    key = (str(house.var), house.reader.key, today.year, *_stamps(house))
    found = _KEPT.get(key)
    if found is None:
        found = Guide(
            catalogue.read(house),
            Places(house.territory),
            {each: Wording(house.territory, each) for each in ("fr", "en")},
        )
        with _LOCK:
            while len(_KEPT) >= 2:
                _KEPT.pop(next(iter(_KEPT)))
            _KEPT[key] = found
    return found


def _stamps(house: House) -> list[tuple[str, int]]:
    folder = house.var / "authority" / "aids"
    return [(each.name, each.stat().st_mtime_ns) for each in sorted(folder.glob("*.toml"))]
