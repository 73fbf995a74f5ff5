"""The pages of skills, on a small labour market: what is said, what is hidden, what is asked."""

import csv

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from bassin import systems
from bassin.match.skills import references
from bassin.match.skills.models import Assumption, GreenProject
from bassin.systems import Card
from bassin.types import Text
from bassin.ui.reader import today

HOME = "/accompagner/competences/"


@pytest.fixture
def english(here):
    return speaking_english(Client())


def speaking_english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def text(client, path, **query):
    answer = client.get(f"{HOME}{path}", query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client, path, **query):
    return list(csv.DictReader(text(client, path, **query).lstrip("\ufeff").splitlines()))


def test_a_trade_tells_each_term_and_asks_what_nobody_knows(english):
    said = text(english, "metiers/N1101/")

    assert "positions to fill from 2024 to 2029" in said
    assert "How many people leave training for this trade here each year?" in said
    assert "3 terms are unknown and left out" in said
    assert "FAP 2021" in said


def test_the_stock_of_a_trade_is_its_share_of_the_activitys_hires(english):
    found = [row for row in rows(english, "metiers/N1101.csv") if row["term"] == "stock"]

    assert {(row["low"], row["central"], row["high"]) for row in found} == {("120.0",) * 3}
    questions = [row for row in rows(english, "metiers/N1101.csv") if row["state"] == "question"]
    assert {row["term"] for row in questions} == {"training", "near", "commuters"}
    assert all(row["central"] == "" for row in questions)


def test_a_trade_that_two_firms_hold_is_secret_on_every_page(english):
    page, listed = text(english, "metiers/K2304/"), rows(english, "metiers.csv", q="K2304")

    assert "Fewer than three firms here" in page
    assert "positions to fill from" not in page
    assert "secret: fewer than 3 firms" in page
    assert [(row["jobs_central"], row["need_high"], row["secret"]) for row in listed] == [
        ("", "", "True")
    ]
    assert rows(english, "metiers/K2304.csv") == []


def test_a_trade_whose_jobseekers_are_not_published_says_so(english):
    said = text(english, "metiers/K2304/")

    assert "Not published for this trade here" in said


def test_a_code_that_rome_does_not_have_has_no_page(english):
    assert english.get(f"{HOME}metiers/A9999/").status_code == 404
    assert english.get(f"{HOME}metiers/Z0000/").status_code == 404


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"tension": "4", "tri": "tension"}, ["F1703", "N1101"]),
        ({"transition": "green"}, ["K2304"]),
        ({"q": "magasin"}, ["N1103"]),
        ({"tri": "demandeurs"}, ["N1103", "N1101", "F1703", "K2304"]),
        ({"tri": "nonsense", "tension": "99", "q": "macon"}, ["F1703"]),
    ],
)
def test_trades_are_filtered_and_sorted_by_the_address(english, query, codes):
    assert [row["rome_code"] for row in rows(english, "metiers.csv", **query)] == codes


def test_the_activities_best_covered_come_first_and_unknown_people_make_an_interval(english):
    found = {row["naf_code"]: row for row in rows(english, "activites.csv")}

    assert next(iter(found)) == "52.29A"
    assert (found["38.11Z"]["cover_least"], found["38.11Z"]["cover_most"]) == ("0.0", "100.0")
    assert found["38.11Z"]["employers"] == ""  # two: not told
    masons = found["41.20A"]
    assert masons["ready"] == "8.0"  # 20 % of 40 jobseekers


def test_open_offers_are_taken_off_the_people_who_are_ready(english):
    ready = {row["rome_code"]: row["ready"] for row in rows(english, "activites.csv")}

    assert ready["N1101"] == "33.0"  # 20 % of 200, less 7 offers


def test_the_transition_is_counted_by_trade_between_a_floor_and_a_ceiling(english):
    said = text(english, "transition/")

    # Jobs of trades that may be told: 400 in warehouses, 60 in masonry, of whose two fiches one
    # is tagged; the two sorters' firms are secret.
    assert "6.5 (0.0 to 13.0)" in said
    assert "No firm has published a project yet." in said


def test_hypotheses_are_all_shown_and_officers_write_new_ones(here, people):
    client = Client()
    client.force_login(people.awa)

    answer = client.post(
        f"{HOME}hypotheses/nouvelle/",
        {"term": "leavers", "rome_code": "N1101", "low": "10", "central": "20", "high": "30",
         "applies_from": today().isoformat(), "why": "Enquête auprès des centres"},
    )  # fmt: skip

    assert answer.status_code == 302
    assert "Enquête auprès des centres" in text(client, "hypotheses/")
    assert "2 termes sont inconnus" in text(client, "metiers/N1101/")
    assert Assumption.objects.get().written_by == people.awa


def test_a_firm_declares_its_project_and_the_public_reads_it_once_it_agreed(here, people):
    firm, visitor = Client(), Client()
    firm.force_login(people.chloe)
    mine = people.chloe.memberships.get().organisation

    answer = firm.post(
        f"{HOME}transition/mes-projets/nouveau/",
        {"firm": mine.pk, "title": "Atelier de tri", "rome_code": "K2304", "positions": "4",
         "wanted_on": today().replace(year=today().year + 1).isoformat(), "skills": "Trier"},
    )  # fmt: skip
    project = GreenProject.objects.get()

    page = f"{HOME}transition/projets/{project.pk}/"
    assert visitor.get(page).status_code == 404
    firm.post(answer["location"], {"consent": "la gérante, ce jour"})
    said = visitor.get(page, {"q": "magasin"}).content.decode()
    assert "Atelier de tri" in said
    assert "Geste 3" in said
    assert "la gérante" not in said
    firm.post(f"{HOME}transition/mes-projets/{project.pk}/retirer/")
    assert visitor.get(page).status_code == 404


def test_another_firm_finds_no_page_for_a_project_that_is_not_its_own(here, people):
    mine = people.chloe.memberships.get().organisation
    project = GreenProject.objects.create(
        firm=mine, title="Atelier", rome_code="K2304", positions=1, wanted_on=today(),
        written_on=today(),
    )  # fmt: skip
    other = Client()
    other.force_login(people.other)

    for end in ("", "modifier/"):
        path = f"{HOME}transition/mes-projets/{project.pk}/{end}"
        assert other.get(path).status_code == 404
    assert other.post(f"{HOME}hypotheses/nouvelle/").status_code == 403


def test_other_pages_carry_the_card_of_a_trade_and_the_search_box_finds_it(english):
    card = references.trade("N1101", "fr")

    said = render_to_string(card.template, {"card": card.context})

    assert "postes à pourvoir de 2024 à 2029" in said
    assert f"{HOME}metiers/N1101/" in said
    assert references.trade("A9999", "fr") is None
    assert [each.url for each in references.search("magasinage", "fr", 5)] == [
        f"{HOME}metiers/N1103/"
    ]


def test_the_page_of_a_firm_tells_the_trades_that_its_activity_hires_most(english):
    card = references.firm("0" * 14, "en")
    said = render_to_string(card.template, {"card": card.context})

    assert [each["share"] for each in card.context["trades"]] == ["70%", "30%"]
    assert said.index(f"{HOME}metiers/N1103/") < said.index(f"{HOME}metiers/N1101/")
    assert "declared hirings" in said
    assert references.firm(f"{1:014}", "en") is None


def test_the_page_of_a_trade_shows_what_other_systems_say_of_it(english, monkeypatch):
    def told(kind, key, language):
        said = {"said": "", "url": "/ailleurs/"}
        return [Card("jobs", Text("Offres", "Offers"), "skills/_trade_card.html", said)]

    monkeypatch.setattr(systems, "cards", told)

    assert "/ailleurs/" in text(english, "metiers/N1101/")
