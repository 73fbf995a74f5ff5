"""What is said of a figure, rule by rule, in French and in English."""

from dataclasses import replace

import pytest

from bassin.indicators.figure import Change, Reliability, Status
from bassin.indicators.sentences import describe_chart, sentence
from bassin.types import Origin, Text
from tests.indicators.making_figures import (
    FRANCE,
    IDF,
    METROPOLE,
    PARIS,
    T12,
    against,
    count,
    income,
    place,
    ranked,
    rate,
    seen,
    spaced,
)

PLAINE = place("Plaine Commune", "ept")
EST = place("Est Ensemble", "ept")


def french(figure) -> str:
    return spaced(sentence(figure))


def english(figure) -> str:
    return spaced(sentence(figure, "en"))


def test_the_sentence_of_the_worked_example_comes_out_word_for_word():
    figure = rate(polarity="lower_better", comparisons=(against(METROPOLE, 0.8), against(IDF, 1.6)))

    assert french(figure) == (
        "Taux de chômage au sens du recensement : 14,3 % à Grand-Orly Seine Bièvre (2016), "
        "soit 0,8 point de plus que la Métropole et 1,6 point de plus que l'Île-de-France."
    )
    assert english(figure) == (
        "Unemployment rate (census definition): 14.3% in Grand-Orly Seine Bièvre (2016), "
        "0.8 points above the Métropole and 1.6 points above Île-de-France."
    )


def test_french_spaces_never_break_a_number_from_its_sign():
    text = sentence(rate(comparisons=(against(IDF, 2.0),), rank=ranked()))

    assert "recensement\u00a0: 14,3\u202f% à" in text
    assert "\u202f; 2e rang" in text


@pytest.mark.parametrize(
    ("gap", "expected", "in_english"),
    [
        (0.5, "un niveau comparable à la Métropole", "comparable to the Métropole"),
        (-0.5, "un niveau comparable à la Métropole", "comparable to the Métropole"),
        (0.6, "0,6 point de plus que la Métropole", "0.6 points above the Métropole"),
        (-2.0, "2 points de moins que la Métropole", "2 points below the Métropole"),
        (1.0, "1 point de plus que la Métropole", "1 point above the Métropole"),
    ],
)
def test_rates_within_half_a_point_are_comparable(gap, expected, in_english):
    figure = rate(comparisons=(against(METROPOLE, gap),))

    assert french(figure).endswith(f"(2016), soit {expected}.")
    assert english(figure).endswith(f"(2016), {in_english}.")


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (-8.6, "8,6 % de moins que la Métropole"),
        (2.0, "un niveau comparable à la Métropole"),
        (2.1, "2,1 % de plus que la Métropole"),
    ],
)
def test_amounts_within_two_percent_are_comparable(gap, expected):
    figure = income(comparisons=(against(METROPOLE, gap, "%", value=22174),))

    assert french(figure) == (
        "Revenu médian par unité de consommation : 20 262 € à Grand-Orly Seine Bièvre (2016), "
        f"soit {expected}."
    )


def test_an_absolute_gap_is_said_in_euros_and_judged_against_the_other_value():
    far = income(comparisons=(against(METROPOLE, -1912, "€", value=22174),), difference="absolute")
    near = income(comparisons=(against(METROPOLE, -200, "€", value=20462),), difference="absolute")

    assert "soit 1 912 € de moins que la Métropole." in french(far)
    assert "€1,912 below the Métropole." in english(far)
    assert "comparable à la Métropole." in french(near)


def test_gaps_come_first_and_comparable_places_together_at_the_end():
    figure = rate(
        comparisons=(
            against(METROPOLE, 0.2),
            against(IDF, 1.6),
            against(FRANCE, 0.1),
            against(place("Val-de-Marne", "departement", 2), 2.4),
        )
    )

    assert french(figure).endswith(
        "soit 1,6 point de plus que l'Île-de-France, 2,4 points de plus que le Val-de-Marne "
        "et un niveau comparable à la Métropole et à la France."
    )


def test_a_comparison_that_calls_for_caution_needs_twice_the_gap():
    firm = rate(comparisons=(against(IDF, 0.8),))
    cautious = rate(comparisons=(against(IDF, 0.8),), reliability=Reliability.CAUTION)

    assert "0,8 point de plus" in french(firm)
    assert "un niveau comparable à l'Île-de-France" in french(cautious)
    assert french(cautious).endswith("À lire avec prudence, car l'effectif est limité.")


def test_a_gap_smaller_than_the_sampling_error_is_comparable():
    sampled = {"reliability": Reliability.RELIABLE, "numerator": 143.0, "denominator": 1000.0}
    figure = rate(14.3, comparisons=(against(IDF, 1.6),), **sampled)

    assert "comparable à l'Île-de-France" in french(figure)
    assert "1,6 point de plus" in french(rate(14.3, comparisons=(against(IDF, 1.6),)))


def test_a_percentage_between_rates_is_said_again_in_points():
    figure = rate(14.3, comparisons=(against(IDF, 12.4, "%", value=12.7),))

    assert french(figure).endswith("soit 1,6 point de plus que l'Île-de-France.")
    assert english(figure).endswith("1.6 points above Île-de-France.")


def test_a_count_is_set_against_a_larger_place_only_as_a_share():
    figure = count(
        696430,
        label=Text("Population", "Population"),
        noun=Text("un habitant", "a resident"),
        comparisons=(
            against(METROPOLE, -90.1, "%", value=7_026_765, share_pct=9.9),
            against(IDF, -94.3, "%", value=12_117_131, share_pct=5.7),
            against(FRANCE, -99.0, "%", value=66_361_587),
        ),
    )

    assert french(figure) == (
        "Population : 696 430 habitants à Grand-Orly Seine Bièvre (2016), "
        "soit 9,9 % de la Métropole et 5,7 % de l'Île-de-France."
    )
    assert english(figure) == (
        "Population: 696,430 residents in Grand-Orly Seine Bièvre (2016), "
        "or 9.9% of the Métropole and 5.7% of Île-de-France."
    )


def test_a_count_is_set_against_a_place_of_its_own_scale():
    figure = count(comparisons=(against(EST, 12.0, "%", value=251549),))

    assert french(figure).endswith("soit 12 % de plus qu'Est Ensemble.")


def test_a_tiny_share_is_a_bound_and_not_zero():
    figure = count(3, comparisons=(against(FRANCE, None, share_pct=0.01),))

    assert "3 emplois" in french(figure)
    assert "soit moins de 0,1 % de la France." in french(figure)
    assert "or less than 0.1% of France." in english(figure)


@pytest.mark.parametrize(
    ("rank", "expected", "in_english"),
    [
        (ranked(2, 12), "2e rang sur 12, après Paris.", "ranked 2nd of 12, behind Paris."),
        (ranked(1, 12, ()), "1er rang sur 12.", "ranked 1st of 12."),
        (
            ranked(4, 12, (PARIS, PLAINE, EST)),
            "4e rang sur 12, après Paris, Plaine Commune et Est Ensemble.",
            "ranked 4th of 12, behind Paris, Plaine Commune and Est Ensemble.",
        ),
        (ranked(7, 12, ()), "7e rang sur 12.", "ranked 7th of 12."),
        (
            ranked(5, 12, (PARIS, PLAINE, EST, T12)),
            "5e rang sur 12.",
            "ranked 5th of 12.",
        ),
        (
            ranked(1, 12, (), order="asc"),
            "1er rang sur 12 en partant du plus bas.",
            "ranked 1st of 12 from the lowest.",
        ),
        (ranked(2, 12, spread=9.0), "2e rang sur 12, après Paris.", "behind Paris."),
    ],
)
def test_a_rank_names_who_is_ahead_when_they_are_three_or_fewer(rank, expected, in_english):
    assert french(rate(rank=rank)).endswith(f"(2016) ; {expected}")
    assert english(rate(rank=rank)).endswith(in_english)


@pytest.mark.parametrize(
    "facts",
    [
        {"rank": ranked(2, 4)},
        {"rank": ranked(2, 12, spread=0.4)},
        {"rank": ranked(), "reliability": Reliability.FRAGILE},
        {"rank": ranked(), "upper": 18.0},
        {"rank": ranked(), "peers": (seen(EST, 12.0, origin=Origin.INVENTED),)},
    ],
    ids=["few places", "no spread", "fragile", "interval", "invented peers"],
)
def test_a_rank_that_means_nothing_is_not_told(facts):
    assert "rang" not in french(rate(**facts))
    assert "ranked" not in english(rate(**facts))


@pytest.mark.parametrize(
    ("polarity", "amount", "expected", "in_english"),
    [
        ("neutral", 0.6, "La hausse est de 0,6 point entre 2011 et 2016.", "It rose by 0.6 points"),
        ("lower_better", 0.6, "2016, une évolution défavorable.", "an unfavourable change."),
        ("lower_better", -0.6, "2016, une évolution favorable.", "a favourable change."),
        ("higher_better", 2.0, "La hausse est de 2 points entre 2011 et", "a favourable change."),
        ("lower_better", 0.3, "Le niveau n'a guère changé entre 2011", "It hardly changed between"),
    ],
)
def test_a_change_is_good_or_bad_only_when_the_indicator_says_which(
    polarity, amount, expected, in_english
):
    figure = rate(polarity=polarity, change=Change("2011", "2016", amount, "points"))

    assert expected in french(figure)
    assert in_english in english(figure)


def test_a_change_says_the_break_it_crosses():
    broken = Text("Réponse par internet depuis 2015.", "Answers by internet since 2015.")
    figure = rate(change=Change("2011", "2016", 0.6, "points", crosses_break=broken))

    assert french(figure).endswith(
        "Attention, la série est rompue dans l'intervalle. Réponse par internet depuis 2015."
    )


@pytest.mark.parametrize("polarity", ["lower_better", "higher_better"])
def test_a_change_across_a_break_is_neither_good_nor_bad(polarity):
    broken = Text("Réponse par internet depuis 2015.", "Answers by internet since 2015.")
    change = Change("2011", "2016", 2.0, "points", crosses_break=broken)
    figure = rate(polarity=polarity, change=change)

    assert "La hausse est de 2 points entre 2011 et 2016. Attention," in french(figure)
    assert "favorable" not in french(figure)
    assert "favourable" not in english(figure)


def test_a_change_of_a_rate_in_percent_is_not_told():
    assert "hausse" not in french(rate(change=Change("2011", "2016", 4.2, "%")))


def test_a_change_of_a_count_is_in_percent_with_its_quarters():
    figure = count(change=Change("2014-Q4", "2019-Q4", -3.0, "%"))

    assert "La baisse est de 3 % entre le 4e trimestre 2014 et le 4e tri" in french(figure)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [(5, 4, "chance"), (0.0, 3, "chance"), (4, 25, "moved"), (2000, 1850, "moved"), (400, 398, "")],
)
def test_a_small_count_that_chance_may_move_is_told_with_both_numbers(start, end, told):
    amount = 100 * (end / start - 1) if start else 100.0
    moved = Change("2018", "2023", amount, "%", before=start)
    figure = count(end, polarity="lower_better", change=moved)
    by_chance = f"De {start:.0f} à {end} emplois entre 2018 et 2023 : sur de tels nombres, un écart"

    assert (by_chance in french(figure)) == (told == "chance")
    assert (f"From {start:.0f} to {end} jobs" in english(figure)) == (told == "chance")
    assert ("favorable" in french(figure)) == (told == "moved")
    assert ("n'a guère changé" in french(figure)) == (told == "")


def test_a_small_count_close_to_that_of_a_place_of_its_size_is_comparable_with_both_numbers():
    figure = count(5, PARIS, comparisons=(against(place("Orly"), 25, "%", value=4),))

    assert "un niveau comparable à Orly (4)" in french(figure)
    assert "comparable to Orly (4)" in english(figure)


def test_counts_that_chance_alone_may_set_apart_are_not_ranked():
    peers = tuple(seen(place(f"Ville {n}"), float(n)) for n in range(1, 6))
    figure = count(6, rank=ranked(1, 6, (), spread=5.0), peers=peers)

    assert "rang" not in french(figure)
    assert "rang" in french(replace(figure, rank=ranked(1, 6, (), spread=500.0)))


def test_money_is_no_count_that_chance_moves():
    figure = count(4, symbol="M€", noun=None, change=Change("2018", "2023", -20.0, "%", before=5.0))

    assert "La baisse est de 20 %" in french(figure)


def test_people_read_a_share_as_a_fraction_beside_the_exact_value():
    figure = rate(33.2, noun=Text("une entreprise", "a company"))

    assert "33,2 % (une entreprise sur trois) à Grand-Orly" in french(figure)
    assert "33.2% (one in three companies) in Grand-Orly" in english(figure)
    assert "(" not in french(rate(37.0, noun=Text("un emploi"))).split(" à ")[0]


def test_the_noun_agrees_with_the_number():
    figure = count(1, noun=Text("un local vacant|locaux vacants", "a vacant unit"))

    assert ": 1 local vacant à" in french(figure)
    assert ": 1 vacant unit in" in english(figure)
    assert ": 0 local vacant à" in french(count(0, noun=figure.noun))
    assert ": 0 vacant units in" in english(count(0, noun=figure.noun))
    assert ": 2 locaux vacants à" in french(count(2, noun=figure.noun))


def test_a_unit_that_is_a_word_is_translated_and_agrees_without_a_declared_noun():
    figure = count(730551, noun=None, symbol="habitants")

    assert ": 730 551 habitants à" in french(figure)
    assert ": 730,551 residents in" in english(figure)
    assert "entre 1 et 3 habitants à" in french(replace(figure, observation=seen(T12, 1, upper=3)))


def test_an_interval_gives_both_ends_and_no_comparison():
    figure = count(1200, upper=3400.0, comparisons=(against(IDF, None, share_pct=5.0),))

    assert french(figure) == (
        "Emplois au lieu de travail : entre 1 200 et 3 400 emplois à Grand-Orly Seine Bièvre"
        " (2016)."
    )
    assert "between 1,200 and 3,400 jobs in" in english(figure)
    assert "entre 12,0 % et 15,0 % à" in french(rate(12.0, upper=15.0))
    assert ": 1 200 emplois à" in french(count(1200, upper=1200.0))


def test_money_in_millions_is_said_in_full():
    figure = rate(128.17, symbol="M€", kind="sum", difference="relative", decimals=1, period="2019")

    assert ": 128,2 millions d'euros à Grand-Orly" in french(figure)
    assert ": €128.2 million in Grand-Orly" in english(figure)


def test_an_invented_value_says_so():
    figure = count(origin=Origin.INVENTED, comparisons=(against(METROPOLE, None, share_pct=7.2),))

    assert french(figure).endswith("soit 7,2 % de la Métropole (exemple inventé).")
    assert english(figure).endswith("or 7.2% of the Métropole (invented example).")


def test_a_quoted_value_names_its_document():
    figure = rate(origin=Origin.CITED, source=Text("note de cadrage de l'atelier 4", ""))

    assert french(figure).endswith("(2016, chiffre cité : note de cadrage de l'atelier 4).")


def test_a_real_value_is_never_set_against_an_invented_one():
    invented = seen(IDF, 12.7, origin=Origin.INVENTED)

    told = french(rate(comparisons=(against(IDF, 1.6, observation=invented),)))

    assert "Île-de-France" not in told


def test_a_fragile_value_says_so_and_is_compared_with_nothing():
    figure = rate(
        where=place("Le Kremlin-Bicêtre", "commune", 2),
        reliability=Reliability.FRAGILE,
        comparisons=(against(IDF, 6.0),),
        change=Change("2011", "2016", 6.0, "points"),
    )

    assert french(figure) == (
        "Taux de chômage au sens du recensement : 14,3 % au Kremlin-Bicêtre (2016). Chiffre "
        "fragile, calculé sur un petit effectif, qui ne permet aucune comparaison."
    )


def test_a_fragile_or_a_secret_comparator_is_left_out():
    fragile = seen(IDF, 12.7, reliability=Reliability.FRAGILE)
    secret = seen(METROPOLE, 13.5, status=Status.SECRET)

    figure = rate(
        comparisons=(
            against(IDF, 1.6, observation=fragile),
            against(METROPOLE, 0.8, observation=secret),
        )
    )

    assert french(figure).endswith("Seine Bièvre (2016).")


def test_a_value_from_part_of_the_communes_says_how_many():
    assert french(rate(covered=21, members=24)).endswith("Calculé sur 21 communes sur 24.")
    assert english(rate(covered=21, members=24)).endswith("Based on 21 of 24 communes.")
    assert "Calculé" not in french(rate(covered=24, members=24))


def test_a_comparison_that_would_be_wrong_says_why():
    why = Text("le champ n'est pas le même.", "the scope differs.")
    missing = seen(IDF, None, status=Status.MISSING)
    figure = rate(
        comparisons=(
            against(FRANCE, 1.6, comparable=False, why=why),
            against(IDF, None, comparable=False, why=Text("à charger"), observation=missing),
        )
    )

    assert french(figure).endswith("Pas de comparaison avec la France. Le champ n'est pas le même.")
    assert english(figure).endswith("It cannot be compared with France. The scope differs.")


@pytest.mark.parametrize(
    ("status", "expected", "in_english"),
    [
        (
            Status.SECRET,
            ": chiffre couvert par le secret statistique à Grand-Orly Seine Bièvre (2016).",
            ": withheld under statistical confidentiality in Grand-Orly Seine Bièvre (2016).",
        ),
        (
            Status.SECONDARY,
            ": chiffre masqué pour qu'aucun chiffre secret ne s'en déduise à Grand-Orly",
            ": withheld so that no confidential figure can be worked out in Grand-Orly",
        ),
        (
            Status.MISSING,
            ": pas de donnée à Grand-Orly Seine Bièvre (2016). À charger : Insee, recensement de",
            ": no data in Grand-Orly Seine Bièvre (2016). To load: Insee, 2016 census.",
        ),
        (Status.REFUSED, ": pas de calcul à Grand-Orly", ": not computed in Grand-Orly"),
    ],
)
def test_a_value_that_cannot_be_shown_says_why_and_never_leaks(status, expected, in_english):
    figure = count(4242, status=status, comparisons=(against(IDF, None, share_pct=5.2),))

    assert expected in french(figure)
    assert in_english in english(figure)
    assert "4 242" not in french(figure)
    assert "5,2" not in french(figure)


def test_a_reason_is_given_once_with_what_to_load():
    why = Text("à charger : recensement 2022, fichier emploi.", "")
    missing = rate(None, status=Status.MISSING, why=why)
    refused = rate(None, status=Status.REFUSED, why=Text("Une médiane ne se calcule pas ainsi"))

    assert french(missing).endswith("(2016). À charger : recensement 2022, fichier emploi.")
    assert french(missing).lower().count("à charger") == 1
    assert french(refused).endswith("(2016). Une médiane ne se calcule pas ainsi.")


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_a_value_that_is_no_number_is_missing(value):
    assert "pas de donnée" in french(rate(value))


def test_a_rounded_selection_says_so_and_gives_nothing_to_undo_the_rounding():
    figure = count(
        1235,
        where=place("Orly et Thiais", "selection"),
        status=Status.ROUNDED,
        comparisons=(against(IDF, None, share_pct=0.1234),),
    )

    assert french(figure).endswith("« Orly et Thiais » (2016, arrondi à 5 près).")


def test_a_chart_is_described_by_the_same_sentence_then_its_extremes_and_its_ends():
    figure = rate(
        rank=ranked(),
        comparisons=(against(IDF, 1.6),),
        peers=(seen(EST, 15.0), seen(PLAINE, 17.2), seen(PARIS, None)),
        series=(seen(T12, 14.32), seen(T12, 13.7, period="2011")),
    )

    told = spaced(describe_chart(figure))

    assert told.startswith(french(figure))
    assert told.removeprefix(french(figure)) == (
        " Territoires comparés : territoires de la Métropole et Paris."
        " Parmi 3 territoires, les valeurs vont de 14,3 % (Grand-Orly Seine Bièvre)"
        " à 17,2 % (Plaine Commune). La série va de 13,7 % (2011) à 14,3 % (2016)."
    )
    assert spaced(describe_chart(figure, "en")).endswith(
        " Across 3 places, values run from 14.3% (Grand-Orly Seine Bièvre) to 17.2%"
        " (Plaine Commune). The series goes from 13.7% (2011) to 14.3% (2016)."
    )


def test_the_mark_joins_the_date_when_nothing_stands_between_them():
    told = french(rate(origin=Origin.INVENTED))

    assert "(2016, exemple inventé)." in told
    assert ") (" not in told


def test_a_chart_with_invented_peers_says_so():
    figure = rate(peers=(seen(EST, 15.0, origin=Origin.INVENTED),))

    assert spaced(describe_chart(figure)).endswith("15,0 % (Est Ensemble, exemple inventé).")


def test_a_text_missing_in_english_falls_back_on_french():
    figure = replace(rate(), label=Text("Taux de chômage"))

    assert english(figure).startswith("Taux de chômage: 14.3% in")
