"""Texts that look alike are proposed together; the facilitator decides."""

from hypothesis import given
from hypothesis import strategies as st

from bassin.debate.workshops import suggesting


def test_plurals_and_slips_of_the_hand_are_proposed_together():
    labels = ["Emplois locaux", "emploi local", "Solidarité", "Solidarite", "Solidaritée", "Eau"]

    pairs = suggesting.alike(labels)

    assert pairs[0] == (2, 3)
    assert (2, 4) in pairs
    assert all(5 not in pair for pair in pairs)


@given(st.lists(st.text(max_size=20), max_size=8))
def test_any_texts_are_compared_once_each(labels):
    pairs = suggesting.alike(labels)

    assert all(0 <= one < other < len(labels) for one, other in pairs)
    assert len(set(pairs)) == len(pairs)
