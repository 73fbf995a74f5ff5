"""The pairings of the systems, found and looked at when bassin starts."""

import sys
from types import ModuleType

import pytest

from bassin import systems
from bassin.pairing import registry
from tests.pairing.forklift import OFFERS


@pytest.fixture
def declare(monkeypatch):
    """Make one system, `jobs`, declare what a test gives; the kept answers are forgotten."""

    def declared(*pairings):
        module = ModuleType("invented_pairings")
        paths = []
        for number, pairing in enumerate(pairings):
            setattr(module, f"P{number}", pairing)
            paths.append(f"invented_pairings.P{number}")
        monkeypatch.setitem(sys.modules, "invented_pairings", module)
        system = systems.System("jobs", "match", OFFERS.title, OFFERS.title, "", pairings=(*paths,))
        monkeypatch.setattr(systems, "systems", lambda: (system,))
        registry.declared.cache_clear()
        return registry.declared()

    yield declared
    registry.declared.cache_clear()


def test_declared_pairings_are_found_by_their_slug(declare):
    assert declare(OFFERS) == {"jobs.offers": OFFERS}


def test_a_slug_of_another_system_or_said_twice_is_refused(declare):
    with pytest.raises(ValueError, match="said once"):
        declare(OFFERS, OFFERS)


def test_something_else_than_a_pairing_is_refused(declare):
    with pytest.raises(TypeError, match="is no Pairing"):
        declare("nothing")


def test_the_pairings_of_this_installation_can_all_be_ranked():
    registry.declared.cache_clear()

    assert all(each.signals for each in registry.declared().values())
