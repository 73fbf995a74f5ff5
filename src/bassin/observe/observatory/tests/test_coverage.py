"""What was promised, counted in the documents, and the tools that serve it."""

from collections import Counter

import pytest

from bassin import systems
from bassin.errors import Refused
from bassin.observe.observatory import coverage
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


def test_every_commitment_of_the_five_documents_is_there_once(var):
    counts = Counter(each.ref.rpartition(":")[0] for each in coverage.commitments(var))

    assert counts == {
        "roadmap:axis": 7, "roadmap:priority": 23, "roadmap:action": 33, "convention:axis": 9,
        "industry:axis": 4, "industry_2023:axis": 4, "digital:mission": 5, "digital:row": 11,
    }  # fmt: skip


def test_commitments_are_numbered_in_the_order_of_their_document(var):
    for programme in coverage.programmes(var):
        for kind in {item.kind for item in programme.items}:
            numbers = [item.number for item in programme.items if item.kind == kind]

            assert numbers == list(range(1, len(numbers) + 1)), (programme.id, kind)


def test_the_roadmap_has_the_priorities_and_actions_of_each_axis(var):
    roadmap = coverage.programmes(var)[0]
    axes = [f"roadmap:axis:{number}" for number in range(1, 8)]

    assert [len(roadmap.below(axis, "priority")) for axis in axes] == [3, 3, 3, 3, 3, 5, 3]
    assert [len(roadmap.below(axis, "action")) for axis in axes] == [3, 5, 3, 6, 4, 7, 5]


@pytest.mark.parametrize("system", systems.systems(), ids=lambda system: system.slug)
def test_a_system_serves_only_commitments_that_exist(system, var):
    known = {each.ref for each in coverage.commitments(var)}

    assert set(system.serves) <= known


def test_a_commitment_shows_its_tools_or_none(var):
    by_ref = {each.ref: each for each in coverage.commitments(var)}

    served = coverage.serve(by_ref["roadmap:action:3"])

    assert [tool.slug for tool in served.tools] == ["observatory"]
    assert served.commitment.text.fr.startswith("Observation en continu")
    assert coverage.serve(by_ref["roadmap:priority:1"]).tools == ()


def test_all_texts_are_in_both_languages(var):
    for each in coverage.commitments(var):
        assert each.text.fr
        assert each.text.en, each.ref


PROGRAMME = """
[[programmes]]
id = "plan"
title = "Un plan"
document = "Le plan"
counted = ["action"]
[[programmes.items]]
ref = "plan:action:1"
text = "Agir"
"""


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('ref = "plan:action:1"', 'ref = "action:1"', "plan:action:3"),
        ('ref = "plan:action:1"', 'ref = "roadmap:action:1"', "roadmap:action:1"),
        ('text = "Agir"', 'text = "Agir"\nunder = "plan:axis:1"', "nowhere"),
        (
            'text = "Agir"',
            'text = "Agir"\n[[programmes.items]]\nref = "plan:action:1"\ntext = "Encore"',
            "twice",
        ),
        ('text = "Agir"', 'txt = "Agir"', "text"),
        ('id = "plan"', 'id = "plan', "cannot be read"),
    ],
)
def test_a_damaged_file_is_refused_with_what_to_correct(tmp_path, wrong, right, says):
    path = tmp_path / "authority" / "commitments.toml"
    path.parent.mkdir()
    assert wrong in PROGRAMME
    path.write_text(PROGRAMME.replace(wrong, right), "utf-8")

    with pytest.raises(Refused, match=says):
        coverage.programmes(tmp_path)


def test_the_page_lists_each_promise_with_its_tool(installed, client, settings, db):
    settings.VAR = installed.var

    page = client.get("/couverture/").content.decode()

    assert page.count('<li id="roadmap-action-') == 33
    assert page.count("<li id=") == 66
    assert "pas encore outillé" in page
    assert "Observatoire économique" in page


def test_the_page_is_given_as_data(installed, client, settings, db):
    settings.VAR = installed.var

    given = client.get("/couverture.json").json()
    table = client.get("/couverture.csv").content.decode("utf-8-sig").splitlines()

    assert given["total"] == len(given["commitments"]) == 66
    assert given["served"] == sum(row["served"] for row in given["commitments"]) >= 3
    assert len(table) == 67


def test_an_authority_without_commitments_is_told_where_to_write_them(
    france, tmp_path, client, settings, db
):
    house = install(france, tmp_path / "var", "epci:200071082")
    settings.VAR = house.var

    response = client.get("/couverture/")

    assert response.status_code == 200
    assert "var/authority/commitments.toml" in response.content.decode()
