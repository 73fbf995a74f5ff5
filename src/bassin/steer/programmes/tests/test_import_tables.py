"""A list of projects in a spreadsheet: columns by name, cells with their address, bad files."""

import io
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal

import odf.opendocument
import odf.table
import odf.text
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.steer.programmes.imports import columns, tables
from bassin.steer.programmes.imports.entries import Level
from tests.support.sheets import HEADER, csv_of, projects, xlsx_of

WHOLE = xlsx_of(projects(20, holders=5))
COMMUNES = tables.by_name({"Valmont": "99001", "Port-Neuf": "99002"})


def read(content: bytes, name: str = "projets.xlsx"):
    return tables.read(name, content, COMMUNES)


def test_sixty_sheets_of_twenty_holders_are_read_with_their_axes_and_the_cell_of_each_field():
    found = read(xlsx_of(projects(60, holders=20)))

    assert [found.count(e) for e in (Level.AXIS, Level.PRIORITY, Level.ACTION)] == [4, 0, 60]
    actions = [each for each in found.entries if each.level == Level.ACTION]
    assert len({each.fields["holder"].value for each in actions}) == 20
    first = actions[0]
    assert (first.title, first.code) == ("Projet 1 de l’exemple", "P1")
    assert [o.where for o in first.origins] == ["C2"]
    assert first.fields["cost_eur"].value == "10000"
    assert first.fields["cost_eur"].origin.where == "G2"
    assert first.fields["starts_on"].value == "2026-01-01"
    assert first.fields["commune_codes"].value == ["99001"]
    assert first.fields["lifecycle"].value == "in_progress"
    assert found.holder(first).title == "Axe A"


def test_a_csv_with_semicolons_and_an_old_encoding_is_read_the_same():
    rows = projects(3, holders=2)

    from_csv = read(csv_of(rows).encode("cp1252"), "projets.csv")

    assert [e.title for e in from_csv.entries] == [e.title for e in read(xlsx_of(rows)).entries]


def test_an_opendocument_sheet_is_read():
    book = odf.opendocument.OpenDocumentSpreadsheet()
    sheet = odf.table.Table(name="Projets")
    for row in (("Axe", "Titre"), ("Axe A", "Ouvrir")):
        line = odf.table.TableRow()
        for cell in row:
            made = odf.table.TableCell(valuetype="string")
            made.addElement(odf.text.P(text=cell))
            line.addElement(made)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    kept = io.BytesIO()
    book.write(kept)

    found = read(kept.getvalue(), "plan.ods")

    assert [(e.level, e.title) for e in found.entries] == [
        (Level.AXIS, "Axe A"), (Level.ACTION, "Ouvrir"),
    ]  # fmt: skip


def test_an_axis_in_merged_cells_holds_all_their_rows_and_an_empty_cell_holds_nothing():
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Axe", "Titre"])
    sheet.merge_range(1, 0, 2, 0, "Axe A")
    for row, title in enumerate(("Un", "Deux", "Trois"), 1):
        sheet.write(row, 1, title)
    book.close()

    found = read(kept.getvalue())

    held = {e.title: found.holder(e) for e in found.entries if e.level == Level.ACTION}
    assert held["Un"].title == held["Deux"].title == "Axe A"
    assert held["Trois"] is None


def test_what_means_nothing_is_listed_with_its_address_and_never_guessed():
    rows = [
        [*HEADER, "Remarques"],
        ["P1", "Axe A", "Ouvrir", "", "bientôt", "?", "beaucoup", "", "presque", "à voir"],
    ]

    found = read(xlsx_of(rows))

    [action] = [each for each in found.entries if each.level == Level.ACTION]
    assert action.fields == {}
    assert {each.where: each.words for each in found.left} == {
        "E2": "bientôt", "F2": "?", "G2": "beaucoup", "I2": "presque",
        "J1": "colonne non reprise : Remarques",
    }  # fmt: skip


def dates(start: str, end: str = "") -> dict[str, str]:
    """The days read of two cells, with how precisely they are known."""
    rows = [["Titre", "Début", "Fin"], ["Ouvrir", start, end]]
    (action,) = read(xlsx_of(rows)).entries
    return {name: each.value for name, each in action.fields.items()}


YEAR_2024 = {"starts_on": "2024-01-01", "starts_to": "year"}
END_2026 = {"ends_on": "2026-12-31", "ends_to": "year"}


def test_a_year_alone_is_kept_as_a_year_from_its_first_day_to_its_last():
    assert dates("2024") == YEAR_2024
    assert dates("", "2026") == END_2026
    assert dates("2024", "2026") == {**YEAR_2024, **END_2026}
    assert dates("2024-2026") == {**YEAR_2024, **END_2026}
    assert dates("2024 – 2026", "31/03/2026") == {
        **YEAR_2024, "ends_on": "2026-03-31", "ends_to": "day",
    }  # fmt: skip
    assert dates("mars 2024", "02/2025") == {
        "starts_on": "2024-03-01", "starts_to": "month",
        "ends_on": "2025-02-28", "ends_to": "month",
    }  # fmt: skip


def test_a_column_of_periods_fills_both_ends_and_keeps_the_cell_of_each():
    (action,) = read(xlsx_of([["Titre", "Période"], ["Ouvrir", "2024-2026"]])).entries

    assert {name: each.value for name, each in action.fields.items()} == {**YEAR_2024, **END_2026}
    assert {each.origin.where for each in action.fields.values()} == {"B2"}
    assert {each.origin.words for each in action.fields.values()} == {"2024-2026"}


@pytest.mark.parametrize("said", ["2026-2024", "2024-03", "13/2024", "fin 2024", "1850", "20245"])
def test_a_period_that_may_be_read_two_ways_or_none_is_left(said):
    (action,) = (found := read(xlsx_of([["Titre", "Période"], ["Ouvrir", said]]))).entries

    assert action.fields == {}
    assert [(each.where, each.words) for each in found.left] == [("B2", said)]


def test_places_that_are_not_of_the_territory_are_kept_as_written():
    (action,) = read(xlsx_of([["Titre", "Communes"], ["Ouvrir", "Valmont, Paris ; Lyon"]])).entries

    assert action.fields["commune_codes"].value == ["99001"]
    assert action.fields["elsewhere"].value == "Paris, Lyon"
    assert action.fields["elsewhere"].origin.words == "Valmont, Paris ; Lyon"


@pytest.mark.parametrize("written", ["L’Haÿ-les-Roses", "L'HAY LES ROSES", "l haÿ les roses"])
def test_a_commune_is_known_however_its_name_is_written(written):
    rows = [["Titre", "Commune"], ["Ouvrir", f"{written} ; {written}"]]

    found = tables.read("p.xlsx", xlsx_of(rows), tables.by_name({"L'Haÿ-les-Roses": "94038"}))

    assert found.entries[0].fields["commune_codes"].value == ["94038"]


def test_titles_of_cells_are_repaired_as_those_of_texts():
    found = read(xlsx_of([["Titre"], ["RebondiR  et accompagneR"]]))

    assert found.entries[0].title == "Rebondir et accompagner"
    assert {each.kind.value for each in found.entries[0].repairs} == {"spaces", "capitals"}


def test_the_line_of_titles_may_stand_below_others():
    found = read(xlsx_of([["Plan d’actions"], [], ["N°", "Intitulé de l’action"], ["7", "Agir"]]))

    assert [(e.code, e.title) for e in found.entries] == [("7", "Agir")]


def zipped(size: int, declared: int | None = None) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * size)
    if declared is None:
        return kept.getvalue()
    return kept.getvalue().replace(size.to_bytes(4, "little"), declared.to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("vide.xlsx", b"", "vide"),
        ("vide.csv", b"  \n ", "vide"),
        ("colonnes.csv", b"Couleur;Taille\nbleu;grand\n", "Couleur.*Titre"),
        ("clos.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "mot de passe"),
        ("photo.csv", b"\x89PNG\0\0\0", "pas un tableur"),
        ("casse.xlsx", b"PK\x03\x04 rest", "abîmé"),
        ("casse.ods", b"not a zip", "abîmé"),
        ("lourd.csv", b"a" * (tables.LARGEST + 1), "5 Mo"),
        ("futur.xlsx", xlsx_of(projects(2, 1)).replace(b"\x14\0\0\0", b"\xff\0\0\0"), "abîmé"),
        ("bombe.xlsx", zipped(tables.LARGEST_OPENED + 1), "5 Mo"),
        ("menteur.xlsx", zipped(tables.LARGEST_OPENED + 1, declared=100), "5 Mo"),
        ("long.csv", b"Titre\n" + b"Agir\n" * (tables.MOST_ROWS + 1), "501 lignes"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_in_one_sentence(name, content, says):
    with pytest.raises(Refused, match=says) as refused:
        read(content, name)

    assert str(refused.value).count("\n") == 0
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("cut", [10, 200, 1_000, 3_000])
def test_a_spreadsheet_cut_short_is_refused_and_breaks_nothing(cut):
    whole = xlsx_of(projects(5, holders=2))

    with pytest.raises(Refused):
        read(whole[:cut])


@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=30))
def test_whatever_bytes_are_damaged_a_spreadsheet_is_read_or_refused(damage):
    content = bytearray(WHOLE)
    for place, byte in damage:
        content[place % len(content)] = byte

    with suppress(Refused):
        tables.read("projets.xlsx", bytes(content), COMMUNES)


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("30 M€", 30_000_000), ("800 k€", 800_000), ("1,5 M€", 1_500_000), ("12 000", 12_000),
        ("12\u202f000 €", 12_000), ("à préciser", None), ("-5", None), ("10-20 k€", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_the_ways_people_write_it(said, amount):
    assert columns.euros(said) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("31/12/2026", date(2026, 12, 31)), ("2026-12-31 00:00:00", date(2026, 12, 31)),
        ("1.2.2026", date(2026, 2, 1)), ("2026", None), ("31/02/2026", None), ("mars 2026", None),
    ],
)  # fmt: skip
def test_a_day_is_read_and_a_year_alone_gives_none(said, day):
    assert columns.day(said) == day


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("En cours", "in_progress"), ("Terminée", "done"), ("Réalisé", "done"),
        ("Engagées", "in_progress"), ("Abandonné", "abandoned"), ("bientôt", None),
    ],
)  # fmt: skip
def test_a_stage_is_read_in_words(said, stage):
    assert columns.stage(said) == stage
