"""Headcount bands: every total is an interval, and what is not known is counted apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.taxonomies.headcounts import Total, band, bands, total

CODES = st.sampled_from([*bands(), None, ""])


def test_the_sixteen_bands_of_sirene_follow_one_another_without_hole():
    closed = [one for code, one in bands().items() if code not in ("NN", "00")]

    assert len(bands()) == 16
    assert closed[0].minimum == 1
    for before, after in pairwise(closed):
        assert after.minimum == before.maximum + 1
    assert closed[-1].maximum is None


def test_the_bands_of_the_2014_table_follow_one_another_without_hole():
    known = list(bands("clap").values())

    assert len(known) == 9
    for before, after in pairwise(known):
        assert after.minimum == before.maximum + 1


def test_no_staff_at_year_end_is_certain_while_not_an_employer_may_be_unknown():
    assert (band("00").minimum, band("00").maximum, band("00").unsure) == (0, 0, False)
    assert (band("NN").minimum, band("NN").maximum, band("NN").unsure) == (0, 0, True)
    assert band(None) == band("") == band("NN")


def test_a_column_of_the_2014_table_gives_its_band():
    assert band("E14TS200", "clap").maximum == 499
    assert band("E14TS0ND", "clap").unsure


def test_an_unknown_band_is_refused_with_those_that_exist():
    with pytest.raises(Refused, match=r"“13” is not a headcount band of sirene.*NN, 00"):
        band("13")
    with pytest.raises(Refused, match="sirene, clap"):
        bands("urssaf")


def test_a_total_is_between_the_sum_of_minima_and_the_sum_of_maxima():
    assert total(["01", "12", "NN", None]) == Total(21, 51, 4, 2)


def test_one_open_band_leaves_the_total_without_upper_end():
    assert total(["01", "53"]) == Total(10_001, None, 2, 0)


@given(st.lists(CODES), st.lists(CODES))
def test_totals_add_up_whatever_the_order(some, others):
    together = total(some + others)

    assert together == total(some) + total(others) == total(others) + total(some)
    assert together.units_count == len(some) + len(others)
    assert together.maximum is None or together.minimum <= together.maximum
