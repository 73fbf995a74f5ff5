"""What two people write differently for the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.letters import bare, spaced


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("L’Haÿ-les-Roses", "l'hay-les-roses"),
        ("MAÎTRE D'ŒUVRE", "maitre d'oeuvre"),
        ("Ex æquo", "ex aequo"),
        ("10\u202f000\u00a0€", "10 000 €"),
    ],
)
def test_capitals_accents_ligatures_apostrophes_and_spaces_do_not_count(written, read):
    assert bare(written) == read


@given(st.text())
def test_what_is_bare_stays_as_it_is(text):
    assert bare(bare(text)) == bare(text)


def test_a_text_on_several_lines_comes_on_one():
    assert spaced("  Zone\n d’activité\t") == "zone d'activite"
