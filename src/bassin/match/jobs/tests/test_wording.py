"""Words that an offer may not hold: sixty sentences and more, half of them innocent."""

import re
import tomllib
from pathlib import Path

import pytest

from bassin.match.jobs import wording

SENTENCES = tomllib.loads((Path(__file__).parent / "data" / "sentences.toml").read_text("utf-8"))[
    "sentences"
]
BLAMED = [each for each in SENTENCES if each.get("found")]
INNOCENT = [each for each in SENTENCES if not each.get("found")]


def judged(each: dict) -> dict[str, str]:
    title, text = (each["said"], "") if each.get("title") else ("Cariste", each["said"])
    flags = wording.judge(title, text, contract=each.get("contract", ""))
    return {flag.rule.code: flag.severity for flag in flags}


@pytest.mark.parametrize("each", BLAMED, ids=[each["said"] for each in BLAMED])
def test_words_that_the_law_forbids_are_found_with_their_rule(each):
    assert judged(each) == each["found"]


@pytest.mark.parametrize("each", INNOCENT, ids=[each["said"] for each in INNOCENT])
def test_innocent_words_raise_no_alarm(each):
    assert judged(each) == {}


def test_the_sentences_tried_cover_every_rule_and_half_are_innocent():
    met = {code for each in BLAMED for code in each["found"]}

    assert met == {rule.code for rule in wording.rules()}
    assert len(SENTENCES) >= 60
    assert len(INNOCENT) >= len(SENTENCES) / 2 - 2


def test_a_flag_quotes_the_words_as_they_were_written():
    [flag] = wording.judge("Cariste", "Le poste est à 5 h. Âge MAXIMUM : 35 ans.")

    assert flag.words == "Âge MAXIMUM"
    assert flag.sentence == "Âge MAXIMUM : 35 ans."
    assert "L5331-2" in flag.rule.law.fr


def test_every_rule_says_which_of_its_articles_were_checked_and_leaves_none_out():
    for rule in wording.rules():
        assert "Légifrance" in rule.status.fr, rule.code
        if rule.code == "title_one_form":  # its status is about the advice, not about the article
            continue
        for article in re.findall(r"L\d{4}-\d+(?:-\d+)?", rule.law.fr):
            assert article in rule.status.fr, (rule.code, article)


def test_every_rule_cites_an_article_and_speaks_both_languages():
    for rule in wording.rules():
        assert "Code du travail, L" in rule.law.fr, rule.code
        for text in (rule.title, rule.law, rule.status, rule.advice):
            assert text.fr, rule.code
            assert text.en, rule.code
