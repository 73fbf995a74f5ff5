"""A real table takes the place of an invented one only where it speaks of the territory."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bassin.config.covering import Covering
from bassin.store import Store, Version
from bassin.types import Origin

HERE = ["94016", "94037"]


@pytest.fixture
def add(tmp_path):
    """Add a version of a table with these columns; give back what `Covering` says of it."""
    store = Store(tmp_path / "store")

    def added(table: str, **columns: list) -> bool:
        version = Version(
            table=table, version="v1", origin=Origin.REAL, rows=len(next(iter(columns.values()))),
            refused=0, vintage="2026", created_at="2026-11-20", columns=tuple(columns),
            has_communes="commune_code" in columns,
        )  # fmt: skip
        with store.scratch(table) as folder:
            pq.write_table(pa.table(columns), folder / "data.parquet")
            store.add(version, folder)
        data = store.path(table, "v1") / "data.parquet"
        return Covering(store, HERE)(version, data)

    return added


def test_a_table_of_communes_covers_by_one_row_in_the_territory(add):
    assert add("census", commune_code=["01001", "94016"])
    assert not add("prices", commune_code=["01001", None])


def test_flows_between_communes_are_about_the_workplace(add):
    assert add("flows", home_commune_code=["75113"], work_commune_code=["94016"])
    assert not add("commuting", home_commune_code=["94016"], work_commune_code=["75113"])


def test_a_table_of_employment_areas_covers_by_the_areas_of_the_territory(add):
    add("employment_areas", commune_code=["94016", "01001"], employment_area_code=["1129", "8401"])

    assert add("tension", employment_area_code=["1129"])
    assert not add("hiring_needs", employment_area_code=["8401"])


def test_a_table_of_firms_covers_by_their_establishments_in_the_territory(add):
    add("establishments", commune_code=["94016", "38185"], siren=["111111111", "222222222"])

    assert add("legal_units", siren=["111111111"])
    assert not add("failures", siren=["222222222", None])


def test_firms_cover_nothing_while_no_establishment_is_known(add):
    assert not add("legal_units", siren=["111111111"])


def test_a_nomenclature_covers_everything(add):
    assert add("rome_occupations", rome_code=["A1101"], label=["Conduite"])
