"""Elision, plurals, lists and the end of sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.indicators.sentences.words import (
    Noun,
    elide,
    finish,
    fixed_spaces,
    listing,
    lower_first,
    plural,
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("emplois", "d'emplois"),
        ("établissements", "d'établissements"),
        ("habitants", "d'habitants"),
        ("heures", "d'heures"),
        ("œuvres", "d'œuvres"),
        ("Île", "d'Île"),
        ("hausse", "de hausse"),
        ("handicap", "de handicap"),
        ("hors zone", "de hors zone"),
        ("onze emplois", "de onze emplois"),
        ("yaourts", "de yaourts"),
        ("logements", "de logements"),
        ("1 200 emplois", "de 1 200 emplois"),
        ("", "de "),
    ],
)
def test_de_is_elided_before_a_vowel_sound(word, expected):
    assert elide("de", word) == expected


def test_que_and_le_are_elided_too():
    assert elide("que", "ailleurs") == "qu'ailleurs"
    assert elide("le", "emploi") == "l'emploi"
    assert elide("de", "Hyères", elides=True) == "d'Hyères"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("emploi", "emplois"),
        ("demandeur d'emploi", "demandeurs d'emploi"),
        ("local vacant", "locaux vacants"),
        ("projet de recrutement", "projets de recrutement"),
        ("établissement actif", "établissements actifs"),
        ("lieu", "lieux"),
        ("prix", "prix"),
        ("festival", "festivals"),
        ("ménage à bas revenu", "ménages à bas revenu"),
    ],
)
def test_french_plurals_stop_at_the_first_preposition(one, many):
    assert plural(one) == many


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("job", "jobs"),
        ("company", "companies"),
        ("job seeker", "job seekers"),
        ("survey", "surveys"),
        ("branch", "branches"),
        ("person in work", "people in work"),
        ("business", "businesses"),
    ],
)
def test_english_plurals_fall_on_the_head_of_the_noun(one, many):
    assert plural(one, "en") == many


@pytest.mark.parametrize(
    ("text", "language", "noun"),
    [
        ("une entreprise", "fr", Noun("entreprise", "entreprises", feminine=True)),
        ("un local|des locaux", "fr", Noun("local", "des locaux")),
        ("emploi", "fr", Noun("emploi", "emplois")),
        ("un œil|yeux", "fr", Noun("œil", "yeux")),
        ("an active person|active people", "en", Noun("active person", "active people")),
        ("a job", "en", Noun("job", "jobs")),
    ],
)
def test_a_noun_is_read_with_its_gender_and_its_plural(text, language, noun):
    assert Noun.parse(text, language) == noun


def test_a_list_ends_with_and():
    assert listing([]) == ""
    assert listing(["A"]) == "A"
    assert listing(["A", "B"]) == "A et B"
    assert listing(["A", "B", "C"], "en") == "A, B and C"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Taux de chômage", "taux de chômage"),
        ("Établissements", "établissements"),
        ("L'emploi", "l'emploi"),
        ("QPV : habitants", "QPV : habitants"),
        ("A10 du secteur", "A10 du secteur"),
        ("", ""),
    ],
)
def test_a_label_loses_its_capital_inside_a_sentence_unless_it_is_an_acronym(text, expected):
    assert lower_first(text) == expected


@given(st.text(alphabet=st.sampled_from("aZé .,;:!?…\n\u00a0»)"), max_size=30))
def test_a_finished_sentence_ends_once_and_holds_no_double_space(text):
    done = finish(text)

    assert done.endswith((".", "!", "?", "…"))
    assert "  " not in done
    assert finish(done) == done


def test_no_line_may_begin_on_a_colon_or_end_on_an_opening_quote():
    told = fixed_spaces("Qui habite ici ? Lire : « ici » ; non !")

    assert told == ("Qui habite ici\u202f? Lire\u00a0: «\u00a0ici\u00a0»\u202f; non\u202f!")
