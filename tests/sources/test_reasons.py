"""Why a row is refused, said in both languages, and which name the file gives to a column."""

import ibis
import pytest

from bassin.sources.checks import broken
from bassin.sources.lineage import in_file
from bassin.sources.reasons import advice, of_pattern, said
from bassin.sources.registry import derivations, sources
from tests.support.loading import TODAY


def reasons():
    """Every reason that a rule of a table of the house can give."""
    for table in [*sources().values(), *derivations().values()]:
        for name, column in table.columns.items():
            for given in ("VARCHAR", "DOUBLE"):
                yield from (why for _, why in broken(name, column, given, TODAY))


def test_every_reason_is_said_in_french():
    english = set(reasons())
    assert "is not a whole number" in english
    same = {reason for reason in english if said(reason, "fr") == reason}
    assert same == set()
    assert {reason for reason in english if said(reason, "en") != reason} == set()


@pytest.mark.parametrize(
    ("reason", "french"),
    [
        ("is below 0", "est inférieur à 0"),
        ("does not look like ^x$", "n'a pas la forme ^x$"),
        ("is not 14 digits, leading zeros included", "n'a pas 14 chiffres, zéros de tête compris"),
        ("was already given by an earlier line", "a déjà été donné par une ligne précédente"),
        ("words of somebody else", "words of somebody else"),
    ],
)
def test_what_varies_in_a_reason_is_kept(reason, french):
    assert said(reason, "fr") == french


def test_a_usual_pattern_is_said_in_words_and_another_as_it_is():
    assert of_pattern(r"^\d{9}$") == "is not 9 digits, leading zeros included"
    assert of_pattern(r"^(NN|\d{2})$") == r"does not look like ^(NN|\d{2})$"


def test_the_advice_is_that_of_the_reason():
    assert "this machine's clock" in advice("is in the future").en
    assert "leading zeros" in advice(of_pattern(r"^\d{5}$")).en
    assert "leading zeros" not in advice("is not a number").en


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("code;men;women\n1001;2;3\n")
    return ibis.duckdb.connect().read_csv(str(path), all_varchar=True)


def test_a_column_is_known_by_the_names_it_has_in_the_file(table):
    made = table.filter(table.code != "").mutate(short=table.code.strip())
    made = made.select(
        commune_code=made.short.lpad(5, "0"), people=made.men + made.women, year=ibis.literal("2")
    )
    assert in_file(made, "commune_code") == "code"
    assert in_file(made, "people") == "men, women"
    assert in_file(made, "year") == ""
    assert in_file(made, "unknown") == ""


def test_rows_read_in_python_have_no_name_in_the_file():
    assert in_file(ibis.memtable({"code": ["1"]}).select(commune_code="code"), "commune_code") == ""
