"""Asking the search index: a number, or words in any order, the last one perhaps unfinished."""

import json
import re
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies.search.index import FIRMS, SHORTEST_SLIP
from bassin.observe.companies.search.text import COMMON, cut, words
from bassin.taxonomies import siret as numbers
from bassin.territory.search import one_slip
from bassin.types import Text

RANKED = 2_000
"""Above this number of answers, their own order (active, large) ranks them."""

MOST_WORDS = 12
_SPELLINGS = 6
_WEIGHTS = "10.0, 6.0, 5.0, 2.0, 1.0"
_NUMBER = re.compile(r"[0-9\s.\-]+")
_LOCAL = threading.local()

_RANKED = f"""
SELECT e.siret FROM words JOIN establishments AS e ON e.number = words.rowid
WHERE words MATCH :asked
ORDER BY e.folded = :folded DESC, e.active DESC,
    e.commune IN (SELECT value FROM json_each(:home)) DESC,
    bm25(words, {_WEIGHTS}), e.number
"""


_UNRANKED = """
SELECT e.siret FROM words JOIN establishments AS e ON e.number = words.rowid
WHERE words MATCH :asked ORDER BY words.rowid
"""


class _Opened:
    """A connection that is closed with the thread that opened it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Never changed once made; closed by whichever thread collects what is left of another.
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self.connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self.connection.execute("PRAGMA mmap_size = 268435456")

    def __del__(self) -> None:
        if hasattr(self, "connection"):
            self.connection.close()


def connection(path: Path) -> sqlite3.Connection:
    """This thread's connection to an index."""
    kept: _Opened | None = getattr(_LOCAL, "kept", None)
    if kept is None or kept.path != path:
        _LOCAL.kept = kept = _Opened(path)
    return kept.connection


def matches(house: House, text: str) -> tuple[str, ...]:
    """The SIRETs that a text finds, best first.

    Raises:
        Refused: it is a SIRET or a SIREN with a digit wrong, or holds no word.
        SourceError: the index was not made.
    """
    index = connection(house.reader.made(FIRMS))
    if _NUMBER.fullmatch(text) and (number := numbers.digits(text)):
        found = _numbered(index, number, text)
        if found or len(number) >= 9:
            return found
    asked = words(text)[:MOST_WORDS]
    if not asked:
        raise Refused(
            Text(
                f"« {text[:60]} » ne contient aucun mot. Écrivez un nom, une rue, une activité ou "
                "un SIRET.",
                f"“{text[:60]}” holds no word. Write a name, a street, an activity or a SIRET.",
            )
        )
    home = json.dumps(_home(house))
    for slips in (False, True):
        query = _query(index, asked, slips=slips)
        if query and (sirets := _found(index, query, " ".join(asked), home)):
            return sirets
    return ()


def _home(house: House) -> list[str]:
    return sorted(house.territory.codes(house.home)) if house.installation.territory else []


def _numbered(index: sqlite3.Connection, number: str, typed: str) -> tuple[str, ...]:
    """By SIRET, by SIREN, or by the beginning of a SIRET."""
    if len(number) >= 14:
        numbers.siret(typed)
    elif len(number) == 9:
        numbers.siren(typed)
    rows = index.execute(
        "SELECT siret FROM establishments WHERE siret >= ? AND siret < ? ORDER BY number LIMIT ?",
        (number, f"{number}:", RANKED),
    )
    return tuple(siret for (siret,) in rows) if len(number) > 5 else ()


def _found(index: sqlite3.Connection, query: str, folded: str, home: str) -> tuple[str, ...]:
    """Those whose names hold all the words, then the others."""
    found: dict[str, None] = {}
    for asked in (f"{{name sign unit}} : ({query})", query):
        sql = _UNRANKED if _held(index, asked) > RANKED else _RANKED
        rows = index.execute(sql, {"asked": asked, "folded": folded, "home": home})
        found |= dict.fromkeys(siret for (siret,) in rows)
    return tuple(found)


def _held(index: sqlite3.Connection, asked: str) -> int:
    """How many answers there are, counted up to one more than are ranked."""
    count = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    return int(index.execute(count, (asked, RANKED + 1)).fetchone()[0])


def _query(index: sqlite3.Connection, asked: Sequence[str], *, slips: bool) -> str:
    """What FTS5 is asked; "" when a word is nowhere.

    Args:
        slips: take each word also for those that are one slip of typing away.
    """
    telling = [word for word in asked[:-1] if word not in COMMON]
    last = asked[-1]
    parts = [_either(_spelled(index, word, slips)) for word in telling]
    if last not in COMMON or not telling:
        begun = _begins(index, last)
        ways = [f'"{last}" *'] if begun else []
        if slips or not begun:
            ways += _quoted(_spelled(index, last, slips) if slips else ())
        parts.append(_either(ways, quoted=True))
    return "" if "" in parts else " AND ".join(parts)


def _either(ways: Iterable[str], *, quoted: bool = False) -> str:
    words_ = list(ways) if quoted else _quoted(ways)
    if len(words_) < 2:
        return "".join(words_)
    return f"({' OR '.join(words_)})"


def _quoted(ways: Iterable[str]) -> list[str]:
    return [f'"{word}"' for word in ways]


def _begins(index: sqlite3.Connection, word: str) -> bool:
    sql = "SELECT 1 FROM terms WHERE term >= ? AND term < ? LIMIT 1"
    return index.execute(sql, (word, f"{word}\U0010ffff")).fetchone() is not None


def _spelled(index: sqlite3.Connection, word: str, slips: bool) -> list[str]:
    """The word where it is known, with those one slip away that most establishments hold."""
    known = index.execute("SELECT 1 FROM terms WHERE term = ?", (word,)).fetchone()
    exact = [word] if known else []
    if not slips or len(word) < SHORTEST_SLIP - 1 or word.isdigit():
        return exact
    lefts = tuple(cut(word))
    near = index.execute(
        "SELECT DISTINCT s.term FROM slips AS s JOIN terms AS t USING (term) "
        f"WHERE s.cut IN ({', '.join('?' * len(lefts))}) ORDER BY t.held DESC", lefts,
    )  # fmt: skip
    close = [term for (term,) in near if term != word and one_slip(word, term)]
    return exact + close[:_SPELLINGS]
