"""Which texts are one, in any script, and how words and contributions are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.debate.workshops import texts
from bassin.debate.workshops.tally import tally
from bassin.debate.workshops.tests.test_tally import asked, ballots


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Réemploi", "REEMPLOI"),
        ("éco-développement", "Eco développement"),
        ("main-d’œuvre", "main d'oeuvre"),
        ("  l'emploi  local ", "L’EMPLOI LOCAL"),
        ("Straße", "STRASSE"),
        ("coopération !", "cooperation"),
        ("عَمَل", "عمل"),
        ("Ελλάδα", "ελλαδα"),
        ("１２", "12"),
    ],
)
def test_two_ways_to_write_the_same_thing_have_one_key(one, other):
    assert texts.key(one) == texts.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("emploi local", "emploi"),
        ("мой", "мои"),
        ("กา", "กู"),
        ("काम", "कम"),
        ("か", "が"),
        ("+10", "-10 %"),
        ("👍", "👎"),
    ],
)
def test_two_things_said_keep_two_keys(one, other):
    assert texts.key(one) != texts.key(other)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_and_never_empties_what_is_written(text):
    once = texts.folded(text)

    assert texts.folded(once) == once
    assert bool(once) == bool("".join(text.split()))


def said(*cast, kind="words", decisions=()):
    return tally(asked(kind), ballots(*({"texts": list(each)} for each in cast)),
                 decisions=decisions)  # fmt: skip


def decided(text, state="pending", into=None, **more):
    return {
        "key": texts.key(text), "label": text, "state": state, "theme": "",
        "merged_into": texts.key(into) if into else None, **more,
    }  # fmt: skip


def test_a_word_said_once_waits_and_one_said_twice_is_shown_as_most_write_it():
    found = said(["Réemploi"], ["réemploi", "sobriété"], ["réemploi"], ["emploi local"], ["écoute"])

    assert [(each["label"], each["count"]) for each in found["items"]] == [("réemploi", 3)]
    assert (found["waiting"], found["distinct"], found["said"]) == (3, 4, 6)


def test_a_word_written_twice_by_one_person_counts_once():
    found = said(["Réemploi", "réemploi"], ["a"], ["b"], ["c"], ["d"])

    assert found["items"] == []


def test_merged_words_count_the_people_who_said_one_or_the_other():
    merges = [decided("recyclage", into="réemploi"), decided("réemploi", label="Réemploi")]

    found = said(
        ["réemploi", "recyclage"], ["recyclage"], ["recyclage"], ["a"], ["b"], decisions=merges
    )

    (item,) = found["items"]
    assert (item["label"], item["count"], item["variants"]) == ("Réemploi", 3, 2)


def test_words_merged_in_a_ring_still_count_once_each():
    ring = [decided("a", into="b"), decided("b", into="a")]

    found = said(["a"], ["b"], ["a"], ["c"], ["d"], decisions=ring)

    assert [each["count"] for each in found["items"]] == [3]


def test_what_a_facilitator_hides_is_counted_and_never_shown():
    found = said(*[["insulte"]] * 5, decisions=[decided("insulte", "hidden")])

    assert (found["items"], found["hidden"]) == ([], 1)


def test_a_contribution_is_shown_only_once_read_however_many_wrote_it():
    unread = said(*[["Partager"]] * 5, kind="contributions")
    read = said(
        *[["Partager"]] * 5,
        kind="contributions",
        decisions=[decided("Partager", "shown", theme="Données")],
    )

    assert (unread["items"], unread["waiting"]) == ([], 1)
    assert [(each["theme"], each["count"]) for each in read["items"]] == [("Données", 5)]
