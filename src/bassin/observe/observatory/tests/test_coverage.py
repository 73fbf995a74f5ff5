"""What was promised, counted in the documents, and the tools that serve it."""

import pytest

from bassin import systems
from bassin.observe.observatory import coverage
from bassin.territory import commitments
from tests.support.installing import bring_documents, install


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A folder that holds the sample authority's documents."""
    made = tmp_path_factory.mktemp("coverage")
    bring_documents(made)
    return made


@pytest.fixture(scope="module")
def installed(france, tmp_path_factory):
    return install(france, tmp_path_factory.mktemp("coverage") / "var")


@pytest.mark.parametrize("system", systems.systems(), ids=lambda system: system.slug)
def test_a_system_serves_only_commitments_that_exist(system, var):
    known = {each.ref for each in commitments.commitments(var)}

    assert set(system.serves) <= known
    assert set(system.how) <= set(system.serves)


def test_a_commitment_shows_its_tools_or_none(var):
    by_ref = {each.ref: each for each in commitments.commitments(var)}

    served = coverage.serve(by_ref["roadmap:action:3"])

    assert [tool.slug for tool in served.tools] == ["observatory"]
    assert served.commitment.text.fr.startswith("Observation en continu")
    assert coverage.serve(by_ref["roadmap:priority:2"]).tools == ()
    for ref, slug in (("roadmap:action:2", "aids"), ("roadmap:priority:3", "watch")):
        assert slug in [tool.slug for tool in coverage.serve(by_ref[ref]).tools]


def test_the_page_lists_each_promise_with_its_tool(installed, client, settings, db):
    settings.VAR = installed.var

    page = client.get("/couverture/").content.decode()

    assert page.count('<li id="roadmap-action-') == 33
    assert page.count("<li id=") == 66
    assert "pas encore outillé" in page
    assert "Observatoire économique" in page
    assert "le registre dit les jours gagnés" in page


def test_the_page_is_given_as_data(installed, client, settings, db):
    settings.VAR = installed.var

    given = client.get("/couverture.json").json()
    table = client.get("/couverture.csv").content.decode("utf-8-sig").splitlines()

    assert given["total"] == len(given["commitments"]) == 66
    assert given["served"] == sum(row["served"] for row in given["commitments"]) >= 3
    assert len(table) == 67
    simpler = next(row for row in given["commitments"] if row["ref"] == "industry:axis:4")
    assert simpler["tools"] == ["programmes"]
    assert "jours gagnés" in simpler["how"]["programmes"]


def test_an_authority_without_commitments_is_told_where_to_write_them(
    france, tmp_path, client, settings, db
):
    house = install(france, tmp_path / "var", "epci:200071082")
    settings.VAR = house.var

    response = client.get("/couverture/")

    assert response.status_code == 200
    assert "var/authority/commitments.toml" in response.content.decode()
