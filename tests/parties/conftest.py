"""What the tests of accounts share: codes read in the e-mails that were sent."""

import re

import pytest
from django.core import mail

from tests.support.installing import install


@pytest.fixture
def last_code():
    """The code in the latest message."""

    def read(address: str = "") -> str:
        message = mail.outbox[-1]
        assert not address or message.to == [address]
        return re.search(r"^    (\S+)$", message.body, flags=re.MULTILINE)[1]

    return read


@pytest.fixture
def sign_in(last_code):
    """Sign a person in by the forms, without a second factor."""

    def do(client, person) -> None:
        client.post("/compte/connexion/", {"email": person.email})
        client.post("/compte/connexion/code/", {"code": last_code(person.email)})

    return do


@pytest.fixture
def installed(france, tmp_path, settings):
    """An installation of the sample's territory, with its geography and nothing else."""
    house = install(france, tmp_path / "var")
    settings.VAR = house.var
    return house
