"""INSEE's own files: on small samples with their dirt, and on the real ones of the data pack."""

import csv
import zipfile

import pytest

from bassin.errors import SourceError
from bassin.taxonomies import aggregates, headcounts, insee, legal, naf
from bassin.taxonomies.codes import Level
from bassin.taxonomies.perimeters import perimeters
from bassin.taxonomies.tables import tables

LABELS = (
    '"ligne";"Code";" Intitulés de la  NAF rév. 2, version finale ";"Intitulés, \nen 65";"en 40"\n'
    '1;;;;\n2;"SECTION A";"AGRICULTURE, SYLVICULTURE ET PÊCHE";"A";"A"\n'
    '3;"88.99A";"Autre accueil sans hébergement d’enfants\n et d’adolescents\n";"x";"x"\n'
)
NAF_2025 = (
    "niv5,niv4,niv3,niv2,niv1,niv1_libelle,niv5_libelle\n"
    "95.31G,95.31,95.3,95,T,AUTRES ACTIVITÉS DE SERVICES,Réparation de véhicules légers\n"
    "95.31H,95.31,95.3,95,T,AUTRES ACTIVITÉS DE SERVICES,Réparation d'autres véhicules\n"
    '95.32Y,95.32,95.3,95,T,AUTRES ACTIVITÉS DE SERVICES,"Réparation\nde motocycles"\n'
)


def written(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_labels_are_read_across_line_breaks_blank_rows_and_sections(tmp_path):
    found = insee.naf_rev2_labels(written(tmp_path, "labels.csv", LABELS))

    assert found["A"].fr == "AGRICULTURE, SYLVICULTURE ET PÊCHE"
    assert found["88.99A"].fr == "Autre accueil sans hébergement d’enfants et d’adolescents"
    assert len(found) == 2


def test_labels_with_other_columns_are_refused(tmp_path):
    path = written(tmp_path, "labels.csv", LABELS.replace('"Code"', '"Kode"'))

    with pytest.raises(SourceError, match=r"labels\.csv should begin with.*Kode"):
        insee.naf_rev2_labels(path)


def test_a_label_without_naf_code_is_refused_with_its_line(tmp_path):
    path = written(tmp_path, "labels.csv", LABELS.replace("88.99A", "8.99A"))

    with pytest.raises(SourceError, match=r"labels\.csv, line 7: “8\.99A” is not a NAF code"):
        insee.naf_rev2_labels(path)


def test_a_file_in_another_encoding_is_refused_with_the_byte(tmp_path):
    path = written(tmp_path, "labels.csv", LABELS, "cp1252")

    with pytest.raises(SourceError, match=r"not written in utf-8: byte .* is 0xe9"):
        insee.naf_rev2_labels(path)


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(SourceError, match="empty"):
        insee.naf_2025(written(tmp_path, "naf-2025.csv", ""))


def test_naf_2025_takes_the_label_of_an_only_child_and_invents_none_for_the_others(tmp_path):
    known = insee.naf_2025(written(tmp_path, "naf-2025.csv", NAF_2025))

    assert known.complete
    assert known.label("95.32Y") == known.label("95.32") == "Réparation de motocycles"
    assert known.label("95.31") == "intitulé non fourni par le fichier"
    assert known.children("95.31") == ("95.31G", "95.31H")
    assert known.subclasses(["95.3"]) == ("95.31G", "95.31H", "95.32Y")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("niv5_libelle", "libelle", "should begin with"),
        (",95,T,", ",45,G,", "division 45 of section G, which NAF 2025 does not have"),
        (",Réparation de véhicules légers", "", "line 2: 6 cells"),
    ],
)
def test_naf_2025_refuses_what_does_not_fit_its_structure(tmp_path, old, new, why):
    path = written(tmp_path, "naf-2025.csv", NAF_2025.replace(old, new))

    with pytest.raises(SourceError, match=why):
        insee.naf_2025(path)


def test_what_is_not_the_archive_of_aggregations_is_refused(tmp_path):
    with pytest.raises(SourceError, match="not INSEE's archive"):
        insee.naf_rev2_bilingual(written(tmp_path, "a.zip", "no"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("other.csv", "")
    with pytest.raises(SourceError, match="int_eng_na_2008_a21"):
        insee.naf_rev2_bilingual(tmp_path / "b.zip")


def test_legal_categories_are_read_in_both_known_forms(tmp_path):
    three = insee.legal_categories(
        written(tmp_path, "three.tsv", "5£Société commerciale\n5710£SAS \n")
    )
    one = insee.legal_categories(written(tmp_path, "one.csv", '5710,"SAS, simplifiée"\n\n'))

    assert {code: text.fr for code, text in three.items()} == {"5710": "SAS"}
    assert {code: text.fr for code, text in one.items()} == {"5710": "SAS, simplifiée"}


@pytest.mark.parametrize("row", ["5710", "5A10£SAS", "5999£Inconnue"])
def test_a_legal_category_that_cannot_be_is_refused_with_its_line(tmp_path, row):
    with pytest.raises(SourceError, match=r"c\.tsv, line 2"):
        insee.legal_categories(written(tmp_path, "c.tsv", f"1000£Entrepreneur individuel\n{row}\n"))


@pytest.mark.pack
def test_the_labels_of_the_package_are_those_of_insee(pack):
    ours = {entry.code: entry.label.fr for entry in naf.rev2()}

    theirs = insee.naf_rev2_labels(pack / "nomenclatures" / "naf-rev2-libelles-insee.csv")

    assert theirs.keys() == ours.keys()
    assert {code: text.fr for code, text in theirs.items() if len(code) > 1} == {
        code: label for code, label in ours.items() if len(code) > 1
    }
    for code in naf.rev2().codes(Level.SECTION):
        assert theirs[code].fr.casefold() == ours[code].casefold()


@pytest.mark.pack
def test_the_bilingual_archive_gives_english_to_every_section_and_division(pack):
    path = pack / "nomenclatures" / "naf-rev2-aggregations-fr-en.zip"

    known = naf.rev2().relabelled(insee.naf_rev2_bilingual(path))

    assert known.label("33", "en") == "Repair and installation of machinery and equipment"
    for entry in known:
        assert entry.label.en or entry.level > Level.DIVISION
    for code in known.codes(Level.SECTION):
        assert known.label(code, "en").casefold() == naf.label(code, "en").casefold()


@pytest.mark.pack
def test_our_aggregations_are_those_of_insee(pack):
    path = pack / "nomenclatures" / "naf-rev2-aggregations-fr-en.zip"
    with zipfile.ZipFile(path) as archive:
        text = archive.read("naf2008/int_courts_naf_rev_2.csv").decode("cp1252")
        table = archive.read("naf2008/table_NAF2-NA.csv").decode("cp1252")

    assert "SECTION A" in text
    rows = [row for row in csv.reader(table.splitlines(), delimiter=";") if len(row) > 9]
    checked = 0
    for row in rows:
        if len(row[0]) == 6:
            assert aggregates.aggregate_of(row[0], "a38").code == row[7]
            assert naf.section_of(row[0]) == row[8]
            assert aggregates.aggregate_of(row[0], "a10").code == row[9]
            checked += 1
    assert checked == 732


@pytest.mark.pack
def test_naf_2025_has_its_five_levels_once_loaded_and_fits_what_is_declared(pack):
    known = insee.naf_2025(pack / "nomenclatures" / "naf-2025.csv")

    counts = {level.name: len(known.codes(level)) for level in Level}

    assert counts == {"SECTION": 22, "DIVISION": 87, "GROUP": 287, "CLASS": 651, "SUBCLASS": 747}
    with (pack / "nomenclatures" / "naf-2025.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["niv1_libelle"].casefold() == known.label(row["niv1"]).casefold()
            assert known.label(row["niv5"]) == row["niv5_libelle"]
            assert naf.parse(row["niv5"]).section == row["niv1"]


@pytest.mark.pack
def test_every_perimeter_also_reads_naf_2025_once_loaded(pack):
    known = insee.naf_2025(pack / "nomenclatures" / "naf-2025.csv")

    published = tables(naf_2025=known)["perimeter_naf"].to_pylist()

    for one in perimeters().values():
        if one.computable:
            codes = {row["naf_code"] for row in published if row["perimeter"] == one.id}
            assert set(one.naf_codes()) < codes
            assert set(one.naf_codes(known)) < codes
    reading = perimeters()["productive_activities_bassin"].naf_codes(known)
    assert {"95.31G", "52.10G", "41.00G"} <= set(reading)
    assert not {"95.40Y", "52.31Y", "46.11Y", "68.12Y", "53.20G"} & set(reading)


@pytest.mark.pack
def test_every_destination_of_the_crosswalk_is_a_class_of_naf_2025(pack):
    known = insee.naf_2025(pack / "nomenclatures" / "naf-2025.csv")
    moved = naf.declared("naf_2025")["crosswalk"]["classes"]

    for origin, targets in moved.items():
        assert naf.rev2().entry(origin).level is not Level.SECTION
        assert all(known.entry(target).level is Level.CLASS for target in targets)


@pytest.mark.pack
@pytest.mark.parametrize(
    "name", ["categories-juridiques-3-niveaux.tsv", "categories-juridiques.csv"]
)
def test_every_cooperative_and_mutual_by_name_is_in_its_family(pack, name):
    loaded = insee.legal_categories(pack / "nomenclatures" / name)

    named = {code for code, text in loaded.items() if "coopérative" in text.fr.casefold()}
    assert named
    assert {legal.family(code).id for code in named} == {"cooperative"}
    assert legal.family("8290").id == "mutual"
    assert len(loaded) >= 259


@pytest.mark.pack
def test_our_bands_are_those_of_the_published_list(pack):
    with (pack / "nomenclatures" / "tranches-effectifs.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    for row in rows:
        low, _, high = row["label"].replace("+", "-").partition("-")
        one = headcounts.band(row["code"])
        assert (one.minimum, one.maximum) == (int(low), int(high) if high else None)
    assert len(rows) == len(headcounts.bands()) - 1
