"""What `make bench` says of its measures."""

import time

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
