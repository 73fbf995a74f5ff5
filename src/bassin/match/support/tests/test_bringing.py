"""A table brought in: the fate of each row, nothing lost, undone; and cases taken away."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.match.support import actions_bringing as actions
from bassin.match.support import actions_doing, exports
from bassin.match.support.imports.columns import FIELDS, KEEP, guessed, header_row
from bassin.match.support.imports.planning import Fate, Known, day, plan
from bassin.match.support.models import Case, Interaction
from bassin.match.support.tests.conftest import NAMES, NOW, SIRET, TODAY, body, opened
from bassin.ui.spreadsheets import workbook
from tests.support.people import seat

OLDEST = date(2023, 11, 26)
REPRISE = "/accompagner/suivi/reprise/"
HEADERS = ["Raison sociale", "N° SIRET", "Besoin", "Commentaires", "Dernier contact", "Couleur"]


def planned(*rows, known=(), choices=None, headers=HEADERS):
    return plan(headers, rows, guessed(headers), known, choices or {}, OLDEST, TODAY)


def test_columns_are_guessed_from_their_names_and_the_others_are_kept_in_words():
    assert list(guessed(HEADERS).values()) == [
        "firm_name", "siret", "title", "note", "last_on", KEEP
    ]  # fmt: skip
    assert header_row([["Suivi des entreprises"], [], HEADERS, ["A", "", "", "", "", ""]]) == 2


@pytest.mark.parametrize(
    ("row", "fate", "words"),
    [
        (["Alpha", "00000000200006", "Recruter"], Fate.NEW, ""),
        (["Alpha", "", "Recruter"], Fate.NEW, ""),
        (["", "", "Recruter"], Fate.REFUSED, "aucun nom"),
        (["Alpha", "00000000100017", ""], Fate.REFUSED, "chiffre est faux"),
        (["Alpha", "", "", "", "01/02/2020"], Fate.REFUSED, "trois ans"),
        (["Alpha", "", "", "", "01/02/2030"], Fate.REFUSED, "à venir"),
        ([NAMES, SIRET, "recruter un RÉGLEUR"], Fate.JOINED, "7"),
        ([NAMES, SIRET, "Autre besoin"], Fate.DOUBTFUL, "7"),
        ([NAMES.lower(), "", "Recruter"], Fate.DOUBTFUL, "7"),
    ],
)
def test_each_row_says_its_fate_and_why(row, fate, words):
    known = [Known(7, NAMES, SIRET[:9], "Recruter un régleur")]

    (told,) = planned(row, known=known)

    assert told.fate == fate
    assert words in told.why


def test_the_same_firm_and_need_twice_in_a_table_is_one_case():
    rows = planned(["Alpha", "", "Recruter"], ["ALPHA", "", "recruter"], ["Alpha", "", "Former"])

    assert [(row.fate, row.row) for row in rows] == [
        (Fate.NEW, None), (Fate.JOINED, 1), (Fate.NEW, None)
    ]  # fmt: skip


def test_a_doubtful_row_becomes_what_a_person_says():
    known = [Known(7, "Alpha", "", "Recruter")]
    row = ["Alpha", "", "Former"]

    fates = {
        choice: planned(row, known=known, choices={"1": choice})[0].fate
        for choice in ("join", "new", "leave", "")
    }

    assert fates == {
        "join": Fate.JOINED, "new": Fate.NEW, "leave": Fate.LEFT, "": Fate.DOUBTFUL
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("2026-11-26 00:00:00", TODAY), ("26/11/2026", TODAY), ("1.2.2026", date(2026, 2, 1)),
        ("31/02/2026", None), ("bientôt", None), ("", None),
    ],
)  # fmt: skip
def test_days_are_read_as_spreadsheets_write_them(said, on):
    assert day(said) == on


CELL = st.text("aZé1 /=-", max_size=12)


@given(
    st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=8),
    st.lists(st.sampled_from([*FIELDS, KEEP]), min_size=4, max_size=4, unique=True),
)
def test_no_word_of_a_table_is_lost_whatever_its_columns_mean(rows, meanings):
    mapping = {str(place): meaning for place, meaning in enumerate(meanings)}

    told = plan(["A", "B", "C", "D"], rows, mapping, [], {}, OLDEST, TODAY)

    assert [row.number for row in told] == list(range(1, len(rows) + 1))
    for cells, row in zip(rows, told, strict=True):
        assert row.fate == Fate.REFUSED or not row.why or row.fate == Fate.JOINED
        kept = " ".join([*row.said.values(), *(str(each) for each in row.days.values())])
        for place, cell in enumerate(cells):
            is_number = meanings[place] in ("siret", "siren")
            words = "".join(cell.split()) if is_number else cell.strip()
            if day(cell.strip()) is None and not is_number:
                assert words in kept


@pytest.fixture
def table():
    """A table as an officer keeps it, with a formula in it."""
    return [
        HEADERS,
        ["Alpha", SIRET, "Recruter", "Deux postes", "12/11/2026", "vert"],
        ["ALPHA", SIRET, "recruter", "Un poste pourvu", "20/11/2026", ""],
        ["Beta", "123", "Former", "", "", ""],
        ['=HYPERLINK("http://x")', "", "Former", "", "", ""],
    ]


def brought(awa, rows, form="xlsx"):
    content = workbook(form, {"Suivi": rows})
    return actions.begin(
        by=awa, organisation=body(awa), name=f"suivi.{form}", content=content, today=TODAY
    )


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_table_is_written_then_undone_except_what_somebody_worked_on(awa, table, form):
    before = opened(awa, firm_name="Ailleurs")
    made = brought(awa, table, form)
    assert Case.objects.count() == 1

    written = actions.write(made, by=awa, now=NOW, communes={})

    alpha, _formula = Case.objects.exclude(pk=before.pk).order_by("pk")
    assert (alpha.siret, alpha.title, alpha.channel) == (SIRET, "Recruter", "import")
    assert alpha.last_contact_on == date(2026, 11, 12)
    assert alpha.text == "Couleur : vert"
    assert [each.text for each in alpha.interactions.order_by("pk")] == [
        "Deux postes", "Un poste pourvu"
    ]  # fmt: skip
    assert written.rows == [["Beta", "123", "Former", "", "", ""]]

    actions_doing.note(alpha, by=awa, kind="call", now=NOW)
    assert actions.undo(written, by=awa)["stay"] == [alpha.pk]
    assert set(Case.objects.all()) == {before, alpha}
    assert Interaction.objects.count() == 3
    with pytest.raises(Refused, match="annul"):
        actions.undo(written, by=awa)


def test_a_text_longer_than_a_case_goes_on_in_notes(awa):
    long = "".join(f"{each:05} " for each in range(5000))
    made = brought(awa, [HEADERS, ["Alpha", "", "Former", "", "", long]])
    actions.write(made, by=awa, now=NOW, communes={})
    case = Case.objects.get()
    notes = case.interactions.order_by("pk")
    told = case.text + "".join(each.text for each in notes)
    assert "".join(told.split()) == "".join(f"Couleur : {long}".split())
    assert notes.count() == 2


def test_what_an_import_asked_to_do_on_a_case_that_was_there_is_undone(awa):
    case = opened(awa, firm_name="Alpha")
    made = brought(awa, [["Nom", "Besoin", "À faire"], ["Alpha", "Former", "Rappeler"]])
    actions.decide(made, by=awa, mapping=made.mapping, choices={"1": "join"})
    written = actions.write(made, by=awa, now=NOW, communes={})
    assert case.tasks.count() == 1
    actions.undo(written, by=awa)
    assert case.tasks.count() == 0


def test_a_doubtful_row_waits_for_a_decision(awa):
    case = opened(awa, firm_name="Alpha")
    made = brought(awa, [HEADERS, ["Alpha", "", "Former", "Vu au salon", "", ""]])
    with pytest.raises(Refused, match="1"):
        actions.write(made, by=awa, now=NOW, communes={})

    actions.decide(made, by=awa, mapping=made.mapping, choices={"1": "join"})
    actions.write(made, by=awa, now=NOW, communes={})

    assert [each.text for each in case.interactions.all()] == ["Vu au salon"]


def test_advisers_places_contacts_and_tasks_find_their_own_place(awa):
    fatou = seat("Fatou", "authority", "officer")
    headers = ["Nom", "Ville", "Référent", "Tél", "Mail", "À faire", "Échéance"]
    row = [
        "Alpha",
        "vitry sur seine",
        "FATOU",
        "01 00",
        "pas une adresse",
        "Rappeler",
        "30/11/2026",
    ]
    made = brought(awa, [headers, row])

    actions.write(made, by=awa, now=NOW, communes={"94081": "Vitry-sur-Seine"})

    case = Case.objects.get()
    assert (case.commune_code, case.adviser) == ("94081", fatou)
    assert (case.contacts.get().contact_name, case.contacts.get().contact_email) == ("Alpha", "")
    assert "pas une adresse" in case.text
    assert case.tasks.get().due_on == date(2026, 11, 30)


def test_a_table_is_reviewed_in_pages_and_by_nobody_else(client, awa, eve, table, here):
    client.force_login(awa)
    file = BytesIO(workbook("ods", {"Suivi": table}))
    file.name = "suivi.ods"
    address = client.post(REPRISE, {"file": file, "organisation": body(awa).pk})["Location"]

    page = client.get(address).content.decode()
    assert "Que veulent dire les colonnes" in page
    assert "un chiffre est faux" in page
    client.post(address, {"do": "write"})
    lines = client.get(f"{address}lignes.csv").content.decode()

    assert Case.objects.count() == 2
    assert '"Beta";"123"' in lines
    client.force_login(eve)
    assert {client.get(each).status_code for each in (address, f"{address}lignes.csv")} == {404}
    assert client.post(address, {"do": "undo"}).status_code == 404
    assert Case.objects.count() == 2


def test_a_file_holds_the_columns_chosen_and_runs_nothing(client, awa, bruno, here):
    opened(awa, firm_name='=HYPERLINK("http://x")')
    opened(bruno, firm_name="DOSSIER DU PARTENAIRE")
    client.force_login(awa)
    address = "/accompagner/suivi/dossiers/emporter/?colonne=firm_name&colonne=title&format="

    text = client.get(f"{address}csv").content.decode("utf-8-sig")

    assert text.splitlines()[1].startswith("\"'=HYPERLINK")
    assert "Recruter un régleur" in text
    assert "PARTENAIRE" not in text
    for form in ("xlsx", "ods"):
        answer = client.get(address + form)
        assert answer["Content-Type"] == exports.FORMS[form]
        assert answer["Cache-Control"] == "private, no-store"
    assert "Colonnes" in client.get(address).content.decode()


def test_what_was_brought_in_is_not_counted_as_answered_late(awa):
    from bassin.match.support import portfolio

    made = brought(awa, [HEADERS, ["Alpha", "", "Former", "", "01/10/2026", ""]])
    actions.write(made, by=awa, now=NOW, communes={})

    assert portfolio.answered(Case.objects.all(), NOW + timedelta(days=9)).asked == 0
    assert portfolio.monday(Case.objects.all(), awa, NOW).unanswered == []
