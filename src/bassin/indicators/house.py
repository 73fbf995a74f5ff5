"""The floors below the rooms, opened together: what a notebook, a command or a page starts from.

from bassin.indicators.house import House
house = House.open(Path("var"))
house.figure("unemployment_rate_census", "departement:94")
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from bassin.errors import Refused
from bassin.indicators import findings
from bassin.indicators.catalogue import follow, indicator, indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.engine import Engine
from bassin.indicators.figure import Figure
from bassin.sources import registry
from bassin.store import Reader, Store
from bassin.taxonomies import insee
from bassin.territory import Installation, Place, Territory
from bassin.territory.travel import Travel

WORTH_READING = 3
"""From this number of figures of one table, reading all that it holds costs less."""


class House:
    """One installation, opened for reading: store, territory, engine, and whose it is."""

    def __init__(self, var: Path, release: str = "") -> None:
        self.var = var
        self.store = Store(var / "store")
        self.reader = Reader(self.store, release)
        self.territory = Territory(self.reader)
        self._checked: tuple[str, int] | None = None
        self.engine = Engine(self.reader, self.territory, cache=var / "cache" / "sql")
        self._read_installation()
        self._follow_checks()

    @classmethod
    def open(cls, var: Path, release: str = "") -> "House":
        """Open the installation of a folder, on the release in service unless another is named."""
        return cls(var, release)

    def _read_installation(self) -> None:
        self.installation = Installation.read(self.var)
        self._declare()
        insee.follow(self.reader)
        self.__dict__.pop("home", None)
        self._travel: Travel | None = None
        if self.installation.territory and self.reader.name:
            self.engine.home = self.home

    def _declare(self) -> None:
        """Read this authority's own declarations, not those of a house opened since.

        They belong to the process, which serves one installation; a notebook may open several.
        """
        registry.follow(self.var / "authority" / "tables")
        follow(self.var / "authority" / "indicators")

    @cached_property
    def home(self) -> Place:
        """The installation's own territory.

        Raises:
            Refused: none was chosen yet.
        """
        if not self.installation.territory:
            raise Refused(
                f"No territory was chosen in {self.var}. Run `bassin init --territory CODE`, "
                "for instance with the SIREN of an EPCI or departement:48."
            )
        return self.territory.place(self.installation.territory)

    @property
    def travel(self) -> Travel:
        """Minutes between the communes around the installation's territory."""
        if self._travel is None:
            self._travel = Travel(self.territory, self.home)
        return self._travel

    def refresh(self) -> None:
        """Follow the release in service; called once per request."""
        if self.reader.refresh():
            self._read_installation()
        self._declare()
        self._follow_checks()

    def _follow_checks(self) -> None:
        """Show nothing of what failed a blocking check of the release being read."""
        stamp = findings.stamp(self.store, self.reader.name)
        if stamp != self._checked:
            self.engine.suspended = findings.suspended(findings.kept(self.store, self.reader.name))
            self._checked = stamp

    def place(self, key: str, on: date | None = None) -> Place:
        """A place by key or code; the home territory for an empty key."""
        return self.territory.place(key, on) if key else self.home

    def figure(
        self, name: str | Indicator, place: str | Place = "", on: date | None = None
    ) -> Figure:
        """One figure, with everything needed to show it."""
        self._declare()
        declared = indicator(name) if isinstance(name, str) else name
        where = self.place(place, on) if isinstance(place, str) else place
        return self.engine.figure(declared, where, on)

    def figures(
        self, place: Place, names: Sequence[str] = (), on: date | None = None
    ) -> dict[str, Figure]:
        """Several figures of a place; by default all but drafts (a deprecated one says it is)."""
        self._declare()
        published = [each for each in indicators().values() if each.status != "draft"]
        chosen = [indicator(name) for name in names] or published
        self.engine.prepare(_read_together(chosen, published), place, on)
        return {each.id: self.engine.figure(each, place, on) for each in chosen}


def _read_together(chosen: list[Indicator], published: list[Indicator]) -> list[Indicator]:
    """The indicators to read in one pass of their tables: whole families, when several are wanted.

    Whole, whatever is asked for, so that there is one compiled text per table and not one per
    choice of a visitor.
    """
    wanted = Counter((each.dataset, each.native) for each in chosen)
    return [each for each in published if wanted[each.dataset, each.native] >= WORTH_READING]
