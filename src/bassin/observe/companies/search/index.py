"""The search index: one SQLite file made of the shown table when a release is put in service.

Rows are kept best first (active, then by staff), so that the rank of two that answer alike is their
number. The words themselves are not kept, only where each stands (FTS5 without content), with every
word of four letters or more under what is left of it without one letter: that finds a slip of
typing without reading the vocabulary. What is hidden is not in the shown table, so not here either:
a natural person is found by SIRET, activity and commune.
"""

import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.search.text import cut, telling, words
from bassin.store import Made, Reader
from bassin.taxonomies import naf
from bassin.taxonomies.headcounts import bands
from bassin.types import Text

SHORTEST_SLIP = 4
"""Below, a word with one letter changed is another word."""

COLUMNS = ("name", "sign", "unit", "place", "activity")
_SCHEMA = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE establishments (
    number INTEGER PRIMARY KEY, siret TEXT NOT NULL, commune TEXT, active INTEGER NOT NULL,
    folded TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5 (
    {", ".join(COLUMNS)}, content = '', detail = column, prefix = '2 3 4', tokenize = 'ascii'
);
CREATE TABLE terms (term TEXT PRIMARY KEY, held INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE slips (cut TEXT, term TEXT, PRIMARY KEY (cut, term)) WITHOUT ROWID;
"""
_FINISH = """
INSERT INTO words (words) VALUES ('optimize');
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab ('main', 'words', 'row');
INSERT INTO terms SELECT term, doc FROM vocabulary;
CREATE INDEX by_siret ON establishments (siret);
"""
_READ = (
    "siret, state, name, sign, unit_name, acronym, address, postal_code, city, commune_code, "
    "naf_code"
)
_CHUNK = 10_000


def build(reader: Reader, path: Path) -> None:
    """Write the index of the release that is read."""
    sizes = " ".join(f"WHEN '{code}' THEN {rank}" for rank, code in enumerate(bands()))
    found = reader.cursor().execute(
        f"SELECT {_READ} FROM {TABLE} "
        f"ORDER BY state, CASE headcount_band {sizes} ELSE -1 END DESC, siret"
    )
    with closing(sqlite3.connect(path)) as index:
        index.executescript(_SCHEMA)
        number = 0
        while chunk := found.fetchmany(_CHUNK):
            rows = [_row(number + place, *each) for place, each in enumerate(chunk, start=1)]
            number += len(rows)
            index.executemany(
                "INSERT INTO establishments VALUES (?, ?, ?, ?, ?)", (each[0] for each in rows)
            )
            index.executemany(
                "INSERT INTO words (rowid, name, sign, unit, place, activity) "
                "VALUES (?, ?, ?, ?, ?, ?)", (each[1] for each in rows),
            )  # fmt: skip
        index.executescript(_FINISH)
        terms = [term for (term,) in index.execute("SELECT term FROM terms")]
        index.executemany("INSERT OR IGNORE INTO slips VALUES (?, ?)", _slips(terms))
        index.commit()
        index.execute("ANALYZE")


def _row(
    number: int, siret: str, state: str, name: str | None, sign: str | None, unit: str | None,
    acronym: str | None, address: str | None, postal: str | None, city: str | None,
    commune: str | None, activity: str | None,
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:  # fmt: skip
    """What is kept of an establishment, and where its words stand."""
    named = words(name)
    signed = words(sign) if sign != name else []
    united = [*(words(unit) if unit not in (name, sign) else []), *words(acronym)]
    place = [*_street(address), *_street(postal), *_street(city)]
    kept = (number, siret, commune, int(state == "A"), " ".join(named))
    texts = (" ".join(each) for each in (named, signed, united, place))
    return kept, (number, *texts, _activity(activity or ""))


@lru_cache(maxsize=50_000)
def _street(text: str | None) -> tuple[str, ...]:
    return tuple(word for word in telling(text))


@lru_cache(maxsize=2_000)
def _activity(code: str) -> str:
    """The words of an activity: its code, its label, its class, what people call it."""
    known = naf.rev2()
    if code not in known:
        return ""
    labels = (known.entry(each).label.fr for each in (code, *known.ancestors(code)[:2]))
    told = [word for label in (*labels, _synonyms().get(code, "")) for word in telling(label)]
    return " ".join(dict.fromkeys([code.replace(".", "").lower(), *told]))


@cache
def _synonyms() -> dict[str, str]:
    path = Path(__file__).with_name("synonyms.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _slips(terms: list[str]) -> Iterator[tuple[str, str]]:
    for term in terms:
        if len(term) >= SHORTEST_SLIP and not term.isdigit():
            for left in cut(term):
                yield left, term


FIRMS = Made(
    "firms.sqlite3",
    (TABLE,),
    build,
    version=1,
    title=Text("Index de recherche des entreprises", "Search index of the firms"),
)
