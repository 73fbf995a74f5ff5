"""One command makes an observatory of any French territory, with nothing but the packages."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.support.france import linked

pytestmark = pytest.mark.slow

ROOT = Path(settings.CHECKOUT)
PAGES = ("/", "@/", "@/une-page/", "@.json", "/recherche/?q=saint+nazaire", "/lieux/commune/44184/")
TERRITORIES = {
    "200058014": ("Grand-Orly Seine Bièvre", 24, 730_551),
    "200069144": ("CC des Hautes Terres de l'Aubrac", 17, 4_934),
    "departement:48": ("Lozère", 152, 76_486),
    "region:53": ("Bretagne", 1_202, 3_449_370),
}


def run(var: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess:
    """Run Python in an installation that has no network, no data pack and no settings."""
    folders = (ROOT / "tests" / "support" / "blocked", ROOT / "src", ROOT)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BASSIN_")}
    nodes = os.environ.get("BASSIN_NODE_MODULES")
    env = {
        **kept,
        "BASSIN_VAR": str(var),
        "BASSIN_PACK": str(var / "no-pack"),
        "DJANGO_SETTINGS_MODULE": "bassin.config.settings",
        "PYTHONPATH": os.pathsep.join(map(str, folders)),
        **({"BASSIN_NODE_MODULES": nodes} if nodes else {}),
    }  # fmt: skip
    command = [sys.executable, *words]
    ran = subprocess.run(command, cwd=var, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stderr
    return ran


@pytest.fixture(scope="module", params=TERRITORIES)
def visit(request, packaged, migrated_file, tmp_path_factory) -> dict:
    """What a person sees of a territory just chosen; the first begins with an empty folder, the
    others with what the same command made in it for any territory: geography and empty tables. They
    are also visited by the process that made them."""
    var = tmp_path_factory.mktemp("chosen") / "var"
    if request.param == next(iter(TERRITORIES)):
        var.mkdir()
        made = run(var, "-m", "bassin.cli", "init", "--territory", request.param).stdout
        seen = run(var, "-m", "tests.support.visit", *PAGES).stdout
    else:
        linked(packaged, var)
        shutil.copyfile(migrated_file, var / "bassin.sqlite3")
        both = run(var, "-m", "tests.support.visit", "--init", request.param, *PAGES).stdout
        made, _, seen = both.rstrip().rpartition("\n")
    read = sqlite3.connect(var / "bassin.sqlite3").execute
    origins = dict(read("SELECT ref, origin FROM programmes_action").fetchall())
    return {
        "code": request.param, "init": made, "actions": origins, **json.loads(seen)
    }  # fmt: skip


def test_the_process_really_has_no_network(tmp_path):
    asked = "import urllib.request as u; u.urlopen('http://example.org')"

    said = run(tmp_path, "-c", asked, code=1)

    assert "this test has no network" in said.stderr


def test_the_command_says_what_it_made(visit):
    name, communes, people = TERRITORIES[visit["code"]]

    assert f"{name}: {communes} communes, {people} inhabitants (2023)" in visit["init"]
    assert (visit["name"], visit["communes"], visit["population"]) == (name, communes, people)


def test_an_authority_whose_documents_are_known_finds_its_actions_and_none_is_invented(visit):
    known = visit["code"] == "200058014"

    assert len(visit["actions"]) == (34 if known else 0)
    assert set(visit["actions"].values()) == ({"cited"} if known else set())


def test_every_page_answers(visit):
    assert {address: page["status"] for address, page in visit["pages"].items()} == dict.fromkeys(
        PAGES, 200
    )


def test_the_profile_shows_outline_population_containers_and_similar_places(visit):
    page = visit["pages"]["@/"]
    text = page["text"].replace("\u202f", " ").replace("\xa0", " ")

    assert page["outline"]
    assert f"{visit['population']:,}".replace(",", " ") in text
    assert "2023" in text
    assert [name for name in visit["containers"] if name not in text] == []
    assert sum(name in text for name in visit["peers"]) >= 3, visit["peers"]


def test_the_same_figures_are_given_as_data(visit):
    data = visit["pages"]["@.json"]["json"]
    figures = {each["indicator"]: each for each in data["figures"]}

    assert data["place"] == visit["key"]
    assert data["example"] is False
    assert figures["population"]["value"] == visit["population"]
    assert figures["population"]["origin"] == "real"
    assert {each["origin"] for each in figures.values()} == {"real"}, "nothing is invented here"


def test_what_no_package_carries_is_to_be_loaded_never_invented(visit):
    figures = visit["pages"]["@.json"]["json"]["figures"]
    missing = [each for each in figures if each["value"] is None]

    assert missing
    assert [each["indicator"] for each in missing if "à charger" not in (each["why"] or "")] == []


def test_typing_any_commune_leads_to_a_true_page(visit):
    found, page = (
        visit["pages"]["/recherche/?q=saint+nazaire"],
        visit["pages"]["/lieux/commune/44184/"],
    )

    assert "Saint-Nazaire" in found["text"]
    assert page["outline"]
    assert all(name in page["text"] for name in ("Saint-Nazaire", "Loire-Atlantique", "2023"))


def test_no_page_speaks_of_the_sample_territory_elsewhere(visit):
    if visit["code"] == "200058014":
        return
    told = json.dumps(visit, ensure_ascii=False)

    assert "Grand-Orly" not in told
    assert "200058014" not in told
    assert "Exemple. Communes" not in told
