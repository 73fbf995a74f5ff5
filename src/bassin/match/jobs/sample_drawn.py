"""Offers drawn from the sample's counts by commune and trade, the same on every machine."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import TypeVar

import numpy as np

from bassin.match.jobs.models import Offer
from bassin.match.jobs.sample_said import INVENTED, Facts, hours_of, monthly, way_to_apply
from bassin.match.jobs.sample_store import Firm, Shelf

T = TypeVar("T")

AGENCY = "78.20Z"
_OPEN_FOR, _AGED, _OVER_AFTER = (60, 90), 45, (95, 140)
_PART_TIME = ("K13", "K22", "D15", "G16")


@dataclass(frozen=True, slots=True)
class Drawn:
    """An offer, and by how many feeds it came. `luck`, from 0 to 99, says by which."""

    offer: Offer
    luck: int
    twice: bool


class Drawing:
    """One set of offers, as of one day."""

    def __init__(
        self, facts: Facts, posts: dict[str, dict[str, str]], shelf: Shelf, today: date
    ) -> None:
        self.facts, self.posts, self.shelf, self.today = facts, posts, shelf, today
        seed = hashlib.sha256(facts["seed"].encode()).digest()[:8]
        self._rng = np.random.Generator(np.random.PCG64(int.from_bytes(seed, "big")))
        self._near: dict[tuple[str, str], tuple[list[Firm], list[int]]] = {}

    def offers(self) -> list[Drawn]:
        """As many as the share of those counted, in the same places and trades."""
        cells = [cell for cell in self.shelf.counts if cell[1] in self.posts]
        if not cells:
            return []
        total = sum(count for _, _, count in cells) * self.facts["share"] // 100
        ends = list(accumulate(count for _, _, count in cells))
        picks = np.searchsorted(ends, self._rng.integers(0, ends[-1], total), side="right")
        return [self._drawn(rank, *cells[pick][:2]) for rank, pick in enumerate(picks.tolist())]

    def _drawn(self, rank: int, commune: str, trade: str) -> Drawn:
        offer = Offer(rome_code=trade, commune_code=commune, origin=INVENTED)
        self._work(offer)
        self._firm(offer)
        self._asked(offer)
        self._paid(offer)
        self._applied(offer, rank)
        self._dated(offer)
        luck = 70 if offer.contract == Offer.Contract.INTERIM else self._below(100)
        return Drawn(offer, luck, twice=rank % 80 == 0)

    def _below(self, bound: int) -> int:
        return int(self._rng.integers(0, bound))

    def _happens(self, percent: int) -> bool:
        return self._below(100) < percent

    def _one(self, among: Sequence[T]) -> T:
        return among[self._below(len(among))]

    def _choice(self, offer: Offer, name: str, mark: str = " ") -> str:
        """One of the values that the trade's row gives."""
        return self._one(self.posts[offer.rome_code][name].split(mark))

    def _said(self, name: str) -> bool:
        return not self._happens(self.facts["unsaid"][name])

    def _work(self, offer: Offer) -> None:
        """What, when, for how long."""
        here = self._place(offer)
        shift = self._one(here["shifts"]) if here else self._choice(offer, "shifts")
        offer.airport_badge = True if here and here.get("badge") else None
        for name, value in hours_of(self.facts, shift if self._said("shift") else "").items():
            setattr(offer, name, value)
        offer.title = self._title(offer, shift)
        offer.text = f"{self.shelf.texts.get(offer.rome_code, '')} {self.facts['note']}".strip()
        offer.contract = self._choice(offer, "contracts")
        if offer.contract in (Offer.Contract.CDD, Offer.Contract.INTERIM, Offer.Contract.IAE):
            offer.contract_months = self._one((2, 3, 4, 6, 6, 9))
        part_time = offer.rome_code.startswith(_PART_TIME) and self._happens(45)
        offer.hours_week = Decimal(self._one((20, 24, 28, 30)) if part_time else 35)
        offer.positions = self._one((1, 1, 1, 1, 2, 2, 3, 5))

    def _place(self, offer: Offer) -> Facts | None:
        """The hours of the place, where they rule those of the trade."""
        for each in self.facts["places"]:
            trades = tuple(each["trades"])
            if offer.commune_code in each["communes"] and offer.rome_code.startswith(trades):
                return dict(each)
        return None

    def _title(self, offer: Offer, shift: str) -> str:
        """A title of the trade that fits the place and the hours."""
        only = self.facts["only"]
        fitting = [
            title for title in self.shelf.titles[offer.rome_code]
            if ("nuit" not in title or shift == "night")
            and all(offer.commune_code in there for word, there in only.items() if word in title)
        ]  # fmt: skip
        title = self._one(fitting or self.shelf.titles[offer.rome_code])
        return title if " / " in title else f"{title} H/F"

    def _firm(self, offer: Offer) -> None:
        """A firm whose activity hires this trade there, the larger the likelier; else an agency."""
        firms, ends = self._hiring(offer.commune_code, offer.rome_code)
        if not firms:
            offer.employer_name = "EXEMPLE EMPLOYEUR"
            return
        firm = firms[int(np.searchsorted(ends, self._below(ends[-1]), side="right"))]
        offer.employer_name, offer.employer_siret = firm.name, firm.siret
        if firm.naf_code == AGENCY:
            offer.contract = Offer.Contract.INTERIM
            offer.contract_months = offer.contract_months or 3
        elif firm.commune_code == offer.commune_code:
            offer.longitude, offer.latitude = firm.longitude, firm.latitude

    def _hiring(self, commune: str, trade: str) -> tuple[list[Firm], list[int]]:
        if (commune, trade) not in self._near:
            hires = self.shelf.hires.get(trade, {})
            there = [f for f in self.shelf.firms
                     if f.commune_code == commune and f.naf_code in hires]  # fmt: skip
            there = there or [f for f in self.shelf.firms if f.naf_code == AGENCY]
            ends = list(accumulate(f.weight * hires.get(f.naf_code, 1) for f in there))
            self._near[commune, trade] = there, ends
        return self._near[commune, trade]

    def _asked(self, offer: Offer) -> None:
        """What one must have or know; what an offer does not say stays unknown."""
        if self._said("level"):
            offer.level = int(self._choice(offer, "levels"))
        if self._said("french"):
            offer.french_level = int(self._choice(offer, "french"))
        if self._said("months"):
            offer.experience_months = int(self._choice(offer, "months"))
        if self._said("licences"):
            offer.licences = [each for each in self._choice(offer, "licences", "|").split("+")
                              if each]  # fmt: skip
        core = self.shelf.core[offer.rome_code]
        specific = self.shelf.specific[offer.rome_code]
        offer.required_items = self._some(core, 3)
        offer.desired_items = self._some(specific, 2)
        if offer.contract == Offer.Contract.IAE or self._happens(2):
            offer.clause = True

    def _some(self, among: list[str], count: int) -> list[str]:
        chosen = self._rng.permutation(len(among))[:count].tolist()
        return [among[each] for each in sorted(chosen)]

    def _paid(self, offer: Offer) -> None:
        """A range; nothing for an apprentice, whose pay depends on age and year."""
        if offer.contract == Offer.Contract.APPRENTICESHIP or not self._said("pay"):
            return
        post, hours = self.posts[offer.rome_code], Decimal(offer.hours_week or 35)
        least, most = int(post["pay_from"]), int(post["pay_to"])
        middle = least + self._below(most - least + 1)
        offer.pay_from_eur = monthly(self.facts, least, hours)
        offer.pay_to_eur = monthly(self.facts, middle, hours)
        offer.pay_per = Offer.PayPer.MONTH

    def _applied(self, offer: Offer, rank: int) -> None:
        ways = self.facts["applying"]
        ends = list(accumulate(ways.values()))
        way = list(ways)[int(np.searchsorted(ends, self._below(ends[-1]), side="right"))]
        words = self.facts["come"] if way == Offer.Apply.COME else ""
        for name, value in way_to_apply(way, rank, words).items():
            setattr(offer, name, value)

    def _dated(self, offer: Offer) -> None:
        """On line for some days; one in twenty is over, on its day or because it was filled."""
        over = self._happens(5)
        least, most = _OVER_AFTER if over else (0, _AGED)
        offer.published_on = self.today - timedelta(days=least + self._below(most - least))
        offer.written_on = offer.submitted_on = offer.published_on
        open_for = _OPEN_FOR[0] + self._below(_OPEN_FOR[1] - _OPEN_FOR[0])
        offer.expires_on = offer.published_on + timedelta(days=open_for)
        offer.state = Offer.State.PUBLISHED
        if over:
            self._end(offer)

    def _end(self, offer: Offer) -> None:
        assert offer.published_on is not None
        assert offer.expires_on is not None
        if self._happens(50):
            offer.state, offer.closed_why = Offer.State.EXPIRED, Offer.Closing.DATE
            offer.closed_on = offer.expires_on
        else:
            offer.state, offer.closed_why = Offer.State.CLOSED, Offer.Closing.FILLED
            offer.closed_on = offer.published_on + timedelta(days=10 + self._below(40))
            offer.filled = offer.positions
