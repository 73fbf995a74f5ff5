"""Each recipe of docs/recipes.md, followed to the letter, gives what it promises."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from bassin.territory import Installation
from tests.recipes.text import PAGE, recipe

pytestmark = pytest.mark.slow

ROOT = Path(settings.CHECKOUT)
FOLDERS = {
    "Add a source": "src/bassin/sources/libraries/",
    "Add an indicator": "var/authority/indicators/",
    "Add a system": "src/bassin/observe/reading/",
}
WHERE = {"src/bassin/": "", "var/": "var/", "pack/": "pack/"}
"""Where a path of the recipes is written in the throw-away folder."""


def write(files: dict[str, str], folder: Path) -> None:
    for name, text in files.items():
        start = next(each for each in WHERE if name.startswith(each))
        path = folder / (WHERE[start] + name.removeprefix(start))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def link_or_copy(source: str, target: str) -> None:
    """Large files never change once written: they are shared with the other tests."""
    (os.link if source.endswith((".parquet", ".duckdb")) else shutil.copy2)(source, target)


@pytest.fixture(scope="module")
def followed(france, migrated_file, tmp_path_factory) -> dict:
    """What was said and shown once the three recipes were followed."""
    folder = tmp_path_factory.mktemp("recipes")
    shutil.copytree(france / "store", folder / "var" / "store", copy_function=link_or_copy)
    shutil.copyfile(migrated_file, folder / "var" / "bassin.sqlite3")
    Installation(territory="epci:200069144", name="Aubrac").write(folder / "var")
    for title in FOLDERS:
        write(recipe(title), folder)
    env = {
        **os.environ,
        "BASSIN_VAR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "bassin.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    words = [sys.executable, "-m", "tests.recipes.following", folder]
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout.splitlines()[-1]), "errors": done.stderr}


@pytest.mark.parametrize(("title", "folder"), FOLDERS.items())
def test_a_recipe_touches_no_file_outside_its_own_folder(title, folder):
    elsewhere = [
        name for name in recipe(title) if not name.startswith((folder, "pack/"))
    ]  # the pack is the publisher's file, not the project's

    assert recipe(title), f"docs/recipes.md has no chapter “{title}” with files"
    assert elsewhere == []
    assert not (ROOT / folder).exists() or folder.startswith("var/"), "it would hide the example"


def test_the_source_is_found_and_loaded(followed):
    source = followed["source"]

    assert followed["load"]["code"] == 0, followed["errors"]
    assert (source["title"], source["rows"], source["refused"]) == ("Bibliothèques publiques", 3, 0)
    assert (source["vintage"], source["error"]) == ("2026", "")


def test_the_indicator_is_computed_with_its_source_and_its_mark(followed):
    figure = json.loads(followed["figure"]["out"])[0]

    assert (figure["value"], figure["unit"], figure["period"]) == (1020, "m²", "2026")
    assert figure["origin"] == "real"
    assert figure["source"] == "Ministère de la culture, bibliothèques 2026"


def test_the_system_has_its_page_and_answers_the_search_box(followed):
    page, search = followed["pages"]["/lecture/"], followed["pages"]["/recherche/?q=biblio"]

    assert page["status"] == 200, followed["errors"]
    assert "Surface de bibliothèque" in page["text"]
    assert "80" in page["text"], "the one library of the home territory"
    assert search["status"] == 200
    assert 'href="/lecture/"' in search["text"]


def test_the_code_of_the_recipes_is_as_clean_as_ours(tmp_path):
    files = {name: text for title in FOLDERS for name, text in recipe(title).items()}
    write(files, tmp_path)
    ruff = str(Path(sys.executable).with_name("ruff"))
    ours = 'lint.isort.known-first-party=["bassin"]'
    config = [
        "--config",
        str(ROOT / "pyproject.toml"),
        "--config",
        ours,
        "--no-cache",
        str(tmp_path),
    ]

    done = subprocess.run([ruff, "check", *config], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert len(files) > 10


def test_the_readme_leads_to_each_recipe():
    told = (ROOT / "README.md").read_text("utf-8")

    for title in FOLDERS:
        anchor = title.lower().replace(" ", "-")
        assert f"(docs/recipes.md#{anchor})" in told
    assert PAGE.exists()
