"""Firms: searches as people type them, filters with all their counts, on every establishment."""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from bassin.indicators.house import House
from bench.harness import Measure, case
from bench.installation import built

TODAY = date(2026, 11, 26)
SEARCHES = 200
SCAN = "DuckDB's contains() on active ones, accents kept, unranked, 20 rows"
APART = "each count by its own query"
TABLE = "establishments_shown"
CHOICES = (
    "",
    "naf=C&effectif=10-49",
    "lieu=commune:94081&siege=oui&forme=57",
    "perimetre=repair&ess=non",
    "zone=2.35,48.75;2.45,48.75;2.45,48.82;2.35,48.82;2.35,48.75",
    "q=restaurant&procedure=ouverte",
    "creee=0-3ans&insertion=oui",
    "naf=25&effectif=10-49&rayon=500@gares",
    "q=vitry",
)


def run() -> Iterator[Measure]:
    """Search, search with slips, filters with their counts, a page of the list, the index."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bassin.config.settings")
    django.setup()
    house = House.open(built())
    print(f"  {house.home.name}", flush=True)  # and read once, as a process at work has
    yield from _searches(house)
    yield from _choices(house)
    yield _index(house)


def _searches(house: House) -> Iterator[Measure]:
    from bassin.observe.companies.search.lookup import matches

    chance = random.Random(20261126)
    drawn = _drawn(house, chance)
    for name, asked, goal in (
        ("a search, ranked, the last word unfinished, p95", _typed(drawn, chance), 5.0),
        ("a search with a slip in each word, p95", _slipped(drawn, chance), 20.0),
    ):
        missed = [text for siret, text in asked if siret not in matches(house, text)]
        if len(missed) > SEARCHES / 20:
            raise SystemExit(f"{len(missed)} of {SEARCHES} searches miss whom they mean: {missed}")
        texts = [text for _, text in asked]
        whole = [" ".join(words) for _, words in drawn]
        ours = _p95([partial(matches, house, text) for text in texts])
        scan = _p95([partial(_scan, house, text) for text in whole])
        yield Measure(name, SCAN, "ms", ours, scan, 1.0, goal=goal)


def _drawn(house: House, chance: random.Random) -> list[tuple[str, list[str]]]:
    """Establishments, each with two words of its name and its city."""
    from bassin.observe.companies.search.text import telling

    rows = house.reader.rows(
        f"SELECT siret, name, city FROM {TABLE} WHERE state = 'A' AND name IS NOT NULL "
        "AND city IS NOT NULL ORDER BY hash(siret) LIMIT ?", [4 * SEARCHES],
    )  # fmt: skip
    found = []
    for siret, name, city in rows:
        words = [word for word in telling(name) if len(word) > 3 and not word.isdigit()]
        words = [word for word in words if word != "exemple"]  # on every name of the sample
        if len(words) > 1:
            found.append((siret, [*chance.sample(words, 2), max(telling(city), key=len)]))
    return found[:SEARCHES]


def _typed(drawn: Sequence[tuple[str, list[str]]], chance: random.Random) -> list[tuple[str, str]]:
    asked = []
    for siret, words in drawn:
        *first, last = chance.sample(words, len(words))
        asked.append((siret, " ".join([*first, last[: max(3, len(last) - 2)]])))
    return asked


def _slipped(
    drawn: Sequence[tuple[str, list[str]]], chance: random.Random
) -> list[tuple[str, str]]:
    return [(siret, " ".join(_slip(word, chance) for word in words)) for siret, words in drawn]


def _slip(word: str, chance: random.Random) -> str:
    """The word with one letter less, more, changed, or swapped with the next."""
    place = chance.randrange(1, len(word) - 1)
    other = chance.choice("aeinrst")
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + other + word[place:],
            word[:place] + other + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def _scan(house: House, text: str) -> object:
    words = text.upper().split()
    tests = " AND ".join(["contains(name || ' ' || city, ?)"] * len(words))
    sql = f"SELECT siret, name FROM {TABLE} WHERE state = 'A' AND {tests} LIMIT 20"
    return house.reader.rows(sql, words)


def _choices(house: House) -> Iterator[Measure]:
    from django.http import QueryDict

    from bassin.observe.companies.facets import facets
    from bassin.observe.companies.finding import find
    from bassin.observe.companies.selection import Selection

    read = [Selection.read(QueryDict(text), house, TODAY, officer=True) for text in CHOICES]
    ours = _p95([partial(facets, house, each) for each in read], turns=9)
    apart = _p95([partial(_apart, house, each) for each in read], turns=3)
    yield Measure("filters, with the counts of all facets, p95", APART, "ms", ours, apart, 1.0,
                  goal=30)  # fmt: skip
    everything = Selection()
    yield case(
        "a page of the list of all, with its total and its jobs",
        lambda: find(house, everything),
        lambda: house.reader.rows(
            f"SELECT * FROM {TABLE} WHERE state = 'A' ORDER BY name, siret LIMIT 25"
        ),
        2.0, against="the first 25 by name, whole rows", goal=30,
    )  # fmt: skip


def _apart(house: House, selection: Any) -> None:
    """The same counts, without any of what makes them quick."""
    from bassin.observe.companies.facet_values import CODED

    for param, sql in CODED.items():
        where, values = selection.where(besides=param)
        house.reader.rows(f"SELECT {sql}, count(*) FROM {TABLE} WHERE {where} GROUP BY 1", values)


def _index(house: House) -> Measure:
    from bassin.observe.companies.search.index import build

    with TemporaryDirectory() as folder:
        count = iter(range(100))
        return case(
            "making the search index",
            lambda: build(house.reader, Path(folder) / f"{next(count)}.sqlite3"),
            lambda: _columns(house),
            60.0, against="reading its columns as Python rows", repeat=1, goal=15_000,
        )  # fmt: skip


def _columns(house: House) -> object:
    return house.reader.rows(
        f"SELECT siret, name, sign, unit_name, address, postal_code, city, naf_code FROM {TABLE}"
    )


def _p95(cases: Sequence[Callable[[], object]], turns: int = 3) -> float:
    """The 95th percentile of all cases, each at its best of some turns.

    Its best: another process that works meanwhile must not be taken for a slow search.
    """
    best = []
    for each in cases:
        times = []
        for _ in range(turns):
            began = time.perf_counter()
            each()
            times.append(1000 * (time.perf_counter() - began))
        best.append(min(times))
    return statistics.quantiles(best, n=20)[-1]
