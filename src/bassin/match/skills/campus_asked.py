"""What the address of the network asks for, and the courses that answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from bassin.indicators.house import House
from bassin.match.skills.courses import minutes_from
from bassin.match.skills.models import Course
from bassin.match.skills.network import Network, Standing
from bassin.territory.search import folded
from bassin.territory.travel import Mode

LIMITS = ("15", "30", "45", "60", "90")
USUAL_MINUTES = 45
ORDERS = ("date", "places", "titre")


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters, each replaced by the usual one when the address says what is not offered."""

    text: str = ""
    sector: str = ""
    level: str = ""
    funding: str = ""
    start: str = ""
    minutes: int = USUAL_MINUTES
    mode: str = "transit"
    trade: str = ""
    around: bool = False
    order: str = ORDERS[0]

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        said: dict[str, Any] = {
            "q": self.text, "secteur": self.sector, "niveau": self.level,
            "financement": self.funding, "metier": self.trade, "de": self.start,
            "autour": "1" if self.around else "", "tri": self.order if self.order != "date" else "",
        }  # fmt: skip
        if self.start:
            said |= {"minutes": self.minutes, "mode": self.mode}
        return urlencode({name: value for name, value in said.items() if value})


def read(given: Mapping[str, str], house: House, trades: Mapping[str, str]) -> Asked:
    """What an address asks."""

    def one(name: str, known: Any) -> str:
        said = given.get(name, "")
        return said if said in known else ""

    return Asked(
        text=given.get("q", "")[:100].strip(),
        sector=one("secteur", Course.Sector.values),
        level=one("niveau", [str(level) for level in range(1, 9)]),
        funding=one("financement", Course.Funding.values),
        start=one("de", house.travel.rows),
        minutes=int(one("minutes", LIMITS) or USUAL_MINUTES),
        mode=one("mode", [mode.value for mode in Mode]) or usual_mode(house),
        trade=one("metier", trades),
        around=given.get("autour") == "1",
        order=one("tri", ORDERS) or ORDERS[0],
    )  # fmt: skip


def usual_mode(house: House) -> str:
    """By public transport, which everybody has, unless no line of it is loaded."""
    return (Mode.TRANSIT if house.travel.lines else Mode.CAR).value


@dataclass(frozen=True, slots=True)
class Answer:
    """The courses that answer; `minutes` by commune when the address says where one leaves from."""

    found: list[Standing]
    minutes: Mapping[str, int]
    elsewhere: int  # outside the territory, left out


def answer(asked: Asked, house: House, network: Network) -> Answer:
    """The courses of the network that the address asks for."""
    listed = [each for each in network.titled(asked.text) if _fits(asked, each)]
    if asked.start:
        minutes = minutes_from(house, asked.start, asked.mode)
        near = [each for each in listed if _near(asked, each, minutes)]
        return Answer(_sorted(asked, near), minutes, 0)
    home = house.home.communes
    here = [each for each in listed if asked.around or each.site.commune_code in home
            or not each.site.commune_code]  # fmt: skip
    return Answer(_sorted(asked, here), {}, len(listed) - len(here))


def _fits(asked: Asked, each: Standing) -> bool:
    return (
        (not asked.sector or each.sector == asked.sector)
        and (not asked.level or each.level == int(asked.level))
        and (not asked.funding or asked.funding in each.funding)
        and (not asked.trade or asked.trade in each.trades)
    )


def _near(asked: Asked, each: Standing, minutes: Mapping[str, int]) -> bool:
    """Within the minutes, or unknown: an unknown journey is asked, never left out."""
    if each.remote:
        return True
    known = minutes.get(each.site.commune_code)
    return known is None or known <= asked.minutes


_LAST = date.max


def _sorted(asked: Asked, found: list[Standing]) -> list[Standing]:
    if asked.order == "titre":
        return sorted(found, key=lambda each: (folded(each.title), each.pk))
    if asked.order == "places":
        return sorted(found, key=lambda each: (-each.places, each.pk))
    return sorted(
        found,
        key=lambda each: (not each.counts, each.next.starts_on if each.next else _LAST, each.pk),
    )
