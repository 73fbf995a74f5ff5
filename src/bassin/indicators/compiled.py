"""Compiled SQL kept on disk: a new web process starts at once instead of compiling for seconds.

A text is kept under a digest of everything it depends on (declarations, columns, version of the
compiler), so it is never stale and never needs to be thrown away by hand.
"""

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path

import ibis

from bassin.indicators import compile, where
from bassin.indicators.compile import sql, table, unique
from bassin.indicators.declaration import Indicator


class Compiled:
    """The SQL of indicators, from memory, else from `folder`, else compiled and kept there."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._texts: dict[tuple[str, ...], str] = {}

    def sql(self, *indicators: Indicator, everywhere: str = "") -> str:
        """The SQL of indicators of one dataset; see `bassin.indicators.compile.expression`."""
        key = (everywhere, *(each.digest for each in indicators))
        if key not in self._texts:
            self._texts[key] = self._kept(indicators, everywhere)
        return self._texts[key]

    def _kept(self, indicators: tuple[Indicator, ...], everywhere: str) -> str:
        if self.folder is None:
            return sql(*indicators, everywhere=everywhere)
        path = self.folder / f"{_digest(indicators, everywhere)}.sql"
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            text = sql(*indicators, everywhere=everywhere)
            _write(path, text)
            return text


def _digest(indicators: tuple[Indicator, ...], everywhere: str) -> str:
    columns = {name: str(kind) for name, kind in table(indicators[0].dataset).schema().items()}
    declared = [each.raw for each in indicators]
    key = unique(indicators[0].dataset)
    parts = [declared, everywhere, columns, key, ibis.__version__, _compiler(), _perimeters()]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2s(text.encode(), digest_size=16).hexdigest()


@cache
def _compiler() -> str:
    """A digest of the two modules that turn a declaration into SQL."""
    found = [Path(str(module.__file__)).read_bytes() for module in (compile, where)]
    return hashlib.blake2s(b"".join(found), digest_size=16).hexdigest()


@cache
def _perimeters() -> list[tuple[str, int]]:
    """Versions of the named sets of activities, which the SQL spells out."""
    from bassin.taxonomies.perimeters import perimeters

    return sorted((name, each.version) for name, each in perimeters().items())


def _write(path: Path, text: str) -> None:
    """Whole or not at all: two processes may write the same text at once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        os.replace(name, path)
    except OSError:
        # A full or read-only disk only costs the compilation again at the next start.
        return
