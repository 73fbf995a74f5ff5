"""Taking all firms away: rows a second and memory, against the engine's own copy to a file."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django
import psutil

from bassin.indicators.house import House
from bench.harness import Measure
from bench.installation import built

if TYPE_CHECKING:  # models are there once Django is
    from bassin.observe.companies.exports.asked import Asked

TURNS = 3
TODAY = date(2026, 11, 26)
GOALS = {"csv": 100_000}
TARGETS = {"csv": 0.2, "geojson": 0.1, "xlsx": 0.03, "gpkg": 0.1, "parquet": 0.2}
ALLOWED_MB = 200


def run() -> Iterator[Measure]:
    """Every format, with the columns that are taken unless others are chosen, then all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bassin.config.settings")
    django.setup()
    from bassin.observe.companies.exports import columns
    from bassin.observe.companies.exports.asked import Asked
    from bassin.observe.companies.selection import Selection, Typed

    house = House.open(built())
    for named, preset in (("usual columns", "essentiel"), ("all columns", "tout")):
        chosen = tuple(columns.COLUMNS[key] for key in columns.PRESETS[preset][1])
        selection = Selection.read(Typed({}), house, TODAY)
        asked = Asked(house, selection, chosen, "", "fr", TODAY)
        rows = asked.count()
        bare = _fastest(partial(_copied, house, asked)) if rows else 0.0
        for form in TARGETS if rows else ():
            with _watched() as peak:
                spent = _fastest(partial(_taken, asked, form))
            yield Measure(
                f"{rows:,} firms as {form.upper()}, {named}", "DuckDB's own copy to CSV",
                "rows/s", rows / spent, rows / bare, TARGETS[form], goal=GOALS.get(form),
            )  # fmt: skip
            yield Measure(
                f"memory of the same: allowed / used ({form.upper()}, {named})",
                f"{peak[0]:.0f} MB", "MB", ALLOWED_MB, max(peak[0], 1), 1,
            )  # fmt: skip


def _taken(asked: "Asked", form: str) -> None:
    from bassin.observe.companies.exports import files, texts

    if form in ("csv", "geojson"):
        for _ in {"csv": texts.csv_parts, "geojson": texts.geojson_parts}[form](asked):
            pass
    else:
        files.written(asked, form).close()


def _copied(house: House, asked: "Asked") -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bare.csv"
        read = ", ".join(each.key for each in asked.columns if each.key in _bare(house))
        house.reader.cursor().execute(
            f"COPY (SELECT {read} FROM establishments_shown) TO '{path}' (FORMAT csv)"
        )


def _bare(house: House) -> set[str]:
    return set(
        house.reader.cursor().execute("SELECT * FROM establishments_shown LIMIT 0").df().columns
    )


def _fastest(work: Callable[[], None]) -> float:
    spent = []
    for _ in range(TURNS):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return min(spent)


@contextmanager
def _watched() -> Iterator[list[float]]:
    """How much memory the process takes more than before, at most, in MB."""
    process, stop, peak = psutil.Process(), threading.Event(), [0.0]
    before = process.memory_info().rss

    def watch() -> None:
        while not stop.wait(0.02):
            peak[0] = max(peak[0], (process.memory_info().rss - before) / 1e6)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()
