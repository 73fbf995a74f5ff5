"""What every test may ask for, those of `tests/` and those inside the systems' own folders."""

# `needs` comes last: it imports the others, whose asserts pytest must rewrite first.
pytest_plugins = (
    "tests.support.pack",
    "tests.support.postgres",
    "tests.support.browser",
    "tests.support.france",
    "tests.support.needs",
)
