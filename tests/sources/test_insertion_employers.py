"""Insertion employers, and the commune that a postal code and a city lead to."""

import pytest

from bassin.sources.insertion_employers import InsertionEmployers
from bassin.sources.localities import localities, plain
from tests.support import t12
from tests.support.loading import DATA, edited, loaded

SAMPLE = DATA / "insertion_employers" / "insertion" / "siaes-2021.csv"


@pytest.fixture(scope="module")
def places():
    return localities()


def test_each_structure_has_the_commune_of_its_address(tmp_path):
    found = loaded(InsertionEmployers(), tmp_path, SAMPLE)
    where = {(r["siret"], r["kind"]): (r["commune_code"], r["commune_rule"]) for r in found.rows}
    assert where["00000000100011", "ACI"] == ("94054", "name")
    assert where["00000000100029", "ACI"] == ("94038", "name")
    assert where["00000000200019", "EI"] == ("75056", "name")
    assert where["00000000300018", "GEIQ"] == ("67482", "departement")
    assert where["00000000400017", "EI"] == ("76484", "postal_code")


def test_a_structure_whose_address_contradicts_itself_is_kept_without_a_commune(tmp_path):
    found = loaded(InsertionEmployers(), tmp_path, SAMPLE)
    nantes = next(r for r in found.rows if r["siret"] == "00000000500016")
    assert (nantes["commune_code"], nantes["commune_rule"]) == (None, None)


def test_an_activity_is_written_as_insee_writes_it(tmp_path):
    found = loaded(InsertionEmployers(), tmp_path, SAMPLE)
    codes = {r["siret"]: r["naf_code"] for r in found.rows}
    assert codes["00000000100011"] == codes["00000000100029"] == "88.99B"
    assert codes["00000000300018"] is None


def test_a_siret_with_two_kinds_is_two_rows_and_no_street_is_published(tmp_path):
    found = loaded(InsertionEmployers(), tmp_path, SAMPLE)
    assert sorted(r["kind"] for r in found.rows if r["siret"] == "00000000200019") == ["EI", "ETTI"]
    assert not [r for r in found.rows if "Imaginaire" in " ".join(map(str, r.values()))]


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("00000000100011", "100011", 2, "siret"),
        (",GEIQ,", ",CLUB,", 6, "kind"),
        (",94310,", ",9431,", 2, "postal_code"),
        ("1.1,49.33", "491.1,49.33", 7, "longitude"),
        ("8899b", "88999", 3, "naf_code"),
        ("00000000200019,7820Z,EI", "00000000200019,7820Z,ETTI", 5, "siret, kind, period"),
    ],
)
def test_a_wrong_value_refuses_its_row_with_line_and_column(old, new, line, column, tmp_path):
    source = InsertionEmployers()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", edited(SAMPLE, tmp_path / "in", (old, new)))
    assert [(r["line"], r["column_name"]) for r in found.refused] == [(line, column)]


@pytest.mark.parametrize(
    ("postal_code", "city", "commune", "rule"),
    [
        ("94310", "ORLY", "94054", "name"),
        ("91550", "Paray Vieille Poste Cedex 2", "91479", "name"),
        ("94390", "Orly", "", ""),  # Orly is not in that postal code: one of the two is wrong
        ("69008", "Lyon 8e", "69123", "name"),
        ("75015", "PARIS 15E ARRONDISSEMENT", "75056", "name"),
        ("16230", "Mansle", "16206", "name"),  # joined Mansle-les-Fontaines in 2023
        ("42951", "ST ETIENNE CEDEX 9", "42218", "departement"),
        ("20090", "Ajaccio", "2A004", "name"),
        ("99999", "Nowhere", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_commune_is_found_only_when_one_is_left(places, postal_code, city, commune, rule):
    assert places.find(postal_code, city) == (commune, rule)


def test_two_writings_of_a_name_are_the_same_name():
    assert plain("L'HAY LES ROSES") == plain("L'Haÿ-les-Roses")
    assert plain("ST-MAUR-DES-FOSSES CEDEX") == plain("Saint-Maur-des-Fossés")
    assert plain("Ste-Geneviève-des-Bois") == plain("Sainte-Geneviève-des-Bois")
    assert plain("Œuilly") == plain("Oeuilly")


@pytest.mark.pack
def test_the_pack_gives_25_employers_in_the_24_communes(tmp_path, pack):
    found = loaded(InsertionEmployers(), tmp_path, pack / "insertion" / "siaes-2021.csv")
    assert (found.run.rows, found.run.refused) == (3_853, 0)
    assert len([r for r in found.rows if r["commune_code"] in t12.COMMUNES]) == 25
    without = [r for r in found.rows if r["commune_code"] is None]
    assert len(without) * 100 < len(found.rows)
