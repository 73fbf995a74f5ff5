"""The matrix of permissions: every `can_…` of every floor and system, for every kind of person.

Beside each `permissions.py`, a file `tests/permission_cases.py` (for `parties` and `commons`,
`tests/<floor>/permission_cases.py`; beside a `permissions_<family>.py`, one whose name ends so)
holds PERMISSIONS: for each function, its cases; for each case, who is allowed. Whoever is not
named must be refused: an officer, a partner, a firm, a visitor who signed in, the administrator of
another organisation, and someone who did not sign in.
"""

import ast
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(settings.CHECKOUT)
PACKAGE = ROOT / "src" / "bassin"
EVERYONE = ("awa", "bruno", "chloe", "dan", "eve", "visitor")


@dataclass(frozen=True)
class Case:
    """One question put to one permission: about what, and who gets a yes.

    `about(people)` makes the object; without it, the permission is asked about nothing.
    """

    words: str
    about: Callable[[Any], Any] | None = None
    yes: str = ""


def declared_in() -> list[Path]:
    return sorted(PACKAGE.rglob("permissions*.py"))


def named(path: Path) -> list[str]:
    """The permissions a file defines, read from its text: importing one elsewhere adds none."""
    body = ast.parse(path.read_text("utf-8")).body
    return [
        each.name
        for each in body
        if isinstance(each, ast.FunctionDef) and each.name.startswith("can_")
    ]


def cases_of(path: Path) -> dict[str, list[Case]]:
    """What is declared beside a file of permissions; {} when nothing is."""
    beside = path.parent / "tests" / path.name.replace("permissions", "permission_cases")
    found = beside if beside.exists() else ROOT / "tests" / path.parent.name / beside.name
    if not found.exists():
        return {}
    name = f"{beside.stem}_of_{path.parent.name}"
    if name not in sys.modules:
        spec = spec_from_file_location(name, found)
        module = sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name].PERMISSIONS


def questions() -> list:
    return [
        pytest.param(path, function, case, id=f"{path.parent.name}-{function}-{case.words}")
        for path in declared_in()
        for function, cases in cases_of(path).items()
        for case in cases
    ]


def test_every_permission_says_who_is_allowed():
    silent = [
        f"{path.parent.name}: {function}"
        for path in declared_in()
        for function in named(path)
        if not cases_of(path).get(function)
    ]

    assert declared_in(), "no permission was found: the search looks in the wrong place"
    assert silent == [], "declare their cases in tests/permission_cases.py"


def test_no_case_is_about_a_permission_that_is_gone():
    gone = [
        f"{path.parent.name}: {function}"
        for path in declared_in()
        for function in cases_of(path)
        if function not in named(path)
    ]

    assert gone == []


@pytest.mark.parametrize(("path", "function", "case"), questions())
def test_a_permission_is_given_to_those_named_and_to_nobody_else(path, function, case, people):
    dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    asked = getattr(import_module(dotted), function)
    about = [] if case.about is None else [case.about(people)]
    assert len(inspect.signature(asked).parameters) > len(about), "it is asked about nothing"

    answers = {name: asked(getattr(people, name), *about) for name in EVERYONE}

    assert set(case.yes.split()) <= set(EVERYONE)
    assert answers == {name: name in case.yes.split() for name in EVERYONE}
