"""The data of an installation of this machine, computed by the same engine as its pages."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from bassin.client import columns
from bassin.client.answer import Answer
from bassin.client.columns import Day
from bassin.client.data import Data, Place
from bassin.errors import Refused, SourceError
from bassin.indicators import asked
from bassin.indicators.catalogue import indicator, indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.export import record
from bassin.indicators.house import House
from bassin.indicators.numbers import unit
from bassin.indicators.secrecy import journal
from bassin.taxonomies import naf as activities
from bassin.taxonomies.headcounts import bands
from bassin.territory import Place as Known
from bassin.types import Scale, Text

SHOWN = "establishments_shown"
"""The one table of establishments read here: what must be hidden is not in it."""


WAY = "client"
"""How the journal of what is hidden names this one."""


class Local(Data):
    """An installation by its folder."""

    def __init__(self, var: Path, release: str = "", language: str = "fr") -> None:
        if not var.is_dir():
            raise Refused(
                f"There is no folder {var}. Set BASSIN_VAR, give the folder of an installation to "
                "bassin.open(), or make one with `bassin demo --build-only`."
            )
        self.language = language
        self._house = House.open(var, release)

    def __repr__(self) -> str:
        return f"bassin.open({str(self._house.var)!r})"

    @property
    def house(self) -> House:
        """The house on the release in service, with its own declarations.

        Raises:
            SourceError: nothing was published in that folder.
        """
        self._house.refresh()
        if not self._house.reader.name:
            raise SourceError(
                Text(
                    f"Rien n'est publié dans {self._house.var}. Chargez des données par `bassin "
                    "load DOSSIER`, ou fabriquez l'exemple par `bassin demo --build-only`.",
                    f"Nothing is published in {self._house.var}. Load data with `bassin load DIR`, "
                    "or build the sample with `bassin demo --build-only`.",
                )
            )
        return self._house

    def place(self, key: str = "", at: Day = None) -> Place:
        found = self.house.place(key, columns.day(at))
        return Place(
            found.key, found.scale.value, found.code, found.name, found.population,
            found.population_period, self, at,
        )  # fmt: skip

    def places(self, scale: str = "", *, within: str = "", at: Day = None) -> Answer:
        gazetteer = self.house.territory.gazetteer(columns.day(at))
        found = list(gazetteer.by_scale[_scale(scale)] if scale else gazetteer.places.values())
        if within:
            around = self.house.place(within, columns.day(at))
            found = [each for each in found if around.key in each.parents]
        rows = [_place(each, gazetteer.cog) for each in sorted(found, key=lambda p: p.key)]
        return Answer(columns.table(rows, columns.PLACES))

    def catalogue(self) -> Answer:
        house, words = self.house, self.language
        rows = [_declared(each, house, words) for each in _public()]
        return Answer(columns.table(rows, columns.INDICATORS))

    def observe(
        self, place: str, indicators: Sequence[str], at: Day, period: str, each: str
    ) -> Answer:
        house, on = self.house, columns.day(at)
        places = [house.place(place, on)]
        if each:
            within = house.territory.gazetteer(on).by_scale[_scale(each)]
            places = [known for known in within if places[0].key in known.parents]
        rows: list[dict[str, Any]] = []
        with journal.leaving() as left:
            for declared in [indicator(name) for name in indicators] or _public():
                found = house.engine.observe(declared, places, on)
                rows += [
                    record(declared, one, self.language)
                    for known in places
                    for one in asked.kept(house.reader, declared, known, found[known.key], period)
                ]
        journal.Journal(house.var).note(WAY, left.hidden, date.today())  # noqa: DTZ011  a day's count
        return Answer(columns.table(rows, columns.FIGURES))

    def establishments(
        self, *, within: str = "", naf: str | Sequence[str] = "",
        headcount: str | Sequence[str] = "", state: str = "A", limit: int = 0,
    ) -> Answer:  # fmt: skip
        house = self.house
        if not house.reader.has(SHOWN):
            raise SourceError(
                Text(
                    "Les établissements ne sont pas chargés ici. Chargez le stock SIRENE.",
                    "Establishments are not loaded here. Load the SIRENE stock.",
                )
            )
        said: list[str] = ["state = ?"]
        values: list[Any] = [state]
        if within:
            said.append("commune_code IN (SELECT unnest(?))")
            values.append(sorted(house.territory.codes(house.place(within))))
        if codes := _checked(naf, activities.rev2(), "activity (NAF rev. 2)"):
            said.append("(" + " OR ".join("starts_with(naf_code, ?)" for _ in codes) + ")")
            values += codes
        if sizes := _checked(headcount, bands("sirene"), "headcount band"):
            said.append("headcount_band IN (SELECT unnest(?))")
            values.append(sizes)
        given = [name for name in columns.ESTABLISHMENTS.names if name != "origin"]
        found = house.reader.table(
            f"SELECT {', '.join(given)}, ? AS origin FROM {SHOWN} "  # noqa: S608  columns of ours
            f"WHERE {' AND '.join(said)} ORDER BY siret" + f" LIMIT {int(limit)}" * bool(limit),
            [house.reader.release.tables[SHOWN].version.origin.value, *values],
        )
        hidden = pc.sum(found["is_hidden"]).as_py() or 0
        journal.Journal(house.var).note(WAY, hidden, date.today())  # noqa: DTZ011  a day's count
        return Answer(found.cast(columns.ESTABLISHMENTS))


def _public() -> list[Indicator]:
    """Those given to everyone: no draft, and none that its declaration keeps closer."""
    return [each for each in indicators().values() if each.is_public]


def _scale(word: str) -> Scale:
    if word not in tuple(Scale):
        raise Refused(f"“{word}” is not a scale. Scales: {', '.join(Scale)}.")
    return Scale(word)


def _checked(given: str | Sequence[str], known: Any, what: str) -> list[str]:
    """Codes that exist: an empty answer would not tell a mistake from an absence."""
    codes = columns.words(given)
    wrong = [code for code in codes if code not in known]
    if wrong:
        raise Refused(f"There is no {what} {', '.join(wrong)}.")
    return codes


def _place(each: Known, cog: int) -> dict[str, Any]:
    return {
        "key": each.key, "scale": each.scale.value, "code": each.code, "name": each.name,
        "kind": each.kind or None, "population": each.population,
        "population_period": each.population_period or None,
        "communes_count": len(each.communes), "cog": cog,
    }  # fmt: skip


def _declared(each: Indicator, house: House, words: str) -> dict[str, Any]:
    return {
        "id": each.id, "label": each.label.say(words), "unit": unit(each.symbol, words) or None,
        "kind": each.kind, "chapter": each.chapter or None, "native": each.native,
        "definition": each.definition.say(words), "universe": each.universe.say(words),
        "table": each.dataset, "loaded": house.reader.has(each.dataset),
        "source": each.cited("").say(words), "licence": each.licence,
    }  # fmt: skip
