"""How a cell is read, whatever the publisher."""

import ibis
import pytest

from bassin.sources.cells import dotted, masked, number, padded, shown


def value(expression):
    return ibis.duckdb.connect().to_pyarrow(expression).as_py()


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("12,5", "12.5"),
        ("1 234 567,89", "1234567.89"),
        ("21\u202f667,00", "21667.00"),
        ("1\u00a0234", "1234"),
        (" 7 ", "7"),
        ("-3,25", "-3.25"),
        ("12.5", "12.5"),
        ("dix mille", "dix mille"),
        ("1,2,3", "1,2.3"),
    ],
)
def test_a_number_loses_its_blanks_and_its_comma_and_a_word_stays_itself(cell, read):
    assert value(number(ibis.literal(cell))) == read


@pytest.mark.parametrize(
    ("cell", "hidden"), [("*", True), (" s ", True), ("nd", True), ("0", False), ("", False)]
)
def test_a_mark_hides_a_value_and_a_zero_does_not(cell, hidden):
    assert value(masked(ibis.literal(cell))) is hidden
    assert (value(shown(ibis.literal(cell))) is None) is hidden


def test_an_empty_value_is_not_hidden():
    assert value(masked(ibis.null("string"))) is False


@pytest.mark.parametrize(("code", "read"), [("101", "0101"), ("0101", "0101"), ("11290", "11290")])
def test_a_code_gets_its_zeros_back_and_is_never_cut(code, read):
    assert value(padded(ibis.literal(code), 4)) == read


@pytest.mark.parametrize(
    ("naf", "read"), [("0111Z", "01.11Z"), ("01.11Z", "01.11Z"), ("6203Z", "62.03Z"), ("A", "A")]
)
def test_an_activity_gets_its_dot_once(naf, read):
    assert value(dotted(ibis.literal(naf))) == read
