"""What an authority committed itself to, read from its own file."""

from collections import Counter

import pytest

from bassin.errors import Refused
from bassin.territory import commitments
from tests.support.installing import bring_documents


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A folder that holds the sample authority's documents."""
    made = tmp_path_factory.mktemp("commitments")
    bring_documents(made)
    return made


def test_every_commitment_of_the_five_documents_is_there_once(var):
    counts = Counter(each.ref.rpartition(":")[0] for each in commitments.commitments(var))

    assert counts == {
        "roadmap:axis": 7, "roadmap:priority": 23, "roadmap:action": 33, "convention:axis": 9,
        "industry:axis": 4, "industry_2023:axis": 4, "digital:mission": 5, "digital:row": 11,
    }  # fmt: skip


def test_commitments_are_numbered_in_the_order_of_their_document(var):
    for programme in commitments.programmes(var):
        for kind in {item.kind for item in programme.items}:
            numbers = [item.number for item in programme.items if item.kind == kind]

            assert numbers == list(range(1, len(numbers) + 1)), (programme.id, kind)


def test_the_roadmap_has_the_priorities_and_actions_of_each_axis(var):
    roadmap = commitments.programmes(var)[0]
    axes = [f"roadmap:axis:{number}" for number in range(1, 8)]

    assert [len(roadmap.below(axis, "priority")) for axis in axes] == [3, 3, 3, 3, 3, 5, 3]
    assert [len(roadmap.below(axis, "action")) for axis in axes] == [3, 5, 3, 6, 4, 7, 5]


def test_all_texts_are_in_both_languages(var):
    for each in commitments.commitments(var):
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
        commitments.programmes(tmp_path)
