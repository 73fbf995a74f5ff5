"""Numbers, quantities, fractions and periods as people read them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.indicators import numbers

AMOUNTS = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)
LANGUAGES = st.sampled_from(["fr", "en"])


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1200, 0, "1\u202f200", "1,200"),
        (281735, 0, "281\u202f735", "281,735"),
        (12463067.4, 1, "12\u202f463\u202f067,4", "12,463,067.4"),
        (14.25, 1, "14,3", "14.3"),
        (2.675, 2, "2,68", "2.68"),
        (-4.9, 1, "\u22124,9", "\u22124.9"),
        (-0.04, 1, "0,0", "0.0"),
        (-1234.5, 0, "\u22121\u202f235", "\u22121,235"),
    ],
)
def test_a_number_has_the_spaces_and_the_decimal_sign_of_its_language(
    value, decimals, french, english
):
    assert numbers.number(value, decimals) == french
    assert numbers.number(value, decimals, "en") == english


def test_a_signed_number_carries_a_plus_or_a_true_minus_and_zero_carries_none():
    assert numbers.signed(3.2, 1) == "+3,2"
    assert numbers.signed(-3.2, 1) == "\u22123,2"
    assert numbers.signed(0.04, 1) == "0,0"
    assert numbers.signed(2.0, 1, "en", trim=True) == "+2"


def test_a_percent_sign_follows_a_narrow_space_in_french_and_nothing_in_english():
    assert numbers.percent(14.32) == "14,3\u202f%"
    assert numbers.percent(14.32, language="en") == "14.3%"
    assert numbers.percent(5.0, trim=True) == "5\u202f%"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0.8, "0,8 point", "0.8 points"),
        (1, "1 point", "1 point"),
        (1.6, "1,6 point", "1.6 points"),
        (1.96, "2 points", "2 points"),
        (1.94, "1,9 point", "1.9 points"),
        (2, "2 points", "2 points"),
        (-2.5, "\u22122,5 points", "\u22122.5 points"),
    ],
)
def test_points_agree_with_the_number_that_is_shown(value, french, english):
    assert numbers.points(value) == french
    assert numbers.points(value, language="en") == english


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (20262, "20\u202f262\u202f€", "€20,262"),
        (-1912, "\u22121\u202f912\u202f€", "\u2212€1,912"),
        (999_999, "999\u202f999\u202f€", "€999,999"),
        (1_000_000, "1\u00a0million d'euros", "€1\u00a0million"),
        (1_900_000, "1,9\u00a0million d'euros", "€1.9\u00a0million"),
        (128_170_000, "128,2\u00a0millions d'euros", "€128.2\u00a0million"),
        (960_000_000, "960\u00a0millions d'euros", "€960\u00a0million"),
        (999_960_000, "1\u00a0milliard d'euros", "€1\u00a0billion"),
        (2_500_000_000, "2,5\u00a0milliards d'euros", "€2.5\u00a0billion"),
        (-128_170_000, "\u2212128,2\u00a0millions d'euros", "\u2212€128.2\u00a0million"),
    ],
)
def test_money_is_scaled_as_people_say_it(value, french, english):
    assert numbers.euros_in_words(value) == french
    assert numbers.euros_in_words(value, "en") == english


@pytest.mark.parametrize(
    ("value", "symbol", "decimals", "french", "english"),
    [
        (14.32, "%", 1, "14,3\u202f%", "14.3%"),
        (7150, "hab./km²", 0, "7\u202f150\u202fhab./km²", "7,150\u00a0people/km²"),
        (5200, "€/m²", 0, "5\u202f200\u202f€/m²", "€5,200/m²"),
        (128.17, "M€", 1, "128,2\u202fM€", "128.2\u00a0M€"),
        (0.31, "", 2, "0,31", "0.31"),
        (730551, "habitants", 0, "730\u202f551\u00a0habitants", "730,551\u00a0residents"),
        (1, "emplois", 0, "1\u00a0emploi", "1\u00a0job"),
        (1.5, "ans", 1, "1,5\u00a0an", "1.5\u00a0years"),
        (12, "tonnes", 0, "12\u202ftonnes", "12\u00a0tonnes"),
        (0.8, "points", 1, "0,8 point", "0.8 points"),
    ],
)
def test_a_quantity_carries_its_unit(value, symbol, decimals, french, english):
    assert numbers.quantity(value, symbol, decimals) == french
    assert numbers.quantity(value, symbol, decimals, "en") == english


@pytest.mark.parametrize(
    ("position", "french", "english"),
    [
        *((1, "1er", "1st"), (2, "2e", "2nd"), (3, "3e", "3rd"), (4, "4e", "4th")),
        *((11, "11e", "11th"), (12, "12e", "12th"), (13, "13e", "13th")),
        *((21, "21e", "21st"), (112, "112e", "112th")),
    ],
)
def test_an_ordinal_is_written_in_each_language(position, french, english):
    assert numbers.ordinal(position) == french
    assert numbers.ordinal(position, "en") == english


def test_only_the_first_has_a_feminine_in_french():
    assert numbers.ordinal(1, feminine=True) == "1re"
    assert numbers.ordinal(2, feminine=True) == "2e"


@pytest.mark.parametrize(
    ("share", "french", "english"),
    [
        (33.2, "un emploi sur trois", "one in three jobs"),
        (19.0, "près d'un emploi sur cinq", "nearly one in five jobs"),
        (21.0, "plus d'un emploi sur cinq", "more than one in five jobs"),
        (66.7, "deux emplois sur trois", "two in three jobs"),
        (64.0, "près de deux emplois sur trois", "nearly two in three jobs"),
        (76.9, "plus de trois emplois sur quatre", "more than three in four jobs"),
        (50.0, "un emploi sur deux", "one in two jobs"),
        (5.0, "un emploi sur vingt", "one in twenty jobs"),
        (37.0, "", ""),
        (2.0, "", ""),
        (100.0, "", ""),
        (0.0, "", ""),
    ],
)
def test_a_share_is_said_as_a_fraction_only_when_it_is_close_to_one(share, french, english):
    assert numbers.fraction(share, "emploi", "emplois") == french
    assert numbers.fraction(share, "job", "jobs", "en") == english


def test_a_fraction_agrees_with_a_feminine_noun():
    said = numbers.fraction(31.9, "entreprise", "entreprises", feminine=True)

    assert said == "près d'une entreprise sur trois"


@given(st.floats(min_value=0, max_value=100))
def test_a_fraction_never_strays_more_than_its_tolerance_from_the_share(share):
    found = numbers.people_fraction(share)

    if found is not None:
        said = found.top / found.bottom
        assert abs(share / 100 / said - 1) <= numbers.NEAR_FRACTION + 1e-9
        assert (found.nearness == 0) == (abs(share / 100 / said - 1) <= numbers.EXACT_FRACTION)


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2018", "2018", "2018"),
        ("2019-Q4", "4e trimestre 2019", "fourth quarter of 2019"),
        ("2019-T1", "1er trimestre 2019", "first quarter of 2019"),
        ("2019-S2", "2e semestre 2019", "second half of 2019"),
        ("2019-W07", "semaine 7 de 2019", "week 7 of 2019"),
        ("2019-06", "juin 2019", "June 2019"),
        ("2019-06-01", "1er juin 2019", "1 June 2019"),
        ("2019-12-31", "31 décembre 2019", "31 December 2019"),
        ("2015-2020", "2015–2020", "2015–2020"),
        ("mi-2019", "mi-2019", "mi-2019"),
        ("2019-13", "2019-13", "2019-13"),
        ("", "", ""),
    ],
)
def test_a_period_is_written_in_words(text, french, english):
    assert numbers.period(text) == french
    assert numbers.period(text, "en") == english


def test_a_period_takes_its_article_after_a_preposition():
    assert numbers.period("2019-Q4", article=True) == "le 4e trimestre 2019"
    assert numbers.period("2019-06-01", article=True) == "le 1er juin 2019"
    assert numbers.period("2019-06", article=True) == "juin 2019"
    assert numbers.period("2019-Q4", "en", article=True) == "the fourth quarter of 2019"


@given(AMOUNTS, st.integers(min_value=0, max_value=3))
def test_a_number_reads_back_to_itself_in_both_languages(value, decimals):
    expected = numbers.rounded(value, decimals)

    french = numbers.number(value, decimals).replace("\u202f", "").replace(",", ".")
    english = numbers.number(value, decimals, "en").replace(",", "")

    assert french == english
    assert type(expected)(french.replace("\u2212", "-")) == expected


@given(AMOUNTS)
def test_scaled_money_is_never_a_thousand_of_its_own_size(value):
    amount, size = numbers.scaled(value)

    figure = float(amount.replace("\u202f", "").replace(",", ".").replace("\u2212", "-"))
    assert abs(figure) < 1000 or size.startswith("milliard") or not size
    assert (size.endswith("s")) == (bool(size) and abs(figure) >= 2)


@given(AMOUNTS, LANGUAGES, st.sampled_from(["%", "€", "", "M€", "ans", "points", "€/m²"]))
def test_a_quantity_never_mixes_the_signs_of_two_languages(value, language, symbol):
    text = numbers.quantity(value, symbol, 1, language)

    assert "  " not in text
    assert "-" not in text
    assert not re.search(r"\d\.\d" if language == "fr" else r"\d,\d(?!\d\d)", text)


@pytest.mark.parametrize(
    ("symbol", "english"),
    [("gares", "stations"), ("foyers", "tax households"), ("ventes", "sales"), ("%", "%"),
     ("€/hab.", "€/person"), ("hab./km²", "people/km²"), ("IRIS", "IRIS"), ("", "")],
)  # fmt: skip
def test_a_unit_alone_is_said_in_the_language_asked(symbol, english):
    assert numbers.unit(symbol) == symbol
    assert numbers.unit(symbol, "en") == english
