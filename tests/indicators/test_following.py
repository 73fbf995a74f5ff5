"""An authority's folder is followed: a file that is written is read, a bad one harms nobody."""

import os
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.indicators import catalogue, written
from bassin.indicators.catalogue import everything, indicators
from bassin.indicators.declaration import declare, read


@pytest.fixture
def folder(tmp_path):
    """The folder of an authority that this process follows."""
    catalogue.follow(tmp_path)
    yield tmp_path
    catalogue.follow(Path("nowhere"))


def facts(**changes) -> dict:
    path = next(f for folder in catalogue.folders() for f in folder.glob("area.toml"))
    return {**read(path).raw, "id": "own_figure", **changes}


def test_a_file_that_another_process_wrote_is_seen_at_the_next_request(folder):
    assert "own_figure" not in indicators()

    written.write(folder, facts())
    assert "own_figure" not in indicators()  # this request reads what it began with
    catalogue.follow(folder)

    assert indicators()["own_figure"].version == facts()["version"]


def test_two_versions_written_within_one_tick_of_the_clock_are_told_apart(folder):
    seen = set()
    for version in range(2, 8):
        written.write(folder, facts(version=version))
        catalogue.follow(folder)
        seen.add(catalogue.stamp())
        assert indicators()["own_figure"].version == version

    assert len(seen) == 6


def test_a_file_that_is_refused_leaves_what_was_read_before_and_is_told(folder):
    written.write(folder, facts())
    catalogue.follow(folder)
    assert "own_figure" in indicators()

    (folder / "broken.toml").write_text("id = ", "utf-8")
    catalogue.follow(folder)

    assert "own_figure" in indicators()
    assert "broken.toml" in catalogue.trouble().fr
    (folder / "broken.toml").unlink()
    catalogue.follow(folder)
    assert catalogue.trouble().fr == ""


@pytest.mark.parametrize("visibility", ["partners", "internal"])
def test_what_is_kept_to_partners_or_inside_is_given_to_nobody_else(folder, visibility):
    written.write(folder, facts(access={"visibility": visibility, "steward": "observatory"}))
    catalogue.follow(folder)

    assert "own_figure" not in indicators()
    assert everything()["own_figure"].visibility == visibility


@pytest.mark.parametrize(
    ("level", "open_to"), [("public", "public"), ("partners", "partners"), ("", "internal")]
)
def test_a_figure_is_read_by_no_more_people_than_its_table(folder, monkeypatch, level, open_to):
    class Shared:
        pass

    Shared.level = level
    known = {"shared_school": Shared()} if level else {}
    monkeypatch.setattr(catalogue.registry, "sources", lambda: known)
    counted = {"dataset": "shared_school", "column": "commune_code", "agg": "count"}
    written.write(folder, facts(measure={"numerator": counted}, kind="count"))
    catalogue.follow(folder)

    assert ("own_figure" in indicators()) is (open_to == "public")
    assert everything()["own_figure"].visibility == open_to


def test_a_withdrawn_figure_stays_in_its_file_alone(folder):
    why = {"on": "2026-11-26", "why": {"fr": "Source arrêtée."}}
    written.write(folder, facts(status="withdrawn", withdrawn=why))
    catalogue.follow(folder)

    assert "own_figure" not in indicators()
    assert everything()["own_figure"].status == "withdrawn"
    with pytest.raises(Refused, match="withdrawn"):
        declare(facts(status="withdrawn"))


def test_a_folder_that_cannot_be_written_gives_a_sentence_and_leaves_the_former_file(
    folder, monkeypatch
):
    path = written.write(folder, facts())
    before = path.read_bytes()

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Refused) as refusal:
        written.write(folder, facts(version=9))

    assert "Rien n'est perdu" in refusal.value.text.fr
    assert "Nothing is lost" in refusal.value.text.say("en")
    assert path.read_bytes() == before
    assert [each.name for each in folder.iterdir()] == ["own_figure.toml"]


def test_a_new_figure_never_takes_the_place_of_a_file_that_is_there(folder):
    written.write(folder, facts())

    with pytest.raises(Refused, match="exists already"):
        written.write(folder, facts(version=3), fresh=True)

    assert read(folder / "own_figure.toml").version == facts()["version"]


name = st.text("abcdefgh_", min_size=1, max_size=8)
said = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.recursive(
        said | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: (
            st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), inner, max_size=4)
            | st.lists(st.dictionaries(said, said, max_size=2), max_size=3)
        ),
        max_leaves=12,
    )
)
def test_what_is_written_is_read_back_the_same(value):
    told = {"id": "x", "label": {"fr": "É", "en": "e"}, "odd": value, "measure": {"n": {"a": 1}}}

    assert tomllib.loads(written.toml(told)) == told


def test_every_declaration_of_the_house_survives_being_written_again(tmp_path):
    for folder in catalogue.folders():
        for path in sorted(folder.glob("*.toml"))[::7]:
            again = tmp_path / path.name
            again.write_text(written.toml(read(path).raw), "utf-8")
            assert read(again).digest == read(path).digest
    shutil.rmtree(tmp_path)
