"""Pages: from a number or from questions, three groups; addresses hold nothing of a person."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from bassin.match.aids.tests.firms import ALONE, WORKSHOP

KNOWN = {
    "etape": "firm", "commune": "94054", "naf": "25.62B", "forme": "57", "effectif": "5",
    "projet": ["investment", "energy"],
}  # fmt: skip


def text(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("&#x27;", "'")


@pytest.fixture(autouse=True)
def _here(here):
    """Every page is of the sample's territory."""


def test_the_first_page_says_how_many_aids_and_that_nobody_checked_them(client):
    said = text(client.get(reverse("aids:home")))

    assert "54 aides" in said
    assert "Toutes sont « à vérifier »" in said


@pytest.mark.parametrize("number", [WORKSHOP, ALONE])
def test_a_number_becomes_what_the_register_tells_and_leaves_the_address(client, number):
    answer = client.get(reverse("aids:by_number"), {"siret": number})

    address = urlsplit(answer.url)
    assert address.path == reverse("aids:answers")
    assert number not in answer.url
    assert number[:9] not in answer.url
    assert parse_qs(address.query)["etape"] == ["firm"]
    assert client.get(answer.url).status_code == 200


def test_a_day_of_creation_is_given_by_its_month(client):
    answer = client.get(reverse("aids:by_number"), {"siret": ALONE})

    assert parse_qs(urlsplit(answer.url).query)["cree"] == ["2025-03"]


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [("123", 400, "14"), ("00000090000019", 404, "deux minutes"), ("", 400, "SIRET")],
)
def test_a_number_that_cannot_be_found_says_what_to_do(client, typed, status, told):
    answer = client.get(reverse("aids:by_number"), {"siret": typed})

    assert answer.status_code == status
    assert told in text(answer)


def test_three_groups_are_told_with_their_reasons(client):
    said = text(client.get(reverse("aids:answers"), KNOWN))

    assert "Rendez-vous avec un conseiller du territoire" in said
    assert "Projet : il faut créer une entreprise" in said
    assert "Le projet a-t-il commencé" in said
    assert "Idriss Marchand" in said
    assert "sous 48 heures" in said


def test_without_an_answer_questions_are_asked_with_why(client):
    said = text(client.get(reverse("aids:answers")))

    assert "Quels sont vos projets ?" in said
    assert "c'est ce qui décide le plus" in said


def test_an_answer_badly_written_is_told_and_the_others_count(client):
    said = text(client.get(reverse("aids:answers"), {**KNOWN, "effectif": "douze"}))

    assert "Écrivez un nombre, ou deux" in said
    assert "Mécanique industrielle (25.62B)" in said


def test_words_of_an_activity_are_its_code_when_they_name_one_only(client):
    one = text(client.get(reverse("aids:answers"), {"naf": "mécanique industrielle"}))
    several = text(client.get(reverse("aids:answers"), {"naf": "commerce"}))

    assert "Mécanique industrielle (25.62B)" in one
    assert "Plusieurs activités" in several


def test_what_tells_something_of_a_person_is_sent_and_goes_into_no_address(client):
    known = {"etape": "project", "commune": "94054", "personne": ["jobseeker", "youth"]}

    sent = text(client.post(reverse("aids:answers"), known))
    asked = text(client.get(reverse("aids:answers"), known))

    assert "Acre : exonération" in sent.split("Peut-être : il manque")[0] + sent
    assert "Pas avec « Maintien de l'allocation" in sent
    assert 'value="jobseeker" checked' in sent
    assert 'value="jobseeker" checked' not in asked
    links = [each.split('"')[0] for each in sent.split('href="')[1:]]
    assert not [each for each in links if "jobseeker" in each or "personne=" in each]


def test_an_answer_to_a_free_demand_is_kept_in_the_address(client):
    known = {"commune": "94054", "projet": "environment", "etape": "firm"}
    before = text(client.get(reverse("aids:answers"), known | {"commence": "non"}))
    after = text(client.get(reverse("aids:answers"),
                            known | {"commence": "non", "d-label-action": "non"}))  # fmt: skip

    assert "Critère non rempli" not in before
    assert "Critère non rempli" in after


def test_what_if_two_people_were_hired_is_told_side_by_side(client):
    query = {"avant-etape": "firm", "avant-commune": "94054", "avant-effectif": "12",
             "etape": "firm", "commune": "94054", "effectif": "12", "embauches": "2"}  # fmt: skip

    same = text(client.get(reverse("aids:changes"), {**query, "embauches": ""}))
    said = text(client.get(reverse("aids:changes"), {**query, "projet": "hiring"}))

    assert "Aucune réponse ne change" in same
    assert "Elles se ferment" in said
    assert "Aujourd'hui" in said
    assert "Embauches prévues" in said


def test_the_guide_is_filtered_by_its_address(client):
    every = text(client.get(reverse("aids:guide"), {"etat": "toutes"}))
    local = text(client.get(reverse("aids:guide"), {"echelle": "local"}))
    closed = text(client.get(reverse("aids:guide"), {"etat": "closes", "q": "transco"}))
    none = text(client.get(reverse("aids:guide"), {"q": "licorne"}))

    assert "54 aides" in every
    assert "7 aides" in local
    assert "Transitions collectives" in closed
    assert "retirez-en un" in none


def test_a_sheet_says_its_demands_its_source_and_that_nobody_checked_it(client):
    said = text(client.get(reverse("aids:sheet", args=["zfu-te"])))

    assert "à vérifier" in said
    assert "close depuis le 31/12/2025" in said
    assert "Règlement (UE) 2023/2831" in said
    assert client.get(reverse("aids:sheet", args=["licorne"])).status_code == 404


def test_english_is_complete_on_every_page(client):
    client.cookies["django_language"] = "en"

    for address, words in (
        (reverse("aids:home"), "Which aids for your firm"),
        (reverse("aids:answers") + "?commune=94054&etape=firm", "Perhaps: something is missing"),
        (reverse("aids:guide"), "All aids"),
        (reverse("aids:sheet", args=["acre"]), "Acre: relief for a new activity"),
    ):
        assert words in text(client.get(address))


def test_what_is_said_of_a_person_is_in_an_address_only_when_that_is_chosen(client):
    known = KNOWN | {"personne": ["jobseeker"]}

    kept = client.post(reverse("aids:answers"), known)
    chosen = client.post(reverse("aids:answers"), known | {"partage": "oui"})

    assert kept.status_code == 200
    assert "jobseeker" in chosen.url
    said = text(client.get(chosen.url))
    assert "contient ce qui a été dit d'une personne" in said
    assert 'value="jobseeker" checked' in said
    silent = client.get(reverse("aids:answers"), known)
    assert 'value="jobseeker" checked' not in text(silent)


def test_size_is_asked_with_the_group_and_the_year_before(client):
    said = text(client.get(reverse("aids:answers"), KNOWN | {"seule": "oui", "ca": "900000"}))

    assert "Quelle taille avait-elle jusqu'au dernier exercice ?" in said
    assert "deux exercices de suite" in said
