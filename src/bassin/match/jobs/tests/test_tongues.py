"""Public pages of jobs in Arabic and in Portuguese: complete, marked, French where they must be."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import reverse
from django.utils import translation

import bassin
from bassin.match.jobs import declared, market
from bassin.match.jobs.labels import HOURS_SAID
from bassin.match.jobs.models import Need, Offer, Public
from bassin.match.jobs.pairing import FIRMS, OFFERS
from bassin.match.jobs.tests import reached
from bassin.pairing import hypotheses
from bassin.systems import systems
from bassin.types import Text
from bassin.ui import tongues

each_language = pytest.mark.parametrize("code", sorted(tongues.tongues("jobs")))


def words_of(code):
    with tongues.catalogues()["jobs"][code].open("rb") as file:
        return {
            each.id if isinstance(each.id, str) else each.id[0]: each.string
            for each in read_po(file, locale=code)
            if each.id and (each.string if isinstance(each.string, str) else all(each.string))
        }


def said_in_reasons():
    for pairing in (OFFERS, FIRMS):
        for each in pairing.criteria:
            yield from (each.title, each.sentences.yes, each.sentences.no, each.sentences.ask)
    for each in declared.figures().values():
        yield from (each.label, each.unit, each.definition, each.source)
    yield from (each.title for each in systems() if each.room == "match")
    yield from (*HOURS_SAID.values(), *market.SAID.values())
    yield from (each for each in vars(hypotheses).values() if isinstance(each, Text))
    yield from hypotheses.SAID.values()


@each_language
def test_every_sentence_of_the_public_pages_is_said(code):
    asked = reached.words()

    assert asked - words_of(code).keys() == set()
    assert {"See the jobs", "Keep my place", "This offer is over", "Skip to the content"} <= asked


@each_language
def test_every_reason_is_said_with_the_values_it_holds(code):
    said = words_of(code)

    for text in said_in_reasons():
        holds = re.findall(r"{\w+}", text.en)
        assert sorted(re.findall(r"{\w+}", said[text.en])) == sorted(holds), text.en


@each_language
def test_a_number_of_jobs_on_the_map_is_written_in_what_a_screen_reader_says(code):
    forms = words_of(code)["{n} job"]

    assert all("{n}" in each for each in (forms if code != "ar" else forms[1:]))


@each_language
def test_choices_that_the_public_pages_show_are_said_in_their_language(code):
    lists = (Offer.Contract, Offer.PayPer, Offer.Level, Offer.French, Need, Public)
    with translation.override("en"):
        asked = {str(each) for kind in lists for each in kind.labels if each}
    asked |= {words for _record, words in reached.choices()}

    assert asked - words_of(code).keys() == set()
    assert ("Structure", "training body") in reached.choices()


@pytest.mark.django_db
def test_a_page_in_arabic_reads_from_the_right_and_says_that_nobody_reviewed_it(client):
    page = client.get(reverse("jobs:rules"), {"lang": "ar"}).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert '<span lang="fr" dir="ltr">(traduction non relue)</span>' in page
    assert "شخص يجيبك" in page


@pytest.mark.django_db
def test_a_page_without_arabic_is_french_and_says_so_in_arabic(client):
    client.cookies["django_language"] = "ar"

    page = client.get(reverse("account_login")).content.decode()

    assert '<html lang="fr" dir="ltr">' in page
    assert 'lang="ar" dir="rtl"' in page
    assert "وهي بالفرنسية" in page


def test_no_french_catalogue_holds_words_of_another_script():
    foreign = re.compile(r"[\u0400-\u04ff\u0590-\u06ff]")

    found = [
        (path.parts[-4], number)
        for path in Path(bassin.__file__).parent.glob("**/locale/fr/LC_MESSAGES/django.po")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if foreign.search(line) and line.startswith(("msgstr", '"'))
    ]

    assert found == []
