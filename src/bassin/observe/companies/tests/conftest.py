"""Firms to look for: a handful that tests name, and many that a generator draws."""

import pytest

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
