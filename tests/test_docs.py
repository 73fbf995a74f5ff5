"""What is not written down does not exist for a newcomer: the documentation is checked like code.

Settings, commands and make targets are checked in tests/test_house.py.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

import bassin.sources
from bassin.indicators.catalogue import folders, indicators
from bassin.sources.registry import derivations, sources
from bassin.systems import systems

ROOT = Path(settings.CHECKOUT)
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)\s]+))?\)")
PICTURES_KB = 250


def pages() -> list[Path]:
    return [ROOT / "README.md", *sorted(DOCS.glob("*.md")), *sorted((ROOT / "src").rglob("*.md"))]


def told(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def names(text: str) -> set[str]:
    """What a page names in the letters of code."""
    return set(re.findall(r"`([\w-]+)`", text))


def beside(folder: Path) -> set[str]:
    """What the pages inside a folder name: a recipe may document what it adds where it adds it."""
    return {name for path in folder.rglob("README.md") for name in names(told(path))}


def test_every_source_and_every_derived_table_is_documented():
    own = {name for each in bassin.sources.__path__ for name in beside(Path(each))}

    missing = {*sources(), *derivations()} - names(told(DOCS / "sources.md")) - own

    assert missing == set(), (
        "say in docs/sources.md, or in the source's own README.md, what it holds"
    )


def test_every_indicator_is_documented():
    own = {name for folder in folders() for name in beside(folder)}

    missing = indicators().keys() - names(told(DOCS / "indicators.md")) - own

    assert missing == set(), "give each its row in docs/indicators.md"


def test_no_page_documents_an_indicator_that_is_gone():
    rows = re.findall(r"^\| `(\w+)`", told(DOCS / "indicators.md"), flags=re.MULTILINE)
    packaged = {path.stem for path in (ROOT / "src").rglob("indicators/*.toml")}

    assert [name for name in rows if name not in packaged] == []


def test_every_indicator_says_what_it_is_in_both_languages():
    silent = [
        name
        for name, each in indicators().items()
        for text in (each.label, each.definition, each.universe)
        if not text.fr or not text.en
    ]

    assert silent == []


def test_every_system_is_in_the_glossary():
    missing = {each.slug for each in systems()} - names(told(DOCS / "glossary.md"))

    assert missing == set()


def test_every_floor_is_in_the_guide_of_the_house():
    stand = {
        path.stem if path.suffix else path.name
        for path in (ROOT / "src" / "bassin").iterdir()
        if (path / "__init__.py").exists() or path.suffix == ".py"
    } - {"__init__", "cli", "locale"}

    assert stand - names(told(DOCS / "architecture.md")) == set()


@pytest.mark.parametrize("page", pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_of_a_page_leads_nowhere(page):
    broken = []
    for target, anchor in LINK.findall(told(page)):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        path = (page.parent / target).resolve()
        if not path.exists():
            broken.append(target)
        elif anchor and anchor not in anchors(told(path)):
            broken.append(f"{target}#{anchor}")

    assert broken == []


def anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def test_every_page_of_the_documentation_is_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        near = [(page.parent / target).resolve() for target, _ in LINK.findall(told(page))]
        waiting += [p for p in near if p.suffix == ".md" and p.exists() and p not in reached]

    assert set(DOCS.glob("*.md")) - reached == set()


def test_the_readme_holds_on_two_screens():
    lines = told(ROOT / "README.md").splitlines()

    assert len(lines) <= 90
    assert max(map(len, lines)) <= 250


def test_pictures_are_light_and_all_used():
    shown = {Path(target).name for page in pages() for target, _ in LINK.findall(told(page))}
    pictures = list((DOCS / "pictures").iterdir())

    assert [p.name for p in pictures if p.stat().st_size > PICTURES_KB * 1000] == []
    assert [p.name for p in pictures if p.name not in shown] == []


def test_the_picture_of_the_house_shows_the_floors_as_they_stand():
    words = [sys.executable, ROOT / "scripts" / "house.py", "--check"]

    said = subprocess.run(words, capture_output=True, text=True, check=False)

    assert said.returncode == 0, said.stdout


def test_python_of_the_guide_of_the_house_runs(france, tmp_path):
    block = re.search(r"```python\n(.*?)```", told(DOCS / "architecture.md"), flags=re.DOTALL)
    (tmp_path / "var").symlink_to(france)

    script = f"{block[1]}\nprint(house.figure('population', 'departement:48').observation.value)"
    env = {"PYTHONPATH": str(ROOT / "src"), "PATH": ""}
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert said.stdout.strip() == "76486.0", said.stderr
