"""A person's wishes as the need that a ranking reads, with the tables that it compares by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from bassin.match.jobs.knowledge import Knowledge
from bassin.match.jobs.market import STRONGEST
from bassin.match.jobs.models import Offer
from bassin.match.jobs.supply import HOURS, USUAL, Supply
from bassin.pairing import Tables
from bassin.territory.travel import At

FRESH_DAYS = 21
MODES = ("transit", "car", "bicycle", "walk")
BADGE = "airport"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person says. An empty tuple of contracts or hours means that all of them suit.

    `held` fields are None while the person has not said: the offer's condition is then a question.
    """

    rome_codes: tuple[str, ...] = ()
    items: tuple[str, ...] | None = None
    commune_code: str = ""
    mode: str = "transit"
    most_minutes: int = 45
    level: int | None = None
    french_level: int | None = None
    licences: tuple[str, ...] | None = None
    badge: bool | None = None
    contracts: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The gates that cannot be answered while the person has not said more."""
        held = {
            "level": self.level, "licences": self.licences, "french": self.french_level,
            "badge": self.badge, "within": self.commune_code or None,
        }  # fmt: skip
        return tuple(code for code, value in held.items() if value is None)

    def need(self, today: date) -> dict[str, Any]:
        """The fields that the pairing of offers reads."""
        return {
            "rome_codes": list(self.rome_codes) or None,
            "items": None if self.items is None else list(self.items),
            "commune_code": self.commune_code or None,
            "mode": self.mode,
            "most_minutes": self.most_minutes,
            "level": self.level,
            "french_level": self.french_level,
            "licences": None if self.licences is None else list(self.licences),
            "badges": None if self.badge is None else [BADGE] if self.badge else [],
            "contracts": list(self.contracts) or [code for code, _ in Offer.Contract.choices],
            "hours": list(self.hours) or list(HOURS),
            "tension": STRONGEST,
            "fresh_from": today - timedelta(days=FRESH_DAYS),
        }


def tables(known: Knowledge, wishes: Wishes, offers: Supply) -> Tables:
    """What a search compares by: the trades, the weights of skills, the journeys from home."""
    places = _places(wishes, offers)
    return known.tables.reaching(
        {
            f"minutes:{wishes.mode}:{when}": _journeys(known, wishes, places, when)
            for when in offers.whens
            if wishes.commune_code
        }
    )


def _places(wishes: Wishes, offers: Supply) -> tuple[str, ...]:
    return tuple(dict.fromkeys((wishes.commune_code, *offers.communes)))


def _journeys(
    known: Knowledge, wishes: Wishes, places: Sequence[str], when: str
) -> tuple[Sequence[str], np.ndarray]:
    """Minutes from home to each place of work, and nothing else: a small matrix."""
    small = np.full((len(places), len(places)), -1, np.int16)
    found = journeys(known, wishes, None if when == USUAL else when)
    small[0] = [found.get(code, -1) for code in places]
    return places, small


def journeys(known: Knowledge, wishes: Wishes, at: str | None = None) -> dict[str, int]:
    """Minutes from a person's commune to every other, by their way of travelling, at an hour.

    A journey that is not known is left out.
    """
    travel = known.travel
    if wishes.commune_code not in travel.rows:
        return {}
    row = travel.row(wishes.commune_code, wishes.mode, At.of(at) if at else None)
    return {code: int(each) for code, each in zip(travel.codes, row, strict=True) if each >= 0}
