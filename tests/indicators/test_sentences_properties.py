"""What holds of every sentence, whatever the figure."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bassin.indicators.figure import Change, Comparison, Figure, Observation, Reliability, Status
from bassin.indicators.sentences import describe_chart, headline, sentence
from bassin.types import Origin, Text
from tests.indicators.making_figures import (
    FRANCE,
    IDF,
    METROPOLE,
    PARIS,
    T12,
    count,
    place,
    ranked,
    spaced,
)

PLACES = st.sampled_from(
    [
        *(T12, METROPOLE, IDF, FRANCE, PARIS),
        *(place(name, "commune", 1) for name in ("Orly", "Arcueil", "Évry", "Houilles", "Yerres")),
        place("Le Kremlin-Bicêtre", "commune", 2),
        place("L'Haÿ-les-Roses", "commune", 5),
        place("Les Lilas", "commune", 4),
        place("Val-de-Marne", "departement", 2),
        place("Essonne", "departement", 5),
        place("Yvelines", "departement", 4),
        place("Est Ensemble", "ept"),
        place("CA d'Évry", "epci"),
        place("Orly et Thiais", "selection"),
    ]
)
LABELS = st.builds(
    Text,
    st.sampled_from(["Emplois", "Taux de chômage ", "Revenu  médian.", "QPV"]),
    st.sampled_from(["", "Jobs", "Unemployment rate"]),
)
NUMBERS = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)
GAPS = st.one_of(st.none(), NUMBERS, st.floats(min_value=-5, max_value=5))
LANGUAGES = st.sampled_from(["fr", "en"])
REASONS = st.one_of(st.none(), st.just(Text("la source ne le permet pas", "the source forbids it")))


@st.composite
def observations(draw) -> Observation:
    return Observation(
        indicator="x",
        version=1,
        place=draw(PLACES),
        period=draw(st.sampled_from(["2016", "2019-Q4", "2019-06", "2019-06-01", ""])),
        cog=2016,
        value=draw(st.one_of(st.none(), NUMBERS, st.floats(min_value=0, max_value=100))),
        numerator=draw(st.one_of(st.none(), st.floats(min_value=0, max_value=1e6))),
        denominator=draw(st.one_of(st.none(), st.floats(min_value=0, max_value=1e6))),
        status=draw(st.sampled_from(Status)),
        reliability=draw(st.sampled_from(Reliability)),
        origin=draw(st.sampled_from(Origin)),
        covered=draw(st.one_of(st.none(), st.integers(0, 24))),
        members=draw(st.one_of(st.none(), st.just(24))),
        why=draw(REASONS),
        upper=draw(st.one_of(st.none(), st.none(), NUMBERS)),
    )


@st.composite
def comparisons(draw) -> Comparison:
    observation = draw(observations())
    return Comparison(
        place=observation.place,
        observation=observation,
        gap=draw(GAPS),
        gap_unit=draw(st.sampled_from(["points", "%", "€"])),
        share_pct=draw(st.one_of(st.none(), st.floats(min_value=0, max_value=100))),
        comparable=draw(st.booleans()),
        why=draw(REASONS),
    )


@st.composite
def figures(draw, kind: str | None = None) -> Figure:
    kind = kind or draw(st.sampled_from(["count", "sum", "ratio", "mean", "median", "index"]))
    return Figure(
        observation=draw(observations()),
        label=draw(LABELS),
        definition=Text("Une définition."),
        symbol="%" if kind == "ratio" else draw(st.sampled_from(["", "€", "M€", "hab./km²"])),
        decimals=draw(st.integers(0, 2)),
        kind=kind,
        difference="points" if kind == "ratio" else "relative",
        polarity=draw(st.sampled_from(["neutral", "higher_better", "lower_better"])),
        source=draw(st.sampled_from([Text(""), Text("Insee, recensement", "Insee, census")])),
        licence="Licence Ouverte 2.0",
        comparisons=tuple(draw(st.lists(comparisons(), max_size=4))),
        rank=draw(st.one_of(st.none(), st.just(ranked()), st.just(ranked(4, 6, ())))),
        change=draw(
            st.one_of(
                st.none(),
                st.builds(
                    Change,
                    st.just("2011"),
                    st.just("2016"),
                    NUMBERS,
                    st.sampled_from(["points", "%"]),
                ),
            )
        ),
        series=tuple(draw(st.lists(observations(), max_size=3))),
        noun=draw(st.sampled_from([None, Text("un emploi", "a job"), Text("une entreprise")])),
        peers=tuple(draw(st.lists(observations(), max_size=6))),
    )


@given(figures(), LANGUAGES)
def test_a_sentence_is_never_empty_and_reads_clean_to_its_period(figure, language):
    for told in (sentence(figure, language), describe_chart(figure, language)):
        plain = spaced(told)

        assert plain.endswith(".")
        assert plain[0].isupper()
        assert "  " not in plain
        assert not re.search(r"\.\.|,,| [,.)]|\( |\(\)|None|nan|inf\b", plain)
        assert plain.count("(") == plain.count(")")


@given(figures())
def test_french_never_shows_a_point_as_decimal_sign_and_english_never_a_comma(figure):
    assert not re.search(r"\d\.\d", describe_chart(figure))
    assert not re.search(r"\d,\d(?!\d\d)", describe_chart(figure, "en"))


@given(figures())
def test_french_always_elides_and_contracts(figure):
    told = describe_chart(figure)

    assert not re.search(r"\b(?:de|que|le|la) [AEIOUÉÈÎaeiouéèî]", told)
    assert not re.search(r"\b[dl]'(?![AEIOUYHÉÈÎŒaeiouyhéèîœ])", told)
    assert not re.search(r"\b(?:à|de) [Ll]es? ", told)


@given(figures("ratio"), LANGUAGES)
def test_the_gap_of_a_rate_is_never_a_percentage(figure, language):
    told = spaced(sentence(figure, language))

    assert not re.search(r"% (?:de plus|de moins|above|below)|(?:est de|by) [\d ,.]+ ?%", told)


@given(figures(), LANGUAGES)
def test_no_word_of_value_is_said_unless_the_indicator_declares_what_is_better(figure, language):
    if figure.polarity == "neutral":
        assert "favo" not in sentence(figure, language)


@given(
    st.integers(0, 400), st.integers(0, 400), st.sampled_from(["lower_better", "higher_better"]),
    LANGUAGES,
)  # fmt: skip
def test_a_change_of_counts_is_a_percentage_only_beyond_what_chance_does(a, b, polarity, language):
    amount = 100 * (b / a - 1) if a else 100.0
    figure = count(b, polarity=polarity, change=Change("2018", "2023", amount, "%", before=a))
    told = spaced(sentence(figure, language))

    if (a - b) ** 2 < 4 * (a + b):
        assert "%" not in told
        assert "favo" not in told
        assert a == b or "guère" in told or "hardly" in told or f" {a} " in told
    elif abs(amount) > 2:
        assert "%" in told
        assert "favo" in told


@given(figures(), LANGUAGES)
def test_a_hidden_value_leaves_no_trace(figure, language):
    if figure.observation.status not in (Status.NORMAL, Status.ROUNDED):
        told = spaced(sentence(figure, language))
        for number in re.findall(r"[\d ,.]*\d", told):
            assert number.strip(" ,.") in ("2016", "2019", "4", "1", "1 June 2019", "24") or (
                number.strip()[-4:] in ("2016", "2019")
            )


@given(figures(), LANGUAGES)
def test_marks_are_never_forgotten(figure, language):
    told = sentence(figure, language)
    shown = figure.observation.value is not None and figure.observation.status in (
        Status.NORMAL,
        Status.ROUNDED,
    )

    if shown and figure.observation.origin == Origin.INVENTED:
        assert ("invented example" if language == "en" else "exemple inventé") in told
    if shown and figure.observation.reliability == Reliability.FRAGILE:
        assert "fragile" in told


@given(st.lists(figures(), max_size=5), PLACES, LANGUAGES)
def test_a_headline_is_short_and_holds_no_invented_or_fragile_figure(found, where, language):
    told = headline(found, where, language)

    assert 0 < len(told.split()) <= 60
    assert told.endswith(".")
    assert "invent" not in told
    assert "  " not in told
