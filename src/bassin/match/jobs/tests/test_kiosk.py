"""A shared device keeps nothing of whoever used it, and lets nobody out."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from bassin.ui.reading import Ways

pytestmark = pytest.mark.django_db


def test_a_kiosk_keeps_no_page_and_no_cookie_but_its_own(client):
    response = client.get(reverse("jobs:rules"), {"borne": "1", "facile": "1", "lang": "en"})

    assert response.headers["Cache-Control"] == "no-store"
    kept = {name for name, each in response.cookies.items() if each["max-age"] or each["expires"]}
    assert kept == {"borne"}
    assert "facile" in response.cookies


def test_a_link_that_leaves_a_kiosk_is_words_and_a_square_to_scan(rf):
    page = '<a href="/ici/">Ici</a> <a class="x" href="tel:+33100000000">Appeler</a>'
    response = Ways(lambda _request: HttpResponse(page))(rf.get("/", {"borne": "1"}))
    shown = response.content.decode()

    assert '<a href="/ici/">Ici</a>' in shown
    assert "tel:" not in shown
    assert 'Appeler <bdi class="kiosk-out__to">+33100000000</bdi>' in shown
    assert 'class="qr"' in shown


def test_nobody_signs_in_at_a_kiosk(client):
    client.cookies["borne"] = "1"

    response = client.get(reverse("account_login"))

    assert (response.status_code, response.url) == (302, reverse("jobs:home"))


def test_starting_again_at_a_kiosk_erases_every_choice(client):
    client.get(reverse("jobs:rules"), {"borne": "1", "facile": "1", "lang": "en"})

    response = client.get(reverse("jobs:rules"), {"borne": "fin"})

    assert response.url == reverse("jobs:home")
    assert client.cookies["facile"].value == ""
    assert client.cookies["django_language"].value == ""
    assert client.cookies["borne"].value == "1"
    assert "storage" in response.headers["Clear-Site-Data"]


def test_easy_reading_is_remembered_until_it_is_ended(client):
    client.get(reverse("jobs:rules"), {"facile": "1"})
    easy = client.get(reverse("jobs:rules")).content.decode()
    client.get(reverse("jobs:rules"), {"facile": "0"})
    usual = client.get(reverse("jobs:rules")).content.decode()

    assert "is-easy" in easy
    assert "is-easy" not in usual
