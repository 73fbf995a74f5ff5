"""What is asked of France Travail: a form that says what is wrong, a question that follows it."""

import pytest

from bassin.match.jobs import actions_imports
from bassin.match.jobs.models import Feed
from bassin.match.jobs.tests.conftest import TODAY
from bassin.match.jobs.tests.service import Fake, serving

SOURCES = "/accompagner/emplois/sources/"


@pytest.fixture
def feed(db):
    return Feed.objects.create(slug="ft", title="France Travail", kind="france_travail")


def opened(client, feed):
    page = client.get(f"{SOURCES}{feed.slug}/modifier/").content.decode()
    base = page.split('name="base" value="')[1].split('"')[0]
    return {"base": base, "title": feed.title, "absences": "3"}


def test_an_officer_says_what_is_asked_and_reads_it_again(client, here, feed, awa, bruno):
    page = f"{SOURCES}ft/modifier/"
    client.force_login(bruno)
    assert client.get(page).status_code == 403
    client.force_login(awa)

    typed = {"departements": "94, 91", "contracts": ["CDI", "MIS"], "full_time": "yes",
             "since": "7", "trusted": "on"}  # fmt: skip

    client.post(page, {**opened(client, feed), **typed})

    feed.refresh_from_db()
    assert feed.trusted
    assert feed.query == {
        "departements": ["94", "91"], "typeContrat": "CDI,MIS", "tempsPlein": "true",
        "publieeDepuis": "7",
    }  # fmt: skip
    assert 'value="94 91"' in client.get(page).content.decode()
    assert "94 91" in client.get(f"{SOURCES}ft/").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"departements": "94 ZZ"}, "ZZ"),
        ({"departements": "94", "communes": ["94074"]}, "pas les deux"),
        ({"communes": ["99999"]}, "99999"),
        ({"trades": "N1101 X9999"}, "X9999"),
        ({"since": "12"}, "12"),
        ({"absences": "0"}, "1"),
        ({"contracts": ["<b>"]}, "&lt;b&gt;"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_kept(client, here, feed, awa, typed, said):
    client.force_login(awa)

    page = client.post(f"{SOURCES}ft/modifier/", {**opened(client, feed), **typed}).content.decode()

    feed.refresh_from_db()
    assert feed.query == {}
    assert "field__error" in page
    assert said in page


def test_the_second_of_two_officers_is_shown_what_the_first_changed(client, here, feed, awa):
    client.force_login(awa)
    first, second = opened(client, feed), opened(client, feed)
    client.post(f"{SOURCES}ft/modifier/", {**first, "communes": ["94074"]})

    answer = client.post(f"{SOURCES}ft/modifier/", {**second, "title": "Autre nom"})

    feed.refresh_from_db()
    assert (answer.status_code, feed.title) == (409, "France Travail")
    assert "Autre nom" in answer.content.decode()


def test_the_service_is_asked_that_and_a_partial_reading_ends_no_offer(settings, feed, awa):
    fake = Fake(2)
    feed.query = {"departements": ["94"], "codeROME": "N1101", "publieeDepuis": "7"}
    feed.save()
    with serving(fake):
        settings.FRANCE_TRAVAIL_CLIENT, settings.FRANCE_TRAVAIL_SECRET = "us", "right"
        settings.FRANCE_TRAVAIL_TOKEN_URL = f"{fake.url}/token"
        settings.FRANCE_TRAVAIL_API_URL = fake.url
        draft = actions_imports.ask(feed, by=awa, communes=["94074"], today=TODAY)

    assert [each["departement"] for each in fake.asked] == ["94"]
    assert fake.asked[0]["codeROME"] == "N1101"
    assert "commune" not in fake.asked[0]
    assert not draft.whole
