"""A cited figure opens on the same number for ever, and says when it was revised since."""

import json
from datetime import UTC, datetime

import pytest

from bassin.errors import Refused
from bassin.observe.observatory import actions
from bassin.observe.observatory.models import Citation
from bassin.observe.observatory.tests.conftest import census
from bassin.types import Origin
from tests.support.installing import install, put

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ASKED = {"indicator": "unemployment_rate_census", "lieu": "commune:94081", "periode": "2022"}


@pytest.fixture
def writable(france, tmp_path, settings):
    """An installation of its own, whose next release the test publishes."""
    house = install(france, tmp_path / "var")
    put(house, Origin.REAL, census=census(house))
    settings.VAR = house.var
    return house


def cite(client, **more):
    return client.post("/citer/", ASKED | more)


def revise(house, factor: float) -> None:
    rows = [row | {"unemployed": row["unemployed"] * factor} for row in census(house)]
    put(house, Origin.REAL, census=rows)


def test_citing_gives_an_address_that_shows_the_number_its_date_and_its_source(
    writable, client, both_databases
):
    address = cite(client).headers["Location"]
    page = client.get(address).content.decode()

    shown = writable.figure("unemployment_rate_census", "commune:94081").observation
    assert f"{shown.value:.1f}".replace(".", ",") in page
    assert "Vitry-sur-Seine" in page
    assert "recensement de la population 2022" in page
    assert "unemployment_rate_census@1" in page
    assert "révisé" not in page


def test_citing_twice_gives_the_same_address(writable, client, both_databases):
    assert cite(client).headers["Location"] == cite(client).headers["Location"]
    assert Citation.objects.count() == 1


def test_the_number_survives_a_release_that_gives_another_and_the_page_says_so(
    writable, client, both_databases
):
    # given
    address = cite(client).headers["Location"]
    before = json.loads(client.get(f"{address[:-1]}.json").content)

    # when
    revise(writable, 1.5)

    # then
    after = json.loads(client.get(f"{address[:-1]}.json").content)
    page = client.get(address).content.decode()
    assert after["value"] == before["value"]
    assert (before["since"], after["since"]) == ("same", "revised")
    assert "Ce chiffre a été révisé depuis" in page
    assert f"{before['value']:.1f}".replace(".", ",") in page
    assert f"{before['value'] * 1.5:.1f}".replace(".", ",") in page


def test_a_release_that_gives_the_same_number_raises_no_banner(writable, client, both_databases):
    address = cite(client).headers["Location"]

    revise(writable, 1.0)

    assert "révisé" not in client.get(address).content.decode()


def test_a_revised_figure_is_cited_at_a_new_address(writable, client, both_databases):
    first = cite(client).headers["Location"]

    revise(writable, 2.0)

    assert cite(client).headers["Location"] != first
    assert Citation.objects.count() == 2


def test_a_figure_that_is_no_longer_published_keeps_its_number(writable, client, both_databases):
    address = cite(client).headers["Location"]

    put(writable, Origin.REAL, census=[r for r in census(writable) if r["commune_code"] == "94054"])

    page = client.get(address).content.decode()
    assert "est plus publié" in page


def test_a_figure_without_a_value_is_not_cited(writable, db):
    figure = writable.figure("jobs_at_workplace", "commune:94081")

    with pytest.raises(Refused, match="rien à citer"):
        actions.cite(figure, release=writable.reader.name, now=NOW)


def test_a_citation_keeps_nothing_of_who_asked(writable, client, both_databases):
    cite(client)

    kept = Citation.objects.get()
    assert {field.name for field in Citation._meta.get_fields()} == {
        "code", "indicator", "indicator_version", "place_key", "period", "table_version",
        "release", "value", "figure", "sentence", "cited_at",
    }  # fmt: skip
    assert set(kept.figure) == set(kept.sentence) == {"fr", "en"}


@pytest.mark.parametrize(
    "wrong",
    [{"indicator": "nothing"}, {"lieu": "commune:00000"}, {"lieu": "'; DROP TABLE"}],
)
def test_citing_what_does_not_exist_is_not_found(writable, client, db, wrong):
    assert cite(client, **wrong).status_code == 404


def test_citing_needs_the_token_of_the_page(writable, db):
    from django.test import Client

    guarded = Client(enforce_csrf_checks=True)

    assert guarded.post("/citer/", ASKED).status_code == 403


def test_an_unknown_citation_is_not_found(writable, client, db):
    assert client.get("/chiffre/0000/").status_code == 404
