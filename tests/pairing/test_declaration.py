"""What a declaration refuses: protected traits, codes said twice, weights that rank nothing."""

import pytest

from bassin.errors import Refused
from bassin.pairing import Gate, Membership, Nearness, Overlap, Pairing, Protected, Reach, Signal
from bassin.pairing.points import shares
from bassin.pairing.protected import law, traits
from bassin.types import Text
from tests.pairing.forklift import OFFERS, said

SKILLS = Signal("skills", Text("Compétences"), Overlap("skills", "skills"), 1, said())


def declared(*criteria, **more) -> Pairing:
    return Pairing("jobs.test", Text("Essai"), (SKILLS, *criteria), **more)


@pytest.mark.parametrize(
    "field", ["sex", "birth_date", "nationality", "last_name", "commune_code", "disability",
              "prénom", "marital_status", "qpv"],
)  # fmt: skip
@pytest.mark.parametrize("side", ["need", "offer"])
def test_a_criterion_on_a_protected_trait_is_refused(field, side):
    sides = {"need": "wish", "offer": "wish"} | {side: field}

    with pytest.raises(Protected, match="L1132-1"):
        declared(Gate("wish", Text("Souhait"), Membership(**sides), said()))


def test_a_protected_trait_in_a_title_a_code_or_a_table_is_refused():
    for code, title, table in [("age", "x", "t"), ("x", "Âge", "t"), ("x", "x", "by_gender")]:
        with pytest.raises(Protected):
            declared(Signal(code, Text(title), Nearness("a", "b", table), 1, said()))


def test_where_somebody_lives_may_only_measure_a_journey():
    journey = Reach("commune_code", "commune_code", "minutes", most="most")

    assert declared(Gate("far", Text("Trajet"), journey, said())).gates[0].primitive == journey


def test_a_pairing_between_things_may_look_at_places():
    zone = Gate("zone", Text("Commune"), Membership("commune_codes", "commune_code"), said())

    assert declared(zone, people=()).gates == (zone,)


def test_each_protected_trait_has_both_languages_and_a_source():
    assert all(each.title.fr and each.title.en and each.words for each in traits())
    assert len(traits()) >= 15
    assert "L1132-1" in law()


def test_a_code_said_twice_is_refused():
    with pytest.raises(ValueError, match="said once"):
        declared(SKILLS)


def test_a_pairing_without_a_weight_is_refused():
    with pytest.raises(ValueError, match="nothing can be ranked"):
        Pairing("jobs.test", Text("x"), (Signal("a", Text("a"), Overlap("x", "x"), 0, said()),))


def test_weights_are_shared_out_to_exactly_a_hundred_points():
    assert shares(OFFERS) == {"skills": 5000, "near": 3000, "way": 2000}
    assert shares(OFFERS, {"skills": 1, "near": 1, "way": 1}) == {
        "near": 3334, "skills": 3333, "way": 3333,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"colour": 1}, "colour.* is no signal"),
        ({"skills": -1}, "number from 0"),
        ({"skills": 0, "near": 0, "way": 0}, "All weights are 0"),
    ],
)
def test_weights_that_cannot_rank_are_refused_with_what_to_do(weights, message):
    with pytest.raises(Refused, match=message):
        shares(OFFERS, weights)
