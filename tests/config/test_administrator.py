"""`bassin administrator`: the first account, and the one that lost everything."""

import pytest
from allauth.mfa.models import Authenticator

from bassin import cli
from bassin.parties.access import administers
from bassin.parties.models import Organisation, Person


@pytest.fixture(autouse=True)
def migrated(monkeypatch):
    """The tests' database has its tables already."""
    monkeypatch.setattr("bassin.config.databases.migrate", lambda: None)


def test_the_first_administrator_gets_an_account_and_the_authority(db, capsys):
    code = cli.main(["administrator", "Zoe@example.org", "--name", "Zoé"])

    person = Person.objects.get(email="zoe@example.org")
    assert code == 0
    assert administers(person, Organisation.objects.get(kind="authority"))
    assert "/compte/connexion/" in capsys.readouterr().out


def test_a_new_account_without_a_name_is_refused_in_words(db, capsys):
    code = cli.main(["administrator", "zoe@example.org"])

    assert code == cli.REFUSED
    assert "give a name" in capsys.readouterr().err
    assert not Person.objects.exists()


def test_an_officer_who_lost_their_telephone_sets_it_up_again(awa, capsys):
    code = cli.main(["administrator", awa.email, "--reset-second-factor"])

    assert code == 0
    assert not Authenticator.objects.filter(user=awa).exists()
