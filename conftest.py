"""What every test may ask for, those of `tests/` and those inside the systems' own folders."""

import gc

import pytest
from hypothesis import settings

# A busy machine is no bug: what a property costs is measured by `make bench`.
settings.register_profile("bassin", deadline=None)
# pytest --hypothesis-profile=long FILE: a search of some minutes, before a release.
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("bassin")

# Thousands of tests and the models of Django stay until the end: looking among them again and
# again for what could be forgotten took a quarter of the time of their making.
gc.set_threshold(50_000, 20, 50)

# One that imports another comes after it, whose asserts pytest must rewrite first.
pytest_plugins = (
    "tests.support.shared",
    "tests.support.france",
    "tests.support.pack",
    "tests.support.rome",
    "tests.support.postgres",
    "tests.support.made_once",
    "tests.support.browser",
    "tests.support.mailbox",
    "tests.support.people",
    "tests.support.at_once",
    "tests.support.needs",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: last, it would keep one process busy while the other waits."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is there before the first test is never garbage."""
    gc.freeze()
