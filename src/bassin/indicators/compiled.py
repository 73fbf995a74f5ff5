"""Compiled SQL kept on disk: a new web process starts at once instead of compiling for seconds.

A text is kept under a digest of everything it depends on (declaration, columns, version of the
compiler), so it is never stale and never needs to be thrown away by hand.
"""

import hashlib
import json
import os
import tempfile
from pathlib import Path

import ibis

from bassin.indicators.compile import sql, table
from bassin.indicators.declaration import Indicator


class Compiled:
    """The SQL of indicators, from memory, else from `folder`, else compiled and kept there."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._texts: dict[tuple[str, str], str] = {}

    def sql(self, indicator: Indicator, everywhere: str = "") -> str:
        """The SQL of an indicator; see `bassin.indicators.compile.expression`."""
        key = (indicator.identity, everywhere)
        if key not in self._texts:
            self._texts[key] = self._kept(indicator, everywhere)
        return self._texts[key]

    def _kept(self, indicator: Indicator, everywhere: str) -> str:
        if self.folder is None:
            return sql(indicator, everywhere)
        path = self.folder / f"{_digest(indicator, everywhere)}.sql"
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            text = sql(indicator, everywhere)
            _write(path, text)
            return text


def _digest(indicator: Indicator, everywhere: str) -> str:
    columns = {name: str(kind) for name, kind in table(indicator.dataset).schema().items()}
    parts = [indicator.raw, everywhere, columns, ibis.__version__, _perimeters()]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2s(text.encode(), digest_size=16).hexdigest()


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
