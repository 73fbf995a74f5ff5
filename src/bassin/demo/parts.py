"""The files of the sample, each with the source that reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bassin.demo import failures, sirene
from bassin.demo.world import World


@dataclass(frozen=True, slots=True)
class Part:
    """One source of the sample: which files, and what writes them in a folder.

    Files are named as in a data pack, since some readers take the year from the name.
    """

    source: str
    files: tuple[str, ...]
    write: Callable[[World, Path], None]


PARTS = (
    Part("establishments", (sirene.ESTABLISHMENTS,), sirene.write_establishments),
    Part("legal_units", (sirene.LEGAL_UNITS,), sirene.write_legal_units),
    Part("failures", (failures.NAME,), failures.write),
)
