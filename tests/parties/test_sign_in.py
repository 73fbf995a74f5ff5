"""Signing in with a code sent by e-mail: no password, and nobody learns who has an account."""

import re
import time

import pytest
from django.core import mail
from django.urls import reverse

from bassin.parties.access import is_officer
from bassin.parties.models import Person
from tests.parties.test_public import addresses
from tests.support.people import application_code, without_application

SIGN_IN, CODE, SIGN_UP = "/compte/connexion/", "/compte/connexion/code/", "/compte/creer/"


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_signs_in_with_the_code_they_received(client, dan, last_code):
    asked = client.post(SIGN_IN, {"email": "Dan@Example.org"})
    code = last_code("dan@example.org")

    answer = client.post(CODE, {"code": code.lower()})

    assert asked.url == CODE
    assert answer.status_code == 302
    assert signed_in(client)
    dan.refresh_from_db()
    assert dan.seen_on is not None


def test_signing_in_leads_back_to_the_page_that_was_wanted(client, dan, last_code):
    sent = client.get("/compte/sessions/")
    asked = client.post(sent.url, {"email": dan.email, "next": "/compte/sessions/"})

    answer = client.post(asked.url, {"code": last_code(), "next": "/compte/sessions/"})

    assert sent.url == f"{SIGN_IN}?next=/compte/sessions/"
    assert answer.url == "/compte/sessions/"


def test_signing_in_never_leads_to_another_site(client, dan, last_code):
    asked = client.post(SIGN_IN, {"email": dan.email, "next": "https://example.com/"})

    answer = client.post(asked.url, {"code": last_code(), "next": "https://example.com/"})

    assert answer.url == reverse("parties:account")


def test_three_wrong_codes_and_the_right_one_opens_nothing(client, dan, last_code):
    client.post(SIGN_IN, {"email": dan.email})
    code = last_code()
    for _ in range(3):
        client.post(CODE, {"code": "WRONG1"})

    client.post(CODE, {"code": code})

    assert not signed_in(client)


def test_a_code_opens_nothing_in_another_browser(client, client_factory, dan, last_code):
    client.post(SIGN_IN, {"email": dan.email})
    code = last_code()
    other = client_factory()
    other.post(SIGN_IN, {"email": "nobody@example.org"})

    other.post(CODE, {"code": code})

    assert not signed_in(other)


def test_a_code_is_too_old_after_fifteen_minutes(client, dan, last_code, time_machine):
    time_machine.move_to("2026-11-20T10:00:00+01:00", tick=False)
    client.post(SIGN_IN, {"email": dan.email})
    time_machine.move_to("2026-11-20T10:15:01+01:00", tick=False)

    client.post(CODE, {"code": last_code()})

    assert not signed_in(client)


def test_an_unknown_address_sees_the_same_page_as_a_known_one(client, client_factory, dan):
    other = client_factory()

    known = client.post(SIGN_IN, {"email": dan.email}, follow=True)
    unknown = other.post(SIGN_IN, {"email": "nob@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    as_text = [
        page.content.decode().replace(address, "…").partition("<main")[2].partition("</main>")[0]
        for page, address in ((known, dan.email), (unknown, "nob@example.org"))
    ]
    assert without_tokens(as_text[0]) == without_tokens(as_text[1])


def without_tokens(text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_an_unknown_address_is_told_by_e_mail_how_to_create_an_account(client, db):
    client.post(SIGN_IN, {"email": "nobody@example.org"})

    assert mail.outbox[-1].to == ["nobody@example.org"]
    assert SIGN_UP in mail.outbox[-1].body


def test_a_new_account_proves_its_address_and_has_no_password(client, db, last_code):
    asked = client.post(SIGN_UP, {"name": "Zoé Martin", "email": "Zoe@Example.org"})
    before = signed_in(client)

    client.post(asked.url, {"code": last_code("zoe@example.org")})

    person = Person.objects.get(email="zoe@example.org")
    assert not before
    assert signed_in(client)
    assert person.name == "Zoé Martin"
    assert not person.has_usable_password()


def test_creating_an_account_that_exists_says_nothing_and_writes_to_its_holder(client, dan):
    answer = client.post(SIGN_UP, {"name": "Someone", "email": dan.email})

    dan.refresh_from_db()
    assert answer.url == reverse("account_email_verification_sent")
    assert dan.name == "Dan"
    assert mail.outbox[-1].to == [dan.email]
    assert SIGN_IN in mail.outbox[-1].body
    assert not signed_in(client)


def test_someone_who_may_not_sign_in_does_not(client, dan, last_code):
    Person.objects.filter(pk=dan.pk).update(is_active=False)

    client.post(SIGN_IN, {"email": dan.email})

    assert "    " not in mail.outbox[-1].body
    assert not signed_in(client)


def test_a_code_is_asked_for_five_times_at_most_in_ten_minutes(client, client_factory, dan):
    for _ in range(5):
        client_factory().post(SIGN_IN, {"email": dan.email})
    mail.outbox.clear()

    answer = client.post(SIGN_IN, {"email": dan.email})

    assert mail.outbox == []
    assert "dix minutes" in answer.content.decode()


def test_signing_in_asks_an_officer_for_the_code_of_their_application(client, awa, last_code):
    client.post(SIGN_IN, {"email": awa.email})
    step = client.post(CODE, {"code": last_code()})
    before = signed_in(client)

    client.post(step.url, {"code": application_code(time.time())})

    assert step.url == reverse("mfa_authenticate")
    assert not before
    assert signed_in(client)


def test_an_application_code_works_once(client, client_factory, awa, last_code, time_machine):
    time_machine.move_to("2026-11-20T10:00:00+01:00", tick=False)
    code = application_code(time.time())
    other = client_factory()

    for each in (client, other):
        each.post(SIGN_IN, {"email": awa.email})
        each.post(CODE, {"code": last_code()})
        each.post(reverse("mfa_authenticate"), {"code": code})

    assert signed_in(client)
    assert not signed_in(other)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_e_mail_speaks_the_language_of_the_page(client, dan, language):
    client.post(f"{SIGN_IN}?lang={language}", {"email": dan.email})

    assert ("Votre code" in mail.outbox[-1].body) == (language == "fr")


def test_no_page_knows_a_password():
    assert [name for name in addresses() if "password" in name] == []


def test_an_officer_without_a_second_factor_sets_one_up_before_anything_private(client, awa):
    client.force_login(without_application(awa))

    answers = [client.get(path) for path in ("/compte/", "/compte/organisations/")]

    assert [answer.url for answer in answers] == [reverse("mfa_activate_totp")] * 2


def test_an_officer_without_a_second_factor_is_no_officer_on_public_pages(client, awa):
    client.force_login(without_application(awa))

    page = client.get(reverse("programmes:home"))

    assert page.status_code == 200
    assert not is_officer(page.wsgi_request.user)


def test_a_partner_needs_no_second_factor(client, bruno):
    client.force_login(bruno)

    assert client.get("/compte/").status_code == 200
