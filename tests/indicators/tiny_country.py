"""A country of eight communes in a store, so that every figure can be checked by hand.

Métropole: five EPTs and Paris. EPT 1 has two communes (94001, 91002), the others one each. The
commune 77001 is in the region and outside the Métropole. Populations are round.
"""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bassin.indicators.compile import table
from bassin.indicators.declaration import Indicator, declare
from bassin.indicators.engine import Engine
from bassin.indicators.figure import Figure, Observation
from bassin.store import Reader, Store, Version
from bassin.territory import Territory
from bassin.types import Origin

NOW = "2026-11-20T08:00:00+00:00"
_NUMBER = count(1)
METROPOLE, REGION = "metropole:200054781", "region:11"
PEOPLE = {
    "94001": 20_000, "91002": 10_000, "94003": 20_000, "94004": 20_000, "94005": 20_000,
    "94006": 20_000, "75056": 100_000, "77001": 40_000,
}  # fmt: skip
EPTS = {"E1": ("94001", "91002"), "E2": ("94003",), "E3": ("94004",), "E4": ("94005",),
        "E5": ("94006",)}  # fmt: skip

Rows = list[dict[str, Any]]


def _geography() -> dict[str, Rows]:
    communes = [
        {
            "commune_code": code, "cog": 2026, "period": "2023", "name": f"Ville {code}",
            "article": 0, "kind": "commune", "departement_code": code[:2], "region_code": "11",
            "population": people,
        }
        for code, people in PEOPLE.items()
    ]  # fmt: skip
    communes.append({**communes[6], "commune_code": "75101", "kind": "arrondissement",
                     "successor_code": "75056", "population": 100_000})  # fmt: skip
    groupings = [
        {"grouping_code": code, "kind": "EPT", "name": f"Territoire {code}", "commune_code": member,
         "cog": 2026}
        for code, members in EPTS.items() for member in members
    ] + [
        {"grouping_code": "200054781", "kind": "METRO", "name": "Métropole", "commune_code": code,
         "cog": 2026}
        for code in PEOPLE if code != "77001"
    ] + [
        {"grouping_code": "200000001", "kind": "CA", "name": "Ailleurs", "commune_code": "77001",
         "cog": 2026}
    ]  # fmt: skip
    areas = [
        {"area_code": code, "scale": scale, "cog": 2026, "name": name, "article": 1}
        for scale, code, name in (
            ("departement", "94", "Val-de-Marne"), ("departement", "91", "Essonne"),
            ("departement", "75", "Paris"),
            ("departement", "77", "Seine-et-Marne"), ("region", "11", "Île-de-France"),
        )
    ]  # fmt: skip
    base = [
        {"commune_code": code, "cog": 2026, "period": "2023", "population": people,
         "area_km2": people / 1000, "precise": True}
        for code, people in PEOPLE.items()
    ]  # fmt: skip
    return {"communes": communes, "groupings": groupings, "areas": areas, "commune_base": base}


def _write(store: Store, name: str, rows: Rows, origin: Origin) -> None:
    schema = table(name).schema().to_pyarrow()
    with store.scratch(f"test-{name}") as folder:
        made = folder / "made"
        made.mkdir()
        pq.write_table(pa.Table.from_pylist(rows, schema), made / "data.parquet")
        store.add(
            Version(name, "v1", origin, len(rows), 0, "2018", NOW, source=name, title=name,
                    columns=tuple(schema.names), has_communes="commune_code" in schema.names),
            made,
        )  # fmt: skip


@dataclass(frozen=True)
class Country:
    """The tiny country, opened."""

    engine: Engine
    territory: Territory

    def figure(self, indicator: Indicator, place: str = "ept:E1", **asked: Any) -> Figure:
        return self.engine.figure(indicator, self.territory.place(place, asked.get("on")), **asked)

    def observed(self, indicator: Indicator, place: str = "ept:E1") -> Observation:
        return self.figure(indicator, place).observation

    def value(self, indicator: Indicator, place: str = "ept:E1") -> float | None:
        return self.observed(indicator, place).value


def _before(geography: dict[str, Rows], commune: str, ept: str) -> dict[str, Rows]:
    """The geography with its state of 2023 as well: a commune was in another EPT then."""
    then = {name: [{**row, "cog": 2023} for row in rows] for name, rows in geography.items()}
    for row in then["groupings"]:
        if row["commune_code"] == commune and row["kind"] == "EPT":
            row |= {"grouping_code": ept, "name": f"Territoire {ept}"}
    return {name: [*then[name], *rows] for name, rows in geography.items()}


def build(
    root: Path,
    origin: Origin = Origin.REAL,
    release: str = "",
    earlier: tuple[str, str] | None = None,
    **tables: Rows,
) -> Country:
    """The country with these tables besides its geography.

    `earlier` (a commune, an EPT) also gives the geography of 2023, where it was in that EPT.
    """
    store = Store(root)
    geography = _before(_geography(), *earlier) if earlier else _geography()
    with store.writing():
        for name, rows in (geography | tables).items():
            _write(store, name, rows, origin if name in tables else Origin.REAL)
        store.publish(release or f"2026-11-20T08:00:00.{next(_NUMBER):06}+00:00")
    reader = Reader(store)
    territory = Territory(reader)
    return Country(Engine(reader, territory, territory.place("ept:E1")), territory)


def everywhere(period: str = "2018", cog: int = 2020, **columns: Any) -> Rows:
    """One row per commune; a callable is given the commune's code and population."""
    return [
        {
            "commune_code": code, "period": period, "cog": cog,
            **{name: value(code, people) if callable(value) else value
               for name, value in columns.items()},
        }
        for code, people in PEOPLE.items()
    ]  # fmt: skip


def facts(**changes: Any) -> dict[str, Any]:
    """A declaration that is accepted: the census's unemployed, summed."""
    text = {"fr": "texte", "en": "text"}
    declared: dict[str, Any] = {
        "id": f"tried_{next(_NUMBER)}", "version": 1, "status": "published",
        "label": text, "definition": text, "universe": text, "kind": "sum",
        "unit": {"code": "COUNT", "symbol": "personnes", "decimals": 0, "difference": "relative"},
        "measure": {"numerator": {"dataset": "census", "column": "unemployed", "agg": "sum"}},
        "aggregation": {"rule": "sum"},
        "sources": [
            {"producer": "Insee", "title": "RP", "licence": "LO", "citation": "Insee {vintage}"}
        ],
        "time": {"frequency": "P1Y", "vintage": "latest"},
        "geography": {"native": "commune", "levels": ["commune"], "cog": 2026},
        "comparators": {"rank": {"within": "default", "order": "desc", "min_units": 5}},
        "quality": {"sampling": False}, "secrecy": {"regime": "already_protected"},
        "comparability": {"not_with": []},
        "access": {"visibility": "public", "steward": "observatoire"},
        "checks": [{"name": "positive", "assert": "value >= 0"}],
    }  # fmt: skip
    return declared | changes


def term(column: str, dataset: str = "census", agg: str = "sum", where: str = "") -> dict[str, str]:
    """One term of a measure."""
    return {"dataset": dataset, "column": column, "agg": agg} | ({"where": where} if where else {})


def total(column: str, dataset: str = "census", **changes: Any) -> Indicator:
    """A summed amount."""
    agg = {"agg": changes.pop("agg", "sum"), "where": changes.pop("where", "")}
    return declare(facts(measure={"numerator": term(column, dataset, **agg)}, **changes))


def rate(numerator: str, denominator: str, dataset: str = "census", **changes: Any) -> Indicator:
    """A percentage recomputed from its parts."""
    where = changes.pop("where", "")
    declared = {
        "kind": "ratio",
        "unit": {"code": "PERCENT", "symbol": "%", "decimals": 1, "difference": "points"},
        "measure": {
            "scale": 100,
            "numerator": term(numerator, dataset, where=where),
            "denominator": term(denominator, dataset),
        },
        "aggregation": {"rule": "recompute_from_parts"},
    }
    return declare(facts(**(declared | changes)))


def published(column: str, dataset: str, where: str = "") -> Indicator:
    """A value that its producer publishes for each commune."""
    return declare(
        facts(
            kind="median",
            unit={"code": "EUR", "symbol": "€", "decimals": 0, "difference": "relative"},
            measure={"numerator": term(column, dataset, "value", where)},
            aggregation={"rule": "published_only"},
        )
    )
