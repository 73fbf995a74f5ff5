"""By what a person signs in: another address, an account held elsewhere that is taken off."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.urls import reverse

from bassin.errors import Refused
from bassin.parties import actions
from bassin.parties.models import Person
from tests.support.people import application_code

ADDRESS, FRESH = "/compte/adresse/", "/compte/preuve/"
NEW = "dan.nouveau@example.org"


def move(client, last_code, address=NEW):
    client.post(ADDRESS, {"email": address})
    return client.post(ADDRESS, {"code": last_code(address)})


def test_a_person_signs_in_by_another_address_once_its_code_is_typed(
    client, client_factory, dan, sign_in, last_code
):
    elsewhere, before = client_factory(), dan.email
    sign_in(elsewhere, dan)
    sign_in(client, dan)

    answer = move(client, last_code)

    dan.refresh_from_db()
    assert answer.url == "/compte/"
    assert dan.email == NEW
    assert [(each.email, each.verified) for each in EmailAddress.objects.all()] == [(NEW, True)]
    assert mail.outbox[-1].to == [before]
    assert NEW in mail.outbox[-1].body
    assert client.get("/compte/").status_code == 200
    assert elsewhere.get("/compte/").status_code == 302
    other = client_factory()
    sign_in(other, dan)
    assert other.get("/compte/").status_code == 200


def test_a_stolen_session_cannot_move_the_account(client, dan):
    client.force_login(dan)

    for answer in (client.get(ADDRESS), client.post(ADDRESS, {"email": NEW})):
        assert answer.url.startswith(FRESH)
    assert not mail.outbox


def test_the_code_that_proves_the_old_address_moves_nothing_by_itself(client, dan, last_code):
    client.force_login(dan)
    client.post(FRESH, {"send": "1"})
    client.post(FRESH, {"code": last_code(dan.email)})

    client.post(ADDRESS, {"code": last_code(dan.email)})
    client.post(ADDRESS, {"email": NEW})
    for wrong in ("WRONG1", "WRONG2", "WRONG3", last_code(NEW)):
        client.post(ADDRESS, {"code": wrong})

    dan.refresh_from_db()
    assert dan.email == "dan@example.org"


def test_who_has_a_second_factor_shows_it_first(client, awa, last_code, time_machine):
    time_machine.move_to("2026-11-20T10:00:00+01:00", tick=False)
    client.force_login(awa)
    asked = client.get(client.get(ADDRESS).url).url
    client.post(asked, {"code": application_code(time.time())})

    move(client, last_code)

    awa.refresh_from_db()
    assert asked.startswith(reverse("mfa_reauthenticate"))
    assert awa.email == NEW


def test_the_address_of_someone_else_is_told_to_them_and_not_to_who_asks(
    client, dan, bruno, sign_in
):
    sign_in(client, dan)
    free, taken = [client.post(ADDRESS, {"email": each}) for each in (NEW, bruno.email)]
    page = client.get(ADDRESS).content.decode()

    assert (free.status_code, free.url) == (taken.status_code, taken.url)
    assert bruno.email in page
    assert mail.outbox[-1].to == [bruno.email]
    assert "déjà un compte" in mail.outbox[-1].subject
    assert not any(line.startswith("    ") for line in mail.outbox[-1].body.splitlines())
    client.post(ADDRESS, {"code": ""})
    dan.refresh_from_db()
    assert dan.email == "dan@example.org"


def test_an_address_taken_meanwhile_changes_nothing(both_databases, dan, bruno):
    EmailAddress.objects.create(user=dan, email=dan.email, verified=True, primary=True)

    with pytest.raises(Refused, match="autre compte"):
        actions.change_address(dan, bruno.email, keep="")

    assert Person.objects.get(pk=dan.pk).email == dan.email == "dan@example.org"
    assert EmailAddress.objects.get(user=dan).email == dan.email


@pytest.mark.parametrize("asked", ["dan@example.org", "DAN@example.org", "not an address"])
def test_no_code_leaves_for_the_same_address_or_for_none(client, dan, sign_in, asked):
    sign_in(client, dan)
    before = len(mail.outbox)

    answer = client.post(ADDRESS, {"email": asked})

    assert answer.status_code == 200
    assert len(mail.outbox) == before


@pytest.fixture
def linked(dan):
    """Dan's account at a provider that is in the settings no more."""
    return SocialAccount.objects.create(user=dan, provider="oidc", uid="abc")


def test_a_person_takes_an_account_held_elsewhere_off(client, dan, linked, sign_in):
    sign_in(client, dan)
    page = client.get("/compte/").content.decode()
    way = reverse("parties:unlink", args=[linked.pk])

    told = client.get(way)
    client.post(way)

    assert way in page
    assert dan.email in told.content.decode()
    assert not SocialAccount.objects.exists()
    assert mail.outbox[-1].to == [dan.email]


def test_nobody_takes_off_the_account_of_another_nor_with_a_stolen_session(
    client, client_factory, dan, bruno, linked, sign_in
):
    way = reverse("parties:unlink", args=[linked.pk])
    stolen = client_factory()
    stolen.force_login(dan)
    sign_in(client, bruno)

    assert client.post(way).status_code == 404
    assert stolen.post(way).url.startswith(FRESH)
    assert SocialAccount.objects.exists()


def test_who_has_no_address_keeps_the_account_that_opens_theirs(dan, linked):
    dan.email = None
    dan.save()

    with pytest.raises(Refused, match="adresse"):
        actions.unlink(linked)
