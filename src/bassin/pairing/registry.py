"""The pairings that the systems declare, found by the registry and looked at when bassin starts."""

from functools import cache

from bassin import systems
from bassin.pairing.declaration import Pairing


@cache
def declared() -> dict[str, Pairing]:
    """Every declared pairing by its slug, "jobs.offers". Raises Protected, as its module does."""
    found: dict[str, Pairing] = {}
    for system in systems.systems():
        for path in system.pairings:
            pairing: object = systems.call(path)
            if not isinstance(pairing, Pairing):
                raise TypeError(f"{path} is no Pairing")
            if not pairing.slug.startswith(f"{system.slug}.") or pairing.slug in found:
                raise ValueError(f"{path}: its slug is {system.slug}.something, said once")
            pairing.refuse_protected()
            found[pairing.slug] = pairing
    return found
