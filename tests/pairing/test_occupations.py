"""Near occupations: parts that sum, nobody their own neighbour, and how well ROME's moves rank."""

import argparse
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from bassin.config.commands import match
from bassin.config.opening import compare_trades
from bassin.errors import Refused
from bassin.pairing.occupations import Proximity, keeping, loaded, nearest, proximity
from bassin.pairing.occupations.judged import moves, scores
from bassin.sources import Raw, source
from bassin.store import Reader, Store
from bassin.taxonomies.rome import Rome
from tests.support.loading import edited, runner
from tests.support.rome import FOLDER


def _printed(capsys, *words: str) -> str:
    """What `bassin match occupations --top 2` prints with these other words."""
    parser = argparse.ArgumentParser()
    match.add_arguments(parser)

    assert match.run(parser.parse_args(["occupations", "--top", "2", *words])) == 0
    return capsys.readouterr().out


@pytest.fixture(scope="module")
def found(rome_sample):
    return proximity(rome_sample)


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

    assert set(proximity(rome).signals) == {"latent", "broad", "access"}
    with pytest.raises(Refused, match="lacks the tables of skills"):
        proximity(rome, ["skills"])


@pytest.mark.pack
def test_the_moves_of_rome_rank_high_without_being_read(rome_v347):
    reached = scores(proximity(rome_v347).matrix, moves(rome_v347))

    assert reached["MAP"] >= 0.515
    assert reached["MRR"] >= 0.835
    assert reached["R@10"] >= 0.553


def test_moves_are_never_read_to_compare(found):
    without = replace(found.rome, mobilities=found.rome.mobilities.slice(0, 0))

    assert np.array_equal(proximity(without).matrix, found.matrix)


def test_the_command_prints_every_source_nearest_first(capsys):
    said = _printed(capsys, "--data", str(FOLDER))

    rows = [line.split("\t") for line in said.splitlines()]
    sources = [source for source, _, _ in rows]
    assert sources == sorted(sources)
    assert all(source != target and 0 <= float(score) <= 1 for source, target, score in rows)
    assert sources.count("L1510") == 2


@pytest.fixture
def copied(rome_store, tmp_path) -> Store:
    """A release of one's own, for which nothing is kept yet."""
    root = tmp_path / "store"
    shutil.copytree(rome_store.root, root, ignore=shutil.ignore_patterns("kept"))
    return Store(root)


def _kept(store: Store) -> list[Path]:
    return sorted((store.root / "kept").glob("occupations-*"))


def test_a_release_is_compared_once_and_read_again_from_the_disk(copied, found, monkeypatch):
    made = loaded(Reader(copied))
    monkeypatch.setattr(keeping, "proximity", lambda rome: pytest.fail("computed again"))

    again = loaded(Reader(copied))

    assert again.signals == made.signals == found.signals
    assert np.array_equal(again.parts, found.parts)
    assert len(_kept(copied)) == 1


def test_another_release_of_rome_is_compared_anew_and_replaces_what_was_kept(copied, tmp_path):
    before, [kept] = loaded(Reader(copied)), _kept(copied)
    titles = edited(
        next(FOLDER.rglob("unix_referentiel_appellation_v347_utf8.csv")),
        tmp_path / "rome",
        ("Maçon", "Jardinier"),
    )
    run = runner(copied.root)
    run.load(source("rome_appellations"), [Raw(titles, f"rome/{titles.name}")], publish=False)
    run.finish()

    after = loaded(Reader(copied))

    assert not np.array_equal(after.matrix, before.matrix)
    assert [path for path in _kept(copied) if path != kept] == _kept(copied)


def test_what_was_half_written_is_never_read(copied, found, monkeypatch):
    def cut(path: Path, parts: np.ndarray) -> None:
        path.write_bytes(b"half")
        raise OSError("no space left on the disk")

    with monkeypatch.context() as broken:
        broken.setattr(np, "save", cut)
        with pytest.raises(OSError, match="no space left"):
            loaded(Reader(copied))

    assert list((copied.root / "kept").iterdir()) == []
    assert np.array_equal(loaded(Reader(copied)).parts, found.parts)


def test_two_processes_that_compare_at_once_leave_one_whole_comparison(copied, found):
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(loaded, [Reader(copied) for _ in range(4)]))

    assert all(np.array_equal(each.parts, found.parts) for each in together)
    assert len(list((copied.root / "kept").iterdir())) == 1


def test_without_rome_nothing_is_compared_and_the_sentence_says_what_to_do(tmp_path):
    with pytest.raises(Refused, match="Run `bassin load DIR`"):
        loaded(Reader(Store(tmp_path)))


def test_the_command_says_of_a_release_what_is_computed_of_its_files(
    copied, found, capsys, monkeypatch
):
    monkeypatch.setattr(match, "house", lambda: SimpleNamespace(reader=Reader(copied)))

    assert _printed(capsys) == _lines(found)
    assert _printed(capsys, "--signals", "texts") == _lines(proximity(found.rome, ["texts"]))


def _lines(compared: Proximity) -> str:
    return "".join(
        f"{source}\t{target}\t{score:.6f}\n" for source, target, score in nearest(compared, 2)
    )


def test_trades_are_compared_ahead_of_the_first_page(copied, tmp_path):
    compare_trades(SimpleNamespace(reader=Reader(copied)))
    compare_trades(SimpleNamespace(reader=Reader(Store(tmp_path / "empty"))))

    names = {path.name.partition("-")[0] for path in (copied.root / "kept").iterdir()}
    assert names == {"occupations", "titles"}
    assert not (tmp_path / "empty" / "kept").exists()
