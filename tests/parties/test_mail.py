"""Without a mail server: messages are kept, and only the sample shows those of invented people."""

from datetime import date
from smtplib import SMTPServerDisconnected

import pytest
from django.conf import settings as house_settings
from django.core.mail import send_mail

from bassin.parties.mail import letters
from bassin.parties.privacy.actions import erase
from bassin.territory import Installation

KEPT = "bassin.parties.mail.Kept"


@pytest.fixture
def kept(settings, tmp_path):
    """An installation with no mail server."""
    settings.EMAIL_BACKEND, settings.MAIL_KEPT, settings.VAR = KEPT, tmp_path / "mail", tmp_path
    return settings


def be_the_sample(var, sample=True) -> None:
    Installation(territory="ept:200058014", name="T", sample=sample).write(var)


def test_a_message_is_kept_for_our_eyes_alone(kept):
    send_mail("Sujet é", "Texte", None, ["dan@example.org"])

    [file] = kept.MAIL_KEPT.glob("*.eml")
    [letter] = letters("@example.org")
    assert file.stat().st_mode & 0o077 == 0
    assert (letter.to, letter.subject, letter.text.strip()) == (
        "dan@example.org", "Sujet é", "Texte",
    )  # fmt: skip


def test_the_oldest_messages_make_room(kept, monkeypatch):
    monkeypatch.setattr("bassin.parties.mail.MOST_KEPT", 3)
    for number in range(5):
        send_mail(f"Number {number}", "Text", None, ["dan@example.org"])

    assert [each.subject for each in letters("")] == ["Number 4", "Number 3", "Number 2"]


def test_the_sample_shows_the_messages_of_invented_people_and_no_others(kept, client, dan):
    be_the_sample(kept.VAR)
    send_mail("For Dan", "Text", None, ["dan@example.org"])
    send_mail("For a real person", "Text", None, ["someone@mairie.example"])

    page = client.get("/compte/exemple/").content.decode()

    assert "For Dan" in page
    assert "For a real person" not in page


@pytest.mark.parametrize(("sample", "backend"), [(False, KEPT), (True, "other.Backend")])
def test_no_other_installation_has_that_page(kept, client, db, sample, backend):
    be_the_sample(kept.VAR, sample=sample)
    kept.EMAIL_BACKEND = backend

    assert client.get("/compte/exemple/").status_code == 404


def test_the_application_of_an_invented_officer_is_shown_never_that_of_a_real_one(
    kept, client, awa
):
    be_the_sample(kept.VAR)
    real = client.get("/compte/exemple/").context["people"]
    type(awa).objects.filter(pk=awa.pk).update(origin="invented")

    [(person, code)] = client.get("/compte/exemple/").context["people"]

    assert real == []
    assert person == awa
    assert len(code) == 6


def test_an_installation_keeps_its_mail_unless_it_names_a_server():
    from bassin.config import settings as fresh

    assert fresh.EMAIL_BACKEND == KEPT
    assert house_settings.MAIL_KEPT == house_settings.VAR / "mail"


def test_a_mail_server_that_takes_nothing_is_told_in_words(client, dan, monkeypatch, caplog):
    def refuse(self, messages):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    answer = client.post("/compte/connexion/", {"email": dan.email})

    assert answer.status_code == 400
    assert "courriel" in answer.content.decode()
    assert "gone" in caplog.text


def test_messages_kept_for_someone_are_erased_with_them(
    kept, dan, django_capture_on_commit_callbacks
):
    for address in ("Dan@example.org", "jordan@example.org"):
        send_mail("Bonjour", "Votre code", None, [address])

    with django_capture_on_commit_callbacks(execute=True):
        erase(dan, by=dan, today=date(2026, 11, 26))

    assert [each.to for each in letters("@example.org")] == ["jordan@example.org"]
