"""Whatever the form allows is a declaration that the engine accepts, and a plain count."""

import tomllib
from datetime import date
from functools import cache
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.indicators import written
from bassin.indicators.compile import sql, table
from bassin.indicators.declaration import Indicator, declare, read
from bassin.indicators.refusals import Wrong
from bassin.indicators.where import condition
from bassin.observe.opendata.declaring.answers import (
    MEAN,
    MEDIAN,
    RATIO,
    ROWS,
    SUM,
    VALUE,
    Answers,
    Part,
)
from bassin.observe.opendata.declaring.conditions import Condition, where
from bassin.observe.opendata.declaring.facts import facts
from bassin.observe.opendata.declaring.offered import Offered, no_weaker
from bassin.sources.registry import sources
from bassin.types import Text

PLACE = "94081"
WORDS = {
    "label_fr": "É",
    "definition_fr": "d",
    "universe_fr": "u",
    "chapter": "jobs",
    "name": "own",
}


@cache
def offered() -> Offered:
    known = sources()["jobseekers"]
    return Offered(
        known.key, known.title, Text("d"), known.publisher, known.licence, "", "public",
        "already_protected", known.columns, 10, None,
    )  # fmt: skip


def made(answers: Answers) -> Indicator:
    return declare(facts(answers, offered(), author="the authority"), "")


ROWS_OF_IT = st.fixed_dictionaries({
    "category": st.sampled_from(["A", "B", "é;\"'", None]),
    "sex": st.sampled_from(["F", "M", None]),
    "age": st.sampled_from(["<25", "25-49", None]),
    "jobseekers": st.one_of(st.none(), st.integers(0, 50)),
})  # fmt: skip
TEXTS = st.builds(
    Condition, st.sampled_from(["category", "sex", "age"]),
    st.sampled_from(["in", "not_in", "filled", "empty"]),
    st.lists(st.sampled_from(["A", "B", "é;\"'", "F", "<25"]), min_size=1, max_size=3).map(tuple),
)  # fmt: skip
NUMBERS = st.builds(
    Condition, st.just("jobseekers"),
    st.sampled_from(["eq", "ne", "ge", "gt", "le", "lt", "filled", "empty"]),
    st.integers(-3, 50).map(lambda n: (str(n),)),
)  # fmt: skip
PARTS = st.builds(
    Part, column=st.sampled_from(["", "jobseekers"]), join=st.sampled_from(["all", "any"]),
    conditions=st.lists(TEXTS | NUMBERS, max_size=3).map(tuple),
)  # fmt: skip


def holds(each: Condition, row: dict[str, Any]) -> bool:
    """Whether a row meets a condition: what is unknown meets none but « empty »."""
    held = row[each.column]
    if each.operator in ("filled", "empty"):
        return (held is None) == (each.operator == "empty")
    if held is None:
        return False
    if each.operator in ("in", "not_in"):
        return (held in each.values) == (each.operator == "in")
    value = int(each.values[0])
    return {"eq": held == value, "ne": held != value, "ge": held >= value, "gt": held > value,
            "le": held <= value, "lt": held < value}[each.operator]  # fmt: skip


def kept(part: Part, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    together = any if part.join == "any" else all
    if not part.conditions:
        return rows
    return [row for row in rows if together(holds(each, row) for each in part.conditions)]


def counted(part: Part, rows: list[dict[str, Any]], agg: str) -> float | None:
    found = kept(part, rows)
    if agg == "count":
        return float(len(found))
    held = [row["jobseekers"] for row in found if row["jobseekers"] is not None]
    return float(sum(held)) if held else None


def computed(indicator: Indicator, rows: list[dict[str, Any]]) -> tuple[Any, Any]:
    """The numerator and the denominator of the engine's own SQL."""
    whole = [{"commune_code": PLACE, "period": "2024", "cog": 2026, **row} for row in rows]
    held = pa.Table.from_pylist(whole, table("jobseekers").schema().to_pyarrow())
    scope = pa.table({"place": ["commune:94081"], "unit": [PLACE]})
    with duckdb.connect(":memory:") as con:
        con.register("jobseekers", held)
        con.register("scope", scope)
        [found] = con.execute(sql(indicator)).fetchall()
    return found[4], found[5]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([ROWS, SUM, RATIO, MEAN]), PARTS, PARTS,
    st.lists(ROWS_OF_IT, min_size=1, max_size=12),
)  # fmt: skip
def test_what_the_form_allows_is_what_a_plain_count_finds(what, part, whole, rows):
    if what in (SUM, MEAN):
        part = Part(column="jobseekers", join=part.join, conditions=part.conditions)
    rule = "sum" if what in (ROWS, SUM) else "recompute_from_parts"
    answers = Answers("jobseekers", what, part, whole, rule, **WORDS)

    numerator, denominator = computed(made(answers), rows)

    agg = "count" if what == ROWS or (what == RATIO and not part.column) else "sum"
    assert numerator == counted(part, rows, agg)
    if what == RATIO:
        assert denominator == counted(whole, rows, "sum" if whole.column else "count")
    if what == MEAN:
        filled = [row for row in kept(part, rows) if row["jobseekers"] is not None]
        assert denominator == len(filled)


@settings(max_examples=40, deadline=None)
@given(PARTS, st.sampled_from(["%", "€", 'é"\\']), st.text(max_size=20), st.booleans())
def test_what_is_answered_survives_being_kept_and_written(part, unit, label, sampled):
    answers = Answers(
        "jobseekers", RATIO, part, Part(), "recompute_from_parts", unit=unit, difference="points",
        sampled=sampled, caveat_fr="c", **{**WORDS, "label_fr": f"x{label}"},
    )  # fmt: skip
    assert Answers.of(answers.kept()) == answers

    declared = facts(answers, offered(), author="the authority")
    assert declare(dict(declared), "").id == "own"
    assert tomllib.loads(written.toml(declared)) == declared


def test_its_file_is_read_by_the_reader_of_hand_written_ones(tmp_path):
    answers = Answers("jobseekers", ROWS, rule="sum", **WORDS)

    path = written.write(tmp_path, facts(answers, offered(), author="the authority"))

    assert read(path).digest == made(answers).digest


WRONG = {
    "adding rates": ({"what": RATIO, "rule": "sum"}, "aggregation.rule"),
    "adding medians": ({"what": MEDIAN, "rule": "sum"}, "aggregation.rule"),
    "a median computed again": (
        {"what": MEDIAN, "rule": "recompute_from_parts"}, "aggregation.rule",
    ),
    "adding means": ({"what": MEAN, "rule": "sum"}, "aggregation.rule"),
    "adding published values": ({"what": VALUE, "rule": "sum"}, "aggregation.rule"),
    "% without points": (
        {"what": RATIO, "rule": "recompute_from_parts", "unit": "%"}, "unit.difference",
    ),
    "two tables": (
        {"what": RATIO, "rule": "recompute_from_parts", "whole": Part(table="census")},
        "measure.denominator.dataset",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("answered", "about"), WRONG.values(), ids=WRONG)
def test_what_would_give_a_wrong_number_is_refused_in_both_languages(answered, about):
    part = Part(column="jobseekers")

    with pytest.raises(Wrong) as refusal:
        made(Answers("jobseekers", **{"part": part, **answered}, **WORDS))

    assert refusal.value.about == about
    assert refusal.value.text.fr != refusal.value.text.say("en")


def test_a_column_of_rates_is_not_added_up():
    known = sources()["income_communes"]
    table_of = Offered(known.key, known.title, Text("d"), known.publisher, known.licence, "",
                       "public", "already_protected", known.columns, 10, None)  # fmt: skip
    answers = Answers(known.key, SUM, Part(column="poverty_pct"), **WORDS)

    with pytest.raises(Wrong, match="10% and 20%"):
        declare(facts(answers, table_of, author="x"), "")


def test_a_condition_says_what_cannot_be_understood():
    columns = sources()["establishments"].columns
    asked = {
        "n'est pas un nombre": Condition("headcount_year", "eq", ("beaucoup",)),
        "n'est pas un jour": Condition("created_on", "ge", ("hier",)),
        "n'est pas une colonne": Condition("1=1; DROP TABLE x", "in", ("a",)),
        "Une seule valeur": Condition("headcount_year", "ge", ("1", "2")),
        "Écrivez une valeur": Condition("state", "in", (" ",)),
        "ne se compare pas ainsi": Condition("state", "true"),
        "pas de périmètre": Condition("naf_code", "perimeter", ("nowhere",)),
    }
    for said, each in asked.items():
        with pytest.raises(Refused) as refusal:
            where([each], columns)
        assert said in refusal.value.text.fr
        assert refusal.value.text.say("en") != refusal.value.text.fr


def test_a_value_can_never_become_code():
    columns = sources()["establishments"].columns
    hostile = '"] or True or x in ["'

    text = where([Condition("state", "in", (hostile,))], columns)

    states = ibis.table({"state": "string"}, name="states")
    asked = str(ibis.to_sql(states.filter(condition(states, text)), dialect="duckdb"))
    with duckdb.connect(":memory:") as con:
        con.register("states", pa.table({"state": ["A", hostile]}))
        assert con.execute(asked).fetchall() == [(hostile,)]


def test_days_and_activities_are_written_as_the_engine_reads_them():
    columns = sources()["establishments"].columns
    asked = [Condition("created_on", "ge", ("2020-01-31",)), Condition("naf_code", "naf", ("25",))]

    assert where(asked, columns) == 'created_on >= "2020-01-31" and naf_code in naf("25")'
    assert date(2020, 1, 31).isoformat() in where(asked, columns, "any")


@pytest.mark.parametrize(
    ("code", "than", "is_so"),
    [("business", "already_protected", True), ("already_protected", "business", False),
     ("fiscal_person", "business", True), ("business", "fiscal_person", False)],
)  # fmt: skip
def test_a_rule_is_compared_by_what_it_hides(code, than, is_so):
    assert no_weaker(code, than) is is_so
