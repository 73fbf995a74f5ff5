"""The client on the store of this machine: tables, their columns, and what is refused."""

import os
import subprocess
import sys
import types
from pathlib import Path

import pyarrow as pa
import pytest

import bassin
from bassin.client import columns

HERE = "200058014"


@pytest.fixture
def here(var, monkeypatch):
    """That installation as `BASSIN_VAR` names it."""
    monkeypatch.setenv("BASSIN_VAR", str(var))
    return bassin.place(HERE)


def test_figures_of_a_place_come_with_all_that_is_needed_to_read_them(here):
    [population, jobs] = here.figures("population", "jobs_at_workplace").arrow().to_pylist()

    assert (population["indicator"], population["place"]) == ("population", f"ept:{HERE}")
    assert population["value"] > 100_000
    assert (population["unit"], population["origin"]) == ("habitants", "real")
    assert (jobs["value"], jobs["period"], jobs["origin"]) == (2400.0, "2022", "invented")
    for row in (population, jobs):
        told = ("universe", "source", "definition", "reliability", "licence", "version")
        assert all(row[name] for name in told)
        assert row["why"] is None


def test_a_figure_whose_table_is_not_loaded_says_why_it_is_empty(here):
    [row] = here.figures("median_income").arrow().to_pylist()

    assert (row["value"], row["status"]) == (None, "missing")
    assert row["why"].startswith("à charger")


def test_all_periods_or_one_or_the_figures_as_they_were_known(here):
    name = "jobs_at_workplace"

    assert here.figures(name, period="all").arrow()["value"].to_pylist() == [240.0, 2400.0]
    assert here.figures(name, period="2017").arrow()["value"].to_pylist() == [240.0]
    assert here.figures(name, period="1901").arrow().num_rows == 0
    assert here.figures(name, at="2019-06-30").arrow()["period"].to_pylist() == ["2017"]
    assert bassin.place(HERE, at="2019").figures(name).arrow()["period"].to_pylist() == ["2017"]


def test_the_same_figure_for_each_commune_of_a_place_adds_up_to_its_own(here):
    jobs = here.figures("jobs_at_workplace", each="commune").pandas()

    assert len(jobs) == len(here.places("commune")) > 20
    assert jobs["value"].sum() == 2400.0


def test_the_three_forms_hold_the_same(here, monkeypatch):
    answer = here.figures("population")
    monkeypatch.setitem(sys.modules, "polars", types.SimpleNamespace(from_arrow=lambda t: ("p", t)))

    assert answer.arrow().schema == columns.FIGURES
    assert list(answer.pandas().columns) == answer.columns == columns.FIGURES.names
    assert answer.polars() == ("p", answer.arrow())
    assert "Population" in answer._repr_html_()
    assert len(answer) == 1


def test_without_polars_a_sentence_says_what_to_do(here, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(bassin.Refused, match="pip install polars"):
        here.figures("population").polars()


def test_places_are_found_by_key_by_code_or_by_scale(here):
    assert bassin.place("commune:94081").name == "Vitry-sur-Seine"
    assert bassin.place().key == here.key
    communes = here.places("commune").arrow()
    assert communes.schema == columns.PLACES
    assert "commune:94081" in communes["key"].to_pylist()
    assert bassin.places(within="ept:200058014").columns == columns.PLACES.names


def test_establishments_are_told_without_what_must_be_hidden(here):
    found = here.establishments().arrow()

    assert found.schema == columns.ESTABLISHMENTS
    assert found["siret"].to_pylist() == ["12345678200002", "98765432100004"]
    assert found["name"].to_pylist() == ["Atelier", None]
    assert len(bassin.establishments(naf=["25.6"])) == 2
    assert len(bassin.establishments(naf="25", headcount="11", limit=1)) == 1


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda b: b.place("999999999"), "No place of France has the code 999999999"),
        (lambda b: b.place().figures("populaton"), "Did you mean population"),
        (lambda b: b.place().figures("population", each="village"), "Scales: iris, qpv, commune"),
        (lambda b: b.place().figures("population", at="June"), "“June” is not a date"),
        (lambda b: b.establishments(naf="25.99Q"), "no activity .* 25.99Q"),
        (lambda b: b.establishments(headcount="ten"), "no headcount band ten"),
        (lambda b: b.open("/nowhere/at/all"), "There is no folder /nowhere/at/all"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(here, ask, said):
    with pytest.raises(bassin.Refused, match=said):
        ask(bassin)


def test_an_empty_folder_says_what_to_load(tmp_path):
    with pytest.raises(bassin.SourceError, match="bassin load DIR"):
        bassin.open(tmp_path).place()


def test_indicators_say_whether_their_table_is_loaded(here):
    listed = bassin.catalogue().arrow()
    loaded = dict(zip(listed["id"].to_pylist(), listed["loaded"].to_pylist(), strict=True))

    assert listed.schema == columns.INDICATORS
    assert loaded["jobs_at_workplace"] is True
    assert loaded["median_income"] is False


def test_a_name_that_the_package_does_not_have_is_an_attribute_error():
    assert not hasattr(bassin, "plaice")
    assert "connect" in dir(bassin)


def test_no_name_of_the_client_is_that_of_a_part_of_the_package():
    parts = {Path(each.name).stem for each in Path(bassin.__file__).parent.iterdir()}

    assert parts.isdisjoint(bassin._CLIENT)


def test_the_client_works_where_django_cannot_be_imported(var, tmp_path):
    (tmp_path / "django.py").write_text("raise ImportError('no Django here')", "utf-8")
    program = (
        "import bassin, sys\n"
        f"print(bassin.place('{HERE}').figures('population').arrow()['value'][0].as_py() > 1e5)\n"
        "bassin.connect('http://127.0.0.1')\n"
        "assert not [name for name in sys.modules if name.partition('.')[0] == 'django']\n"
    )
    source = str(Path(bassin.__file__).parents[1])
    path = os.pathsep.join((str(tmp_path), source))

    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "BASSIN_VAR": str(var), "PYTHONPATH": path},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (run.stdout.strip(), run.returncode) == ("True", 0), run.stderr


def test_a_table_of_nothing_still_has_its_columns():
    assert columns.table([], columns.FIGURES).schema == columns.FIGURES
    assert isinstance(columns.table([], columns.PLACES), pa.Table)
