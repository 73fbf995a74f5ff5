"""Rows already read, by indicator and place, so that no page reads the same figure twice.

A region or the whole country is the comparator of thousands of places: it is read once for all
of them, and a page about another commune only reads that commune and those like it.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Any

Rows = list[tuple[Any, ...]]

MOST_ROWS = 150_000
"""About 40 MB; one profile of all indicators holds 5,000."""


class KeptRows:
    """The rows last used, up to `most`. Safe to share between threads."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._rows: OrderedDict[Hashable, Rows] = OrderedDict()
        self._count = 0

    def get(self, key: Hashable) -> Rows | None:
        """The rows kept under a key; None when they never were, or are no longer."""
        with self._lock:
            rows = self._rows.get(key)
            if rows is not None:
                self._rows.move_to_end(key)
            return rows

    def keep(self, found: Iterable[tuple[Hashable, Rows]]) -> None:
        """Keep rows under their keys; the least used leave when there are too many."""
        with self._lock:
            for key, rows in found:
                self._count += _weight(rows) - _weight(self._rows.pop(key, None))
                self._rows[key] = rows
            while self._count > self.most:
                _, gone = self._rows.popitem(last=False)
                self._count -= _weight(gone)

    def clear(self) -> None:
        """Forget everything (measures of what an uncached figure costs)."""
        with self._lock:
            self._rows.clear()
            self._count = 0


def _weight(rows: Rows | None) -> int:
    """An answer without rows takes room as well."""
    return 0 if rows is None else 1 + len(rows)
