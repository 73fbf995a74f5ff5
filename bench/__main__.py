"""`python -m bench [NAME…]`: runs the benches and, when all ran, writes docs/benchmarks.md."""

import os
import platform
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import bench
from bench.harness import Measure, table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
NOT_BENCHES = ("harness", "installation", "__main__")
HEAD = """# Benchmarks

Written by `make bench`. Each line compares our code with a baseline measured in the same run on the
same machine, turn by turn; the target is on the ratio, because a ratio travels.

Machine: {machine}.

"""


def main() -> int:
    """Run the benches named, or all; 1 when a target is missed."""
    there = [found.name for found in iter_modules(bench.__path__)]
    names = sys.argv[1:] or [name for name in there if name not in NOT_BENCHES]
    measures: list[Measure] = []
    for name in names:
        print(f"{name}…", flush=True)
        measures += import_module(f"bench.{name}").run()
    said = table(measures)
    print(said)
    if not sys.argv[1:]:
        PAGE.write_text(HEAD.format(machine=_machine()) + said + "\n", "utf-8")
    return 0 if all(measure.holds for measure in measures) else 1


def _machine() -> str:
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {python}"


if __name__ == "__main__":
    sys.exit(main())
