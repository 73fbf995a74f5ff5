"""What INSEE's own files bring: on small samples, and on the real ones of the data pack."""

import csv
import zipfile

import pytest

from bassin.errors import Refused
from bassin.sources import Raw
from bassin.sources.nomenclatures import (
    LegalCategories,
    Naf2025,
    NafRev2Labels,
    NafRev2LabelsEn,
)
from bassin.store import Reader, Store
from bassin.taxonomies import aggregates, headcounts, insee, legal, naf
from bassin.taxonomies.codes import Level
from bassin.taxonomies.perimeters import perimeters
from bassin.taxonomies.tables import tables
from tests.support.loading import DATA, edited, loaded, runner

NAF_2025 = [
    {"naf2025_code": code, "class_code": code[:5], "group_code": code[:4], "division": "95",
     "section": "T", "label_fr": label}
    for code, label in (
        ("95.31G", "Réparation de véhicules légers"),
        ("95.31H", "Réparation d'autres véhicules"),
        ("95.32Y", "Réparation de motocycles"),
    )
]  # fmt: skip
NAMES = {
    NafRev2Labels: "naf-rev2-libelles-insee.csv",
    NafRev2LabelsEn: "naf-rev2-aggregations-fr-en.zip",
    Naf2025: "naf-2025.csv",
    LegalCategories: "categories-juridiques-3-niveaux.tsv",
}


@pytest.fixture
def rows(pack, tmp_path):
    """`rows(Naf2025)`: what the source publishes from the data pack."""

    def read(source):
        path = pack / "nomenclatures" / NAMES[source]
        return loaded(source(), tmp_path / source.key, path).rows

    return read


def test_naf_2025_takes_the_label_of_an_only_child_and_invents_none_for_the_others():
    known = insee.naf_2025(NAF_2025)

    assert known.complete
    assert known.label("95.32Y") == known.label("95.32") == "Réparation de motocycles"
    assert known.label("95.31") == "intitulé non fourni par le fichier"
    assert known.children("95.31") == ("95.31G", "95.31H")
    assert known.subclasses(["95.3"]) == ("95.31G", "95.31H", "95.32Y")


def test_naf_2025_refuses_what_does_not_fit_its_structure():
    astray = [{**NAF_2025[0], "division": "45", "section": "G"}]

    with pytest.raises(Refused, match="division 45 of section G, which NAF 2025 does not have"):
        insee.naf_2025(astray)


def test_a_legal_category_of_no_family_is_refused():
    with pytest.raises(Refused, match="INSEE has no category 59"):
        insee.legal_categories([{"legal_category": "5999", "label_fr": "Inconnue"}])


class TestLoaded:
    """What a load of INSEE's files changes in the words that everybody reads."""

    FILES = DATA / "nomenclatures"

    @pytest.fixture
    def load(self, tmp_path):
        def read(*names: str) -> Reader:
            made = runner(tmp_path)
            for source, name in NAMES.items():
                if name in names:
                    made.load(source(), [Raw(self.FILES / name, f"nomenclatures/{name}")])
            made.finish()
            insee.follow(Reader(made.store))
            return Reader(made.store)

        return read

    def test_before_it_a_lower_code_says_what_to_load(self, load):
        load()

        assert naf.label("95.32Y").startswith("à charger")
        assert legal.label("5710").fr.startswith("à charger")

    def test_after_it_the_labels_are_those_of_the_files(self, load):
        load(*NAMES.values())

        assert naf.label("95.32Y") == "Réparation de motocycles"
        assert naf.children("95.31", naf.Nomenclature.NAF_2025) == ("95.31G", "95.31H")
        assert legal.label("5710").fr == "SAS, société par actions simplifiée"
        assert legal.label("57", {}).fr == "Société par actions simplifiée"
        assert naf.label("A") == "Agriculture, sylviculture et pêche"
        assert naf.rev2().complete

    def test_a_release_without_them_takes_them_away(self, load, tmp_path):
        load(*NAMES.values())

        insee.follow(Reader(Store(tmp_path / "empty")))

        assert naf.label("95.32Y").startswith("à charger")
        assert legal.label("5710").fr.startswith("à charger")

    def test_a_table_that_does_not_fit_is_left_out_and_told(self, load, tmp_path, caplog):
        wrong = edited(self.FILES / "naf-2025.csv", tmp_path / "bad", (",95,T,", ",96,A,"))
        made = runner(tmp_path / "wrong")
        made.load(Naf2025(), [Raw(wrong, "nomenclatures/naf-2025.csv")])

        insee.follow(Reader(made.store))

        assert not naf.naf_2025().complete
        assert "division 96 of section A, which NAF 2025 does not have" in caplog.text


@pytest.mark.pack
def test_the_labels_of_the_package_are_those_of_insee(rows):
    ours = {entry.code: entry.label.fr for entry in naf.rev2()}

    theirs = insee.labels(rows(NafRev2Labels))

    assert theirs.keys() == ours.keys()
    assert {code: text.fr for code, text in theirs.items() if len(code) > 1} == {
        code: label for code, label in ours.items() if len(code) > 1
    }
    for code in naf.rev2().codes(Level.SECTION):
        assert theirs[code].fr.casefold() == ours[code].casefold()


@pytest.mark.pack
def test_the_bilingual_archive_gives_english_to_every_section_and_division(rows):
    known = naf.rev2().relabelled(insee.labels(rows(NafRev2LabelsEn)))

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
def test_naf_2025_has_its_five_levels_once_loaded_and_fits_what_is_declared(pack, rows):
    known = insee.naf_2025(rows(Naf2025))

    counts = {level.name: len(known.codes(level)) for level in Level}

    assert counts == {"SECTION": 22, "DIVISION": 87, "GROUP": 287, "CLASS": 651, "SUBCLASS": 747}
    with (pack / "nomenclatures" / "naf-2025.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["niv1_libelle"].casefold() == known.label(row["niv1"]).casefold()
            assert known.label(row["niv5"]) == row["niv5_libelle"]
            assert naf.parse(row["niv5"]).section == row["niv1"]


@pytest.mark.pack
def test_every_perimeter_also_reads_naf_2025_once_loaded(rows):
    known = insee.naf_2025(rows(Naf2025))

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
def test_every_destination_of_the_crosswalk_is_a_class_of_naf_2025(rows):
    known = insee.naf_2025(rows(Naf2025))
    moved = naf.declared("naf_2025")["crosswalk"]["classes"]

    for origin, targets in moved.items():
        assert naf.rev2().entry(origin).level is not Level.SECTION
        assert all(known.entry(target).level is Level.CLASS for target in targets)


@pytest.mark.pack
def test_every_cooperative_and_mutual_by_name_is_in_its_family(rows):
    known = insee.legal_categories(rows(LegalCategories))

    named = {code for code, text in known.items() if "coopérative" in text.fr.casefold()}
    assert named
    assert {legal.family(code).id for code in named} == {"cooperative"}
    assert legal.family("8290").id == "mutual"
    assert len(known) >= 259


@pytest.mark.pack
def test_our_bands_are_those_of_the_published_list(pack):
    with (pack / "nomenclatures" / "tranches-effectifs.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    for row in rows:
        low, _, high = row["label"].replace("+", "-").partition("-")
        one = headcounts.band(row["code"])
        assert (one.minimum, one.maximum) == (int(low), int(high) if high else None)
    assert len(rows) == len(headcounts.bands()) - 1
