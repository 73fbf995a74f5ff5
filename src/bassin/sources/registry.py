"""Sources and derivations, found by looking in this folder: one sub-folder each."""

import pkgutil
from functools import cache
from importlib import import_module

import bassin.sources as package
from bassin.errors import Refused
from bassin.sources.contract import Derivation, Source


@cache
def _modules() -> tuple[object, ...]:
    """Every sub-package of `sources` (a publisher's dataset), imported."""
    return tuple(
        import_module(f"bassin.sources.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
        if found.ispkg
    )


def sources() -> dict[str, Source]:
    """All sources by key: each sub-package lists its classes in `SOURCES`."""
    made = [cls() for module in _modules() for cls in getattr(module, "SOURCES", ())]
    return {each.key: each for each in sorted(made, key=lambda each: each.key)}


def derivations() -> dict[str, Derivation]:
    """All derivations by key, in an order where inputs come first."""
    waiting = {each.key: each for module in _modules() for each in getattr(module, "DERIVED", ())}
    ordered: dict[str, Derivation] = {}
    while waiting:
        ready = [key for key, each in waiting.items() if not set(each.inputs) & waiting.keys()]
        if not ready:
            raise Refused(f"These tables are derived from one another: {', '.join(waiting)}.")
        for key in sorted(ready):
            ordered[key] = waiting.pop(key)
    return ordered


def source(key: str) -> Source:
    """The source of that key.

    Raises:
        Refused: there is none; the sentence lists those there are.
    """
    known = sources()
    if key not in known:
        raise Refused(f"There is no source named {key}. Known sources: {', '.join(known)}.")
    return known[key]
