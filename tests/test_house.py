"""The rules of the house that a machine can watch: sizes, floors, locks, documented names."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from bassin import cli

ROOT = Path(settings.CHECKOUT)
PACKAGE = ROOT / "src" / "bassin"
FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES = 400, 600, 40
OVERSIZED: set[str] = set()
"""Files allowed to be longer, each with a reason beside it. It only ever shrinks."""

ENGINE_FLOORS = (
    "store", "sources", "territory", "taxonomies", "indicators", "pairing",
    "chain", "systems", "packages", "errors", "letters", "types",
)  # fmt: skip
RELATIVE = re.compile(r"\bfrom[\s\\]*\.")
"""What a file says that may import by a relative name: others need not be read as Python."""
SAMPLE_NAMES = re.compile(r"\bT12\b|Grand-Orly|200058014")


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts


def python_files() -> list[Path]:
    folders = [ROOT / name for name in ("src", "tests", "scripts", "bench")]
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def written_files() -> list[Path]:
    """Python files written by people: migrations are Django's."""
    return [path for path in python_files() if "migrations" not in path.parts]


def test_no_file_is_too_long_to_read():
    long = {}
    for path in written_files():
        lines = path.read_text("utf-8").count("\n")
        if lines > (TEST_FILE_LINES if is_test(path) else FILE_LINES):
            long[str(path.relative_to(ROOT))] = lines

    assert {name: lines for name, lines in long.items() if name not in OVERSIZED} == {}
    assert set(long) >= OVERSIZED, "take the files that are short again off the list"


def test_no_function_is_too_long_to_read():
    long = []
    for path in written_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {lines}")

    assert long == []


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in written_files()
        if not is_test(path) and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]

    assert silent == []


def test_no_file_of_the_project_is_empty():
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    files = [ROOT / name for name in listed.stdout.splitlines()]
    # A test folder's fixture may be an empty file on purpose: "what if the file is empty?"
    empty = [
        str(path.relative_to(ROOT))
        for path in files
        if path.is_file() and not path.stat().st_size and "data" not in path.parts
    ]

    assert empty == []


def test_every_folder_of_modules_is_a_package():
    # Without `__init__.py`, import-linter would not see what stands inside.
    folders = {path.parent for path in PACKAGE.rglob("*.py") if not is_test(path)}

    assert [str(each) for each in folders if not (each / "__init__.py").exists()] == []


def test_no_import_is_relative():
    relative = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files()
        if RELATIVE.search(text := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def texts_for_any_territory(*suffixes: str) -> list[Path]:
    """Files of the project that must hold for any territory: all but the sample and the tests."""
    found = [path for folder in ("src", "scripts") for path in (ROOT / folder).rglob("*")]
    return [
        path
        for path in sorted(found)
        if path.suffix in suffixes
        and not is_test(path)
        and PACKAGE / "demo" not in path.parents
        and path.name != "sample.py"
    ]


def test_the_sample_territory_is_named_only_in_the_sample_and_in_tests():
    suffixes = (".py", ".html", ".toml", ".yaml", ".json", ".csv", ".po", ".css", ".js", ".svg")
    named = [
        str(path.relative_to(ROOT))
        for path in texts_for_any_territory(*suffixes)
        if SAMPLE_NAMES.search(path.read_text("utf-8"))
    ]

    assert named == []


def test_no_text_that_people_read_names_a_commune_of_the_sample():
    facts = tomllib.loads((PACKAGE / "demo" / "facts" / "communes.toml").read_text("utf-8"))
    listed = [re.escape(each["name"]) for each in facts.values() if "name" in each]
    names = re.compile("|".join(rf"\b{name}\b" for name in listed))
    pages = texts_for_any_territory(".html", ".po", ".toml")
    cards = [path for path in texts_for_any_territory(".py") if path.name == "system.py"]

    named = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in [*pages, *cards]
        if (found := names.search(path.read_text("utf-8")))
    ]

    assert named == []


def test_the_contract_of_the_engines_names_every_engine_there_is():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    watched = next(each["source_modules"] for each in contracts if each["type"] == "forbidden")
    there = {
        f"bassin.{name}"
        for name in ENGINE_FLOORS
        if (PACKAGE / f"{name}.py").exists() or (PACKAGE / name / "__init__.py").exists()
    }

    assert there <= set(watched)


@pytest.mark.parametrize("name", ["requirements/base.lock", "requirements/dev.lock"])
def test_python_locks_hold_versions_and_hashes_but_no_address(name):
    lock = (ROOT / name).read_text("utf-8")
    pinned = re.findall(r"^[a-z0-9][^\s=]*==", lock, flags=re.MULTILINE)

    assert "http" not in lock
    assert "--index-url" not in lock
    assert "--find-links" not in lock
    assert len(pinned) > 50
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_the_npm_lock_holds_no_address():
    lock = (ROOT / "package-lock.json").read_text("utf-8")

    assert '"resolved"' not in lock
    assert '"integrity": "sha512-' in lock
    # People who give money are thanked at an address; nothing is downloaded from it.
    addresses = re.findall(r'"(\w+)": "https?://', lock)
    assert set(addresses) <= {"url"}


def test_every_setting_is_documented():
    used = set()
    for path in [*PACKAGE.rglob("*.py"), ROOT / "Makefile"]:
        used |= set(re.findall(r"\bBASSIN_[A-Z_]*[A-Z]\b", path.read_text("utf-8")))
    documented = set(re.findall(r"BASSIN_[A-Z_]*[A-Z]", (ROOT / "docs/settings.md").read_text()))

    assert used - documented == set(), "say in docs/settings.md what they are for"
    assert documented - used == set(), "nothing reads these any more"


def test_every_command_is_documented():
    told = (ROOT / "docs/commands.md").read_text("utf-8")
    documented = set(re.findall(r"^## bassin ([a-z-]+)$", told, flags=re.MULTILINE))

    assert documented == set(cli.known_commands())


def test_every_make_target_is_documented():
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    told = (ROOT / "docs/commands.md").read_text("utf-8")

    missing = [name for name in targets[1].split() if f"`make {name}`" not in told]
    assert set(missing) <= {"setup", "help"}
