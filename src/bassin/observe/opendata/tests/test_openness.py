"""A table is given away only when somebody said so."""

from bassin.observe.opendata import openness
from bassin.observe.opendata.licences import licence
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


def test_no_decision_is_about_a_table_that_is_gone():
    known = {*sources(), *derivations()}

    assert openness.written().keys() - known == set()
    assert {each.instead for each in openness.written().values() if each.instead} <= known


def test_a_table_is_given_only_under_a_licence_that_allows_it():
    known = sources()
    doubted = {
        name
        for name, each in openness.written().items()
        if each.is_open and name in known and not licence(known[name].licence).is_known
    }

    # Of two licences both let a station be given on; which one is asked of its publisher.
    assert doubted <= {"stations"}


def test_each_column_of_a_table_says_what_it_means_in_french_and_in_english():
    known = {**sources(), **derivations()}
    missing = {
        f"{table}.{name}"
        for table in openness.written()
        for name, column in known[table].columns.items()
        if not (column.label.fr and column.label.en)
    }

    assert missing == set(), "write both in the declaration of the column"


def test_each_table_says_what_a_row_is_in_french_and_in_english():
    known = {**sources(), **derivations()}
    missing = {
        table
        for table in openness.written()
        if not all((text.fr and text.en) for text in (known[table].title, known[table].definition))
    }

    assert missing == set()


def test_what_is_said_around_the_name_of_a_licence_is_english_in_english():
    said = {licence(each.licence).text.en for each in sources().values()}

    assert "to be checked: nothing is said with the copy" in said
    french = ("vérifier", "dépôt", "données", "paquet", "Celle", " pour ", " ou ")
    assert {each for each in said if any(word in each for word in french)} == set()
