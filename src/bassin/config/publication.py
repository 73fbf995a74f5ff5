"""Putting a shared table in service, and taking it out: what a room asks of the whole house.

Rooms name this module by the setting PUBLICATION: the checks and the files that a release waits for
are those of every system.
"""

from functools import partial
from pathlib import Path

from bassin.config.opening import covering, house, inspect, now, today
from bassin.indicators.house import House
from bassin.sources import Runner
from bassin.sources.contract import Raw
from bassin.sources.registry import source
from bassin.sources.runner import Run
from bassin.types import Origin


def _runner(opened: House) -> Runner:
    return Runner(
        opened.store, today=today(), now=now, covers=covering(opened),
        inspect=partial(inspect, opened),
    )  # fmt: skip


def put(key: str, accepted: Path, origin: Origin, *, serve: bool = True) -> Run:
    """Load the accepted file of a declared table, and put a new release in service.

    Args:
        serve: False when other tables follow, that one release serves together.

    Raises:
        Refused: no table of that key is declared.
        SourceError: the release could not be written; the last one stays.
    """
    opened = house()
    return _runner(opened).load(source(key), [Raw(accepted, f"{key}.csv")], origin, serve)


def take(key: str) -> None:
    """Take a table out of service, with every version of it and its files as they were received.

    Raises:
        SourceError: the release could not be written; the last one stays.
    """
    opened = house()
    with opened.store.writing():
        opened.store.forget(key)
        _runner(opened).publish()
        opened.store.forget(key)


def narrow(key: str) -> None:
    """Forget the older versions of a table that more people may now read."""
    opened = house()
    with opened.store.writing():
        opened.store.forget_older(key)
