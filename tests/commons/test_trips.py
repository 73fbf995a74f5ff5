"""How far one goes from a commune: the page, its files and its method."""

import csv
import io

import pytest
from django.utils.html import escape

from bassin.territory.travel import hypotheses

DAY = {"de": "94074", "mode": "car", "heure": "09:00", "minutes": "30"}


@pytest.fixture(autouse=True)
def _pages(site, db):
    """Every test here reads the sample's territory."""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_draws_a_map_with_a_sentence_a_legend_and_a_table(client, language):
    page = client.get("/trajets/", {**DAY, "lang": language}).content.decode()

    assert 'class="g g-reach"' in page
    assert "Valenton" in page
    assert "<caption>" in page
    assert ("de 0 à 15 minutes" if language == "fr" else "0 to 15 minutes") in page


def test_what_is_unknown_is_asked_and_never_a_number(client):
    page = client.get("/trajets/", {**DAY, "mode": "transit", "lang": "fr"}).content.decode()

    assert "inconnu, demandez" in page
    assert escape("Aucune ligne de transport n'est chargée ici") in page


@pytest.mark.parametrize(
    "wrong", [{"de": "99999"}, {"heure": "25:00"}, {"heure": "aube"}, {"mode": "ane"},
              {"jour": "hier"}, {"minutes": "-1"}, {"de": "' OR 1=1"}]
)  # fmt: skip
def test_an_address_that_asks_for_nonsense_still_answers(client, wrong):
    assert client.get("/trajets/", {**DAY, **wrong}).status_code == 200


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Aucun temps de trajet n'est connu depuis 99999"), ("en", "No travel time is known")],
)
def test_a_place_that_is_unknown_is_refused_in_the_readers_language(client, language, said):
    page = client.get("/trajets/", {**DAY, "de": "99999", "lang": language}).content.decode()

    assert escape(said) in page


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_of_a_commune_holds_each_commune_once_and_leaves_the_unknown_empty(client):
    by_car = rows_of(client.get("/trajets/commune.csv", DAY))
    by_transit = rows_of(client.get("/trajets/commune.csv", {**DAY, "mode": "transit"}))

    assert len({row["to_code"] for row in by_car}) == len(by_car) > 1266
    assert all(int(row["minutes"]) > 0 for row in by_car)
    assert {row["minutes"] for row in by_transit} == {""}
    assert {row["hypotheses"] for row in by_car} == {hypotheses().version}


def test_the_file_of_the_territory_starts_from_each_of_its_communes(client):
    rows = rows_of(client.get("/trajets/territoire.csv", {**DAY, "mode": "walk"}))

    assert len({row["from_code"] for row in rows}) == 24


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_method_shows_every_hypothesis_with_who_says_it(client, language):
    page = client.get("/trajets/methode/", {"lang": language}).content.decode()

    for each in hypotheses().groups.values():
        assert escape(each.label.say(language)) in page
        assert escape(each.note.say(language)) in page
    assert ("à nous" if language == "fr" else "ours") in page
