"""ROME, versions 3 and 4: doubled apostrophes, two headers for moves, a code missing."""

from collections import Counter

import pytest

from bassin.sources.rome import (
    Rome4Occupations,
    RomeAppellations,
    RomeItems,
    RomeMobilities,
    RomeOccupations,
    RomeSkills,
    RomeTexts,
)
from tests.support.loading import DATA, edited, loaded

FOLDER = DATA / "rome" / "rome"
FICHES_4 = FOLDER / "unix_referentiel_code_rome_v460_utf8.csv"
ITEMS = (
    "unix_referentiel_competence_v347_utf8.csv",
    "unix_referentiel_env_travail_v347_utf8.csv",
    "referentiel_activite_v344_utf8.csv",
)


def test_doubled_apostrophes_become_one_everywhere(tmp_path):
    # given exports where « d'arbres » is written d''arbres
    given = {
        RomeOccupations: ("unix_referentiel_code_rome_v347_utf8.csv",),
        RomeTexts: ("unix_texte_v347_utf8.csv",),
        RomeAppellations: ("unix_referentiel_appellation_v347_utf8.csv",),
        RomeItems: ITEMS,
    }

    # when they are loaded
    words = [
        value
        for source, names in given.items()
        for row in loaded(source(), tmp_path / source.key, *(FOLDER / n for n in names)).rows
        for value in row.values()
        if isinstance(value, str)
    ]

    # then people read one apostrophe
    assert "Entretien d'espaces naturels" in words
    assert "Utilisation d'engins" in words
    assert not any("''" in word for word in words)


def test_the_version_comes_from_the_name_of_the_file(tmp_path):
    found = loaded(RomeOccupations(), tmp_path, FOLDER / "unix_referentiel_code_rome_v347_utf8.csv")
    assert {row["version"] for row in found.rows} == {"v347"}


def test_a_name_without_a_version_fails_and_says_how_to_name_it(tmp_path):
    path = FOLDER / "unix_texte_v347_utf8.csv"
    found = loaded(RomeTexts(), tmp_path, path, name="rome/unix_texte.csv")
    assert "its name must give the version of ROME" in found.run.error


def test_paragraphs_keep_their_kind_and_rank(tmp_path):
    found = loaded(RomeTexts(), tmp_path, FOLDER / "unix_texte_v347_utf8.csv")
    kinds = [(r["rome_code"], r["kind"], r["position"]) for r in found.rows]
    assert kinds == [
        ("A1202", "access", 0),
        ("A1202", "definition", 0),
        ("A1202", "definition", 1),
        ("F1703", "conditions", 0),
    ]


def test_moves_of_version_3_have_a_kind_and_sometimes_a_job_title(tmp_path):
    found = loaded(RomeMobilities(), tmp_path, FOLDER / "unix_rubrique_mobilite_v347_utf8.csv")
    evolutions = [r for r in found.rows if r["kind"] == "evolution"]
    assert {(r["source_appellation_code"], r["target_appellation_code"]) for r in evolutions} == {
        ("11987", None),
        (None, "12000"),
    }
    assert found.run.refused == 0


def test_moves_of_version_4_have_an_order_and_no_kind(tmp_path):
    found = loaded(RomeMobilities(), tmp_path, FOLDER / "unix_rubrique_mobilite_v460_utf8.csv")
    assert [(r["target_rome_code"], r["position"], r["kind"]) for r in found.rows] == [
        ("A1207", 1, None),
        ("F1703", 2, None),
    ]


def test_moves_without_either_header_fail_and_name_what_is_missing(tmp_path):
    name = "unix_rubrique_mobilite_v460_utf8.csv"
    path = edited(FOLDER / name, tmp_path / "rome", ("numero_ordre", "rang"))
    found = loaded(RomeMobilities(), tmp_path / "store", path)
    assert "has no column code_appellation_source" in found.run.error


def test_three_files_of_items_make_one_table(tmp_path):
    found = loaded(RomeItems(), tmp_path, *(FOLDER / name for name in ITEMS))
    assert Counter(r["kind"] for r in found.rows) == {"skill": 2, "activity": 1, "environment": 1}
    assert next(r for r in found.rows if r["kind"] == "activity")["version"] == "v344"


def test_links_say_what_they_link_and_whether_it_is_core(tmp_path):
    found = loaded(RomeSkills(), tmp_path, FOLDER / "unix_liens_rome_referentiels_v347_utf8.csv")
    links = {(r["rome_code"], r["item_code"]): (r["kind"], r["is_core"]) for r in found.rows}
    assert links["A1203", "100003"] == ("activity", True)
    assert links["A1203", "100010"] == ("skill", False)
    assert links["A1203", "11987"] == ("appellation", None)


def test_tags_of_rome_4_become_yes_no_or_unknown(tmp_path):
    rows = {r["rome4_code"]: r for r in loaded(Rome4Occupations(), tmp_path, FICHES_4).rows}
    assert (rows["A1207"]["is_green"], rows["A1207"]["rome_code"]) == (True, "A1203")
    assert (rows["F1703"]["is_greening"], rows["F1703"]["is_green"]) == (True, False)
    assert (rows["M1608"]["is_brown"], rows["M1608"]["is_green"]) == (True, False)
    assert (rows["M1607"]["is_digital"], rows["M1607"]["is_demographic"]) == (True, None)


def test_a_tag_that_was_renamed_stops_the_load_rather_than_turn_trades_grey(tmp_path):
    path = edited(FICHES_4, tmp_path / "rome", ("Emploi Vert", "Métier vert"))
    found = loaded(Rome4Occupations(), tmp_path / "store", path)
    assert found.run.status == "failed"
    assert "transition_eco is “Métier vert”" in found.run.error


@pytest.mark.pack
@pytest.mark.parametrize(
    ("source", "names", "rows"),
    [
        (RomeOccupations, ["unix_referentiel_code_rome_v347_utf8.csv"], 531),
        (RomeTexts, ["unix_texte_v347_utf8.csv"], 5_037),
        (RomeAppellations, ["unix_referentiel_appellation_v347_utf8.csv"], 10_990),
        (RomeItems, list(ITEMS), 4_947 + 763 + 8_983),
        (RomeSkills, ["unix_liens_rome_referentiels_v347_utf8.csv"], 42_228),
        (RomeMobilities, ["unix_rubrique_mobilite_v347_utf8.csv"], 4_218),
        (Rome4Occupations, ["unix_referentiel_code_rome_v460_utf8.csv"], 1_584),
    ],
)
def test_the_pack_gives_every_row_of_each_file(source, names, rows, tmp_path, pack):
    found = loaded(source(), tmp_path, *(pack / "rome" / name for name in names))
    assert (found.run.rows, found.run.refused) == (rows, 0)
    assert not any("''" in v for r in found.rows for v in r.values() if isinstance(v, str))


@pytest.mark.pack
def test_in_the_pack_only_l1510_is_missing_from_the_list_of_occupations(tmp_path, pack):
    # given the list of ROME 3 and the parents of ROME 4
    listed = loaded(
        RomeOccupations(),
        tmp_path / "3",
        pack / "rome" / "unix_referentiel_code_rome_v347_utf8.csv",
    )
    fourth = loaded(Rome4Occupations(), tmp_path / "4", pack / "rome" / FICHES_4.name)

    # when they are compared
    parents = {row["rome_code"] for row in fourth.rows}

    # then the parents are the 532 occupations, and the list lacks one
    assert len(parents) == 532
    assert parents - {row["rome_code"] for row in listed.rows} == {"L1510"}
    assert Counter(r["ecological_tag"] for r in fourth.rows) == {
        "Emploi Blanc": 1_194,
        "Emploi stratégique pour la Transition écologique": 261,
        "Emploi Vert": 96,
        "Emploi Brun": 33,
    }


@pytest.mark.pack
def test_in_the_pack_moves_are_near_or_evolutions(tmp_path, pack):
    path = pack / "rome" / "unix_rubrique_mobilite_v347_utf8.csv"
    found = loaded(RomeMobilities(), tmp_path, path)
    assert Counter(r["kind"] for r in found.rows) == {"near": 1_917, "evolution": 2_301}
