"""Tests that need something outside the project: run when it is there, counted when it is not.

A marker of `NEEDS` whose probe answers with a sentence has its tests deselected, and the sentence
printed once with their number. Where a continuous integration must prove everything (CI=true), the
tests run all the same, and fail.
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.support import browser, disk, pack, postgres


@dataclass(frozen=True)
class Need:
    """`missing()` is "" when the tests can run, else why they cannot and what to do about it."""

    missing: Callable[[], str]
    required_in_ci: bool


NEEDS = {
    "pack": Need(pack.missing, required_in_ci=False),
    "postgres": Need(postgres.missing, required_in_ci=True),
    "browser": Need(browser.missing, required_in_ci=True),
    "tmpfs": Need(disk.missing, required_in_ci=False),
}

LEFT_OUT = pytest.StashKey[Counter[str]]()


def in_ci() -> bool:
    """Whether this run must prove everything."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = Counter()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent = {
        marker: sentence
        for marker, need in NEEDS.items()
        if not (need.required_in_ci and in_ci()) and (sentence := need.missing())
    }
    kept, left = [], []
    for item in items:
        sentence = next((absent[name] for name in absent if item.get_closest_marker(name)), "")
        (left if sentence else kept).append(item)
        if sentence:
            config.stash[LEFT_OUT][sentence] += 1
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept
    if hasattr(config, "workeroutput"):  # a process of pytest-xdist: its parent prints
        config.workeroutput["left_out"] = dict(config.stash[LEFT_OUT])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
    for sentence, count in getattr(node, "workeroutput", {}).get("left_out", {}).items():
        # Every process collects everything: the numbers are the same, not to be added.
        node.config.stash[LEFT_OUT][sentence] = count


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    for sentence, count in config.stash[LEFT_OUT].items():
        tests = "1 test" if count == 1 else f"{count} tests"
        terminalreporter.write_line(f"{tests} deselected: {sentence}", yellow=True)
