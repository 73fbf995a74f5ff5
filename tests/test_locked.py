"""What the product imports is installed with it, not only beside its tests."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import bassin

ROOT = Path(bassin.__file__).parent
LOCK = ROOT.parents[1] / "requirements" / "base.lock"
IF_THERE = {"polars"}
"""Used where somebody installed it; without it a sentence says so."""


def imported() -> dict[str, str]:
    """The outside modules that the product's own code imports, each with a file that does."""
    found = {}
    for path in ROOT.rglob("*.py"):
        if "tests" in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            found |= {name.partition(".")[0]: str(path.relative_to(ROOT)) for name in names}
    outside = found.keys() - sys.stdlib_module_names - {"bassin"} - IF_THERE
    return {name: found[name] for name in outside}


def test_every_library_that_the_product_imports_is_in_its_own_lock():
    locked = set(re.findall(r"^([a-z0-9._-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    given = packages_distributions()

    def is_locked(module: str) -> bool:
        names = {re.sub(r"[-_.]+", "-", each).lower() for each in given.get(module, [module])}
        return not names.isdisjoint(locked)

    assert {name: where for name, where in imported().items() if not is_locked(name)} == {}
