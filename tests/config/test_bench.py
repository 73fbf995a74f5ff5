"""What `make bench` says of its measures."""

import ast
import time
from pathlib import Path

import bench
from bench.__main__ import MARKS, benches, rewritten
from bench.harness import Measure, absent, case, table


def test_two_functions_are_compared_by_the_ratio_of_their_medians():
    measured = case(
        "twice the work",
        lambda: time.sleep(0.02),
        lambda: time.sleep(0.01),
        target=3.0,
        against="the work once",
        repeat=3,
    )

    assert 1.2 < measured.ratio < 3.0
    assert measured.holds


def test_everything_run_as_a_bench_can_be_run():
    folder = Path(bench.__file__).parent
    for name in benches():
        body = ast.parse((folder / f"{name}.py").read_text("utf-8")).body
        measures = [each.name for each in body if isinstance(each, ast.FunctionDef)]

        assert "run" in measures, name


def test_less_is_better_for_times_and_more_for_rates():
    assert Measure("m", "b", "ms", 10, 10, target=1.5).holds
    assert not Measure("m", "b", "ms", 20, 10, target=1.5).holds
    assert Measure("m", "b", "req/s", 20, 10, target=1.5).holds
    assert not Measure("m", "b", "req/s", 10, 10, target=1.5).holds


def test_a_missed_target_and_an_absent_measure_are_said():
    missed = Measure("slow page", "bare", "ms", 20, 10, target=1.5)

    said = table([missed, absent("requests", "bare", "wrk is not installed")])

    assert "2.00 | ≤ 1.5 | **misses**" in said
    assert "not measured: wrk is not installed" in said


def test_a_promise_is_said_and_does_not_decide():
    late = Measure("page", "bare", "ms", 20, 10, target=3, goal=15)

    assert late.holds
    assert "≤ 15: missed here" in table([late])
    assert "missed" not in table([Measure("page", "bare", "req/s", 20, 10, target=1, goal=15)])


def test_measures_are_written_between_the_marks_of_their_page_and_nowhere_else():
    page = f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n"

    once = rewritten(page, "| new |")
    twice = rewritten(once, "| newer |")

    assert once.startswith("before\n")
    assert once.endswith("\nafter\n")
    assert "old" not in once
    assert "| newer |" in twice
    assert "| new |" not in twice
