"""SIRENE, read in Insee's own layouts: masks, nomenclatures, stocks received again."""

import gzip
import shutil
import zipfile
from datetime import date

import duckdb
import pytest

from bassin.sources.raw import recognised
from bassin.sources.sirene import EstablishmentHistory, Establishments, LegalUnits
from bench.sirene import write_stock
from tests.support.loading import DATA, edited, loaded, runner

STOCK = DATA / "sirene" / "StockEtablissement_utf8.csv"
UNITS = DATA / "sirene" / "StockUniteLegale_utf8.csv"
HISTORY = DATA / "sirene" / "StockEtablissementHistorique_utf8.csv"
EXTRACT = DATA / "sirene" / "etablissements-exemple.csv"
HIDDEN = ("name", "sign", "address", "address_more", "x_m", "y_m", "longitude", "latitude")


def by(key, rows):
    return {row[key]: row for row in rows}


@pytest.fixture
def stock(tmp_path):
    return by("siret", loaded(Establishments(), tmp_path, STOCK).rows)


@pytest.fixture
def units(tmp_path):
    return by("siren", loaded(LegalUnits(), tmp_path, UNITS).rows)


def test_an_establishment_is_read_with_both_activities_and_its_address(stock):
    one = stock["00010000100010"]
    assert one["siren"] == "000100001"
    assert (one["naf_code"], one["naf2025_code"]) == ("25.62B", "25.53Y")
    assert (one["headcount_band"], one["headcount_year"]) == ("12", 2023)
    assert (one["is_employer"], one["is_head_office"]) == (True, True)
    assert (one["name"], one["sign"]) == ("ATELIER INVENTE", 'ATELIER, "A"')
    assert (one["address"], one["address_more"]) == ("12 B RUE DES INVENTIONS", "BATIMENT 3")
    assert (one["x_m"], one["y_m"]) == (655000.5, 6850000.25)
    assert one["last_processed_on"] == date(2026, 7, 1)


def test_a_closed_establishment_is_kept_with_the_day_it_closed(stock):
    closed = stock["00010000100028"]
    assert (closed["state"], closed["closed_on"]) == ("F", date(2017, 6, 30))
    assert stock["00010000100010"]["closed_on"] is None


@pytest.mark.parametrize("siret", ["00010000200018", "00010000700017"])
def test_partial_diffusion_hides_name_address_and_place_whatever_the_file_says(stock, siret):
    assert stock[siret]["diffusion"] == "P"
    assert [stock[siret][name] for name in HIDDEN] == [None] * len(HIDDEN)
    assert stock[siret]["commune_code"] == "94054"


def test_a_unit_that_asks_to_be_hidden_is_hidden_at_the_next_load(tmp_path):
    # given a first stock that shows it
    first = by("siret", loaded(Establishments(), tmp_path / "store", STOCK).rows)
    assert first["00010000100010"]["name"] == "ATELIER INVENTE"
    # when the next stock, under the same name, says P
    later = edited(STOCK, tmp_path / "in" / "sirene", ("00010000100010,O", "00010000100010,P"))
    second = loaded(Establishments(), tmp_path / "store", later)
    # then nothing of it remains
    assert [by("siret", second.rows)["00010000100010"][name] for name in HIDDEN] == [None] * 8


def test_a_mask_is_not_a_value(stock):
    assert [stock["00010000300016"][name] for name in HIDDEN] == [None] * len(HIDDEN)
    assert stock["00010000300016"]["diffusion"] == "O"


def test_activities_of_old_and_new_nomenclatures_stay_apart(stock):
    old, new = stock["00010000400014"], stock["00010000600019"]
    assert (old["naf_code"], old["naf_former_code"], old["naf_nomenclature"]) == (
        None,
        "57.10",
        "NAP",
    )
    assert (new["naf_code"], new["naf2025_code"]) == (None, "47.11Y")


def test_an_establishment_abroad_has_no_commune_and_is_not_refused(stock):
    assert stock["00010000500011"]["commune_code"] is None


def test_a_stock_is_dated_by_its_latest_treatment(stock):
    assert {(row["period"], row["cog"]) for row in stock.values()} == {("2026-07-01", 2026)}


def test_rows_are_sorted_by_commune_then_activity(tmp_path):
    rows = loaded(Establishments(), tmp_path, STOCK).rows
    known = [(r["commune_code"], r["naf_code"] or "~") for r in rows if r["commune_code"]]
    assert known == sorted(known)


def test_parquet_gives_the_same_rows_as_csv(tmp_path):
    # given the same stock with the types Insee gives to its Parquet
    target = tmp_path / "in" / "StockEtablissement_utf8.parquet"
    target.parent.mkdir()
    duckdb.sql(
        f"""COPY (SELECT * REPLACE (
            TRY_CAST("dateCreationEtablissement" AS DATE) AS "dateCreationEtablissement",
            TRY_CAST("dateDebut" AS DATE) AS "dateDebut",
            CAST("etablissementSiege" AS BOOLEAN) AS "etablissementSiege",
            TRY_CAST("anneeEffectifsEtablissement" AS INTEGER) AS "anneeEffectifsEtablissement",
            TRY_CAST("dateDernierTraitementEtablissement" AS TIMESTAMP)
                AS "dateDernierTraitementEtablissement")
        FROM read_csv('{STOCK}', all_varchar=true)) TO '{target}' (FORMAT parquet)"""
    )
    assert (
        loaded(Establishments(), tmp_path / "a", target).rows
        == loaded(Establishments(), tmp_path / "b", STOCK).rows
    )


def test_zip_and_gz_give_the_same_rows_as_csv(tmp_path):
    zipped = tmp_path / "StockEtablissement_utf8.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(STOCK, STOCK.name)
    packed = tmp_path / "StockEtablissement_utf8.csv.gz"
    packed.write_bytes(gzip.compress(STOCK.read_bytes()))
    plain = loaded(Establishments(), tmp_path / "a", STOCK).rows
    assert loaded(Establishments(), tmp_path / "b", zipped).rows == plain
    assert loaded(Establishments(), tmp_path / "c", packed).rows == plain


def test_an_older_layout_without_the_latest_columns_and_with_geocoding_is_read(tmp_path):
    # given the columns of 2019: no NAF 2025, no Lambert, but longitude and latitude
    target = tmp_path / "in" / "geo_siret_94.csv"
    target.parent.mkdir()
    duckdb.sql(
        f"""COPY (SELECT COLUMNS(name -> name NOT LIKE '%Lambert%' AND name NOT LIKE '%NAF25%'
            AND name NOT LIKE '%ernierNumeroVoie%' AND name NOT LIKE 'identifiantAdresse%'),
            '2.4' AS longitude, '48.77' AS latitude, '0.9' AS geo_score
        FROM read_csv('{STOCK}', all_varchar=true)) TO '{target}' (FORMAT csv, HEADER)"""
    )
    rows = by("siret", loaded(Establishments(), tmp_path / "store", target).rows)
    assert (rows["00010000100010"]["longitude"], rows["00010000100010"]["latitude"]) == (2.4, 48.77)
    assert rows["00010000200018"]["longitude"] is None
    assert rows["00010000100010"]["naf2025_code"] is None


def test_columns_that_insee_adds_later_do_no_harm(tmp_path):
    header = STOCK.read_text("utf-8").splitlines()[0]
    added = tmp_path / "StockEtablissement_utf8.csv"
    lines = STOCK.read_text("utf-8").splitlines()
    added.write_text(
        "\n".join([f"{header},nouvelleColonne", *(f"{line},x" for line in lines[1:])]), "utf-8"
    )
    assert len(loaded(Establishments(), tmp_path / "store", added).rows) == 11


def test_between_two_files_the_row_treated_last_stays_and_none_is_refused(tmp_path):
    # given an extract that is newer for one establishment
    newer = edited(
        STOCK,
        tmp_path / "in" / "later",
        ("2026-07-01T08:15:18", "2026-08-01T08:15:18"),
        ("ATELIER INVENTE", "ATELIER RENOMME"),
    )
    found = loaded(Establishments(), tmp_path / "store", STOCK, newer)
    assert (found.run.status, found.run.refused, len(found.rows)) == ("published", 0, 11)
    assert by("siret", found.rows)["00010000100010"]["name"] == "ATELIER RENOMME"


def test_a_siret_given_twice_by_one_file_is_refused_with_its_line(tmp_path):
    text = STOCK.read_text("utf-8")
    twice = tmp_path / "StockEtablissement_utf8.csv"
    twice.write_text(text + text.splitlines()[3] + "\n", "utf-8")
    source = Establishments()
    source.max_refused_pct = 10.0
    (refused,) = loaded(source, tmp_path / "store", twice).refused
    assert refused["line"] == 13
    assert (refused["column_name"], refused["value"]) == ("siret", "00010000200018")


def test_files_of_the_official_names_are_recognised_and_no_other(tmp_path):
    known = (Establishments(), LegalUnits(), EstablishmentHistory())
    names = [
        "StockEtablissement_utf8.zip", "StockEtablissement_utf8.parquet", "geo_siret_94.csv.gz",
        "StockUniteLegale_utf8.zip", "StockEtablissementHistorique_utf8.zip",
        "StockEtablissementLiensSuccession_utf8.zip",
    ]  # fmt: skip
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    shares, unknown = recognised(tmp_path, known)
    assert {source.key: len(raws) for source, raws in shares} == {
        "establishments": 3,
        "legal_units": 1,
        "establishment_history": 1,
    }
    assert unknown == ["StockEtablissementLiensSuccession_utf8.zip"]


def test_a_damaged_parquet_is_told_in_a_sentence(tmp_path):
    half = tmp_path / "StockEtablissement_utf8.parquet"
    half.write_bytes(b"PAR1 and then nothing")
    error = loaded(Establishments(), tmp_path / "store", half).run.error
    assert "StockEtablissement_utf8.parquet is not a whole Parquet file" in error
    assert "Download the file again" in error


def test_a_stock_without_its_dates_of_state_is_not_taken_for_an_extract(tmp_path):
    changed = edited(STOCK, tmp_path / "in", ("dateDebut", "debut"))
    error = loaded(Establishments(), tmp_path / "store", changed).run.error
    assert "has no column dateDebut" in error


def test_a_legal_unit_is_read_with_category_and_status(units):
    one = units["000100001"]
    assert (one["legal_category"], one["category"], one["state"]) == ("5710", "PME", "A")
    assert (one["is_ess"], one["is_mission"], one["is_natural_person"]) == (False, True, False)
    assert (one["name"], one["acronym"], one["head_office_nic"]) == (
        "ATELIER INVENTE SAS",
        "AI",
        "00010",
    )
    assert units["000100009"]["is_ess"] is True
    assert units["000100004"]["state"] == "C"


def test_an_extract_of_establishments_gives_their_legal_units_each_once(tmp_path):
    # given two establishments of one firm, the unit of the second treated later, and a third alone
    found = loaded(LegalUnits(), tmp_path, EXTRACT)
    units = by("siren", found.rows)
    assert (found.run.status, found.run.refused, set(units)) == (
        "published", 0, {"000100001", "000100002", "000100003", "000100009"},
    )  # fmt: skip
    one = units["000100001"]
    assert (one["legal_category"], one["category"], one["name"], one["acronym"]) == (
        "5710", "ETI", "ATELIER INVENTE SAS", "AI",
    )  # fmt: skip
    assert (one["head_office_nic"], one["headcount_band"], one["naf_code"], one["is_ess"]) == (
        "00028", "21", "25.62B", False,
    )  # fmt: skip
    assert units["000100009"]["is_ess"] is True
    # then nobody who hides is named
    assert [units[siren]["name"] for siren in ("000100002", "000100003")] == [None, None]
    assert not any("PRIVE" in str(row) or "CACHE" in str(row) for row in found.rows)


def test_a_bad_unit_of_an_extract_is_refused_with_its_line(tmp_path):
    bad = edited(EXTRACT, tmp_path / "in" / "sirene", (",9220,", ",92,"))
    source = LegalUnits()
    source.max_refused_pct = 30.0
    (refused,) = loaded(source, tmp_path / "store", bad).refused
    assert (refused["line"], refused["column_name"], refused["value"]) == (
        6,
        "legal_category",
        "92",
    )
    assert refused["file_column"] == "categorieJuridiqueUniteLegale"


def test_a_stock_of_units_without_its_dates_of_state_is_told(tmp_path):
    changed = edited(UNITS, tmp_path / "in", ("dateDebut", "debut"))
    assert "has no column dateDebut" in loaded(LegalUnits(), tmp_path / "s", changed).run.error


def test_neither_a_person_nor_a_company_in_partial_diffusion_has_a_name(units):
    assert (units["000100002"]["is_natural_person"], units["000100002"]["name"]) == (True, None)
    assert (units["000100003"]["name"], units["000100003"]["acronym"]) == (None, None)


def test_no_column_of_legal_units_can_hold_a_persons_name(tmp_path):
    rows = loaded(LegalUnits(), tmp_path, UNITS).rows
    assert not any("PRIVE" in str(row) or "PRENOM" in str(row) for row in rows)


def test_periods_of_history_are_read_without_names(tmp_path):
    rows = loaded(EstablishmentHistory(), tmp_path, HISTORY).rows
    assert len(rows) == 6
    assert {row["state"] for row in rows} == {"A", "F"}
    assert rows[-1]["last_day_on"] is None


def test_the_generated_stock_of_the_bench_is_a_good_one(tmp_path):
    path = write_stock(tmp_path / "StockEtablissement_utf8.csv", 2000)
    found = loaded(Establishments(), tmp_path / "store", path)
    assert (found.run.status, found.run.refused, len(found.rows)) == ("published", 0, 2000)
    again = write_stock(tmp_path / "again.csv", 2000)
    assert path.read_bytes() == again.read_bytes()


@pytest.mark.pack
def test_the_files_of_the_pack_load_together(pack, tmp_path):
    # given the pack's two layouts, one of them in two archives
    (tmp_path / "pack").mkdir()
    shutil.copytree(pack / "sirene", tmp_path / "pack" / "sirene")
    made = runner(tmp_path / "store")
    known = (Establishments(), LegalUnits())
    shares, _ = recognised(tmp_path / "pack", known)
    runs = {source.key: made.load(source, raws, publish=False) for source, raws in shares}
    # then rows given by several files count once: 973 of the extract, 3 of the stock
    assert {key: (run.status, run.rows, run.refused) for key, run in runs.items()} == {
        "establishments": ("published", 976, 0),
        "legal_units": ("published", 804, 0),
    }
