"""What is asked to be taken away, and what every file says of it: source, date, licence, choice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from bassin.indicators.house import House
from bassin.observe.companies import finding
from bassin.observe.companies.exports.columns import Column
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
from bassin.taxonomies import naf
from bassin.taxonomies.codes import Level
from bassin.types import Origin

ROWS = 2048
"""Rows that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A selection, its columns in their order, and the order of its rows."""

    house: House
    selection: Selection
    columns: Sequence[Column]
    sort: str
    language: str
    today: date
    address: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_sample(self) -> bool:
        """Whether what is taken away was invented."""
        return self.house.reader.release.origin(TABLE) == Origin.INVENTED

    def batches(self, values: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The rows as SQL expressions give them, some thousands at a time.

        The cursor is its own: a release put in service meanwhile changes nothing for this file,
        and it is closed when whoever reads stops.
        """
        cursor = self.house.reader.cursor().cursor()
        try:
            cursor.execute("SET search_path = 'release,memory'")
            sql, parameters = self.query(values)
            yield from cursor.execute(sql, parameters).fetch_record_batch(ROWS)
        finally:
            cursor.close()

    def query(self, values: Sequence[str]) -> tuple[str, list[Any]]:
        """The SQL of the rows with some expressions, and its parameters."""
        where, kept = self.selection.where()
        (join, order), before = self._ordered()
        labels = "JOIN (SELECT unnest(?) AS naf_code, unnest(?) AS naf_label) USING (naf_code)"
        codes = list(naf.rev2().codes(Level.SUBCLASS))
        said = [naf.label(code, self.language) for code in codes]
        return (
            f"SELECT {', '.join(values)} FROM {TABLE} LEFT {labels} {join} WHERE {where} {order}",
            [codes, said, *before, *kept],
        )

    def _ordered(self) -> tuple[tuple[str, str], list[Any]]:
        """A join and an order; without one asked, rows come as the table has them: by commune.

        Raises:
            Refused: there is nothing to sort by.
        """
        if not self.sort:
            return ("", ""), []
        if self.sort == "pertinence":
            sirets = finding.ranked(self.house, self.selection)
            ranks = "SELECT unnest(?) AS siret, generate_subscripts(?, 1) AS rank"
            return (f"JOIN ({ranks}) USING (siret)", "ORDER BY rank"), [sirets, sirets]
        return ("", f"ORDER BY {finding.ordered(self.selection, self.sort)}"), []

    def count(self) -> int:
        """How many rows there will be."""
        where, kept = self.selection.where()
        found = self.house.reader.rows(f"SELECT count(*) FROM {TABLE} WHERE {where}", kept)
        return int(found[0][0])

    def hidden(self) -> int:
        """How many of them have their identity hidden."""
        where, kept = self.selection.where()
        found = self.house.reader.rows(
            f"SELECT count(*) FROM {TABLE} WHERE is_hidden AND ({where})", kept
        )
        return int(found[0][0])

    def facts(self) -> dict[str, str]:
        """What every file says of itself, in words."""
        french = self.language != "en"
        version = self.house.reader.release.tables[TABLE].version
        told = [f"{each.label.say(self.language)} : {each.said.say(self.language)}"
                for each in self.selection.told()]  # fmt: skip
        every = "tous les établissements actifs" if french else "every active establishment"
        facts = {
            "title": f"{'Entreprises' if french else 'Firms'}, {self.house.home.name}",
            "source": self._source(),
            "data_date": version.vintage or version.created_at[:10],
            "licence": version.licence or "Licence Ouverte 2.0",
            "selection": " ; ".join(told) or every,
            "made_on": self.today.isoformat(),
            "address": self.address,
        }
        if self.is_sample:
            facts["warning"] = "EXEMPLE : données inventées" if french else "EXEMPLE: invented data"
        return {**facts, **self.more}

    def line(self) -> str:
        """The same in one line, for formats where only a cell can say it."""
        facts = self.facts()
        said = [facts["source"], facts["data_date"], facts["licence"]]
        return ", ".join([*said, facts["warning"]] if "warning" in facts else said)

    def _source(self) -> str:
        version = self.house.reader.release.tables[TABLE].version
        return version.publisher or "Insee, SIRENE"
