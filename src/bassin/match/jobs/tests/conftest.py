"""Offers as people write them, and the territory whose communes forms list."""

from datetime import date
from types import SimpleNamespace

import pytest

from bassin.match.jobs import actions
from tests.support.installing import install

TODAY = date(2026, 11, 26)
WRITTEN = {
    "title": "Cariste H/F",
    "text": "Vous chargez les camions au quai, de nuit, dans une équipe de six.",
    "rome_code": "N1101",
    "commune_code": "94074",
    "place": "Valenton",
    "contract": "cdi",
    "apply_by": "call",
    "contact_name": "Lucie Modèle",
    "contact_telephone": "01 00 00 00 00",
    "contact_email": "lucie@example.org",
}


@pytest.fixture(scope="session")
def installed(france, tmp_path_factory):
    """The packages and the authority's documents. Read it, never write in it."""
    return install(france, tmp_path_factory.mktemp("jobs") / "var")


@pytest.fixture
def here(installed, settings, db):
    """The territory of the sample, in which pages are opened."""
    settings.VAR = installed.var


@pytest.fixture
def people_on(both_databases, request):
    """The people of the tests, on whichever database the test runs on."""
    from tests.support.people import seat

    return SimpleNamespace(
        awa=seat("Awa", "authority", "officer"),
        bruno=seat("Bruno", "chamber", "officer"),
        chloe=seat("Chloe", "firm", "administrator", siret="00000000100018"),
        eve=seat("Eve", "chamber", "administrator", slug="test-other-chamber"),
    )


def firm(person):
    return person.memberships.get().organisation


@pytest.fixture
def drafted(people_on):
    """A draft of Chloé's firm."""
    return actions.draft(by=people_on.chloe, today=TODAY, employer=firm(people_on.chloe), **WRITTEN)


@pytest.fixture
def published(people_on, drafted):
    """The same on line, until Christmas."""
    actions.submit(drafted, by=people_on.chloe, today=TODAY)
    return actions.publish(drafted, by=people_on.awa, today=TODAY, until=date(2026, 12, 25))
