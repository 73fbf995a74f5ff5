"""Whatever is brought, the answer is a review page or a sentence; so is what the review sends."""

import io
from contextlib import suppress

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bassin.steer.programmes.imports import columns
from bassin.steer.programmes.models import Action, ImportDraft
from tests.support.installing import install

BEGIN = "/piloter/importer/"
OPENED, REFUSED = 302, 400
FEW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

_ANY = st.text(max_size=60)
_LABELS = st.sampled_from(
    ["Priorités", "Actions principales", "Axe 1 : Ouvrir", "LES AXES", "», ", "", "- Agir", "Axes"]
)
_LINES = st.lists(st.one_of(_ANY, _LABELS), max_size=15).map("\n".join)
_HEADERS = st.sampled_from([words[0] for words in columns.NAMES.values()])
_CELLS = st.one_of(
    _ANY,
    st.sampled_from(["2024", "2024-2026", "Abandonné", "31/12/2026", "12,5 k€", "mars 2024"]),
    st.sampled_from(["Thiais", "9" * 30, "1,2345", "-1", "=1+1", "Projet", "\x00", "x" * 900]),
)  # fmt: skip
_SHEETS = st.lists(st.lists(st.one_of(_HEADERS, _CELLS), max_size=8), max_size=8)


@pytest.fixture(scope="module")
def installed(france, tmp_path_factory):
    return install(france, tmp_path_factory.mktemp("fuzz") / "var")


@pytest.fixture
def officer(installed, settings, client, awa):
    """The client of an officer; it raises what a page raises."""
    settings.VAR = installed.var
    client.force_login(awa)
    return client


def xlsx(rows: list[list[str]]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                with suppress(UnicodeEncodeError):
                    sheet.write_string(place, column, cell)
    return kept.getvalue()


def followed(client: Client, **given) -> None:
    """Bring it; open its review; write it, or read why not; never anything else."""
    fields = {"document": "Plan", "title": "Plan", "kind": "roadmap", "text": ""}
    answer = client.post(BEGIN, {**fields, **given})
    assert answer.status_code in (OPENED, REFUSED)
    if answer.status_code == REFUSED:
        assert "field__error" in (page := answer.content.decode()) or "alert" in page
        return
    draft = ImportDraft.objects.first()
    for view in ("retenu", "non-retenu", "repare"):
        assert client.get(f"{answer.url}?vue={view}").status_code == 200
    sent = {"edition": str(draft.edition), "do": "write"}
    for each in draft.findings["entries"]:
        level = "action" if each["level"] == "none" else each["level"]
        sent |= {f"level-{each['key']}": level, f"title-{each['key']}": each["title"]}
        sent |= {f"why-{each['key']}": "Faute de moyens"}
    written = client.post(answer.url, sent)
    assert written.status_code in (OPENED, REFUSED)
    for action in Action.objects.all()[:2]:
        assert client.get(f"/piloter/actions/{action.pk}/").status_code == 200


def test_a_holder_s_name_too_long_for_one_is_left_and_listed(officer):
    rows = [["Titre", "Porteur"], ["Ouvrir", "x" * 900]]

    followed(officer, file=SimpleUploadedFile("plan.xlsx", xlsx(rows)))

    assert Action.objects.get().holder is None
    assert [each["where"] for each in ImportDraft.objects.get().findings["left"]] == ["B2"]


@FEW
@given(text=_LINES)
def test_any_text_gives_a_review_or_a_sentence(officer, text):
    followed(officer, text=text)


@FEW
@given(rows=_SHEETS)
def test_any_spreadsheet_gives_a_review_or_a_sentence(officer, rows):
    followed(officer, file=SimpleUploadedFile("plan.xlsx", xlsx(rows)))


@FEW
@given(rows=_SHEETS, mark=st.sampled_from([";", ",", "\t"]))
def test_any_table_of_text_gives_a_review_or_a_sentence(officer, rows, mark):
    content = "\n".join(mark.join(row) for row in rows).encode("utf-8", "replace")

    followed(officer, file=SimpleUploadedFile("plan.csv", content))


@FEW
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.xlsx", "a.ods", "a.csv", "a.txt"]))
def test_any_bytes_give_a_review_or_a_sentence(officer, content, name):
    followed(officer, file=SimpleUploadedFile(name, content))
