"""One need and its offers: what is proposed, why, what blocks, what one change would do."""

from decimal import Decimal

import pyarrow as pa
import pytest

from bassin.pairing import rank
from bassin.pairing.batch import rank_all
from tests.pairing.forklift import NEED, OFFERS, TABLES, offer, table


def ranked(*rows, need=NEED, **options):
    return rank(OFFERS, need, table(*rows), TABLES, **options)


def reason(proposal, code):
    return {each.code: each for each in proposal.reasons}[code]


def test_a_perfect_offer_has_a_hundred_points():
    found = ranked(offer("a"))

    assert found.proposals[0].score == Decimal(100)


def test_the_points_of_the_reasons_are_the_score_to_the_hundredth():
    found = ranked(
        offer("a", skills=["drive", "read"], trade="N1103", commune="94077"),
        offer("b", skills=["read", "stock", "other"], trade=None),
        offer("c", skills=None, commune="94081"),
    )

    for proposal in found.proposals:
        assert sum(each.points for each in proposal.reasons) == proposal.score
    assert [each.key for each in found.proposals] == ["a", "c", "b"]


def test_the_second_page_goes_on_where_the_first_stops():
    rows = [offer("a"), offer("b", trade="N1103"), offer("c", trade="K2204")]

    first, second = ranked(*rows, top=2), ranked(*rows, top=2, skip=2)

    assert [(each.key, each.rank) for each in first.proposals] == [("a", 1), ("b", 2)]
    assert [(each.key, each.rank) for each in second.proposals] == [("c", 3)]
    assert second.proposals == ranked(*rows).proposals[2:]
    assert ranked(*rows, skip=7).proposals == ()


def test_offers_are_counted_by_place_and_one_place_may_be_listed_alone():
    rows = [offer("a"), offer("b", commune="94077", trade="N1103"), offer("c", commune=None),
            offer("d", contract="interim"), offer("e", commune="94077", trade="K2204")]  # fmt: skip

    found = ranked(*rows, spread=["commune"], only=("commune", {"94077", "75056"}))

    assert found.spread == {"commune": {"94074": 1, "94077": 2, None: 1}}
    assert [(each.key, each.rank) for each in found.proposals] == [("b", 3), ("e", 4)]
    assert (found.open_count, found.listed_count, found.blocked_count) == (4, 2, 1)


def test_an_unknown_fact_is_a_question_and_never_blocks():
    found = ranked(offer("a", level=None), need={**NEED, "contracts": None})

    assert [each.code for each in found.proposals[0].questions] == ["contract", "level"]
    assert found.blocked == ()


def test_an_unknown_signal_counts_half_and_says_so():
    found = ranked(offer("a", skills=None))

    assert reason(found.proposals[0], "skills").state == "ask"
    assert reason(found.proposals[0], "skills").points == Decimal(25)


def test_a_blocked_offer_stays_with_the_gate_that_blocks_it():
    found = ranked(offer("a"), offer("b", contract="interim"), offer("c", level=5, contract="x"))

    assert [each.key for each in found.blocked] == ["b", "c"]
    assert [each.code for each in found.blocked[0].gates] == ["contract"]
    assert found.blocked_by == {"contract": 2, "licence": 0, "level": 1, "far": 0}
    assert (found.open_count, found.blocked_count) == (1, 2)


def test_a_missing_licence_is_named_and_its_gain_is_a_rank():
    found = ranked(
        offer("a"),
        offer("b", licences=["r489"], trade="N1103"),
        offer("c", skills=["read", "stock"], trade="K2204"),
    )

    blocked = found.blocked[0]
    assert [each.label for each in blocked.missing] == [TABLES.label("licences", "r489")]
    assert blocked.counterfactuals[0].after == 2
    sentence = blocked.counterfactuals[0].sentence
    assert (sentence.say("fr"), sentence.say("en")) == (
        "Avec le CACES R489, cette proposition ne serait plus bloquée : elle serait au rang 2.",
        "With the R489 certificate, this proposal would no longer be blocked: "
        "it would be at rank 2.",
    )


def test_a_licence_nobody_asked_about_is_said_as_one_that_is_held():
    found = ranked(offer("a", licences=["r489"]), offer("b"), need={**NEED, "licences": None})

    told = [one for each in found.proposals for one in each.counterfactuals]
    assert [(one.kind, one.sentence.say("fr")) for one in told if one.criterion == "licence"] == [
        ("answer", "Avec le CACES R489, cette proposition serait au rang 1 au lieu du rang 2.")
    ]


def test_a_missing_skill_tells_the_rank_that_it_would_give():
    found = ranked(
        offer("a", trade="N1103"), offer("b", skills=["read"]), need={**NEED, "level": 3}
    )

    skill = found.proposals[1].counterfactuals[0]
    assert (skill.kind, skill.before, skill.after) == ("gain", 2, 1)
    assert skill.change == {"skills": ["drive", "read", "stock"]}


def test_changes_are_bounded_in_number():
    rows = [offer(f"{n:02}", skills=[f"s{n}", "drive"]) for n in range(10)]

    few = ranked(*rows, hypotheses=3)

    told = {each.label for one in few.proposals for each in one.counterfactuals}
    assert len(told) <= 3


def test_a_longer_journey_is_told_as_something_to_accept():
    found = ranked(offer("a", commune="94077"), need={**NEED, "most": 20})

    assert found.blocked[0].counterfactuals[0].change == {"most": 25}


def test_equal_scores_are_settled_by_the_questions_then_by_the_key():
    found = ranked(offer("b"), offer("c"), offer("a", level=None), offer("d"), top=3)

    assert [each.key for each in found.proposals] == ["b", "c", "d"]


def test_weights_given_replace_those_declared():
    rows = (offer("far", commune="94077"), offer("other", trade="K2204"))

    assert ranked(*rows).proposals[0].key == "far"
    assert ranked(*rows, weights={"way": 90, "near": 1}).proposals[0].key == "other"


@pytest.mark.parametrize(
    ("code", "state", "french"),
    [
        ("skills", "yes", "Vous savez déjà : conduire un chariot, stock."),
        ("far", "yes", "0 minutes de trajet."),
    ],
)
def test_each_criterion_says_its_sentence(code, state, french):
    told = reason(ranked(offer("a")).proposals[0], code)

    assert (told.state, told.sentence.fr) == (state, french)


def test_a_batch_of_no_offer_for_each_need_is_refused():
    needs = pa.Table.from_pylist([{"key": 1}])

    with pytest.raises(ValueError, match="top is 0"):
        rank_all(OFFERS, needs, table(), TABLES, top=0)


def test_tables_with_the_journeys_of_somebody_else_keep_what_was_made_of_the_rest():
    elsewhere = {name: (codes, matrix * 0) for name, (codes, matrix) in TABLES.reach.items()}

    moved = TABLES.reaching(elsewhere)

    assert moved.near is TABLES.near
    assert moved.weighed is TABLES.weighed
    assert all(not each.values.any() for each in moved.minutes.values())
    assert any(each.values.any() for each in TABLES.minutes.values())
