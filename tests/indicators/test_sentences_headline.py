"""The opening paragraph of a place: three facts at most, firm and published."""

import pytest

from bassin.indicators.figure import Reliability, Status
from bassin.indicators.sentences import distinctive, headline
from bassin.types import Origin, Text
from tests.indicators.making_figures import IDF, T12, count, place, rate, seen, spaced

PEERS = tuple(place(name, "ept") for name in ("Est Ensemble", "Plaine Commune", "A", "B", "C"))


def peers(*values: float, **facts):
    return tuple(seen(where, value, **facts) for where, value in zip(PEERS, values, strict=False))


def told(label: str, value: float, **facts):
    facts = {"peers": peers(10, 11, 12, 13, 14)} | facts
    return rate(value, label=Text(label), **facts)


def test_the_three_farthest_figures_are_told_farthest_first():
    figures = [
        told("Part des cadres", 16.0),
        told("Part des ouvriers", 12.1),
        told("Taux de chômage", 22.0),
        told("Part des diplômés", 18.0),
        told("Part des emplois industriels", 15.0),
    ]

    assert spaced(headline(figures, T12)) == (
        "À Grand-Orly Seine Bièvre, trois chiffres se distinguent : taux de chômage, 22,0 % (2016)"
        " contre 12,0 % en médiane ; part des diplômés, 18,0 % (2016) contre 12,0 % en médiane ;"
        " part des cadres, 16,0 % (2016) contre 12,0 % en médiane."
    )
    assert headline(figures[:2], T12, "en") == (
        "One figure stands out in Grand-Orly Seine Bièvre: part des cadres, 16.0% (2016) against"
        " a median of 12.0%."
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"origin": Origin.INVENTED},
        {"reliability": Reliability.FRAGILE},
        {"status": Status.SECRET},
        {"status": Status.ROUNDED},
        {"upper": 30.0},
        {"peers": peers(10, 11, 12, 13, 14, origin=Origin.INVENTED)},
        {"peers": peers(10, 11, 12, 13, 14, reliability=Reliability.FRAGILE)},
        {"peers": peers(10, 11, 12)},
        {"peers": ()},
    ],
    ids=lambda facts: ", ".join(facts),
)
def test_only_firm_published_values_against_enough_peers_are_told(facts):
    figures = [told("Taux de chômage", 22.0, **facts)]

    assert distinctive(figures) == []
    assert spaced(headline(figures, T12)) == (
        "À Grand-Orly Seine Bièvre, aucun chiffre chargé ne s'écarte nettement de ceux des "
        "territoires comparés."
    )
    assert headline(figures, T12, "en") == (
        "In Grand-Orly Seine Bièvre, no loaded figure stands out from its peers."
    )


def test_a_figure_within_the_noise_of_the_median_is_not_told_however_close_the_peers():
    figures = [told("Taux de chômage", 12.4, peers=peers(12.0, 12.0, 12.0, 12.0, 12.1))]

    assert distinctive(figures) == []


@pytest.mark.parametrize(("value", "told_count"), [(14.0, 0), (16.0, 1)])
def test_a_figure_no_farther_than_its_peers_are_from_one_another_is_not_told(value, told_count):
    figures = [told("Taux de chômage", value, peers=peers(8.0, 10.0, 12.0, 14.0, 16.0))]

    assert len(distinctive(figures)) == told_count


def test_peers_that_are_nearly_all_equal_still_let_a_far_figure_out():
    figures = [told("Taux de chômage", 22.0, peers=peers(12.0, 12.0, 12.0, 12.0, 13.0))]

    assert [d.figure for d in distinctive(figures)] == figures


def test_the_place_itself_among_its_peers_does_not_count():
    others = peers(10, 11, 12, 13, 14)
    alone = told("Taux de chômage", 22.0, peers=others)
    among = told("Taux de chômage", 22.0, peers=(*others, seen(T12, 22.0)))

    assert distinctive([alone])[0].distance == distinctive([among])[0].distance


def test_four_peers_are_enough_and_three_are_not():
    assert len(distinctive([told("Taux de chômage", 22.0, peers=peers(10, 11, 12, 13))])) == 1
    assert distinctive([told("Taux de chômage", 22.0, peers=peers(10, 11, 12))]) == []


def test_figures_of_another_place_are_left_out():
    assert "chômage" not in headline([told("Taux de chômage", 22.0, where=IDF)], T12)


def test_the_paragraph_drops_medians_then_figures_to_stay_within_sixty_words():
    wordy = "Part des " + "habitants de la commune et de ses environs " * 2 + "n°"
    very_wordy = "Part des " + "habitants de la commune et de ses environs " * 4 + "n°"

    without_medians = headline([told(f"{wordy}{i}", 20.0 + i) for i in range(3)], T12)
    with_two_facts = headline([told(f"{very_wordy}{i}", 20.0 + i) for i in range(3)], T12)

    assert len(without_medians.split()) <= 60
    assert len(with_two_facts.split()) <= 60
    assert "se distingue" in without_medians
    assert "médiane" not in without_medians


def test_an_acronym_keeps_its_capitals_inside_the_paragraph():
    assert "PIB par habitant, " in headline([told("PIB par habitant", 22.0)], T12)


def test_a_count_is_not_distinctive_however_large_the_place():
    large = count(900_000, label=Text("Emplois"), peers=peers(10.0, 11.0, 12.0, 13.0, 14.0))

    assert distinctive([large]) == []
