"""What holds of every tally, whatever the ballots: it counts all of them once, tells nothing of
few, and anybody who reads the published ballots counts the same."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bassin.debate.workshops import answers, canonical, recount
from bassin.debate.workshops.movement import movement
from bassin.debate.workshops.tally import tally
from bassin.debate.workshops.tests.test_tally import CANNOT, asked
from bassin.errors import Refused

CODES = ("a", "b", "c")
SENT = {
    "quiz": st.lists(st.sampled_from(CODES), unique=True).map(lambda picks: {"picks": picks}),
    "choice": st.sampled_from(CODES).map(lambda pick: {"picks": [pick]}),
    "likert": st.integers(1, 5).map(lambda level: {"level": level}),
    "ranking": st.lists(st.sampled_from(CODES), unique=True, min_size=1).map(
        lambda order: {"order": order}
    ),
    "points": st.integers(0, 10).map(lambda n: {"points": {"a": n, "b": 10 - n}}),
    "sorting": st.dictionaries(st.sampled_from(CODES), st.integers(0, 1), min_size=1).map(
        lambda places: {"places": places}
    ),
    "words": st.lists(
        st.sampled_from(["Réemploi", "reemploi", "emploi local", "Emploi  local", "écoute"]),
        min_size=1,
        max_size=2,
    ).map(lambda texts: {"texts": texts}),
}


def question(kind):
    made = asked(kind, *CODES)
    for option, outcome in zip(made["options"], ("right", "wrong", "depends"), strict=True):
        option["judged"] = {"outcome": outcome, "said": {}, "readings": []}
    return made


@st.composite
def rooms(draw, most=40):
    """A question and the ballots that a room cast, each checked as a vote is."""
    kind = draw(st.sampled_from(sorted(SENT)))
    made = question(kind)
    sent = draw(st.lists(st.one_of(SENT[kind], st.just({"cannot_say": True})), max_size=most))
    groups = draw(st.lists(st.sampled_from(["", "Ivry", "Vitry"]), min_size=len(sent),
                           max_size=len(sent)))  # fmt: skip
    cast = [
        {"answer": answers.checked(made, answer), "group": group}
        for answer, group in zip(sent, groups, strict=True)
    ]
    return made, cast


@given(rooms(), st.randoms())
def test_the_order_of_ballots_and_a_stay_on_disk_change_no_tally(room, chance):
    made, cast = room
    mixed = list(cast)
    chance.shuffle(mixed)

    found = tally(made, cast)

    assert tally(made, mixed) == found
    assert json.loads(json.dumps(found)) == found
    assert found["n"] == len(cast)


@given(rooms(), st.integers(1, 9))
def test_those_who_cannot_say_are_counted_and_change_no_share(room, more):
    made, cast = room
    without = [{**each, "group": ""} for each in cast]

    before, after = tally(made, without), tally(made, without + [CANNOT] * more)

    aside = ("n", "cannot_say", "groups")
    assert {name: value for name, value in after.items() if name not in aside} == {
        name: value for name, value in before.items() if name not in aside
    }
    assert after["n"] == before["n"] + more


@given(rooms(), st.integers(5, 12))
def test_nothing_is_told_of_fewer_than_the_smallest_group(room, least):
    made, cast = room
    spoke = sum(not each["answer"].get("cannot_say") for each in cast)

    found = tally(made, cast, min_group=least)

    assert found["shown"] == (spoke >= least)
    if not found["shown"]:
        assert set(found) == {"kind", "n", "shown"}


@given(rooms())
def test_every_answer_is_counted_once(room):
    made, cast = room
    found = tally(made, cast)
    if not found["shown"]:
        return

    given_ = [each["answer"] for each in cast if not each["answer"].get("cannot_say")]
    if made["kind"] == "likert":
        assert sum(each["count"] for each in found["levels"]) == len(given_)
        assert found["consensus"] <= 100
        assert found["consensus"] >= 0
    elif made["kind"] == "sorting":
        placed = sum(line["left"] + line["right"] + line["unplaced"] for line in found["lines"])
        assert placed == len(given_) * len(CODES)
    elif made["kind"] == "points":
        assert sum(line["points"] for line in found["lines"]) == 10 * len(given_)
    elif made["kind"] == "words":
        shown = sum(item["count"] for item in found["items"])
        assert shown + found["waiting"] <= found["said"]
    else:
        key = "order" if made["kind"] == "ranking" else "picks"
        told = sum(line["count"] for line in found["lines"])
        assert told == sum(len(answer[key]) for answer in given_)


@given(rooms(), rooms())
def test_a_round_compared_with_itself_moves_nothing_and_back_is_the_opposite(one, other):
    first, second = tally(*one), tally(*other)

    still, there, back = movement(first, first), movement(first, second), movement(second, first)

    if still["shown"]:
        assert {line["change"] for line in still["lines"]} <= {0, None}
    if there and there["shown"]:
        changes = {line["key"]: line["change"] for line in there["lines"]}
        assert {line["key"]: -(line["change"] or 0) for line in back["lines"]} == {
            key: (change or 0) for key, change in changes.items()
        }


@settings(max_examples=60)
@given(rooms())
def test_whoever_reads_the_published_ballots_counts_the_same(room):
    made, cast = room
    results = tally(made, cast)
    published = sorted(
        ({"receipt": f"{n:016x}", "answer": each["answer"]} for n, each in enumerate(cast)),
        key=lambda each: each["receipt"],
    )
    shown = results["shown"]
    digest = canonical.digest(published) if shown else ""
    file = {
        "format": recount.FORMAT,
        "workshop": {"min_group": 5},
        "rounds": [
            {
                "step": 1, "title": {"fr": "Votre avis"}, "number": 1, "asked": made,
                "ballots": published if shown else None, "sha256": digest,
                "closed_sha256": digest, "withheld": 0, "decisions": [], "results": results,
                "movement": None,
            }
        ],
    }  # fmt: skip

    read = recount.read(canonical.canonical(file))
    if not shown:
        with pytest.raises(Refused, match="nothing to count again"):
            recount.recount(read)
        return
    (counted,) = recount.recount(read)

    assert counted.differs == []
    assert counted.ballots == len(cast)
