"""Where a source that is fetched by its bounds is looked for."""

import pytest

from bassin.config.opening import area, running
from bassin.errors import SourceError
from bassin.indicators.house import House
from bassin.sources.base_map import BaseMap
from tests.support.installing import install


def test_the_bounds_hold_the_communes_of_the_territory_and_a_little_more(
    france, tmp_path, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        BaseMap, "fetch_area", lambda _self, _into, bounds, _say: asked.append(bounds) or []
    )
    house = install(france, tmp_path / "var")

    with running(house) as runner:
        runner.fetch(BaseMap())

    west, south, east, north = asked[0]
    assert west < 2.39 < 2.40 < east
    assert south < 48.74 < 48.79 < north
    assert east - west < 0.5


def test_without_outlines_the_sentence_says_to_load_them(tmp_path):
    with pytest.raises(SourceError, match=r"bassin load FOLDER"):
        area(House.open(tmp_path))
