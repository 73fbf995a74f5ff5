"""What attackers try on accounts: roles that last, words in headers, counters forgotten."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bassin.parties import access
from bassin.parties.models import Organisation

OPEN_PAGES = (
    "/documents/", "/embauches/", "/piloter/", "/compte/connexion/", "/compte/creer/",
    "/donnees-personnelles/registre/", "/compte/efface/", "/robots.txt",
)  # fmt: skip


@pytest.mark.parametrize("days", [0, 30])
def test_nobody_prolongs_the_role_that_was_ended_for_them(client, bruno, days):
    last_day = timezone.localdate() + timedelta(days)
    seat = bruno.memberships.get()
    seat.ends_on = last_day
    seat.save()
    client.force_login(bruno)

    later = (last_day + timedelta(days=900)).isoformat()
    answer = client.post(f"/compte/roles/{seat.pk}/finir/", {"last_day": later})

    seat.refresh_from_db()
    assert seat.ends_on == last_day
    assert "prolonger" in answer.content.decode()


def test_an_administrator_prolongs_the_role_of_a_member(client, eve, dan):
    today = timezone.localdate()
    house = eve.memberships.get().organisation
    seat = house.memberships.create(person=dan, role="member", starts_on=today, ends_on=today)
    client.force_login(eve)

    later = today + timedelta(days=30)
    client.post(f"/compte/roles/{seat.pk}/finir/", {"last_day": later.isoformat()})

    seat.refresh_from_db()
    assert seat.ends_on == later


@pytest.mark.parametrize(("kind", "elected"), [
    ("commune", True), ("authority", True), ("firm", False), ("association", False),
])  # fmt: skip
def test_only_the_authority_and_communes_have_elected_officials(dan, kind, elected):
    body = Organisation.objects.create(slug="body", kind=kind, name="Body")
    body.memberships.create(person=dan, role="elected", starts_on="2020-01-01")

    assert access.is_elected(dan) is elected


def test_a_name_with_a_line_end_adds_no_header_to_an_invitation(
    client, chloe, django_capture_on_commit_callbacks
):
    house = chloe.memberships.get().organisation
    house.name = "Atelier\r\nBcc: victime@example.org"
    house.save()
    client.force_login(chloe)

    with django_capture_on_commit_callbacks(execute=True):
        asked = {"email": "invite@example.org", "role": "member"}
        answer = client.post(f"/compte/organisations/{house.slug}/inviter/", asked)

    assert answer.status_code == 302
    sent = mail.outbox[-1].message()
    assert sent["Bcc"] is None
    assert sent["To"] == "invite@example.org"


def test_a_flood_of_attempts_makes_no_counter_forgotten(db):
    counters = caches["default"]
    assert isinstance(counters, DatabaseCache)
    counters.set("a-first-counter", 5, 600)

    for number in range(400):
        counters.set(f"of-somebody-{number}", 1, 600)

    assert counters.get("a-first-counter") == 5


@pytest.mark.parametrize("asked", ["²", "9" * 30, "x"])
def test_a_session_that_is_none_is_not_found(client, dan, asked):
    client.force_login(dan)

    assert client.post("/compte/sessions/", {"session": asked}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_signed_in_and_goes_back_to_the_code_page_is_led_to_their_account(
    client, dan, method
):
    client.force_login(dan)

    answer = getattr(client, method)("/compte/creer/code/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/compte/")


@pytest.mark.parametrize("cookie", ["", "made-up"])
def test_a_visitor_writes_nothing_and_gets_no_session(client, db, cookie):
    for address in OPEN_PAGES:
        client.cookies.clear()
        if cookie:
            client.cookies["sessionid"] = cookie
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)

        assert answer.status_code == 200
        assert {each["sql"].split()[0] for each in asked} <= {"SELECT"}, address
        assert not any("session" in each["sql"] for each in asked), address
        kept = answer.cookies.get("sessionid")
        assert kept is None or kept.value == "", address
    assert not Session.objects.exists()
