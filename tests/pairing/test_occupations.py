"""Near occupations: parts that sum, nobody their own neighbour, and how well ROME's moves rank."""

import shutil
import subprocess
import sys

import numpy as np
import pytest

from bassin.errors import Refused
from bassin.pairing.occupations import proximity
from bassin.pairing.occupations.judged import moves, scores
from bassin.taxonomies.rome import Rome
from tests.support.loading import DATA

FOLDER = DATA / "rome"


@pytest.fixture(scope="module")
def found():
    return proximity(Rome.read(FOLDER))


def test_scores_lie_between_0_and_1_and_the_parts_sum_to_the_score(found):
    assert found.matrix.min() >= 0
    assert found.matrix.max() <= 1
    for each in found.neighbours("A1203"):
        assert round(sum(part.points for part in each.parts), 2) == each.score


def test_nobody_is_their_own_neighbour(found):
    near = [each.rome_code for each in found.neighbours("A1203", 100)]

    assert sorted([*near, "A1203"]) == list(found.rome.codes)


def test_a_neighbour_says_what_is_shared_what_is_missing_and_what_experts_say(found):
    near = {each.rome_code: each for each in found.neighbours("A1203", 100)}

    assert [item.label for item in near["L1510"].shared] == ["Utilisation d'engins"]
    assert near["L1510"].missing == ()
    assert near["L1510"].expert.en == "not a move of ROME v347"


def test_an_unknown_signal_is_refused_with_those_there_are(found):
    with pytest.raises(Refused, match=r"no signal “mobility”. Known signals: skills"):
        proximity(found.rome, ["mobility"])


def test_a_signal_without_its_file_is_left_out_and_refused_when_alone(tmp_path):
    shutil.copy(FOLDER / "rome" / "unix_texte_v347_utf8.csv", tmp_path)
    rome = Rome.read(tmp_path)

    assert set(proximity(rome).signals) == {"texts", "latent", "domain", "order"}
    with pytest.raises(Refused, match="lacks the tables of skills"):
        proximity(rome, ["skills"])


@pytest.mark.pack
def test_the_moves_of_rome_rank_high_without_being_read(rome_v347):
    reached = scores(proximity(rome_v347).matrix, moves(rome_v347))

    assert reached["MAP"] >= 0.50
    assert reached["MRR"] >= 0.82
    assert reached["R@10"] >= 0.55


def test_moves_are_never_read_to_compare(found):
    without = Rome.read(FOLDER)
    object.__setattr__(without, "mobilities", without.mobilities.slice(0, 0))

    assert np.array_equal(proximity(without).matrix, found.matrix)


def test_the_command_prints_every_source_nearest_first():
    words = [
        sys.executable,
        "-m",
        "bassin.cli",
        "match",
        "occupations",
        "--data",
        FOLDER,
        "--top",
        "2",
    ]

    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout

    rows = [line.split("\t") for line in said.splitlines()]
    sources = [source for source, _, _ in rows]
    assert sources == sorted(sources)
    assert all(source != target and 0 <= float(score) <= 1 for source, target, score in rows)
    assert sources.count("L1510") == 2
