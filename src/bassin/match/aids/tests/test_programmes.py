"""Programmes as their publisher writes them: rules are read, sentences are never lost."""

import csv
import json
from datetime import date

import pytest

from bassin.errors import Refused
from bassin.match.aids.rules.catalogue import place_names
from bassin.match.aids.rules.exported import exported
from bassin.match.aids.rules.programmes import later, programme, said_key
from bassin.pairing.conditions import AnyOf, flat
from tests.support.loading import DATA

PUBLISHED = date(2026, 6, 30)
SMALL = "Moins de 50 salariés"
BEGUN = ("L'opération pour laquelle vous sollicitez une aide ne doit pas avoir commencé ou ne doit "
         "pas avoir donné lieu à des engagements fermes.")  # fmt: skip


def sheet(**more):
    """A programme with one rule of each kind."""
    return {
        "id": "aide-inventee", "titre": "Aide inventée", "promesse": "Une aide inventée",
        "description": "Rien de vrai.", "illustration": "x.webp", "type": "tee",
        "opérateur de contact": "Région", "nature de l'aide": "financement",
        "contact question": "https://exemple.fr/contact", "url": "https://exemple.fr/aide ",
        "montant du financement": "Jusqu'à 70 % du coût, dans la limite de 100 000 €",
        "objectifs": [
            {"description": "Écrire.", "liens": [{"lien": "https://e.fr", "texte": "Ici"}]}
        ],
        "conditions d'éligibilité": {
            "taille de l'entreprise": [SMALL, "Non éligible aux micro-entreprises"],
            "secteur géographique": ["Landes, Occitanie"],
            "secteur d'activité": ["Industrie"],
            "nombre d'années d'activité": ["Au moins 3 ans d’activité"],
            "autres critères d'éligibilité": [BEGUN, "Être un artisan"],
        },
        "eligibilityData": {
            "company": {
                "allowedNafSections": ["B", "C"], "minEmployees": "10", "maxEmployees": "49",
                "excludeMicroentrepreneur": True, "allowedRegion": ["Landes", "Occitanie"],
            },
            "validity": {"start": "01/02/2026", "end": "31/12/2026"},
            "priorityObjectives": ["energy", "rh"],
        },
    } | more  # fmt: skip


@pytest.fixture(scope="session")
def names(installed):
    """Keys of régions and départements."""
    return place_names(installed)


def demands(made):
    return {(each.fact, each.op): each.value for each in flat(made.conditions)}


def test_rules_become_conditions_with_the_words_that_they_come_from(names):
    made = programme(sheet(), names, PUBLISHED)

    found = demands(made)
    assert found["activity", "in"] == ("B", "C")
    assert found["staff", "at_least"] == (10.0,)
    assert found["staff", "at_most"] == (49.0,)
    assert found["micro", "is"] == ("no",)
    assert found["public_body", "is"] == ("no",)
    assert found["place", "in"] == ("departement:40", "region:76")
    assert found["project", "in"] == ("energy", "hiring", "training")
    assert found["age_months", "at_least"] == (36.0,)
    assert found["begun", "is"] == ("no",)
    quotes = {each.fact: each.quote for each in flat(made.conditions)}
    assert SMALL in quotes["staff"]
    assert quotes["begun"] == BEGUN
    assert (made.opens_on, made.closes_on) == (date(2026, 2, 1), date(2026, 12, 31))
    assert made.url == "https://exemple.fr/aide"
    assert (made.amounts[0].rate_pct, made.amounts[0].ceiling_eur) == (70, 100_000)
    assert made.steps[0].fr == "Écrire. Ici (https://e.fr)"
    assert made.review_on == date(2026, 12, 30)
    assert made.verified_on is None


def test_a_departement_in_place_of_a_region_is_read_and_told(names):
    made = programme(sheet(), names, PUBLISHED)

    assert [each.fr for each in made.notes] == [
        "« Landes » est cité comme région : lu comme le département"
    ]


def test_a_sentence_that_no_rule_reads_is_a_question_shared_by_those_who_write_it(names):
    made = programme(sheet(), names, PUBLISHED)
    key = said_key("Être un artisan")

    asked = {each.fact: each for each in flat(made.conditions)}[key]

    assert asked.value == ("yes",)
    assert asked.quote == "Être un artisan"
    assert "« Être un artisan »" in asked.question.fr
    assert said_key("Être  un artisan.") == key
    assert said_key("Être une artisane") != key


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"champ neuf": 1}, "champ neuf"),
        ({"url": "pas une adresse"}, "pas une adresse"),
        ({"eligibilityData": {"company": {"allowedRegion": ["Atlantide"]}}}, "Atlantide"),
        ({"eligibilityData": {"company": {"maxAge": 3}}}, "maxAge"),
        ({"eligibilityData": {"company": {}, "priorityObjectives": ["lune"]}}, "lune"),
    ],
)
def test_what_is_odd_is_told_and_the_sheet_is_kept(names, more, told):
    made = programme(sheet(**more), names, PUBLISHED)

    assert any(told in each.fr for each in made.notes)


def test_a_heading_never_met_becomes_questions(names):
    heading = {"conditions d'éligibilité": {"tour de taille": ["Mesurer moins d'un mètre"]}}

    made = programme(sheet(**heading), names, PUBLISHED)

    assert said_key("Mesurer moins d'un mètre") in {each.fact for each in flat(made.conditions)}


@pytest.mark.parametrize(
    ("more", "told"),
    [({"nature de l'aide": "cadeau"}, "cadeau"), ({"titre": ""}, "title"),
     ({"eligibilityData": {"company": {}, "validity": {"end": "31-12-2026"}}}, "31-12-2026")],
)  # fmt: skip
def test_a_programme_that_cannot_be_an_aid_is_told_with_its_name(names, more, told):
    with pytest.raises(Refused, match=told) as refused:
        programme(sheet(**more), names, PUBLISHED)

    assert "aide-inventee" in str(refused.value)


def test_amounts_of_a_size_or_a_region_are_those_of_who_meets_it(names):
    fields = [
        {"toutes ces conditions": ["effectif >= 0", "effectif <= 9"],
         "Montant du dispositif": "Jusqu'à 80 % du coût"},
        {"une de ces conditions": ["région = Landes"], "url": "https://e.fr"},
    ]  # fmt: skip

    made = programme(sheet(**{"champs conditionnels": fields}), names, PUBLISHED)

    first, second = made.amounts[:2]
    assert first.rate_pct == 80
    assert [(each.fact, each.value) for each in flat(first.when)] == [("staff", (9.0,))]
    assert [(each.fact, each.value) for each in flat(second.when)] == [
        ("place", ("departement:40",))
    ]


def test_some_months_later_stays_in_the_month():
    assert later(date(2026, 8, 31), 6) == date(2027, 2, 28)


@pytest.mark.pack
def test_the_real_programmes_are_all_read_and_no_sentence_is_lost(names, pack):
    listed = json.loads((pack / "aids" / "mte-programs.json").read_text("utf-8"))

    made = {each["id"]: programme(each, names, PUBLISHED) for each in listed}

    assert len(made) == 200
    for each in listed:
        aid = made[each["id"]]
        kept = {one.quote for one in flat(aid.conditions)} | {aid.stacking.said.fr}
        facts = {one.fact for one in flat(aid.conditions)}
        for sentence in each["conditions d'éligibilité"].get("autres critères d'éligibilité", ()):
            assert sentence in kept, (each["id"], sentence)
        for sentence in each["conditions d'éligibilité"]["taille de l'entreprise"]:
            if "salariés" in sentence and any(mark in sentence for mark in "0123456789"):
                assert facts & {"staff", said_key(sentence)}, (each["id"], sentence)
    assert sum(bool(each.notes) for each in made.values()) == 6
    assert any(isinstance(one, AnyOf) for each in made.values() for one in each.conditions)


@pytest.fixture
def rows():
    """Rows of the open export, by the name of their sheet."""
    path = DATA / "aid_exports" / "aids" / "mte-data_gouv_export.csv"
    with path.open(encoding="utf-8") as file:
        return dict(zip(("aide-inventee", "autre-aide"), csv.DictReader(file), strict=True))


def test_a_row_of_the_open_export_says_what_its_programme_says(names, rows):
    made = exported(rows["aide-inventee"], names, PUBLISHED, "aide-inventee")

    found = demands(made)
    assert found["activity", "in"] == ("B", "C")
    assert found["micro", "is"] == ("no",)
    assert found["age_months", "at_least"] == (36.0,)
    assert "region:11" in found["place", "in"]
    assert found[said_key("Être un artisan - ou un commerçant"), "is"] == ("yes",)
    assert found[said_key("Habiter ici"), "is"] == ("yes",)
    assert made.natures == ("funding", "advice")
    assert (made.holder, made.others) == ("RÉGION", ("CCI",))
    assert made.opens_on == date(2023, 6, 2)
    assert (made.amounts[0].rate_pct, made.amounts[0].ceiling_eur) == (70, 100_000)
    assert made.url == "https://exemple.fr/aide"
    assert made.steps[0].fr == "Écrire."


def test_an_aid_open_everywhere_has_no_place_and_closes_on_its_french_day(names, rows):
    made = exported(rows["autre-aide"], names, PUBLISHED, "autre-aide")

    assert "place" not in {each.fact for each in flat(made.conditions)}
    assert made.closes_on == date(2027, 1, 1)


@pytest.mark.parametrize(("column", "value"), [("types_aides", "cadeau"), ("porteurs", "{")])
def test_a_row_that_cannot_be_read_is_told_with_its_name(names, rows, column, value):
    with pytest.raises(Refused, match="aide-inventee"):
        exported(rows["aide-inventee"] | {column: value}, names, PUBLISHED, "aide-inventee")
