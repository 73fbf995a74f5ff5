"""The files that systems want made of each release, and when they are made."""

from typing import Any

from bassin.indicators.house import House
from bassin.store import Made, made
from bassin.systems import call, speakers


def makes() -> tuple[Made, ...]:
    """What all systems want made of a release."""
    found: list[Any] = [call(path) for each in speakers() for path in each.makes]
    return tuple(found)


def make_files(opened: House) -> list[str]:
    """Make the files that the release in service lacks: it was restored, or the code changed.

    Nothing is done while another process writes in the store: it makes them itself.
    """
    with opened.store.writing_if_free() as free:
        return made.prepare(opened.store, opened.store.current, makes()) if free else []
