"""Fonds vert: amounts, lost zeros, and € per inhabitant with the communes that have none."""

import json

import pytest

from bassin.sources import Raw
from bassin.sources.geography import Communes
from bassin.sources.green_projects import GreenProjects
from tests.support import t12
from tests.support.loading import DATA, edited, loaded, published, runner

SAMPLE = DATA / "green_projects" / "aids" / "fonds-vert-2023-export.csv"
COMMUNES = [
    ("01004", "Ambérieu-en-Bugey", "01", 15_000, {}),
    ("01376", "Saint-Maurice-de-Beynost", "01", 4_000, {}),
    ("2A004", "Ajaccio", "2A", 74_000, {}),
    ("38185", "Grenoble", "38", 158_000, {}),
    ("75056", "Paris", "75", 2_100_000, {}),
    ("94054", "Orly", "94", 25_000, {}),
    ("94065", "Rungis", "94", 5_700, {}),
    ("94081", "Vitry-sur-Seine", "94", 95_000, {}),
    ("94099", "Ancienne commune inventée", "94", None, {"chefLieu": "94065"}),
]


def communes(into, *years):
    """A small list of communes in the layout of the package, for each year."""
    records = [
        {
            "code": code, "nom": name, "departement": departement, "population": population,
            "type": "commune-deleguee" if more else "commune-actuelle", **more,
        }
        for code, name, departement, population, more in COMMUNES
    ]  # fmt: skip
    made = []
    for year in years:
        path = into / f"{year}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(records), encoding="utf-8")
        made.append(Raw(path, f"{year}/communes.json"))
    return made


def by_commune(tmp_path, projects=SAMPLE, years=(2023, 2026)):
    """The derived table, by commune."""
    made = runner(tmp_path / "store")
    lists = made.load(Communes(), communes(tmp_path / "lists", *years), publish=False)
    run = made.load(GreenProjects(), [Raw(projects, f"aids/{projects.name}")], publish=False)
    assert (lists.status, run.status) == ("published", "published"), run.error
    made.finish()
    rows = published(tmp_path / "store", "green_projects_communes")
    return {r["commune_code"]: r for r in rows}


def test_amounts_with_no_break_spaces_and_a_euro_sign_are_numbers(tmp_path):
    found = loaded(GreenProjects(), tmp_path, SAMPLE)
    assert (found.run.rows, found.run.refused) == (9, 0)
    amounts = {r["title"]: r["amount_eur"] for r in found.rows}
    assert amounts["École inventée"] == 1_026_800
    assert amounts["Square inventé"] == 73_200.5
    assert amounts["Étude inventée"] == 530


def test_codes_that_lost_their_zeros_are_repaired(tmp_path):
    found = loaded(GreenProjects(), tmp_path, SAMPLE)
    rows = {r["title"]: r for r in found.rows}
    assert rows["Décharge inventée"]["commune_code"] == "01004"
    assert rows["Décharge inventée"]["departement_code"] == "01"
    assert rows["Étude inventée"]["commune_code"] == "2A004"


@pytest.mark.parametrize(
    ("title", "siren"),
    [
        ("Décharge inventée", "000078004"),
        ("Avenue inventée", "058502329"),  # eight digits
        ("École inventée", "884439035"),  # a SIRET
        ("Square inventé", "057201139"),  # a SIRET that lost its zero
        ("Friche inventée", None),  # #N/A
        ("Vallée inventée", None),  # #
        ("Crèche inventée", None),  # ten digits: cannot be told
        ("Étude inventée", None),
    ],
)
def test_a_siren_is_repaired_or_absent_never_guessed(title, siren, tmp_path):
    found = loaded(GreenProjects(), tmp_path, SAMPLE)
    assert next(r for r in found.rows if r["title"] == title)["siren"] == siren


def test_a_project_without_a_commune_or_a_number_is_kept(tmp_path):
    found = loaded(GreenProjects(), tmp_path, SAMPLE)
    rows = {r["title"]: r for r in found.rows}
    assert rows["Vallée inventée"]["commune_code"] is None
    assert rows["Friche inventée"]["project_id"] is None


def test_projects_of_arrondissements_belong_to_their_city(tmp_path):
    found = loaded(GreenProjects(), tmp_path, SAMPLE)
    assert [r["commune_code"] for r in found.rows if r["departement_code"] == "75"] == [
        "75056",
        "75056",
    ]


def test_every_commune_of_a_department_met_counts_with_its_zero(tmp_path):
    # given projects in Orly and Vitry, none in Rungis nor in the whole of Isère
    rows = by_commune(tmp_path)

    # then Orly has its two, Rungis has zero with its inhabitants, and Isère is absent
    assert (rows["94054"]["projects"], rows["94054"]["amount_eur"]) == (2, 1_100_000.5)
    assert (rows["94065"]["projects"], rows["94065"]["amount_eur"]) == (0, 0)
    assert rows["94065"]["population"] == 5_700
    assert "38185" not in rows


def test_euros_per_inhabitant_is_a_ratio_inside_the_table(tmp_path):
    rows = by_commune(tmp_path).values()
    inside = [r for r in rows if r["commune_code"].startswith("94")]
    amount = sum(r["amount_eur"] for r in inside)
    assert amount / sum(r["population"] for r in inside) == 6_200_000.5 / 125_700


def test_a_project_of_a_former_commune_is_one_of_the_commune_it_joined(tmp_path):
    path = edited(SAMPLE, tmp_path / "in", ("94081;VITRY", "94099;ANCIENNE"))
    rows = by_commune(tmp_path, path)
    assert (rows["94065"]["projects"], rows["94081"]["projects"]) == (1, 0)
    assert "94099" not in rows


def test_the_list_of_communes_is_the_latest_that_is_not_younger(tmp_path):
    assert {r["cog"] for r in by_commune(tmp_path / "both").values()} == {2023}
    assert {r["cog"] for r in by_commune(tmp_path / "one", years=(2026,)).values()} == {2026}


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("94081;VITRY", "940;VITRY", 7, "commune_code"),
        ("1\u00a0026\u00a0800,00 €", "un million", 5, "amount_eur"),
        ("530,00 €", "-530,00 €", 4, "amount_eur"),
        ("530,00 €", "", 4, "amount_eur"),
        ("Parc inventé", "", 9, "title"),
        ("94;Val-de-Marne;94081", "Val;Val-de-Marne;94081", 7, "departement_code"),
    ],
)
def test_a_wrong_value_refuses_its_row_with_line_and_column(old, new, line, column, tmp_path):
    source = GreenProjects()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", edited(SAMPLE, tmp_path / "in", (old, new)))
    assert [(r["line"], r["column_name"]) for r in found.refused] == [(line, column)]


def test_a_row_given_twice_is_refused_once(tmp_path):
    text = SAMPLE.read_text(encoding="utf-8")
    path = tmp_path / "in" / SAMPLE.name
    path.parent.mkdir()
    path.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    source = GreenProjects()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [r["line"] for r in found.refused] == [11]


@pytest.mark.pack
def test_the_pack_gives_21_projects_in_13_of_the_24_communes(tmp_path, pack):
    # given the real file and the official lists installed at set-up
    made = runner(tmp_path)
    made.load(Communes(), Communes().installed(), publish=False)
    raw = Raw(pack / "aids" / "fonds-vert-2023-export.csv.gz", "aids/fonds-vert-2023-export.csv.gz")
    run = made.load(GreenProjects(), [raw], publish=False)
    assert (run.rows, run.refused) == (10_782, 0)

    # when the tables are published
    made.finish()
    projects = published(tmp_path, "green_projects")
    rows = published(tmp_path, "green_projects_communes")

    # then no project that has a commune is lost on the way
    placed = [r for r in projects if r["commune_code"]]
    assert len(placed) == 9_955
    assert sum(r["projects"] for r in rows) == 9_955
    assert sum(r["amount_eur"] for r in rows) == pytest.approx(sum(r["amount_eur"] for r in placed))
    inside = [r for r in rows if r["commune_code"] in t12.COMMUNES]
    assert (len(inside), sum(r["projects"] for r in inside)) == (24, 21)
    assert len([r for r in inside if r["projects"]]) == 13
    assert sum(r["amount_eur"] for r in inside) == 15_849_971
    assert sum(r["population"] for r in inside) == 718_211
