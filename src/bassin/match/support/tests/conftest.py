"""Cases of the tests: one of the authority's, and the territory in which pages are opened."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bassin.match.support import actions, actions_sharing
from tests.support.installing import install

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=PARIS)
TODAY = NOW.date()
SIRET = "00000000100016"
NAMES = "MECANIQUE EXEMPLE DU QUAI"
"""The name that must be read by nobody who has no right to it."""
AGREED = {
    "scope": "history", "purpose": "trouver un apprenti", "person_name": "Lucie Modèle",
    "agreed_on": TODAY, "agreed_how": "spoken",
}  # fmt: skip


@pytest.fixture(scope="session")
def installed(france, tmp_path_factory):
    """The packages and the authority's documents. Read it, never write in it."""
    return install(france, tmp_path_factory.mktemp("support") / "var")


@pytest.fixture
def here(installed, settings, db, tmp_path):
    """The territory of the sample, in which pages are opened; files go elsewhere."""
    settings.VAR = installed.var
    settings.MEDIA_ROOT = tmp_path / "media"
    return installed


def body(person):
    return person.memberships.get().organisation


def opened(by, **more):
    fields = {
        "kind": "holder", "asked_at": NOW, "now": NOW, "firm_name": NAMES,
        "title": "Recruter un régleur", "needs": ["recruit"], "commune_code": "94074",
        "text": "Une phrase que nul autre ne doit lire.", **more,
    }  # fmt: skip
    return actions.open_case(by=by, organisation=body(by), **fields)


@pytest.fixture
def case(awa):
    """A case of the authority, opened by Awa this morning."""
    return opened(awa, contact={"contact_name": "Lucie Modèle", "contact_telephone": "01 00"})


@pytest.fixture
def shared(case, awa, bruno):
    """The same, shared whole with Bruno's chamber."""
    return actions_sharing.share(case, by=awa, organisation=body(bruno), today=TODAY, **AGREED)
