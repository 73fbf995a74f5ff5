"""A table is given away only when somebody said so."""

from bassin.observe.opendata import openness
from bassin.sources.registry import derivations, sources


def test_somebody_decided_of_each_published_table_whether_it_is_given():
    undecided = {*sources(), *derivations()} - openness.written().keys()

    assert undecided == set(), "write in tables.toml whether it is open, and why not"


def test_a_table_that_nobody_declared_is_given_to_nobody():
    assert openness.declared("anything") is None


def test_tables_that_name_people_are_not_given():
    for name in ("establishments", "legal_units", "establishment_history", "failures"):
        assert not openness.declared(name).is_open
        assert openness.declared(name).why.fr
