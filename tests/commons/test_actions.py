"""What people do with shared records, on both databases."""

import errno
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from bassin.commons import actions, files, hires
from bassin.commons.models import Document, Event, Operation, Placement
from bassin.errors import Refused
from tests.support.people import seat

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)
TIMES = {
    "starts_at": datetime(2026, 12, 1, 9, tzinfo=UTC),
    "ends_at": datetime(2026, 12, 1, 11, tzinfo=UTC),
}
PDF = b"%PDF-1.7\n" + b"x" * 100
SQUARE = [[2.4, 48.7], [2.5, 48.7], [2.5, 48.8], [2.4, 48.7]]


@pytest.fixture
def officer(both_databases):
    return seat("Awa", "authority", "officer")


@pytest.fixture
def partner(both_databases):
    return seat("Bruno", "chamber", "officer")


@pytest.fixture
def firm(both_databases):
    return seat("Chloe", "firm", "administrator", siret="00000000100018")


def body_of(person):
    return person.memberships.get().organisation


def test_an_event_is_announced_changed_and_called_off_and_each_time_calendars_learn_it(officer):
    event = actions.announce(by=officer, title="Forum", **TIMES)
    assert (event.slug, event.sequence) == ("forum-2026-12-01", 0)

    actions.change_event(event, by=officer, title="Forum de l’emploi")
    actions.change_event(event, by=officer, title="Forum de l’emploi")
    assert event.sequence == 1, "the second change changed nothing"

    actions.cancel(event, by=officer, now=NOW)
    assert (event.sequence, event.cancelled_at) == (2, NOW)
    with pytest.raises(Refused, match="annulé"):
        actions.cancel(event, by=officer, now=NOW)


def test_two_events_of_one_name_on_one_day_have_two_addresses(officer):
    first = actions.announce(by=officer, title="Forum", **TIMES)
    second = actions.announce(by=officer, title="Forum", **TIMES)

    assert (first.slug, second.slug) == ("forum-2026-12-01", "forum-2026-12-01-2")
    assert first.uid != second.uid


def test_an_event_that_ends_before_it_starts_is_refused(officer):
    with pytest.raises(Refused, match="avant de commencer"):
        actions.announce(
            by=officer, title="Forum", starts_at=TIMES["ends_at"], ends_at=TIMES["starts_at"]
        )
    assert Event.objects.count() == 0


def test_a_partner_announces_for_its_own_organisation_and_no_other(partner, firm):
    mine = actions.announce(by=partner, title="Forum", organiser=body_of(partner), **TIMES)

    with pytest.raises(PermissionDenied):
        actions.announce(by=partner, title="Autre", organiser=body_of(firm), **TIMES)
    with pytest.raises(PermissionDenied):
        actions.announce(by=partner, title="Autre", **TIMES)
    with pytest.raises(PermissionDenied):
        actions.change_event(mine, by=partner, organiser=body_of(firm))
    mine.refresh_from_db()
    assert mine.organiser == body_of(partner)
    with pytest.raises(PermissionDenied):
        actions.announce(by=firm, title="Autre", organiser=body_of(firm), **TIMES)
    with pytest.raises(PermissionDenied):
        actions.cancel(mine, by=firm, now=NOW)


def test_what_a_verb_does_not_write_is_a_bug_not_a_silence(officer):
    event = actions.announce(by=officer, title="Forum", **TIMES)

    with pytest.raises(ValueError, match="sequence"):
        actions.change_event(event, by=officer, sequence=12)


def test_a_record_is_put_away_with_who_and_why_and_never_deleted(officer, partner):
    operation = actions.add_operation(by=officer, name="Quartier", kind="development")

    with pytest.raises(Refused, match="pourquoi"):
        actions.put_away(operation, by=officer, why=" ", now=NOW)
    with pytest.raises(PermissionDenied):
        actions.put_away(operation, by=partner, why="erreur", now=NOW)
    actions.put_away(operation, by=officer, why="doublon", now=NOW)

    kept = Operation.objects.get()
    assert (kept.archived_by, kept.archived_why) == (officer, "doublon")


def test_a_new_outline_ends_the_last_one(officer):
    operation = actions.add_operation(by=officer, name="Quartier", kind="development")
    square = {"type": "Polygon", "coordinates": [SQUARE]}
    first = actions.draw(operation, square, by=officer, valid_from=date(2020, 1, 1), source="ZAC")

    actions.draw(operation, square, by=officer, valid_from=date(2024, 1, 1), source="ZAC 2")

    first.refresh_from_db()
    assert first.valid_to == date(2024, 1, 1)
    with pytest.raises(Refused, match="plus tard"):
        actions.draw(operation, square, by=officer, valid_from=date(2023, 1, 1), source="ZAC")


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [2.4, 48.7]},
        {"type": "Polygon", "coordinates": [[[652_000, 6_860_000], [1, 1], [2, 2], [1, 3]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]},
        {"type": "Nothing"},
        {},
    ],
)
def test_an_outline_that_is_none_is_refused(officer, geometry):
    operation = actions.add_operation(by=officer, name="Quartier", kind="development")

    with pytest.raises(Refused):
        actions.draw(operation, geometry, by=officer, valid_from=TODAY, source="ZAC")


def test_floor_space_is_said_once_per_use_with_its_document(officer):
    operation = actions.add_operation(by=officer, name="Quartier", kind="development")

    with pytest.raises(Refused, match="document"):
        actions.set_floor(operation, "bureaux", by=officer, source="", planned_m2=10)
    actions.set_floor(operation, "bureaux", by=officer, source="ZAC", planned_m2=10)
    actions.set_floor(operation, "bureaux", by=officer, source="ZAC", delivered_m2=4)

    floor = operation.floors.get()
    assert (floor.planned_m2, floor.delivered_m2) == (10, 4)


# Documents


def office(kind: str, *names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 20, "png"),
        (b"\xff\xd8\xff\xe0" + b"x" * 20, "jpg"),
        ("Compte rendu, décembre".encode(), "txt"),
        (office("docx", "word/document.xml"), "docx"),
        (office("xlsx", "xl/workbook.xml"), "xlsx"),
        (office("odt", mimetype=files.MEDIA["odt"]), "odt"),
    ],
)
def test_a_file_is_known_by_its_content(content, extension):
    assert files.judge(ContentFile(content, "note.exe")).extension == extension


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00" + b"\0" * 50,
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        office("zip", "anything.txt"),
        office("docx", "word/document.xml", "word/vbaProject.bin"),
        office("docx", "word/document.xml", "word/VBAPROJECT.bin"),
        office("odt", "Basic/Standard/Module1.xml", mimetype=files.MEDIA["odt"]),
        office("odt", "Scripts/python/open.py", mimetype=files.MEDIA["odt"]),
        b"PK\x03\x04 not a zip",
        "é".encode("latin-1") * 10,
    ],
)
def test_a_file_that_could_harm_is_refused_whatever_its_name(content):
    with pytest.raises(Refused):
        files.judge(ContentFile(content, "rapport.pdf"))


def test_a_file_too_large_is_refused_with_both_sizes(monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 1024 * 1024)

    with pytest.raises(Refused, match=r"2,0 Mo.*1 Mo"):
        files.judge(ContentFile(b"%PDF-" + b"x" * 2 * 1024 * 1024))


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_document_is_kept_once_under_the_digest_of_its_content(officer, media):
    kept = actions.add_document(by=officer, title="Note", file=ContentFile(PDF, "../../x.pdf"))

    assert kept.file.name.endswith(f"{kept.sha256[:16]}.pdf")
    assert (media / kept.file.name).read_bytes() == PDF
    with pytest.raises(Refused, match="Note"):
        actions.add_document(by=officer, title="Encore", file=ContentFile(PDF, "y.pdf"))


def test_a_document_has_a_file_or_an_address_and_only_officers_add_one(officer, partner, media):
    with pytest.raises(Refused):
        actions.add_document(by=officer, title="Note")
    with pytest.raises(Refused):
        actions.add_document(
            by=officer, title="Note", url="https://example.org/", file=ContentFile(PDF, "x.pdf")
        )
    with pytest.raises(PermissionDenied):
        actions.add_document(by=partner, title="Note", url="https://example.org/")
    with pytest.raises(Refused):
        actions.add_document(by=officer, title="Note", url="javascript:alert(1)")
    assert Document.objects.count() == 0


def test_a_full_disk_is_answered_with_a_sentence_and_leaves_nothing(officer, media, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)

    with pytest.raises(Refused, match="disque"):
        actions.add_document(by=officer, title="Note", file=ContentFile(PDF, "x.pdf"))
    assert Document.objects.count() == 0


def test_a_record_that_cannot_be_written_leaves_no_file(officer, media, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(Document, "save", broken)

    with pytest.raises(RuntimeError):
        actions.add_document(by=officer, title="Note", file=ContentFile(PDF, "x.pdf"))
    assert [each for each in media.rglob("*") if each.is_file()] == []


# Hires


def hire(by, reference="", token="a", **more):  # noqa: S107  an opaque identifier, no secret
    known = {"hired_on": date(2026, 5, 4), "employer_siret": "00000000100018", **more}
    return hires.count(token, by=by, today=TODAY, reference=reference, **known)


def test_a_hire_counts_once_whoever_says_it_and_however_often(officer, partner):
    hire(officer, reference="jobs:action:1")
    hire(partner, reference="clauses:hire:7")
    hire(partner, reference="clauses:hire:7")

    assert Placement.objects.get().references == ["jobs:action:1", "clauses:hire:7"]


def test_a_token_cannot_count_another_hire(officer):
    hire(officer)

    with pytest.raises(Refused, match="jeton"):
        hire(officer, hired_on=date(2026, 6, 1))


@pytest.mark.parametrize("more", [{"hired_on": date(2027, 1, 1)}, {"employer_siret": "12"}])
def test_a_hire_to_come_or_without_an_employer_is_refused(officer, more):
    with pytest.raises(Refused):
        hire(officer, **more)
    assert Placement.objects.count() == 0


def test_only_who_follows_people_counts(firm):
    with pytest.raises(PermissionDenied):
        hire(firm)


def test_a_small_number_is_hidden_with_what_would_give_it_away(officer):
    for number, qpv in enumerate([True] * 3 + [False] * 8 + [None] * 20):
        hire(officer, token=str(number), from_qpv=qpv)
    hire(officer, token="alone", hired_on=date(2025, 1, 1))

    this, before = hires.by_year()

    assert (this.total, this.from_qpv, this.elsewhere, this.unknown) == (31, None, None, 20)
    assert (before.total, before.from_qpv, before.elsewhere, before.unknown) == (None,) * 4


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([10, 20, 30], [10, 20, 30]),
        ([0, 20, 0], [0, 20, 0]),
        ([3, 20, 9], [None, 20, None]),
        ([3, 4, 9], [None, None, 9]),
        ([3, 0, 9], [None, 0, None]),
    ],
)
def test_no_hidden_part_is_found_by_subtraction(parts, shown):
    assert hires.hidden(parts) == shown
