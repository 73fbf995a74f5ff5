"""What `bassin status` says before its table of sources."""

import json
import os

import pytest

from bassin import cli
from bassin.config import serve
from bassin.store import Store
from bassin.territory import Installation


@pytest.fixture
def var(tmp_path, settings):
    settings.VAR = tmp_path
    return tmp_path


def status(capsys, *words: str) -> str:
    assert cli.main(["status", *words]) == 0
    return capsys.readouterr().out


def note(var, **pids: int) -> None:
    parts = {name: {"pid": pid, "started_at": 0.0} for name, pid in pids.items()}
    serve.running_file().parent.mkdir(parents=True)
    serve.running_file().write_text(json.dumps({"url": "", "parts": parts}))


def test_before_anything_it_says_what_to_do(var, capsys):
    said = status(capsys)

    assert "territory  none was chosen" in said
    assert "release    nothing is loaded" in said
    assert "running    nothing; `bassin serve` starts it" in said


def test_it_names_the_territory_the_release_and_the_parts_that_run(var, france, capsys):
    Installation(territory="departement:48", name="Lozère", sample=True).write(var)
    (var / "store").symlink_to(france / "store")
    note(var, pages=os.getpid(), clock=999_999_999)

    said = status(capsys)

    assert "Lozère (departement:48)" in said
    assert f"release    {Store(france / 'store').current}" in said
    assert "running    pages; fallen: " in said
    assert "clock" in said
    assert "sample     yes" in said


def test_for_machines_it_stays_a_list_of_sources(var, capsys):
    rows = json.loads(status(capsys, "--format", "json"))

    wanted = {"key", "title", "rows", "refused", "vintage", "age_days", "last_run", "error"}
    assert rows
    assert all(wanted <= row.keys() for row in rows)


def test_it_says_whether_anybody_receives_the_codes_to_sign_in(var, settings, capsys):
    settings.EMAIL_BACKEND = "bassin.parties.mail.Kept"
    kept = status(capsys)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "mail.example.org"
    sent = status(capsys)

    assert "mail       no server (BASSIN_MAIL)" in kept
    assert "mail       sent by mail.example.org" in sent
