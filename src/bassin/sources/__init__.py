"""The inflow: one folder per publisher's dataset, read in its own format, checked, published."""

from bassin.sources.contract import Column, Derivation, Raw, Source
from bassin.sources.registry import derivations, source, sources
from bassin.sources.runner import Run, Runner

__all__ = [
    "Column",
    "Derivation",
    "Raw",
    "Run",
    "Runner",
    "Source",
    "derivations",
    "source",
    "sources",
]
