"""ROME as one holder: the same from a folder and from a release, and what is missing is said."""

import shutil

import pytest

from bassin.errors import Refused, SourceError
from bassin.store import Reader, Store
from bassin.taxonomies.rome import Rome, loaded
from bassin.types import Origin
from tests.support.rome import FOLDER

TEXTS = "unix_texte_v347_utf8.csv"
TABLES = (
    "occupations",
    "appellations",
    "items",
    "skills",
    "texts",
    "mobilities",
    "hirings",
    "tags",
)


@pytest.fixture
def rome(rome_sample) -> Rome:
    return rome_sample


@pytest.fixture
def store(rome_store) -> Store:
    return rome_store


def test_a_folder_and_a_release_of_the_same_files_say_the_same(rome, store):
    served = Rome.loaded(Reader(store))

    for name in TABLES:
        assert sorted(getattr(rome, name).to_pylist(), key=str) == sorted(
            getattr(served, name).to_pylist(), key=str
        )
    assert (served.version, served.codes, served.origin) == ("v347", rome.codes, Origin.REAL)


def test_an_occupation_that_the_table_of_codes_lacks_is_there_all_the_same(rome):
    listed = rome.occupations["rome_code"].to_pylist()

    assert "M1607" not in listed
    assert rome.label("M1607") == "Secrétaire"


def test_the_items_of_an_occupation_have_a_kind_and_a_label(rome):
    items = rome.items_of("A1203")

    assert {rome.item_kinds[item] for item in items} <= {"skill", "activity", "environment"}
    assert "Utilisation d'engins" in [rome.item_label(item) for item in items]
    assert ("A1203", "100003") in rome.core
    assert ("A1203", "100010") not in rome.core


def test_job_titles_are_no_items(rome):
    assert set(rome.skills["kind"].to_pylist()) <= {"skill", "activity", "environment"}


def test_an_item_without_label_shows_its_code(rome):
    assert rome.item_label("999999") == "999999"


def test_a_code_that_rome_does_not_have_is_refused_by_name(rome):
    with pytest.raises(Refused, match="“Z9999” is not an occupation of ROME v347"):
        rome.items_of("Z9999")


def test_of_two_versions_of_the_moves_that_of_rome_3_is_taken(rome):
    assert set(rome.mobilities["kind"].to_pylist()) == {"near", "evolution"}


def test_files_may_lie_in_any_folder_and_some_may_be_missing(tmp_path):
    shutil.copy(FOLDER / "rome" / TEXTS, tmp_path)

    alone = Rome.read(tmp_path)

    assert alone.codes == ("A1202", "F1703")
    assert (alone.skills.num_rows, alone.label("A1202")) == (0, "A1202")


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_a_folder_without_rome_is_refused_and_says_which_files_it_needs(tmp_path, name):
    wanted = "There is no folder" if name else "unix_liens_rome_referentiels_v3"

    with pytest.raises(Refused, match=wanted):
        Rome.read(tmp_path / name)


def test_a_file_that_is_not_what_its_name_says_is_told_by_its_name(tmp_path):
    (tmp_path / TEXTS).write_text("a,b\n1,2\n")

    with pytest.raises(SourceError, match=f"{TEXTS} has no column code_rome"):
        Rome.read(tmp_path)


def test_nothing_loaded_is_an_empty_rome(tmp_path):
    empty = Rome.loaded(Reader(Store(tmp_path)))

    assert (empty.codes, empty.version) == ((), "")


def test_a_process_reads_a_release_once(store):
    reader = Reader(store)

    assert loaded(reader) is loaded(reader)


@pytest.mark.pack
def test_version_347_has_532_occupations_and_one_item_without_label(rome_v347):
    rome = rome_v347

    assert len(rome.codes) == 532
    assert rome.label("L1510") == "Animateur / Animatrice 3D - films d'animation"
    assert rome.label("N1105") == "Manutention manuelle de charges"
    assert rome.skills.num_rows == 30_706
    assert sum(rome.item_label(item) == item for item in rome.item_kinds) == 1
