"""A register as Insee publishes it, with the names of people in it, and what may be shown of it.

The shown table is derived by the source's own code: what a page leaks would leak in service.
"""

from datetime import date
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from bassin.indicators.house import House
from bassin.observe.companies.search.index import FIRMS
from bassin.observe.companies.tests.shown import keyed
from bassin.sources.sirene.shown import SHOWN
from bassin.store import Store, Version
from bassin.store import made as prepared
from bassin.types import Origin

PLANTED = ("QUENTIN", "ZAGREUS", "COIFFURE QZ", "IMPASSE DES LARMES", "94477", "QZ HOLDING")
"""Words of those who are hidden: none may come out of any page."""


def _of(siren: int, nic: int = 1) -> str:
    return keyed(siren * 10_000 + nic)


OPEN, PERSON, PARTIAL, DOUBT = (_of(number) for number in (10, 20, 30, 40))
OLD, SISTER, TAKEN, NEAR = _of(10, 2), _of(10, 3), _of(50), _of(60)
UNKNOWN = _of(999)
STOCK = "2026-10-31"


def establishment(siret: str, **facts: Any) -> dict[str, Any]:
    """A row of `establishments`: an open workshop that publishes everything, unless told."""
    return {
        "siret": siret, "siren": siret[:9], "state": "A", "created_on": date(2015, 3, 2),
        "state_since_on": date(2015, 3, 2), "closed_on": None, "naf_code": "25.62B",
        "naf2025_code": None, "headcount_band": "12", "headcount_year": 2024, "is_employer": True,
        "is_head_office": True, "is_natural_person": False, "name": None, "sign": None,
        "address": "1 RUE DES TOURS", "address_more": None, "postal_code": "94400",
        "city": "VITRY-SUR-SEINE", "commune_code": "94081", "x_m": None, "y_m": None,
        "longitude": 2.39, "latitude": 48.79, "diffusion": "O", "period": STOCK, "cog": 2026,
    } | facts  # fmt: skip


def _hidden(siret: str, **facts: Any) -> dict[str, Any]:
    return establishment(
        siret, name="QUENTIN ZAGREUS", sign="COIFFURE QZ", address="3 IMPASSE DES LARMES",
        postal_code="94477", naf_code="96.02A", **facts,
    )  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """One that shows everything and moved, its old place, its sister, a neighbour, one taken over,
    and three that are hidden, each for its reason."""
    return [
        establishment(OPEN, sign="ATELIER DU PONT"),
        establishment(OLD, sign="ATELIER DU PONT", state="F", closed_on=date(2019, 5, 31),
                      longitude=2.36, latitude=48.80),
        establishment(SISTER, sign="PONT SERVICES", is_head_office=False, longitude=2.40),
        establishment(NEAR, sign="VOISINE", longitude=2.3905, naf_code="25.62B"),
        establishment(TAKEN, sign="REPRISE ET FILS", state="F", closed_on=date(2012, 1, 1)),
        _hidden(PERSON, is_natural_person=True),
        _hidden(PARTIAL, diffusion="P"),
        _hidden(DOUBT, is_natural_person=None),
    ]  # fmt: skip


def _units() -> list[dict[str, Any]]:
    common = {"state": "A", "created_on": date(2009, 1, 1), "legal_category": "5710",
              "headcount_band": "12", "category": "PME", "is_ess": False, "is_mission": False,
              "acronym": None}  # fmt: skip
    return [
        {"siren": OPEN[:9], "is_natural_person": False, "name": "PONT", "diffusion": "O"} | common,
        {"siren": PERSON[:9], "is_natural_person": True, "name": "QUENTIN ZAGREUS",
         "diffusion": "O"} | common,
        {"siren": PARTIAL[:9], "is_natural_person": False, "name": "QZ HOLDING",
         "diffusion": "P"} | common,
    ]  # fmt: skip


def _links() -> list[dict[str, Any]]:
    return [
        {"predecessor_siret": OLD, "successor_siret": OPEN, "linked_on": date(2019, 6, 1),
         "goes_on": True},
        {"predecessor_siret": TAKEN, "successor_siret": OPEN, "linked_on": date(2016, 1, 1),
         "goes_on": True},
    ]  # fmt: skip


def _notice(number: str, siren: str, day: date, kind: str, **facts: Any) -> dict[str, Any]:
    return {
        "notice_id": f"A{number}", "siren": siren, "published_on": day, "judged_on": day,
        "kind": kind, "nature": f"Jugement {kind}", "is_opening": kind == "receivership",
        "is_correction": False, "is_cancellation": False, "previous_id": None,
        "company_name": "QZ HOLDING", "court": "Créteil",
    } | facts  # fmt: skip


def _notices() -> list[dict[str, Any]]:
    return [
        _notice("20200001", OPEN[:9], date(2020, 1, 10), "receivership"),
        _notice("20200002", OPEN[:9], date(2020, 9, 10), "plan"),
        _notice("20220003", OPEN[:9], date(2022, 2, 3), "closure"),
        _notice("20200009", PERSON[:9], date(2021, 4, 4), "receivership"),
    ]


def _history() -> list[dict[str, Any]]:
    common = {"siret": OPEN, "siren": OPEN[:9], "state": "A"}
    return [
        common | {"started_on": date(2019, 6, 1), "naf_code": "25.62A"},
        common | {"started_on": date(2021, 7, 1), "naf_code": "25.62B"},
    ]


_NUMBERS = ("x_m", "y_m")


def _typed(table: pa.Table) -> pa.Table:
    """The same, where no row of a column says anything: a text, or a number."""
    kinds = [
        each.with_type(pa.float64() if each.name in _NUMBERS else pa.string())
        if pa.types.is_null(each.type)
        else each
        for each in table.schema
    ]
    return table.cast(pa.schema(kinds))


def publish(house: House, moment: int, listed: list[dict[str, Any]] | None = None) -> None:
    """Put a register in service: what is published, and what is derived to be shown."""
    tables = {
        "establishments": listed or rows(), "legal_units": _units(), "successions": _links(),
        "failures": _notices(), "establishment_history": _history(),
    }  # fmt: skip
    con = ibis.duckdb.connect()
    made = {name: _typed(pa.Table.from_pylist(found)) for name, found in tables.items()}
    for name, table in made.items():
        con.create_table(name, table)
    made["establishments_shown"] = con.to_pyarrow(SHOWN.derive(con))
    now = f"2026-11-2{moment}T23:00:00.000001+00:00"
    store = Store(house.var / "store")
    with store.writing():
        for name, table in made.items():
            with store.scratch(f"test-{name}") as folder:
                (folder / "made").mkdir()
                pq.write_table(table, folder / "made" / "data.parquet")
                facts = Version(
                    name, f"test-{moment}", Origin.INVENTED, table.num_rows, 0, STOCK, now,
                    columns=tuple(table.column_names), has_communes="commune_code"
                    in table.column_names,
                )  # fmt: skip
                store.add(facts, folder / "made")
        store.publish(now)
    house.refresh()
    prepared.prepare(house.store, house.reader.name, [FIRMS])
