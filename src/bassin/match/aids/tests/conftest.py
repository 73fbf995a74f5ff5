"""All of France, a few firms of the sample's places, the sheets shipped and the authority's."""

from datetime import date
from types import SimpleNamespace

import pytest

from bassin.match.aids.rules import catalogue
from bassin.match.aids.rules.places import Places
from bassin.match.aids.tests.firms import FIRMS, TROUBLED, row
from bassin.types import Origin
from bassin.ui import opened
from tests.support.installing import install, put
from tests.support.people import seat

DAY = date(2026, 11, 26)


@pytest.fixture(scope="session")
def installed(france, tmp_path_factory):
    """Read it, never write in it."""
    house = install(france, tmp_path_factory.mktemp("aids") / "var")
    shown = [row(**each) for each in FIRMS]
    put(house, Origin.INVENTED, establishments_shown=shown, establishment_procedures=[*TROUBLED])
    house.refresh()
    return house


@pytest.fixture(scope="session")
def aids(installed):
    """Every aid of the sample, by name."""
    return {each.slug: each for each in catalogue.read(installed).aids}


@pytest.fixture(scope="session")
def places(installed):
    """Places of France."""
    return Places(installed.territory)


@pytest.fixture
def here(installed, settings, db):
    """The territory in which pages are opened."""
    settings.VAR = installed.var
    return opened.house()


@pytest.fixture
def people(db):
    """An officer, a partner, a firm, and another firm."""
    return SimpleNamespace(
        awa=seat("Awa", "authority", "officer"),
        bruno=seat("Bruno", "chamber", "officer"),
        chloe=seat("Chloe", "firm", "administrator", siret="00000010000016"),
    )
