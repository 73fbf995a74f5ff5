"""The pages of open data, as anyone may ask for them."""

import pytest

from tests.support.installing import install


@pytest.fixture(scope="session")
def installed(france, tmp_path_factory):
    """The tables that come with packages. Read it, never write in it."""
    return install(france, tmp_path_factory.mktemp("opendata") / "var")


@pytest.fixture
def visit(installed, client, settings, db):
    """Ask for a page of that installation."""
    settings.VAR = installed.var
    return client.get


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_catalogue_lists_the_tables_of_the_release(visit, language):
    response = visit("/donnees/", {"lang": language})

    assert response.status_code == 200
    assert "Insee" in response.content.decode()
