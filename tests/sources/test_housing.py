"""Prices, median prices, rents and vacancy of dwellings."""

import gzip

import pytest

from bassin.sources.housing_vacancy import HousingVacancy
from bassin.sources.prices import Prices
from bassin.sources.prices_median import PricesMedian
from bassin.sources.rents import Rents
from tests.support import t12
from tests.support.loading import DATA, edited, loaded

PRICES = DATA / "prices" / "dvf" / "communesdvf2024.csv"
MEDIANS = DATA / "prices_median" / "dvf" / "benefriches-cityStats.csv"
RENTS = DATA / "rents" / "dvf" / "loyers_IDF_2024.csv"
VACANCY = DATA / "housing_vacancy" / "friches" / "tauxvacance_communes_2021.csv"


def of(found, code):
    return next(r for r in found.rows if r["commune_code"] == code)


def test_prices_are_means_of_the_sales_of_the_year(tmp_path):
    orly = of(loaded(Prices(), tmp_path, PRICES), "94054")
    assert (orly["period"], orly["cog"], orly["sales_count"]) == ("2024", 2024, 120)
    assert (orly["mean_price_eur"], orly["mean_price_m2_eur"]) == (262_000, 4_100)


def test_the_line_without_a_commune_is_refused_and_listed(tmp_path):
    found = loaded(Prices(), tmp_path, PRICES)
    assert found.run.status == "published"
    assert [(r["line"], r["column_name"], r["value"]) for r in found.refused] == [
        (23, "commune_code", "NA")
    ]


def test_a_code_without_its_zero_is_refused_where_the_publisher_keeps_zeros(tmp_path):
    source = Prices()
    source.max_refused_pct = 20
    found = loaded(source, tmp_path / "store", edited(PRICES, tmp_path / "in", ("01004", "1004")))
    assert [r["value"] for r in found.refused] == ["1004", "NA"]


def test_medians_of_a_city_are_kept_rather_than_those_of_its_arrondissements(tmp_path):
    found = loaded(PricesMedian(), tmp_path, MEDIANS)
    assert [r["commune_code"] for r in found.rows] == ["01001", "57001", "75056", "94054", "94081"]
    assert of(found, "75056")["median_price_m2_eur"] == 10_540
    assert of(found, "94081")["flats_median_price_m2_eur"] == 4_690


def test_a_commune_without_sale_has_no_median_rather_than_zero(tmp_path):
    row = of(loaded(PricesMedian(), tmp_path, MEDIANS), "57001")
    assert (row["sales_count"], row["median_price_m2_eur"]) == (0, None)


def test_arrondissements_alone_stay(tmp_path):
    path = edited(MEDIANS, tmp_path / "in", ("75056;Paris;", "75103;Paris 3e;"))
    codes = [r["commune_code"] for r in loaded(PricesMedian(), tmp_path / "store", path).rows]
    assert codes[2:5] == ["75101", "75102", "75103"]


def test_rents_have_four_kinds_of_dwelling_and_their_observations(tmp_path):
    found = loaded(Rents(), tmp_path, RENTS)
    rungis = {r["dwelling"]: r for r in found.rows if r["commune_code"] == "94065"}
    assert set(rungis) == {"flat", "flat_1_2", "flat_3_more", "house"}
    assert rungis["flat"]["rent_m2_eur"] == 21.0
    assert (rungis["flat"]["observations"], rungis["flat"]["zone_observations"]) == (12, 400)
    assert rungis["flat"]["period"] == "2024"


def test_an_unknown_kind_of_dwelling_is_named(tmp_path):
    path = edited(RENTS, tmp_path / "in", ("Appartement T3+", "Loft"))
    source = Rents()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert {(r["column_name"], r["value"]) for r in found.refused} == {("dwelling", "Loft")}
    assert len(found.refused) == 3


def test_vacancy_reads_windows_1252_blank_thousands_and_decimal_commas(tmp_path):
    found = loaded(HousingVacancy(), tmp_path, VACANCY)
    assert (found.run.rows, found.run.refused) == (7, 0)
    orly = of(found, "94054")
    assert (orly["dwellings"], orly["vacancy_pct"], orly["vacant_2y"]) == (6_200, 1.5, 93.0)
    assert of(found, "01004")["dwellings"] == 5_922
    assert of(found, "59178")["vacant_2y"] == 125.0


def test_a_hidden_vacancy_is_empty_and_said_hidden_never_zero(tmp_path):
    row = of(loaded(HousingVacancy(), tmp_path, VACANCY), "01010")
    assert (row["vacancy_pct"], row["vacant_2y"], row["vacancy_masked"]) == (None, None, True)
    assert row["dwellings"] is None


def test_a_byte_that_windows_1252_does_not_have_is_told_with_its_place(tmp_path):
    path = tmp_path / "friches" / VACANCY.name
    path.parent.mkdir()
    path.write_bytes(VACANCY.read_bytes().replace(b"\x9c", b"\x9d"))
    found = loaded(HousingVacancy(), tmp_path / "store", path)
    assert "line 5: it is not written in cp1252, for it holds byte" in found.run.error
    assert "0x9d" in found.run.error


def test_a_share_above_one_hundred_is_refused(tmp_path):
    path = tmp_path / "friches" / VACANCY.name
    path.parent.mkdir()
    path.write_bytes(VACANCY.read_bytes().replace(b"12,5", b"125,0"))
    source = HousingVacancy()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [(r["line"], r["column_name"]) for r in found.refused] == [(5, "vacancy_pct")]


@pytest.mark.pack
def test_the_pack_gives_prices_rents_and_vacancy_for_the_24_communes(tmp_path, pack):
    # given the four files of the pack
    loads = (
        (Prices(), pack / "dvf" / "communesdvf2024.csv", 29_831, 1),
        (PricesMedian(), pack / "dvf" / "benefriches-cityStats.csv.gz", 34_879, 0),
        (Rents(), pack / "dvf" / "loyers_IDF_2024.csv", 3_548, 0),
        (HousingVacancy(), pack / "friches" / "tauxvacance_communes_2021.csv", 16_209, 0),
    )
    found = {}
    for source, path, rows, refused in loads:
        # when each is loaded
        found[source.key] = loaded(source, tmp_path / source.key, path)

        # then all its rows are there, and the 24 communes with them
        assert (found[source.key].run.rows, found[source.key].run.refused) == (rows, refused)
        inside = {r["commune_code"] for r in found[source.key].rows} & t12.COMMUNES
        assert inside == t12.COMMUNES

    sales = [r["sales_count"] for r in found["prices"].rows if r["commune_code"] in t12.COMMUNES]
    assert sum(sales) == 4_892
    assert sum(r["vacancy_masked"] for r in found["housing_vacancy"].rows) == 2_298
    cities = {r["commune_code"] for r in found["prices_median"].rows if r["commune_code"] < "76"}
    assert "75056" in cities
    assert "75101" not in cities


@pytest.mark.pack
def test_every_code_of_the_undated_medians_is_in_the_list_of_2026(pack):
    # given the list from which the reader takes its year of communes
    from bassin.sources.geography.package import installed, parsed

    listed = {r["code"] for r in parsed(installed("communes.json")[-1]) if "code" in r}

    # then no code of the file is unknown to it
    with gzip.open(pack / "dvf" / "benefriches-cityStats.csv.gz", "rt", encoding="utf-8") as file:
        codes = {line.split(";")[0] for line in file} - {"city_code"}
    assert codes <= listed
