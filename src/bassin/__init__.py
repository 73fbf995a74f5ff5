"""bassin: a French territory sees its economy, matches its needs and offers, steers and debates.

From a notebook, its data are one import away (`bassin.client` has the details):

    import bassin
    bassin.place("departement:48").figures("population", "establishments").pandas()
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_CLIENT = ("open", "connect", "place", "places", "catalogue", "establishments", "Refused",
           "SourceError")  # fmt: skip
"""What the client offers under the package's own name, imported when it is first used."""


def __getattr__(name: str) -> Any:
    if name in _CLIENT:
        return getattr(import_module("bassin.client"), name)
    raise AttributeError(f"module 'bassin' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted((*globals(), *_CLIENT))
