"""No audit writes changes of many rows at once: they happen where this file says, and why."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from auditlog.registry import auditlog
from django.apps import apps
from django.conf import settings

AT_ONCE = {"bulk_create", "bulk_update", "update"}

DECLARED = {
    "parties/privacy/actions.py:_end": "forgetting empties the audit, and writes its own line",
    "debate/workshops/actions.py:advance": "the workshop that shows the step is audited",
    "match/jobs/actions_imports.py:forget_drafts": "drafts are emptied because they hold names",
    "match/skills/imports/writing.py:_add": "the import of the catalogue is audited",
    "match/skills/imports/writing.py:_keep_courses": "the import of the catalogue is audited",
    "match/skills/imports/writing.py:_sessions": "the import of the catalogue is audited",
    "match/skills/imports/writing.py:_leave": "the import of the catalogue is audited",
    "debate/workshops/actions.py:go_to": "the workshop that shows the step is audited",
}
"""The functions that may, each with the reason why nothing is lost."""

AUDITED = {model.__name__: model for model in apps.get_models() if auditlog.contains(model)}
KNOWN = {model.__name__ for model in apps.get_models()}


def sources() -> Iterator[Path]:
    """The modules that write records; those of the sample write rows that nobody did."""
    without_records = {"store", "sources", "taxonomies", "territory", "indicators"}
    left_out = {"tests", "migrations", *without_records}
    for path in sorted(settings.PACKAGE.rglob("*.py")):
        parts = set(path.relative_to(settings.PACKAGE).parts)
        if not left_out & parts and path.name != "sample.py":
            yield path


def model_of(call: ast.Call) -> str:
    """The name at the root of `Name.objects.filter(…).update(…)`."""
    node: ast.expr = call.func
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def is_silent(call: ast.Call) -> bool:
    """Whether a call may change audited rows at once, without a line in the audit."""
    method = call.func.attr
    if method == "update" and (call.args or not call.keywords):
        return False  # a dictionary's: a query's has names only
    name = model_of(call)
    if name not in AUDITED:
        return name not in KNOWN
    if method != "update":
        return True
    watched = set(auditlog.get_model_fields(AUDITED[name])["include_fields"])
    return any(each.arg is None or each.arg in watched for each in call.keywords)


def silent(source: str) -> list[str]:
    """The functions of a module that change audited rows at once."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            calls = [each for each in ast.walk(function) if isinstance(each, ast.Call)]
            at_once = [
                each for each in calls
                if isinstance(each.func, ast.Attribute) and each.func.attr in AT_ONCE
            ]  # fmt: skip
            if any(map(is_silent, at_once)):
                found.append(function.name)
    return found


def test_rows_change_at_once_only_where_it_is_declared():
    found = {
        f"{path.relative_to(settings.PACKAGE).as_posix()}:{name}"
        for path in sources()
        for name in silent(path.read_text())
    }

    assert found == set(DECLARED)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("Action.objects.filter(pk=1).update(title='x')", True),
        ("Action.objects.filter(pk=1).update(edition=2)", False),
        ("Action.objects.bulk_create(rows)", True),
        ("Action._base_manager.bulk_update(rows, ['title'])", True),
        ("Action.objects.filter(pk=1).update(**given)", True),
        ("rows.update(title='x')", True),
        ("words.update({'title': 'x'})", False),
        ("LogEntry.objects.bulk_create(rows)", False),
    ],
)
def test_what_the_audit_would_not_see_is_seen_here(line, seen):
    assert silent(f"def f():\n    {line}\n") == (["f"] if seen else [])
