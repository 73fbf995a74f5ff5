"""What a failed load says to the reader of a French page; commands say it in English."""

import ast
import gzip
import json
import os
import re
from pathlib import Path

import pytest

import bassin
from bassin.errors import SourceError
from bassin.sources import Raw
from bassin.sources.download import download
from bassin.sources.runner import last_runs
from bassin.types import Text
from tests.sources.test_bad_input_runner import GOOD, NAME, Jobs, load
from tests.sources.test_download import BODY, Publisher
from tests.support.loading import runner

PACKED = gzip.compress(GOOD.encode() * 50, mtime=0)
ENGLISH = re.compile(r"\b(the|is|has|and|then|again|file|line|which|load)\b")


@pytest.fixture
def made(tmp_path):
    return runner(tmp_path / "store")


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        (PACKED[:60], f"{NAME}.gz", "est tronqué ou abîmé. Téléchargez à nouveau le fichier"),
        (GOOD.replace(",", ".").replace(";", ","), NAME, "est séparé par des virgules ; son"),
        (GOOD.replace("jobs", "é").encode("latin-1"), NAME, "sa première ligne contient l'octet"),
        (GOOD.replace("94003;", "Orlé;").encode("latin-1"), NAME, "ligne 4 : ce n'est pas du"),
        (GOOD.replace("jobs;", "emplois;"), NAME, "n'a pas de colonne jobs. Ses colonnes sont"),
        (GOOD.replace(";3,5;2024-01-03", ""), NAME, "la ligne 4 n'a pas autant de colonnes"),
        (GOOD.replace("2024", "2031"), NAME, "vaut « 2031-01-01 », qui est dans le futur. 8 lig"),
        (GOOD + GOOD.split("\n", 1)[1], NAME, "qui a déjà été donné par une ligne précédente"),
        (GOOD.replace("940", "10"), NAME, "Vérifiez que c'est bien le fichier du producteur et"),
        (GOOD.split("\n")[0] + "\n", NAME, "le fichier a un en-tête et aucune ligne"),
        ("", NAME, "est vide : il n'a pas de ligne d'en-tête"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_in_french_with_the_file_and_what_to_do(
    made, tmp_path, text, name, told
):
    run = load(made, tmp_path, text, name)

    assert run.status == "failed"
    assert told in run.error_fr
    assert run.error
    assert run.error != run.error_fr
    assert not ENGLISH.search(run.error_fr.replace("94003", ""))
    assert last_runs(made.store)[Jobs.key].error_fr == run.error_fr


def test_a_full_disk_is_told_in_french(made, tmp_path, monkeypatch):
    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "copy_file_range", full)
    run = load(made, tmp_path, GOOD)

    assert run.error_fr.startswith("Emplois : l'écriture a échoué.")
    assert "Libérez de l'espace disque" in run.error_fr
    assert "could not be written" in run.error


def test_a_vanished_file_is_told_in_french(made, tmp_path):
    run = made.load(Jobs(), [Raw(tmp_path / "gone.csv", NAME)])

    assert "n'est plus à l'endroit" in run.error_fr


def test_a_connection_that_fails_is_told_in_french(tmp_path):
    server = Publisher()
    url = server.url
    server.server_close()

    with pytest.raises(SourceError) as refused:
        download(url, tmp_path, lambda *_: None)

    assert (
        refused.value.text.fr == f"{url} ne répond pas. Rien n'est arrivé. Vérifiez la connexion."
    )


def test_a_lost_connection_says_in_french_what_was_kept(tmp_path):
    part = tmp_path / "Stock.csv.part"
    part.write_bytes(BODY[:300_000])
    notes = {"url": "https://example.org/Stock.csv", "mark": '"one"', "size": 3_000_000}
    part.with_name(f"{part.name}.json").write_text(json.dumps(notes))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bassin.sources.download.urlopen", _cut)
        with pytest.raises(SourceError) as lost:
            download("https://example.org/Stock.csv", tmp_path, lambda *_: None)

    assert "a été coupée. 0,3 Mo sur 3,0 Mo sont arrivés et restent dans" in lost.value.text.fr
    assert "Relancez : le téléchargement continuera de là." in lost.value.text.fr


def _cut(*_given, **_more):
    raise ConnectionResetError(104, "Connection reset by peer")


def test_a_record_of_before_french_was_kept_is_still_read(made, tmp_path):
    old = {
        "source": Jobs.key, "started_at": "2026-01-01T00:00:00+00:00", "status": "failed",
        "origin": "real", "version": "", "rows": 0, "refused": 0, "error": "It failed.",
        "files": [],
    }  # fmt: skip
    (made.store.root / "runs.jsonl").write_text(json.dumps(old) + "\n", encoding="utf-8")

    kept = last_runs(made.store)[Jobs.key]

    assert (kept.error, kept.error_fr) == ("It failed.", "")


def test_every_sentence_about_a_source_is_written_in_french_as_well():
    english_only = [
        f"{path.name}:{call.lineno}"
        for path in Path(bassin.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "SourceError"
        if isinstance(call.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)
        and "/tests/" not in str(path)
    ]

    assert english_only == []


def test_an_error_written_in_english_only_has_no_false_french():
    assert SourceError("It failed.").text == Text("", "It failed.")
    assert str(SourceError(Text("Échec.", "It failed."))) == "It failed."
