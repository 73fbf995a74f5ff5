"""The sample territory's partners, as people meet them."""

from datetime import date

import pytest

from bassin.steer.partners import sample
from tests.support.installing import install

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def installed(france, tmp_path_factory):
    """The packages and the authority's documents. Read it, never write in it."""
    return install(france, tmp_path_factory.mktemp("partners") / "var")


@pytest.fixture
def partners(installed, settings, db):
    """The sample's services, requests, watch and network."""
    settings.VAR = installed.var
    sample.build(TODAY)
