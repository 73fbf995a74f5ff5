"""Headers, language and refusals, as a visitor meets them."""

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory
from django.utils.translation import get_language

from bassin.config.middleware import ChosenLanguage, RefusedPage
from bassin.errors import Refused


def test_the_service_says_that_it_is_up(client, db):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_robots_are_kept_from_endless_filters(client):
    assert "Disallow: /*?" in client.get("/robots.txt").content.decode()


def test_every_page_forbids_scripts_styles_and_frames_from_elsewhere(client):
    headers = client.get("/robots.txt").headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("query", "cookie", "browser", "language"),
    [
        ("", "", "en", "fr"),
        ("?lang=en", "", "fr", "en"),
        ("?lang=fr", "en", "en", "fr"),
        ("", "en", "fr", "en"),
        ("?lang=xx", "", "en", "fr"),
        ("?lang=xx", "en", "fr", "en"),
    ],
)
def test_the_address_chooses_the_language_then_the_past_choice_then_french(
    query, cookie, browser, language
):
    seen = []

    def page(request):
        seen.append((request.LANGUAGE_CODE, get_language()))
        return HttpResponse("")

    request = RequestFactory().get(f"/{query}", HTTP_ACCEPT_LANGUAGE=browser)
    if cookie:
        request.COOKIES["django_language"] = cookie

    response = ChosenLanguage(page)(request)

    assert seen == [(language, language)]
    assert response["Content-Language"] == language
    assert "Cookie" in response["Vary"]


def test_a_language_chosen_once_is_kept_from_page_to_page(client):
    client.get("/robots.txt?lang=en")

    for _page in range(3):
        assert client.get("/robots.txt").headers["Content-Language"] == "en"


def test_the_language_asked_by_the_address_is_kept_for_the_next_pages(client):
    client.get("/robots.txt?lang=en")

    assert client.get("/robots.txt")["Content-Language"] == "en"


def test_a_refusal_no_view_has_caught_is_a_page_with_its_sentence(rf):
    page = RefusedPage(lambda request: HttpResponse(""))

    response = page.process_exception(rf.get("/"), Refused("Year 2031 has no data."))

    assert response.status_code == 400
    assert "Year 2031 has no data." in response.content.decode()
    assert page.process_exception(rf.get("/"), ValueError("a bug")) is None


@pytest.mark.parametrize(
    ("query", "host"),
    [("&".join(f"lieu={number}" for number in range(3000)), "testserver"), ("", "evil.example")],
)
def test_a_request_that_cannot_be_read_gets_a_sentence(client, settings, query, host):
    settings.ALLOWED_HOSTS = ["testserver"]

    response = client.get(f"/robots.txt?{query}", headers={"host": host})

    assert response.status_code == 400
    assert "ne peut pas être lu" in response.content.decode()
    assert host == "testserver" or host not in response.content.decode()


def test_a_form_without_its_mark_is_refused_in_words():
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})

    assert response.status_code == 403
    assert "rechargez la page" in response.content.decode()


def test_an_address_that_only_takes_forms_says_so(rf):
    page = RefusedPage(lambda request: HttpResponseNotAllowed(["POST"]))

    response = page(rf.get("/citer/"))

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "formulaire" in response.content.decode()


def test_an_accident_gives_the_visitor_the_reference_that_is_in_the_log(rf, caplog):
    from bassin.config.pages import server_error

    response = server_error(rf.get("/somewhere"))

    reference = caplog.records[-1].args[0]
    assert response.status_code == 500
    assert reference in response.content.decode()
    assert "/somewhere" in caplog.text


def test_a_page_asked_before_anything_is_loaded_says_what_to_run(client, settings, tmp_path, db):
    settings.VAR = tmp_path

    page = client.get("/recherche/?q=orly")

    assert page.status_code == 503
    assert "bassin init --territory CODE" in page.content.decode()
