"""What changed in the tables that are given, from one release to the next."""

from collections.abc import Mapping
from functools import lru_cache

from bassin.indicators.house import House
from bassin.observe.opendata.openness import declared
from bassin.sources.registry import Stamp, stamp
from bassin.store import Store
from bassin.store.history import Change, changes


def history(opened: House) -> Mapping[str, tuple[Change, ...]]:
    """The changes of every table that somebody declared, newest first."""
    return _history(opened.reader.key, stamp(), opened.store)


@lru_cache(maxsize=4)
def _history(key: tuple[str, str], shared: Stamp, store: Store) -> Mapping[str, tuple[Change, ...]]:
    return {name: found for name, found in changes(store).items() if declared(name) is not None}
