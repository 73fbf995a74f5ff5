"""The aids of an earlier year: an opening that nobody dated is a question."""

from datetime import date
from types import SimpleNamespace

from bassin.match.aids.chain import open_then

NOW = date(2026, 11, 26)


def test_for_an_earlier_year_only_aids_whose_opening_is_dated_are_told():
    dated, other = (SimpleNamespace(opens_on=each, budget="open") for each in (NOW, None))

    assert open_then([dated, other], date(2023, 6, 15), NOW) == ([dated], 1)
    assert open_then([dated, other], date(2026, 2, 1), NOW) == ([dated, other], 0)
