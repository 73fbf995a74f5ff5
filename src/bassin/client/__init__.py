"""Data of an installation, from a notebook or a script: places, figures, establishments as tables.

    import bassin

    here = bassin.place("departement:48")                # the store of this machine (BASSIN_VAR)
    here.figures("population", "establishments").pandas()
    here.figures("population", each="commune").arrow()

    other = bassin.connect("https://donnees.example.fr")    # another installation, by its API
    other.place("departement:38").figures("unemployment_rate_census", at="2019-06-30").polars()

Both ways give the same columns. A value that statistical secrecy hides is empty and says why, a
figure invented for a sample says so, whichever way it comes. Nothing here needs Django.
"""

import os
from functools import lru_cache
from pathlib import Path

from bassin import packages
from bassin.client.answer import Answer
from bassin.client.columns import Day
from bassin.client.data import Data, Place
from bassin.client.local import Local
from bassin.client.remote import Remote
from bassin.errors import Refused, SourceError

__all__ = [
    "Answer", "Data", "Place", "Refused", "SourceError", "catalogue", "connect", "establishments",
    "open", "place", "places",
]  # fmt: skip


def open(path: str | os.PathLike[str] = "", *, release: str = "", language: str = "fr") -> Data:
    """The data of an installation of this machine.

    Args:
        path: its folder; by default `BASSIN_VAR`, else the `var` of the checkout.
        release: read this one and no other, so that a study may be run again; by default the one
            in service, followed when another takes its place.
        language: of labels, definitions and reasons: "fr" or "en".

    Raises:
        Refused: there is no such folder.
    """
    return _opened(str(Path(path).resolve() if path else packages.var()), release, language)


@lru_cache(maxsize=4)
def _opened(path: str, release: str, language: str) -> Data:
    return Local(Path(path), release, language)


def connect(address: str, *, language: str = "fr", timeout: float = 30.0) -> Data:
    """The data of another installation, by the API that it gives at `/api/v1/`.

    Args:
        address: of its home page, "https://donnees.example.fr".
        timeout: seconds without an answer before giving up.

    Raises:
        Refused: it is not an address of the web.
    """
    return Remote(address, language=language, timeout=timeout)


def place(key: str = "", at: Day = None) -> Place:
    """A place of this machine's installation; see `Data.place`."""
    return open().place(key, at)


def places(scale: str = "", *, within: str = "", at: Day = None) -> Answer:
    """Places of this machine's installation; see `Data.places`."""
    return open().places(scale, within=within, at=at)


def catalogue() -> Answer:
    """Figures that this machine's installation can compute; see `Data.catalogue`."""
    return open().catalogue()


def establishments(
    *, within: str = "", naf: str | list[str] = "", headcount: str | list[str] = "",
    state: str = "A", limit: int = 0,
) -> Answer:  # fmt: skip
    """Establishments of this machine's installation; see `Data.establishments`."""
    return open().establishments(
        within=within, naf=naf, headcount=headcount, state=state, limit=limit
    )
