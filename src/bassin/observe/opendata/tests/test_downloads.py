"""Datasets as files: what is in them, what is never in them, and what bad addresses are told."""

import csv
import io
import json
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from django.conf import settings

from bassin.observe.opendata.exports import rows
from bassin.observe.opendata.models import Departure
from bassin.types import Origin
from tests.support.installing import install, put

CENSUS = "/donnees/tables/census"
SHOWN = "/donnees/tables/establishments_shown"


def body(response) -> bytes:
    """A file, whether it is streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_table_is_the_same_in_every_format(visit):
    told = pd.read_csv(io.BytesIO(body(visit(f"{CENSUS}.csv"))), dtype={"commune_code": str})
    kept = pq.read_table(io.BytesIO(body(visit(f"{CENSUS}.parquet")))).to_pandas()
    listed = json.loads(body(visit(f"{CENSUS}.json")))

    assert len(told) == len(kept) == len(listed["rows"]) == 40
    assert told["population"].sum() == kept["population"].sum()
    assert list(told["commune_code"]) == [row["commune_code"] for row in listed["rows"]]
    assert listed["licence"] == "Licence Ouverte 2.0"


def test_only_the_rows_of_a_place_are_given_when_it_is_asked_for(visit, installed):
    code = installed.territory.communes(installed.home)[0].code

    told = body(visit(f"{CENSUS}.csv", {"lieu": f"commune:{code}"})).decode()

    assert {row["commune_code"] for row in csv.DictReader(io.StringIO(told))} == {code}


def test_a_table_of_outlines_is_drawn_by_whoever_reads_geojson(visit):
    told = json.loads(body(visit("/donnees/tables/outlines.geojson", {"lieu": "ici"})))

    shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in told["features"]]
    assert len(shapes) == 24
    assert all(shape.area > 0 for shape in shapes)


def test_what_was_invented_says_so_in_its_name_and_on_each_row(visit):
    response = visit(f"{SHOWN}.csv")
    rows = list(csv.DictReader(io.StringIO(body(response).decode())))

    assert 'filename="EXEMPLE-establishments_shown.csv"' in response.headers["Content-Disposition"]
    assert {row["EXEMPLE"] for row in rows} == {"EXEMPLE"}


def test_a_text_that_a_spreadsheet_would_run_is_quoted_in_csv_and_left_alone_in_json(visit):
    told = body(visit(f"{SHOWN}.csv")).decode()
    listed = json.loads(body(visit(f"{SHOWN}.json")))

    assert '"\'=Atelier"' in told
    assert listed["rows"][0]["name"] == "=Atelier"


def test_a_hidden_establishment_is_a_feature_without_a_place(visit):
    told = json.loads(body(visit(f"{SHOWN}.geojson")))

    hidden = next(each for each in told["features"] if each["properties"]["is_hidden"])
    assert hidden["geometry"] is None
    assert hidden["properties"]["name"] is None


def test_a_column_that_is_no_more_declared_leaves_in_no_file_of_before(tmp_path):
    path = tmp_path / "data.parquet"
    pq.write_table(pa.table({"siret": ["1", "2"], "procedure": ["liquidation", None]}), path)
    dataset = SimpleNamespace(columns={"siret": None, "name": None})

    given = rows.together(path, dataset, rows.batches(path, dataset))

    assert given.to_pydict() == {"siret": ["1", "2"]}
    assert rows.first(path, dataset).schema == rows.schema(path, dataset) != rows.columns(path)


def test_the_schema_describes_the_columns_of_the_csv_in_their_order(visit):
    for address in (CENSUS, SHOWN):
        fields = json.loads(body(visit(f"{address}.schema.json")))["fields"]
        names = next(csv.reader(io.StringIO(body(visit(f"{address}.csv")).decode())))

        # Columns of a real file may be fewer than those declared; never others.
        assert [each["name"] for each in fields if each["name"] in names] == names


def test_a_schema_says_type_unit_and_rule_of_a_column(visit):
    told = json.loads(body(visit("/donnees/tables/outlines.schema.json")))
    fields = {each["name"]: each for each in told["fields"]}

    assert told["primaryKey"] == ["commune_code"]
    assert fields["area_km2"]["type"] == "number"
    assert fields["area_km2"]["unit"] == "km²"
    assert fields["commune_code"]["constraints"]["required"] is True
    assert "shape" not in fields


@pytest.mark.parametrize("ending", ["csv", "parquet", "json", "geojson"])
@pytest.mark.parametrize("name", ["establishments"])
def test_a_table_that_holds_people_is_given_in_no_format(visit, name, ending):
    response = visit(f"/donnees/tables/{name}.{ending}")

    assert response.status_code == 403
    assert "R123-232" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/donnees/tables/nothing/", 404),
        ("/donnees/tables/nothing.csv", 404),
        ("/donnees/tables/census.exe", 404),
        ("/donnees/tables/outlines.json", 406),
        ("/donnees/tables/census/versions/unknown.parquet", 404),
        ("/donnees/tables/establishments/versions/unknown.parquet", 403),
        ("/donnees/tables/establishments/refus.csv", 403),
        ("/donnees/tables/..%2f..%2fetc%2fpasswd.csv", 404),
        ("/donnees/tables/census%27%3B--.csv", 404),
        ("/donnees/tables/census.csv?lieu=nowhere:1", 400),
        ("/donnees/tables/areas.csv?lieu=ici", 400),
        ("/donnees/chiffres/nothing/", 404),
        ("/donnees/chiffres/nothing.csv", 404),
        ("/donnees/catalogue.exe", 404),
    ],
)
def test_a_bad_address_gets_a_clear_answer_and_leaves_no_trace(visit, address, status):
    response = visit(address)

    assert response.status_code == status
    assert "Traceback" not in response.content.decode()
    assert not Departure.objects.exists()


def test_a_program_reads_why_as_problem_details(visit):
    response = visit("/donnees/tables/nothing.csv", headers={"accept": "application/json"})

    assert response.headers["Content-Type"] == "application/problem+json"
    assert "nothing" in response.json()["detail"]


def test_each_file_that_leaves_is_counted_by_day_and_never_who_took_it(visit):
    for ending in ("csv", "csv", "parquet"):
        visit(f"{CENSUS}.{ending}").close()

    lines = {line.form: line.times for line in Departure.objects.filter(dataset="table:census")}
    assert lines == {"csv": 2, "parquet": 1}
    assert "Recensement de la population" in visit("/donnees/journal/").content.decode()


def test_what_has_not_changed_is_not_sent_again(visit):
    tag = visit(f"{CENSUS}.csv").headers["ETag"]

    assert visit(f"{CENSUS}.csv", headers={"if-none-match": tag}).status_code == 304


LOCAL = """
secrecy = {regime = "business", waiver = {fr = "le plus gros n'est pas connu", en = "unknown"}}
"""
UNITS = """units = {dataset = "urssaf_headcounts", column = "establishments", agg = "sum"}
"""


@pytest.fixture(scope="module")
def guarded(france, tmp_path_factory):
    """An authority that makes a protected figure from a table: two communes have too few firms."""
    house = install(france, tmp_path_factory.mktemp("guarded") / "var")
    packaged = settings.PACKAGE / "observe/observatory/indicators/private_employees.toml"
    text = packaged.read_text("utf-8").replace('"private_employees"', '"local_employees"', 1)
    text = text.replace('secrecy = {regime = "already_protected"}', LOCAL.strip())
    text = text.replace("\n[aggregation]", f"{UNITS}\n[aggregation]")
    folder = house.var / "authority" / "indicators"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "local_employees.toml").write_text(text, "utf-8")
    rows = [
        {"commune_code": commune.code, "naf_code": "25.62B", "period": "2024", "cog": 2026,
         "establishments": 1 if at < 2 else 12, "headcount": 1000 + at, "headcount_masked": False}
        for at, commune in enumerate(house.territory.communes(house.home))
    ]  # fmt: skip
    put(house, Origin.REAL, urssaf_headcounts=rows)
    return house


@pytest.fixture
def protected(guarded, client, settings, db):
    """Ask for an address of that installation."""
    settings.VAR = guarded.var
    return client.get


@pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
def test_a_masked_value_stays_masked_in_every_format_and_the_journal_counts_it(protected, ending):
    written = body(protected(f"/donnees/chiffres/local_employees.{ending}"))

    if ending == "parquet":
        rows = pq.read_table(io.BytesIO(written)).to_pylist()
    elif ending == "json":
        rows = json.loads(written)["rows"]
    else:
        rows = list(csv.DictReader(io.StringIO(written.decode())))
    hidden = [row for row in rows if row["status"] in ("secret", "secondary")]
    assert len(hidden) >= 2
    assert all(row["value"] in (None, "") for row in hidden)
    assert b"1000" not in written
    line = Departure.objects.get(dataset="figure:local_employees")
    assert line.masked == len(hidden)


def test_the_table_behind_a_protected_figure_is_no_longer_given(protected):
    response = protected("/donnees/tables/urssaf_headcounts.csv")

    assert response.status_code == 403
    assert "secret statistique" in response.content.decode()
