"""A tiny country for the tests of figures."""

from collections.abc import Callable

import pytest

from tests.indicators.tiny_country import Country, build


@pytest.fixture
def country(tmp_path) -> Callable[..., Country]:
    """`country(census=[…])`: the tiny country with these tables."""

    def make(**tables) -> Country:
        return build(tmp_path / "store", **tables)

    return make
