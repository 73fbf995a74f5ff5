"""Firms to look for: a handful that tests name, and many that a generator draws."""

from datetime import date

import pytest

from bassin.observe.companies.tests import registry
from bassin.observe.companies.tests.drawing import drawn_rows, quarters
from bassin.observe.companies.tests.shown import publish
from bassin.types import Origin
from tests.support.installing import install, put


@pytest.fixture(scope="session")
def many(france, tmp_path_factory):
    """Two thousand establishments of every sort. Read them, never write among them."""
    house = install(france, tmp_path_factory.mktemp("companies") / "var")
    put(house, Origin.INVENTED, qpv=quarters())
    publish(house, drawn_rows(2000))
    return house


@pytest.fixture
def visit(many, client, settings, db):
    """Ask for a page of that installation, as a visitor."""
    settings.VAR = many.var
    return client.get


@pytest.fixture(scope="session")
def published(france, tmp_path_factory):
    """A register with the names of people in it, and what may be shown of it."""
    made = install(france, tmp_path_factory.mktemp("register") / "var")
    registry.publish(made, 1)
    return made


@pytest.fixture
def register(published, settings, db):
    """That register in service. Read it, never publish another one in its place."""
    settings.VAR = published.var
    return published


@pytest.fixture
def own_register(france, tmp_path, settings, db):
    """The same, of which the test may publish the next load."""
    made = install(france, tmp_path / "var")
    registry.publish(made, 1)
    settings.VAR = made.var
    return made


@pytest.fixture
def today():
    """The day of the tests that write."""
    return date(2026, 11, 26)
