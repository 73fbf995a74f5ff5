"""What every test may ask for, those of `tests/` and those inside the systems' own folders."""

from hypothesis import settings

# A busy machine is no bug: what a property costs is measured by `make bench`.
settings.register_profile("bassin", deadline=None)
# pytest --hypothesis-profile=long FILE: a search of some minutes, before a release.
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("bassin")

# `needs` comes last: it imports the others, whose asserts pytest must rewrite first.
pytest_plugins = (
    "tests.support.pack",
    "tests.support.rome",
    "tests.support.postgres",
    "tests.support.browser",
    "tests.support.france",
    "tests.support.mailbox",
    "tests.support.people",
    "tests.support.at_once",
    "tests.support.needs",
)
