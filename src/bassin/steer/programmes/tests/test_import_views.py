"""The pages of the import: for officers, in words, without JavaScript."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bassin.steer.programmes.imports import tables
from bassin.steer.programmes.models import Action, Framework, ImportDraft
from tests.support.installing import install
from tests.support.sheets import projects, xlsx_of

BEGIN = "/piloter/importer/"
TEXT = (Path(__file__).parent / "data" / "plan.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def installed(france, tmp_path_factory):
    return install(france, tmp_path_factory.mktemp("imports") / "var")


@pytest.fixture
def officer(installed, settings, client, awa):
    """The client of an officer, in an installation with its communes."""
    settings.VAR = installed.var
    client.force_login(awa)
    return client


def bring(client, **given):
    fields = {"document": "Plan 2030", "title": "Plan 2030", "kind": "roadmap", "text": ""}
    return client.post(BEGIN, {**fields, **given})


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def fields_of(draft: ImportDraft, **changed: str) -> dict[str, str]:
    """What the review form sends when nothing is changed by hand."""
    sent = {"edition": str(draft.edition)}
    for each in draft.findings["entries"]:
        if each["level"] != "none":
            sent[f"level-{each['key']}"] = each["level"]
            sent[f"title-{each['key']}"] = each["title"]
    return {**sent, **changed}


@pytest.mark.parametrize(("who", "status"), [("bruno", 403), ("chloe", 403), ("dan", 403)])
def test_only_officers_see_the_pages(who, status, client, request, awa, officer):
    bring(officer, text=TEXT)
    draft = ImportDraft.objects.get()
    client.force_login(request.getfixturevalue(who))

    assert client.get(BEGIN).status_code == status
    assert client.get(f"{BEGIN}{draft.pk}/").status_code == status
    assert client.post(f"{BEGIN}{draft.pk}/", {"do": "write"}).status_code == status
    assert bring(client, text=TEXT).status_code == status
    client.logout()
    assert client.get(BEGIN).status_code == 302


def test_a_pasted_plan_is_reviewed_then_written(officer):
    answer = bring(officer, text=TEXT)
    draft = ImportDraft.objects.get()
    assert answer.url == f"{BEGIN}{draft.pk}/"

    page = text_of(officer.get(answer.url))

    assert "2 axes, 3 priorités, 3 actions" in page
    assert "Rebondir et accompagner la reprise après la crue" in page
    assert "<del>RebondiR et accompagneR la RepRise" in page
    assert "lignes 9 à 10" in page
    assert "Écrire 8 fiches" in page
    assert not Framework.objects.exists()
    answer = officer.post(answer.url, {**fields_of(draft), "do": "write"})
    done = text_of(officer.get(answer.url))
    assert "8 fiches nouvelles" in done
    assert Action.objects.count() == 3


def test_what_was_not_recognised_is_listed_and_may_be_taken(officer):
    bring(officer, text=TEXT)
    draft = ImportDraft.objects.get()
    address = f"{BEGIN}{draft.pk}/"
    page = text_of(officer.get(f"{address}?vue=non-retenu"))
    assert "Sans puce ni place" in page
    lost = next(e for e in draft.findings["entries"] if e["title"] == "Sans puce ni place")

    taken = {f"level-{lost['key']}": "action", f"title-{lost['key']}": "Trouver une place"}
    officer.post(f"{address}?vue=non-retenu", {"edition": "1", "do": "save", **taken})

    page = text_of(officer.get(address))
    assert "Trouver une place" in page
    assert "écrit à la main" in page
    assert "Écrire 9 fiches" in page


def test_two_officers_at_once_the_second_is_told_and_nothing_is_lost(officer):
    bring(officer, text=TEXT)
    draft = ImportDraft.objects.get()
    first = next(e for e in draft.findings["entries"] if e["level"] == "axis")
    changed = {f"title-{first['key']}": "Rebondir"}
    officer.post(f"{BEGIN}{draft.pk}/", {**fields_of(draft), **changed, "do": "save"})

    answer = officer.post(f"{BEGIN}{draft.pk}/", {**fields_of(draft), "do": "write"})

    assert answer.status_code == 400
    assert "entre-temps" in text_of(answer)
    assert "Rebondir</textarea>" in text_of(answer)
    assert not Framework.objects.exists()


def test_sixty_projects_are_reviewed_on_pages_with_a_constant_number_of_queries(officer):
    def queries(count: int) -> int:
        content = xlsx_of(projects(count, holders=20, town="Vitry-sur-Seine"))
        answer = bring(officer, file=SimpleUploadedFile("projets.xlsx", content))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = text_of(officer.get(answer.url))
        assert "cellule C2" in page
        assert "Vitry-sur-Seine" in page
        return len(seen)

    assert queries(60) == queries(10) <= 12


def test_an_import_may_be_left_and_taken_up_again_or_dropped(officer):
    bring(officer, text=TEXT)
    draft = ImportDraft.objects.get()
    assert f'href="{BEGIN}{draft.pk}/"' in text_of(officer.get(BEGIN))

    officer.post(f"{BEGIN}{draft.pk}/", {"do": "drop"})

    assert f'href="{BEGIN}{draft.pk}/"' not in text_of(officer.get(BEGIN))
    assert "abandonnée" in text_of(officer.get(f"{BEGIN}{draft.pk}/"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "l&#x27;un des deux"),
        ({"text": "Axe 1 : Agir", "title": ""}, "Donnez un titre"),
        ({"text": " ... \n ---"}, "Aucun mot"),
        ({"file": ("vide.xlsx", b" ")}, "Ce fichier est vide"),
        ({"file": ("gros.csv", b"a" * (tables.LARGEST + 1))}, "Ce fichier pèse 5 Mo"),
        ({"file": ("couleurs.csv", b"Couleur;Taille\nbleu;grand\n")}, "Aucune colonne"),
        ({"file": ("photo.txt", b"\x89PNG\0\0")}, "pas du texte"),
        ({"file": ("clos.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600)}, "mot de passe"),
    ],
)
def test_what_cannot_be_read_is_answered_on_the_same_page(officer, given, says):
    if "file" in given:
        given = {"file": SimpleUploadedFile(*given["file"])}

    answer = bring(officer, **given)

    assert answer.status_code == 400
    assert says in text_of(answer)
    assert not ImportDraft.objects.exists()


def test_a_level_or_a_number_that_does_not_exist_changes_nothing(officer):
    bring(officer, text=TEXT)
    draft = ImportDraft.objects.get()

    sent = {"edition": "x", "do": "save", "level-1": "king", "level-999": "axis", "level-y": "axis"}
    answer = officer.post(f"{BEGIN}{draft.pk}/", sent)

    assert answer.status_code == 400
    assert ImportDraft.objects.get().findings == draft.findings


def test_the_review_speaks_english(officer):
    bring(officer, text=TEXT)
    draft = ImportDraft.objects.get()

    page = text_of(officer.get(f"{BEGIN}{draft.pk}/?lang=en"))

    assert "broken capitals" in page
    assert "Write 8 records" in page


def sheet_of(*rows: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("projets.xlsx", xlsx_of(list(rows)))


def test_a_period_of_years_is_shown_as_stated_then_written_and_said_so(officer):
    rows = (["Titre", "Période", "Ville"], ["Ouvrir", "2024-2026", "Thiais, Paris"])
    answer = bring(officer, file=sheet_of(*rows))
    page = text_of(officer.get(answer.url))
    assert "2024 (retenu comme le 1er janvier 2024 : son premier jour)" in page
    assert "2026 (retenu comme le 31 décembre 2026 : son dernier jour)" in page
    assert "B2 : « 2024-2026 »" in page
    assert "Paris" in page

    officer.post(answer.url, {**fields_of(ImportDraft.objects.get()), "do": "write"})

    action = Action.objects.get()
    assert (action.starts_to, action.ends_to, action.elsewhere) == ("year", "year", "Paris")
    page = text_of(officer.get(f"/piloter/actions/{action.pk}/"))
    assert "2024 à 2026" in page
    assert "1er janvier 2024" not in page
    assert "hors du territoire ou non reconnus : Paris" in page


def test_an_abandoned_action_is_written_once_someone_says_why(officer):
    rows = (["Titre", "Statut"], ["Ouvrir un quai", "Abandonné"])
    answer = bring(officer, file=sheet_of(*rows))
    draft = ImportDraft.objects.get()
    (entry,) = draft.findings["entries"]
    asked = text_of(officer.get(answer.url))
    assert f'name="why-{entry["key"]}"' in asked
    assert "ne dit pas pourquoi" in asked

    refused = officer.post(answer.url, {**fields_of(draft), "do": "write"})
    assert "Ouvrir un quai" in text_of(refused)
    assert "pourquoi elle a été abandonnée" in text_of(refused)
    assert not Action.objects.exists()
    why = {f"why-{entry['key']}": "La Région a refusé."}
    officer.post(answer.url, {**fields_of(draft), **why, "do": "write"})

    action = Action.objects.get()
    assert (action.lifecycle, action.abandoned_why) == ("abandoned", "La Région a refusé.")
    assert action.abandoned_on is None  # no document says when


def test_the_reason_written_in_the_file_needs_nobody(officer):
    rows = (["Titre", "Statut", "Motif"], ["Ouvrir un quai", "Abandonné", "Faute de terrain"])
    answer = bring(officer, file=sheet_of(*rows))

    officer.post(answer.url, {**fields_of(ImportDraft.objects.get()), "do": "write"})

    assert Action.objects.get().abandoned_why == "Faute de terrain"
