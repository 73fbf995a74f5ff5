"""INSEE's own files of labels: on small samples with their dirt, and on those of the data pack."""

import zipfile
from pathlib import Path

import pytest

from bassin.sources.nomenclatures import (
    LegalCategories,
    Naf2025,
    NafRev2Labels,
    NafRev2LabelsEn,
)
from tests.support.loading import DATA, edited, loaded

FOLDER = DATA / "nomenclatures"
LABELS = FOLDER / "naf-rev2-libelles-insee.csv"
NAF = FOLDER / "naf-2025.csv"
LEGAL = FOLDER / "categories-juridiques-3-niveaux.tsv"
SECTIONS = '"N";"Code\nA 21";"English";"Français"\n1;A;"AGRICULTURE, FORESTRY";"AGRICULTURE"\n'
DIVISIONS = (
    '"Section";"Libellé";"Code\nDivision";"English";"Français"\nA;"AGRICULTURE";;;\n'
    'A;;01;"Crop production";"Culture et production"\n'
)


def archive(folder: Path, sections: str = SECTIONS, name: str = "naf2008") -> Path:
    """An archive of aggregations as INSEE writes it."""
    path = folder / "naf-rev2-aggregations-fr-en.zip"
    with zipfile.ZipFile(path, "w") as written:
        written.writestr(f"{name}/int_eng_na_2008_a21.csv", sections.encode("cp1252"))
        written.writestr(f"{name}/int_eng_na_2008_a88.csv", DIVISIONS.encode("cp1252"))
    return path


def test_labels_are_read_across_line_breaks_blank_rows_and_sections(tmp_path):
    found = loaded(NafRev2Labels(), tmp_path, LABELS)

    assert {row["naf_code"]: row["label_fr"] for row in found.rows} == {
        "A": "AGRICULTURE, SYLVICULTURE ET PÊCHE",
        "01": "Culture et production animale, chasse et services annexes",
        "01.1": "Cultures non permanentes",
        "88.99A": "Autre accueil sans hébergement d’enfants et d’adolescents",
    }
    assert found.refused == []


def test_a_label_without_a_naf_code_is_refused_with_its_line(tmp_path):
    path = edited(LABELS, tmp_path / "bad", ("88.99A", "8.99A"))
    run = loaded(NafRev2Labels(), tmp_path / "store", path).run

    assert run.status == "failed"
    assert "line 11: naf_code is “8.99A”" in run.error


@pytest.mark.parametrize(
    ("source", "path", "change", "why"),
    [
        (NafRev2Labels, LABELS, ('"Code"', '"Kode"'), "has no column Code"),
        (Naf2025, NAF, ("niv5_libelle", "libelle"), "has no column niv5_libelle"),
        (Naf2025, NAF, (",Réparation de véhicules légers", ""), "line 2: label_fr is empty"),
        (Naf2025, NAF, ("95.31H,", "9531H,"), "line 3: naf2025_code is “9531H”"),
        (LegalCategories, LEGAL, ("5710£", "571£"), "line 3: legal_category is “571”"),
        (
            LegalCategories,
            LEGAL,
            ("9220£Association déclarée", "9220"),
            "line 4: label_fr is empty",
        ),
    ],
)
def test_what_is_not_as_insee_writes_it_is_refused(tmp_path, source, path, change, why):
    run = loaded(source(), tmp_path / "store", edited(path, tmp_path / "bad", change)).run

    assert run.status == "failed"
    assert why in run.error


def test_a_file_in_another_encoding_is_refused_with_the_byte(tmp_path):
    path = edited(LABELS, tmp_path / "bad", ("’", "'"), encoding="cp1252")
    run = loaded(NafRev2Labels(), tmp_path / "store", path).run

    assert "line 1: it is not written in utf-8, for it holds byte 0xe9" in run.error


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "naf-2025.csv"
    path.write_text("")

    assert "is empty" in loaded(Naf2025(), tmp_path / "store", path).run.error


def test_both_languages_of_sections_and_divisions_come_from_the_archive(tmp_path):
    found = loaded(NafRev2LabelsEn(), tmp_path / "store", archive(tmp_path))

    assert found.rows == [
        {"naf_code": "01", "label_fr": "Culture et production", "label_en": "Crop production"},
        {"naf_code": "A", "label_fr": "AGRICULTURE", "label_en": "AGRICULTURE, FORESTRY"},
    ]


def test_what_is_not_the_archive_of_aggregations_is_refused(tmp_path):
    other = loaded(NafRev2LabelsEn(), tmp_path / "store", archive(tmp_path, name="other")).run
    damaged = tmp_path / "naf-rev2-aggregations-fr-en-2.zip"
    damaged.write_text("no")

    assert "should hold naf2008/int_eng_na_2008_a21.csv" in other.error
    assert "damaged" in loaded(NafRev2LabelsEn(), tmp_path / "again", damaged).run.error


def test_sub_classes_and_legal_categories_are_read_with_their_levels(tmp_path):
    naf = loaded(Naf2025(), tmp_path / "naf", NAF).rows
    legal = loaded(LegalCategories(), tmp_path / "legal", LEGAL).rows

    assert naf[-1] == {
        "naf2025_code": "95.32Y", "class_code": "95.32", "group_code": "95.3", "division": "95",
        "section": "T", "label_fr": "Réparation de motocycles",
    }  # fmt: skip
    assert {row["legal_category"]: row["label_fr"] for row in legal}["5710"] == (
        "SAS, société par actions simplifiée"
    )


@pytest.mark.pack
@pytest.mark.parametrize(
    ("source", "name", "rows"),
    [
        (NafRev2Labels, "naf-rev2-libelles-insee.csv", 1728),
        (NafRev2LabelsEn, "naf-rev2-aggregations-fr-en.zip", 109),
        (Naf2025, "naf-2025.csv", 747),
        (LegalCategories, "categories-juridiques-3-niveaux.tsv", 306),
    ],
)
def test_the_files_of_the_pack_are_read_whole(pack, tmp_path, source, name, rows):
    found = loaded(source(), tmp_path, pack / "nomenclatures" / name)

    assert (len(found.rows), found.refused) == (rows, [])
