"""How a bench measures and what it says."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One line of the table.

    `ours` and `baseline` are in `unit`. With `unit` "ms" less is better and the ratio
    ours / baseline must be at most `target`; with any other unit ("req/s") more is better and it
    must be at least `target`. `goal` is what the project promises on 2 cores, in `unit`: it is
    said beside the measure, and never decides, as a machine may be busy. `note` explains a measure
    that could not be taken.
    """

    name: str
    against: str
    unit: str
    ours: float
    baseline: float
    target: float
    note: str = ""
    goal: float | None = None

    @property
    def reached(self) -> bool:
        """Whether the promise holds on this machine."""
        if self.goal is None:
            return True
        return self.ours <= self.goal if self.unit == "ms" else self.ours >= self.goal

    @property
    def ratio(self) -> float:
        """Ours over the baseline; 0 when nothing was measured."""
        return self.ours / self.baseline if self.baseline else 0.0

    @property
    def holds(self) -> bool:
        """Whether the target is met; an absent measure breaks nothing."""
        if self.note:
            return True
        return self.ratio <= self.target if self.unit == "ms" else self.ratio >= self.target


def case(
    name: str,
    ours: Callable[[], object],
    baseline: Callable[[], object],
    target: float,
    *,
    against: str = "",
    repeat: int = 15,
    goal: float | None = None,
) -> Measure:
    """Time two functions turn by turn, so that a busy moment slows both, and compare medians.

    Args:
        target: the largest ratio ours / baseline that is acceptable.
        against: what the baseline is, in a few words.
        repeat: turns; one more, not counted, warms both up.
    """
    ours()
    baseline()
    mine, other = [], []
    for _ in range(repeat):
        mine.append(_milliseconds(ours))
        other.append(_milliseconds(baseline))
    label = against or (baseline.__doc__ or baseline.__name__).strip().rstrip(".")
    ours_ms, other_ms = statistics.median(mine), statistics.median(other)
    return Measure(name, label, "ms", ours_ms, other_ms, target, goal=goal)


def _milliseconds(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return 1000 * (time.perf_counter() - began)


def absent(name: str, against: str, why: str) -> Measure:
    """The line of a measure that this machine cannot take."""
    return Measure(name, against, "", 0.0, 0.0, 0.0, note=why)


def table(measures: list[Measure]) -> str:
    """The measures as a Markdown table."""
    lines = [
        "| Measure | Ours | Promised | Baseline | Ratio | Target | |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for one in measures:
        if one.note:
            lines.append(
                f"| {one.name} | – | – | {one.against} | – | – | not measured: {one.note} |"
            )
            continue
        bound = f"{'≤' if one.unit == 'ms' else '≥'} {one.target:g}"
        ours = f"{_figure(one.ours)} {one.unit} | {_promise(one)}"
        figures = f"{ours} | {_figure(one.baseline)} ({one.against})"
        verdict = "holds" if one.holds else "**misses**"
        lines.append(f"| {one.name} | {figures} | {one.ratio:.2f} | {bound} | {verdict} |")
    return "\n".join(lines)


def _promise(one: Measure) -> str:
    if one.goal is None:
        return "–"
    bound = f"{'≤' if one.unit == 'ms' else '≥'} {_figure(one.goal)}"
    return bound if one.reached else f"**{bound}: missed here**"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
