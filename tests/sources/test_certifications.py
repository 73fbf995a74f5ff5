"""RNCP and RS: cards that expire, trades and domains, one zip for all, two exports."""

import zipfile
from datetime import date

import pytest

from bassin.sources.certifications import (
    CertificationDomains,
    CertificationOccupations,
    Certifications,
)
from tests.support.loading import DATA, edited, loaded

FOLDER = DATA / "certifications"
NAMES = ("Standard", "Rome", "Formacode", "Nsf")
CARDS, TRADES, FORMACODES, SPECIALITIES = (
    FOLDER / f"export_fiches_CSV_{name}_2026_02_01.csv" for name in NAMES
)


@pytest.fixture
def cards(tmp_path):
    return loaded(Certifications(), tmp_path, CARDS)


def test_a_card_says_its_level_and_the_last_day_of_its_registration(cards):
    found = {row["certification_code"]: row for row in cards.rows}

    assert found["RNCP99001"]["level"] == 3
    assert found["RNCP99001"]["ends_on"] == date(2027, 8, 31)
    assert found["RNCP99002"]["active"] is False
    assert found["RS9901"]["level"] is None
    assert found["RS9901"]["short_label"] is None
    assert {row["read_on"] for row in cards.rows} == {date(2026, 2, 1)}


def test_a_card_that_is_none_is_refused_with_its_line_and_its_value(tmp_path):
    # given enough good cards for one bad one to be a bad row, not a bad file
    empty = ';""' * 12
    lines = [f'"{n}";"RNCP{n}";"Titre"{empty};"ACTIVE"' for n in range(1000, 1100)]
    lines.append(lines[0].replace("RNCP1000", "XX12"))
    path = edited(CARDS, tmp_path / "in", ('"3";"RS9901"', "\n".join([*lines, '"3";"RS9901"'])))

    found = loaded(Certifications(), tmp_path, path)

    assert [(row["line"], row["value"]) for row in found.refused] == [(104, "XX12")]


def test_a_trade_said_twice_is_one_and_labels_lose_their_code(tmp_path):
    trades = loaded(CertificationOccupations(), tmp_path / "a", TRADES).rows
    domains = loaded(CertificationDomains(), tmp_path / "b", FORMACODES, SPECIALITIES).rows

    assert [row["rome_code"] for row in trades if row["certification_code"] == "RNCP99001"] == [
        "N1103", "N1105",
    ]  # fmt: skip
    assert {(row["kind"], row["domain_code"], row["label"]) for row in domains} == {
        ("formacode", "31816", "Préparation commande"),
        ("nsf", "311u", "Transport, manutention, magasinage"),
        ("nsf", "250", "Spécialités pluritechnologiques"),
    }


def test_the_zip_of_the_publisher_gives_the_same_tables(tmp_path):
    packed = tmp_path / "export-fiches-csv-2026-02-01.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (TRADES, FORMACODES, SPECIALITIES):
            archive.write(path, path.name)

    trades = loaded(CertificationOccupations(), tmp_path / "a", packed).rows
    domains = loaded(CertificationDomains(), tmp_path / "b", packed).rows

    assert len(trades) == 3
    assert {row["kind"] for row in domains} == {"formacode", "nsf"}


def test_of_two_exports_the_newer_card_stays(tmp_path):
    newer = edited(CARDS, tmp_path / "in", ("31/08/2027", "31/08/2030"))
    newer = newer.rename(newer.with_name("export_fiches_CSV_Standard_2026_09_01.csv"))

    found = loaded(Certifications(), tmp_path, CARDS, newer)

    ends = {row["certification_code"]: row["ends_on"] for row in found.rows}
    assert ends["RNCP99001"] == date(2030, 8, 31)


def test_a_name_without_a_day_is_refused(tmp_path):
    path = edited(CARDS, tmp_path / "in")
    path = path.rename(path.with_name("export_fiches_CSV_Standard_.csv"))

    found = loaded(Certifications(), tmp_path, path)

    assert "jour" in str(found.run.error) or "day" in str(found.run.error)
