"""`python -m bench [NAME…]`: runs the benches and, when all ran, writes them in docs/benchmarks.md.

Only what lies between the two marks of that page is written; the rest is a person's.
"""

import gc
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import bench
from bench.harness import Measure, table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
HELPERS = (
    "crowd",
    "facilitator",
    "harness",
    "installation",
    "invented_jobs",
    "ledger",
    "meetings",
    "pairing_rivals",
    "roadmap",
    "__main__",
)
MARKS = ("<!-- measured -->", "<!-- end of what was measured -->")


def main() -> int:
    """Run the benches named, or all; 1 when a target is missed."""
    names = sys.argv[1:] or benches()
    measures: list[Measure] = []
    for name in names:
        print(f"{name}…", flush=True)
        gc.collect()
        gc.freeze()  # what a bench leaves in memory must not slow the crowd of the next one
        measures += import_module(f"bench.{name}").run()
    said = table(measures)
    print(said)
    if not sys.argv[1:]:
        PAGE.write_text(rewritten(PAGE.read_text("utf-8"), said), "utf-8")
    return 0 if all(measure.holds for measure in measures) else 1


def benches() -> list[str]:
    """The modules of this folder that measure something."""
    there = [found.name for found in iter_modules(bench.__path__)]
    return [name for name in there if name not in HELPERS]


def rewritten(page: str, said: str) -> str:
    """The page with what was just measured between its marks."""
    before, _, rest = page.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    return f"{before}{MARKS[0]}\n\n{_machine()}\n\n{said}\n\n{MARKS[1]}{after}"


def _machine() -> str:
    day = datetime.now(UTC).date().isoformat()
    waiting = os.getloadavg()[2]
    return (
        f"Measured on {day}: {os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}; {waiting:.1f} processes at work on average over the "
        "last quarter of an hour, ours included."
    )


if __name__ == "__main__":
    sys.exit(main())
