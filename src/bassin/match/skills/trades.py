"""A trade and all that is known of it here: assembled for its page, for the list, for files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.skills import forecast, labour, tags, workforce
from bassin.match.skills.forecast import Gap, Need, Resource, Values
from bassin.match.skills.hypotheses import YEARS, Hypotheses, Supposed
from bassin.match.skills.labour import Labour, Seen
from bassin.match.skills.tags import Tags
from bassin.match.skills.workforce import Stock, Workforce
from bassin.taxonomies import rome as taxonomy
from bassin.taxonomies.rome import Rome
from bassin.types import Origin

NO_TAGS = Tags(0, dict.fromkeys(tags.KINDS, ()))


@dataclass(frozen=True)
class Trades:
    """All trades of ROME, before the tables and the hypotheses of one day."""

    rome: Rome
    work: Workforce
    market: Labour
    supposed: Hypotheses

    @classmethod
    def here(cls, house: House, supposed: Hypotheses) -> "Trades":
        """Those of the installation's territory."""
        return cls(
            taxonomy.loaded(house.reader), workforce.workforce(house), labour.labour(house),
            supposed,
        )  # fmt: skip

    @cached_property
    def tagged(self) -> dict[str, Tags]:
        """The tags of the ecological transition."""
        return tags.tags(self.rome)

    def trade(self, code: str) -> "Trade":
        """One of them.

        Raises:
            Refused: ROME has no such code.
        """
        self.rome.known(code)
        return Trade(self, code)

    def all(self) -> list["Trade"]:
        """All of them, by code."""
        return [Trade(self, code) for code in self.rome.codes]

    def find(self, text: str) -> list["Trade"]:
        """Those whose label, code or title holds every word."""
        from bassin.territory.search import folded

        words = folded(text).split()
        return [
            each for each in self.all() if all(word in self._spoken[each.code] for word in words)
        ]

    @cached_property
    def _spoken(self) -> dict[str, str]:
        from bassin.territory.search import folded

        said = {code: [code, label] for code, label in self.rome.labels.items()}
        titles = self.rome.appellations
        for code, title in zip(
            titles["rome_code"].to_pylist(), titles["label"].to_pylist(), strict=True
        ):
            said[code].append(title)
        return {code: folded(" ".join(words)) for code, words in said.items()}


@dataclass(frozen=True)
class Trade:
    """One trade of ROME 3, here."""

    among: Trades
    code: str

    @property
    def label(self) -> str:
        """Its name in ROME."""
        return self.among.rome.label(self.code)

    @property
    def stock(self) -> Stock | None:
        """Its jobs in place; None when no table or no activity tells."""
        return self.among.work.trades.get(self.code)

    @property
    def shown(self) -> Stock | None:
        """Its jobs when they may be shown."""
        return self.stock if self.stock and not self.stock.secret else None

    @property
    def seen(self) -> Seen | None:
        """What the Dares publishes of it here."""
        return self.among.market.seen.get(self.code)

    @property
    def offers(self) -> int | None:
        """Offers counted on one day; None when no count is loaded."""
        market = self.among.market
        return market.offers.get(self.code, 0) if market.offers_period else None

    @property
    def tags(self) -> Tags:
        """Its tags of the ecological transition."""
        return self.among.tagged.get(self.code, NO_TAGS)

    @property
    def origin(self) -> Origin:
        """That of its forecast: invented as soon as one table or one hypothesis is."""
        supposed = (each.origin for each in self.hypotheses.values() if each is not None)
        return Origin.together((self.among.work.origin, *supposed))

    @property
    def hypotheses(self) -> dict[str, Supposed | None]:
        """What is supposed of it, term by term (growth: of all sectors unless it has its own)."""
        terms = (
            "growth",
            "older",
            "ready",
            "insertion",
            "leavers",
            "near",
            "commuters",
            "turnover",
        )
        return {term: self.among.supposed.of_term(term, self.code) for term in terms}

    def need(self, years: int = YEARS) -> Need | None:
        """What it needs within so many years; None when its jobs are unknown or secret."""
        if self.shown is None:
            return None
        supposed = self.among.supposed
        growth = {sector: supposed.growth(self.code, sector) for sector in self.shown.sections}
        exits = supposed.exits(self.code, years)
        return forecast.need(self.shown.sections, growth, exits, years)

    def needs(self, years: int = YEARS) -> list[Need]:
        """The same, year after year."""
        found = (self.need(year) for year in range(1, years + 1))
        return [each for each in found if each is not None]

    def turnover(self) -> Values | None:
        """Hires a year that replace those who move: a flow, which makes no need."""
        supposed = self.hypotheses["turnover"]
        if supposed is None or self.shown is None:
            return None
        return self.shown.jobs.by(supposed.values.times(0.01))

    def resources(self, years: int = YEARS) -> list[Resource]:
        """Who could take these positions within so many years, term by term."""
        held = self.hypotheses
        leavers, insertion, ready = held["leavers"], held["insertion"], held["ready"]
        seekers = self.seen.jobseekers if self.seen else None
        return [
            Resource(
                "training",
                leavers.values.by(insertion.values.times(0.01)).times(years)
                if leavers and insertion else None,
            ),
            Resource(
                "jobseekers",
                ready.values.times(seekers / 100) if ready and seekers is not None else None,
            ),
            *(Resource(term, found.values.times(years) if (found := held[term]) else None)
              for term in ("near", "commuters")),
        ]  # fmt: skip

    def gap(self, years: int = YEARS) -> Gap | None:
        """Its need less the resources that are known."""
        needed = self.need(years)
        return forecast.gap(needed, self.resources(years)) if needed else None


ORDERS = ("besoin", "tension", "demandeurs", "offres", "metier")


def sort(trades: Sequence[Trade], order: str) -> list[Trade]:
    """By what the reader asks; what is unknown comes last.

    Raises:
        Refused: there is no such order.
    """
    if order not in ORDERS:
        raise Refused(f"There is no order “{order[:40]}”. Orders: {', '.join(ORDERS)}.")
    if order == "metier":
        return sorted(trades, key=lambda each: each.label)
    value = {
        "besoin": lambda each: _central(each.need()),
        "tension": lambda each: each.seen.tension if each.seen else None,
        "demandeurs": lambda each: each.seen.jobseekers if each.seen else None,
        "offres": lambda each: each.offers,
    }[order]
    found = [(each, value(each)) for each in trades]
    found.sort(key=lambda pair: (pair[1] is None, -(pair[1] or 0), pair[0].code))
    return [each for each, _value in found]


def _central(needed: Need | None) -> float | None:
    return needed.gross.central if needed else None
