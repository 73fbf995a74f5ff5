"""The second factor: set up after a fresh proof, shown when it matters, replaced with codes."""

import re
import time
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse

from bassin.parties import once
from tests.support.at_once import together
from tests.support.people import SECRET, application_code, seat, without_application

FRESH = "/compte/preuve/"
SET_UP = "/compte/second-facteur/installer/"


@pytest.fixture
def set_up(monkeypatch):
    """Set an application up; what waits for the end of the transaction is done at once."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, using=None: do())

    def do(client):
        page = client.get(SET_UP)
        secret = re.search(r'<code class="key">(\w+)</code>', page.content.decode())[1]
        return client.post(SET_UP, {"code": application_code(time.time(), secret)})

    return do


def codes_in(page) -> list[str]:
    return re.findall(r'<code class="key">(\d+)</code>', page.content.decode())


def test_a_stolen_session_cannot_set_up_a_second_factor(client, dan):
    # Signed in long ago: django-allauth alone would ask for nothing, as Dan has no password.
    client.force_login(dan)

    for answer in (client.get(SET_UP), client.post(SET_UP, {"code": "123456"})):
        assert answer.url == f"{FRESH}?next=%2Fcompte%2Fsecond-facteur%2Finstaller%2F"
    assert not Authenticator.objects.filter(user=dan).exists()


@pytest.mark.parametrize(
    "name",
    [
        "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    ],
)  # fmt: skip
def test_everything_about_the_second_factor_asks_for_a_fresh_proof(client, dan, awa, name):
    client.force_login(dan)
    without = client.get(reverse(name)).url
    RecoveryCodes.activate(awa)
    client.force_login(awa)
    with_one = client.get(reverse(name)).url

    assert without.startswith(FRESH)
    # Awa's application is set up: the page to set one up leads to that which removes it.
    if name != "mfa_activate_totp":
        assert with_one.startswith(reverse("mfa_reauthenticate"))


def test_a_fresh_code_by_e_mail_opens_the_page_then_codes_are_given(client, dan, last_code, set_up):
    client.force_login(dan)
    wanted = client.get(SET_UP).url
    client.post(wanted, {"send": "1"})
    proven = client.post(wanted, {"code": last_code(dan.email)})

    done = set_up(client)
    codes = codes_in(client.get(done.url))

    assert proven.url == SET_UP
    assert done.url == reverse("mfa_view_recovery_codes")
    assert len(codes) == 10
    assert "second facteur" in mail.outbox[-1].subject


def test_someone_who_just_signed_in_by_code_is_not_asked_again(client, awa, sign_in, set_up):
    sign_in(client, without_application(awa))

    done = set_up(client)

    assert done.url == reverse("mfa_view_recovery_codes")


def test_a_proof_is_fresh_for_five_minutes(client, dan, time_machine, sign_in):
    time_machine.move_to("2026-11-20T10:00:00+01:00", tick=False)
    sign_in(client, dan)
    time_machine.move_to("2026-11-20T10:05:01+01:00", tick=False)

    answer = client.get(SET_UP)

    assert answer.url.startswith(FRESH)


def test_a_fresh_code_is_forgotten_after_three_wrong_ones(client, dan, last_code):
    client.force_login(dan)
    client.post(FRESH, {"send": "1"})
    for _ in range(3):
        client.post(FRESH, {"code": "WRONG1"})

    client.post(FRESH, {"code": last_code()})

    assert client.get(SET_UP).url.startswith(FRESH)


def test_setting_up_ends_sessions_opened_elsewhere(client, client_factory, dan, sign_in, set_up):
    other = client_factory()
    for each in (other, client):
        sign_in(each, dan)

    set_up(client)

    assert client.get("/compte/").status_code == 200
    assert other.get("/compte/").status_code == 302
    assert UserSession.objects.filter(user=dan).count() == 1


def test_an_officer_goes_on_to_the_page_they_wanted_once_it_is_set_up(client, awa, sign_in, set_up):
    sign_in(client, without_application(awa))
    client.get("/compte/organisations/")

    page = client.get(set_up(client).url)

    assert 'href="/compte/organisations/"' in page.content.decode()


def test_removing_it_asks_for_its_code_again(client, awa):
    client.force_login(awa)
    remove = reverse("mfa_deactivate_totp")
    proof = client.post(remove).url

    client.post(proof, {"code": application_code(time.time())})
    client.post(remove)

    assert proof.startswith(reverse("mfa_reauthenticate"))
    assert not Authenticator.objects.filter(user=awa).exists()


def test_a_recovery_code_signs_in_once(client, client_factory, dan, sign_in, set_up):
    sign_in(client, dan)
    codes = re.findall(
        r'<code class="key">(\d+)</code>', client.get(set_up(client).url).content.decode()
    )
    opened = []

    for _ in range(2):
        other = client_factory()
        sign_in(other, dan)
        other.post(reverse("mfa_authenticate"), {"code": codes[0]})
        opened.append("_auth_user_id" in other.session)

    assert opened == [True, False]


@pytest.mark.parametrize("later", [1, 45])
def test_a_code_of_the_application_signs_in_once(client_factory, awa, sign_in, time_machine, later):
    moment = datetime(2026, 11, 20, 10, tzinfo=UTC)
    code = application_code(moment.timestamp())
    opened = []

    def enter(at, code):
        time_machine.move_to(at, tick=False)
        browser = client_factory()
        sign_in(browser, awa)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        opened.append("_auth_user_id" in browser.session)

    enter(moment, code)
    enter(moment + timedelta(seconds=later), code)
    after = moment + timedelta(seconds=60)
    enter(after, application_code(after.timestamp()))

    assert opened == [True, False, True]


def test_a_code_older_than_the_last_one_used_opens_nothing(awa, time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 10, tzinfo=UTC), tick=False)
    application = Authenticator.objects.get(user=awa)
    now, before = (application_code(time.time() - ago) for ago in (0, 30))

    assert [once.claim(application, code) for code in (now, before, now)] == [True, False, False]


def test_one_code_typed_twice_at_the_same_moment_is_taken_once(shared_database):
    person = seat("Awa", "authority", "officer")
    application = Authenticator.objects.get(user=person)
    code = application_code(time.time())

    answers = together(*[partial(once.claim, application, code)] * 3)

    assert sorted(answers) == [False, False, True]


def test_the_code_that_set_an_application_up_does_not_sign_in(
    client, client_factory, dan, sign_in, set_up, time_machine
):
    moment = datetime(2026, 11, 20, 10, tzinfo=UTC)
    time_machine.move_to(moment, tick=False)
    sign_in(client, dan)
    set_up(client)
    secret = Authenticator.objects.get(user=dan, type="totp").data["secret"]
    other = client_factory()
    sign_in(other, dan)

    other.post(
        reverse("mfa_authenticate"), {"code": application_code(time.time(), decrypt(secret))}
    )

    assert "_auth_user_id" not in other.session


def test_the_key_of_an_application_is_not_readable_in_the_database(awa):
    kept = Authenticator.objects.get(user=awa)

    assert SECRET not in str(kept.data)


def test_another_key_of_the_installation_opens_nothing_and_breaks_nothing(awa, settings):
    settings.SECRET_KEY = "another"

    assert (
        not Authenticator.objects.get(user=awa).wrap().validate_code(application_code(time.time()))
    )
