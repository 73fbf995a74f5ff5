"""Taxable income read from a GeoPackage made here from a small table."""

from pathlib import Path

import numpy as np
import pyarrow.csv
import pyogrio
import pytest
import shapely

from bassin.sources.tax_income import TaxIncome
from tests.support import t12
from tests.support.loading import DATA, edited, loaded

SAMPLE = DATA / "tax_income" / "com.csv"


def package(into: Path, table: Path = SAMPLE, layer: str = "com") -> Path:
    """The publisher's container (layer in Lambert 93) around the rows of a small table."""
    types = pyarrow.csv.ConvertOptions(column_types={"DEPCOM": pyarrow.string()})
    rows = pyarrow.csv.read_csv(table, convert_options=types)
    shape = shapely.to_wkb(shapely.box(650_000, 6_850_000, 651_000, 6_851_000))
    path = into / "income" / "MTA-sample.gpkg"
    path.parent.mkdir(parents=True)
    pyogrio.raw.write(
        path, layer=layer, driver="GPKG", geometry_type="Polygon", crs="EPSG:2154",
        geometry=np.array([shape] * rows.num_rows, dtype=object), fields=rows.column_names,
        field_data=[column.to_numpy() for column in rows.columns],
    )  # fmt: skip
    return path


def test_income_and_households_of_each_commune_are_read(tmp_path):
    found = loaded(TaxIncome(), tmp_path / "store", package(tmp_path))
    orly = next(r for r in found.rows if r["commune_code"] == "94054")
    assert (found.run.rows, found.run.refused) == (4, 0)
    assert (orly["taxable_income_eur"], orly["tax_households"]) == (210e6, 12_000)
    assert (orly["territory_code"], orly["period"], orly["cog"]) == ("T12", "2013", 2015)


def test_paris_is_given_by_arrondissement_only(tmp_path):
    found = loaded(TaxIncome(), tmp_path / "store", package(tmp_path))
    paris = [r["commune_code"] for r in found.rows if r["commune_code"].startswith("75")]
    assert paris == ["75101", "75102"]


def test_a_file_that_is_no_geopackage_is_told(tmp_path):
    # given a package cut half-way
    path = package(tmp_path)
    path.write_bytes(path.read_bytes()[:50])

    # when it is loaded
    found = loaded(TaxIncome(), tmp_path / "store", path)

    # then the sentence names the file and what to do
    assert "MTA-sample.gpkg is truncated or is not a GeoPackage" in found.run.error
    assert "Download the file again" in found.run.error
    assert "est tronqué ou n'est pas un GeoPackage. Téléchargez" in found.run.error_fr
    # and nothing of the library's own words, nor of where the kept copy is
    assert str(tmp_path) not in found.run.error
    assert "(" not in found.run.error


def test_another_layer_is_told_with_those_there_are(tmp_path):
    path = package(tmp_path, layer="communes")
    found = loaded(TaxIncome(), tmp_path / "store", path)
    assert "has no layer “com”; its layers are communes" in found.run.error


def test_a_renamed_field_is_named(tmp_path):
    path = package(tmp_path, edited(SAMPLE, tmp_path / "in", ("INC,", "REVENU,")))
    found = loaded(TaxIncome(), tmp_path / "store", path)
    assert "has no column INC" in found.run.error


def test_a_negative_income_and_a_short_code_are_refused_with_their_rank(tmp_path):
    path = package(
        tmp_path, edited(SAMPLE, tmp_path / "in", (",1000000000,", ",-1,"), ("75102", "7512"))
    )
    source = TaxIncome()
    source.max_refused_pct = 60
    found = loaded(source, tmp_path / "store", path)
    assert [(r["line"], r["column_name"]) for r in found.refused] == [
        (2, "commune_code"),
        (4, "taxable_income_eur"),
    ]


@pytest.mark.pack
def test_the_pack_gives_24840_euros_per_tax_household(tmp_path, pack):
    found = loaded(TaxIncome(), tmp_path, pack / "income" / "MTA-metroparis.gpkg")
    assert (found.run.rows, found.run.refused) == (150, 0)
    inside = [r for r in found.rows if r["territory_code"] == "T12"]
    assert {r["commune_code"] for r in inside} == t12.COMMUNES
    income = sum(r["taxable_income_eur"] for r in inside)
    households = sum(r["tax_households"] for r in inside)
    assert (round(income / 1e9, 2), households, round(income / households)) == (
        9.46,
        380_862,
        24_840,
    )
