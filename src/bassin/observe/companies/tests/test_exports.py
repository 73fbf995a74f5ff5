"""What is taken away: the chosen columns in their order, opened by the programs of others."""

import io
import json
import sqlite3

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from bassin.observe.companies.exports import files
from bassin.observe.companies.selection import Selection, Typed
from tests.support.disk import small_disk

COLUMNS = "name,siret,naf_label,is_ess,created_on,headcount_year"
FILE = "/entreprises/emporter/entreprises."


@pytest.fixture
def taken(visit):
    """The bytes of a file, with the rows of the list that it should hold."""

    def take(form: str, **asked: str) -> bytes:
        response = visit(f"{FILE}{form}", {"colonnes": COLUMNS, **asked})
        assert response.status_code == 200, response.content
        assert "EXEMPLE-entreprises" in response.headers["Content-Disposition"]
        return b"".join(response.streaming_content)

    return take


@pytest.fixture
def expected(many):
    where, values = Selection.read(Typed({}), many, None).where()
    rows = many.reader.rows(
        "SELECT siret, name, longitude, created_on, is_ess FROM establishments_shown "
        f"WHERE {where}",
        values,
    )
    return {row[0]: row[1:] for row in rows}


def test_pandas_reads_the_csv_with_its_columns_in_their_order(taken, expected):
    table = pd.read_csv(io.BytesIO(taken("csv")), dtype=str)

    assert list(table.columns) == [*COLUMNS.split(","), "source"]
    assert set(table["siret"]) == set(expected)
    assert table["source"].str.contains("EXEMPLE").all()
    assert table["naf_label"].notna().any()


def test_the_geojson_says_where_it_is_from_and_draws_only_known_positions(taken, expected):
    found = json.loads(taken("geojson"))

    assert len(found["features"]) == len(expected)
    assert {"source", "data_date", "licence", "selection"} <= set(found)
    for each in found["features"]:
        known = expected[each["properties"]["siret"]][1] is not None
        assert (each["geometry"] is not None) == known
        assert list(each["properties"]) == COLUMNS.split(",")


def test_the_workbook_opens_with_dates_and_a_sheet_that_says_its_source(taken, expected):
    book = openpyxl.load_workbook(io.BytesIO(taken("xlsx")))

    page, about = book.worksheets
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][:2] == ("Nom", "SIRET")
    assert len(rows) == len(expected) + 1
    made = next(row for row in rows[1:] if row[4])
    assert made[4].date() == expected[made[1]][2]
    said = dict(about.iter_rows(values_only=True, max_col=2))
    assert said["licence"]
    assert "EXEMPLE" in said["warning"]


def test_gdal_opens_the_geopackage_with_its_points_and_its_metadata(taken, expected, tmp_path):
    path = tmp_path / "firms.gpkg"
    path.write_bytes(taken("gpkg"))

    meta, table = pyogrio.read_arrow(path)
    points = shapely.from_wkb(table[meta["geometry_name"] or "wkb_geometry"].to_numpy())
    assert meta["crs"] == "EPSG:4326"
    assert table.num_rows == len(expected)
    assert sum(point is not None for point in points) == sum(
        row[1] is not None for row in expected.values()
    )
    assert "LICENCE" in pyogrio.read_info(path)["layer_metadata"]
    with sqlite3.connect(path) as base:
        said = base.execute("SELECT description FROM gpkg_contents").fetchone()[0]
    base.close()
    assert "EXEMPLE" in said


def test_the_geoparquet_declares_its_geometry_and_says_its_source(taken, expected):
    table = pq.read_table(io.BytesIO(taken("parquet")))

    geo = json.loads(table.schema.metadata[b"geo"])
    about = json.loads(table.schema.metadata[b"about"])
    assert geo["columns"][geo["primary_column"]]["encoding"] == "WKB"
    assert table.num_rows == len(expected)
    assert about["selection"]
    first = next(value for value in table["geometry"].to_pylist() if value)
    assert shapely.from_wkb(first).geom_type == "Point"


def test_the_rows_are_in_the_order_asked_for(taken):
    table = pd.read_csv(io.BytesIO(taken("csv", tri="creation")), dtype=str)

    days = table["created_on"].dropna().tolist()
    assert days == sorted(days, reverse=True)


def test_a_form_gives_the_places_of_columns_without_javascript(visit):
    page = visit("/entreprises/emporter/", {"naf": "C"})
    response = visit(
        "/entreprises/emporter/fichier",
        {"naf": "C", "rang_siret": "2", "rang_city": "1", "rang_name": "", "format": "csv"},
    )

    assert 'name="naf" value="C"' in page.content.decode()
    assert b"".join(response.streaming_content).startswith("\ufeffcity,siret,source".encode())


@pytest.mark.parametrize(
    ("query", "said"),
    [("colonnes=salaires", "salaires"), ("rang_siret=premier", "SIRET"), ("naf=99.99Z", "99.99Z")],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(visit, query, said):
    response = visit(f"{FILE}csv?{query}")

    assert response.status_code == 400
    assert said in response.content.decode()


def test_a_format_that_is_not_written_is_refused_with_those_that_are(visit):
    response = visit(f"{FILE}pdf")

    assert response.status_code == 400
    assert "geojson" in response.content.decode()


def test_whoever_leaves_in_the_middle_leaves_no_file(visit, many):
    response = visit(f"{FILE}gpkg")
    response.close()

    assert list((many.var / "exports").iterdir()) == []


def test_what_a_killed_process_was_writing_is_taken_away(visit, many, monkeypatch):
    left = many.var / "exports" / "left"
    left.mkdir(parents=True)
    monkeypatch.setattr(files, "_FORGOTTEN_S", -1)

    visit(f"{FILE}parquet").close()

    assert not left.exists()


@pytest.mark.tmpfs
@pytest.mark.parametrize("form", ["xlsx", "gpkg", "parquet"])
def test_a_full_disk_is_told_in_a_sentence_and_keeps_no_part_of_a_file(visit, many, form):
    folder = many.var / "exports"
    folder.mkdir(exist_ok=True)
    with small_disk(folder, 1):
        (folder / "filler").write_bytes(b"0" * 995_000)

        response = visit(f"{FILE}{form}", {"colonnes": COLUMNS})

        assert response.status_code == 503
        assert "CSV" in response.content.decode()
        assert [each.name for each in folder.iterdir()] == ["filler"]
