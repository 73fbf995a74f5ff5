"""The sample territory, installed, with an agenda and operations to write in."""

from datetime import UTC, datetime

import pytest

from bassin.commons.models import Event
from tests.support.installing import install


@pytest.fixture(scope="session")
def installed(france, tmp_path_factory):
    """An installation of the sample's territory. Read it, never write in its store."""
    return install(france, tmp_path_factory.mktemp("shared") / "var")


@pytest.fixture
def site(installed, settings, tmp_path):
    """The pages show that installation; documents go to a folder of the test's own."""
    settings.VAR = installed.var
    settings.MEDIA_ROOT = tmp_path / "media"
    return installed


@pytest.fixture
def make_event():
    """Write an event as it is: `make_event(title="Forum", visibility="internal")`."""

    def make(**fields) -> Event:
        known = {
            "title": "Forum",
            "starts_at": datetime(2030, 6, 3, 7, tzinfo=UTC),
            "ends_at": datetime(2030, 6, 3, 10, tzinfo=UTC),
            "commune_code": "94054",
            **fields,
        }
        known.setdefault("slug", f"e-{Event.objects.count()}")
        return Event.objects.create(**known)

    return make
