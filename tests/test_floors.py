"""import-linter does refuse what the floors of the house forbid."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

ROOT = Path(settings.CHECKOUT)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A throw-away copy of the package and of the contracts, with a second room."""
    folder = tmp_path_factory.mktemp("house")
    left_out = shutil.ignore_patterns("tests", "__pycache__", "static", "data", "locale")
    shutil.copytree(ROOT / "src" / "bassin", folder / "src" / "bassin", ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "src" / "bassin" / "match").mkdir(exist_ok=True)
    (folder / "src" / "bassin" / "match" / "__init__.py").touch()
    return folder


def judged(folder: Path) -> subprocess.CompletedProcess:
    words = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    env = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_the_house_as_it_stands_keeps_its_contracts(copied):
    said = judged(copied)

    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("store/upwards.py", "import bassin.ui"),
        ("sources/upwards.py", "import bassin.territory"),
        ("territory/sideways.py", "import bassin.taxonomies"),
        ("ui/upwards.py", "import bassin.observe"),
        ("match/sideways.py", "import bassin.observe"),
        ("observe/upwards.py", "import bassin.config"),
        ("indicators/web.py", "import django.db"),
        ("pairing/web.py", "import django.db"),
        ("client/web.py", "import django.db"),
        ("pairing/sideways.py", "import bassin.indicators"),
    ],
)
def test_an_import_against_the_floors_is_refused(copied, module, line):
    intruder = copied / "src" / "bassin" / module
    intruder.write_text(f"{line}\n")

    said = judged(copied)

    intruder.unlink()
    assert said.returncode == 1, said.stdout
    assert "BROKEN" in said.stdout
    assert module.replace("/", ".").removesuffix(".py") in said.stdout
