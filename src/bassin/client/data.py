"""What can be asked of an installation, wherever it is; and a place, from which most is asked."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from bassin.client.answer import Answer
from bassin.client.columns import Day


class Data(ABC):
    """The data of one installation, here (`bassin.open`) or elsewhere (`bassin.connect`)."""

    @abstractmethod
    def place(self, key: str = "", at: Day = None) -> "Place":
        """A place.

        Args:
            key: "scale:code" ("commune:48095", "departement:48"), or the code alone where only one
                place has it ("48095"); by default the installation's own territory.
            at: as the geography was that day.

        Raises:
            Refused: there is none, or several; the sentence says which.
            SourceError: the installation has no data, or does not answer.
        """

    @abstractmethod
    def places(self, scale: str = "", *, within: str = "", at: Day = None) -> Answer:
        """Places, one a row: key, scale, code, name, kind, population (inhabitants) and its year…

        Args:
            scale: commune, epci, ept, departement, region, qpv, iris, employment_area…; by default
                all of them.
            within: key of a place that holds them.
        """

    @abstractmethod
    def catalogue(self) -> Answer:
        """The figures that can be asked for, one a row: id, label, unit, definition, source…"""

    @abstractmethod
    def observe(
        self, place: str, indicators: Sequence[str], at: Day, period: str, each: str
    ) -> Answer:
        """What `Place.figures` gives."""

    @abstractmethod
    def establishments(
        self, *, within: str = "", naf: str | Sequence[str] = "",
        headcount: str | Sequence[str] = "", state: str = "A", limit: int = 0,
    ) -> Answer:  # fmt: skip
        """Establishments, one a row, by SIRET.

        Natural persons and firms that asked for it have no name, address nor position, here as
        everywhere else.

        Args:
            within: key of a place; by default all those that are loaded.
            naf: codes of NAF rev. 2 at any level: "25", "25.6", "25.62B".
            headcount: Insee's bands, "11" for 10 to 19 employees.
            state: "A" active, "F" closed.
            limit: the first ones only; 0 for all.

        Raises:
            Refused: a code that nobody uses.
            SourceError: the stock of establishments is not loaded there.
        """


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an installation. `population` is in inhabitants, of `population_period`."""

    key: str
    scale: str
    code: str
    name: str
    population: int | None
    population_period: str
    data: Data = field(repr=False, compare=False)
    at: Day = field(default=None, repr=False)

    def figures(
        self, *indicators: str, at: Day = None, period: str = "latest", each: str = ""
    ) -> Answer:
        """Figures of this place, one a row.

        Args:
            indicators: their ids ("population"); by default all those that are published.
            at: as they were known that day, on the geography of that day.
            period: "latest" (the last that has a value), "all", or one: "2022", "2024-Q2".
            each: a scale ("commune"): the places of that scale held by this one, instead of it.

        Returns:
            One row per indicator, place and period, oldest first: `value` in `unit`, its
            perimeter (`universe`), source, definition, mark (`origin`), reliability; where a value
            is hidden or missing it is empty and `why` says the reason.

        Raises:
            Refused: no such indicator, scale or day.
            SourceError: the installation has no data, or does not answer.
        """
        return self.data.observe(self.key, indicators, at or self.at, period, each)

    def places(self, scale: str = "commune") -> Answer:
        """The places of a scale that this one holds; see `Data.places`."""
        return self.data.places(scale, within=self.key, at=self.at)

    def establishments(
        self, *, naf: str | Sequence[str] = "", headcount: str | Sequence[str] = "",
        state: str = "A", limit: int = 0,
    ) -> Answer:  # fmt: skip
        """Its establishments; see `Data.establishments`."""
        return self.data.establishments(
            within=self.key, naf=naf, headcount=headcount, state=state, limit=limit
        )
