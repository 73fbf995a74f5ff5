"""One file holds an installation, and gives it back as it was."""

import json
import os
import sqlite3
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bassin import cli
from bassin.config import archive, databases, serve
from bassin.errors import Refused
from bassin.store import Reader, Store
from bassin.territory import Installation
from tests.store.making import add, moment
from tests.store.making import databases as release_files

NOW = "2026-11-20T09:00:00+00:00"


def written(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as con:
        return [row[0] for row in con.execute("SELECT text FROM notes ORDER BY rowid")]


def write(database: Path, text: str) -> None:
    with closing(sqlite3.connect(database)) as con, con:
        con.execute("CREATE TABLE IF NOT EXISTS notes (text)")
        con.execute("INSERT INTO notes VALUES (?)", [text])


@pytest.fixture
def var(tmp_path) -> Path:
    """An installation with two releases, a note, a document and things that can be made again."""
    var = tmp_path / "var"
    store = Store(var / "store")
    for number in (1, 2):
        add(store, "numbers", [number], f"v{number}", made=moment(number))
        store.publish(moment(number))
    (store.root / "raw" / "numbers").mkdir(parents=True)
    (store.root / "raw" / "numbers" / "as-received.csv").write_text("value\n2\n")
    Installation(territory="commune:48095", name="Mende").write(var)
    write(var / archive.DATABASE, "first")
    (var / "secret").write_text("key")
    for name in ("authority/lists.toml", "static/big.css", "cache/charts/a.svg", "store/tmp/x"):
        (var / name).parent.mkdir(parents=True, exist_ok=True)
        (var / name).write_text(name)
    return var


def save(var: Path, target: Path, **more) -> archive.Backup:
    options = {"database": var / archive.DATABASE, "now": NOW, "version": "1", **more}
    return archive.save(var, target, **options)


def restore(source: Path, var: Path, force: bool = False) -> archive.Backup:
    return archive.restore(source, var, database=var / archive.DATABASE, force=force)


def everything(var: Path) -> dict[str, bytes]:
    return {p.relative_to(var).as_posix(): p.read_bytes() for p in var.rglob("*") if p.is_file()}


def test_what_was_saved_is_given_back(var, tmp_path):
    made = save(var, tmp_path / "all.tar")

    back = restore(tmp_path / "all.tar", tmp_path / "other")

    other = tmp_path / "other"
    assert back == made
    assert Installation.read(other).name == "Mende"
    assert Reader(Store(other / "store")).rows("SELECT value FROM numbers") == [(2,)]
    assert written(other / archive.DATABASE) == ["first"]
    assert (other / "authority" / "lists.toml").read_text() == "authority/lists.toml"
    assert (other / "secret").stat().st_mode & 0o777 == 0o600


def test_what_can_be_made_again_is_not_kept(var, tmp_path):
    made = save(var, tmp_path / "all.tar")

    assert not [n for n in made.files if n.startswith(("static", "cache", "store/tmp"))]
    kept = [name for name in made.files if name.endswith(".duckdb")]
    assert kept == [f"store/releases/{made.release}.duckdb"]
    assert "store/raw/numbers/as-received.csv" in made.files
    assert len(release_files(var / "store")) == 2


def test_nobody_else_may_read_the_file(var, tmp_path):
    save(var, tmp_path / "all.tar")

    assert (tmp_path / "all.tar").stat().st_mode & 0o077 == 0


def test_the_database_is_copied_whole_while_people_write(var, tmp_path):
    database, stop = var / archive.DATABASE, threading.Event()

    def people():
        number = 0
        with closing(sqlite3.connect(database, timeout=10)) as con:
            while not stop.is_set():
                with con:  # two notes written together are both there, or neither
                    con.execute("INSERT INTO notes VALUES (?)", [f"{number} one"])
                    con.execute("INSERT INTO notes VALUES (?)", [f"{number} two"])
                number += 1

    writing = threading.Thread(target=people)
    writing.start()
    save(var, tmp_path / "all.tar")
    stop.set()
    writing.join()

    restore(tmp_path / "all.tar", tmp_path / "other")
    notes = written(tmp_path / "other" / archive.DATABASE)[1:]
    assert len(notes) % 2 == 0


def test_an_installation_is_not_replaced_unless_asked(var, tmp_path):
    save(var, tmp_path / "all.tar")
    write(var / archive.DATABASE, "since")

    with pytest.raises(Refused, match=r"already holds an installation.*BASSIN_VAR.*--force"):
        restore(tmp_path / "all.tar", var)

    assert written(var / archive.DATABASE) == ["first", "since"]


def test_a_database_alone_is_not_replaced_unless_asked(var, tmp_path):
    save(var, tmp_path / "all.tar")
    other = tmp_path / "other"
    other.mkdir()
    write(other / archive.DATABASE, "theirs")

    with pytest.raises(Refused, match="already holds"):
        restore(tmp_path / "all.tar", other)


def test_forced_it_replaces_everything_it_keeps_and_leaves_nothing_of_its_work(var, tmp_path):
    save(var, tmp_path / "all.tar")
    write(var / archive.DATABASE, "since")
    store = Store(var / "store")
    add(store, "numbers", [3], "v3", made=moment(3))
    store.publish(moment(3))
    (var / "media").mkdir()
    (var / "media" / "late.pdf").write_text("late")

    restore(tmp_path / "all.tar", var, force=True)

    assert written(var / archive.DATABASE) == ["first"]
    assert Reader(Store(var / "store")).rows("SELECT value FROM numbers") == [(2,)]
    assert not (var / "media").exists()
    assert (var / "static" / "big.css").exists()
    assert not list(var.glob("restore.*"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def alter(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Mende", b"Nende"))


def replace_by_text(path: Path) -> None:
    path.write_text("not an archive")


def forget_the_manifest(path: Path) -> None:
    with tarfile.open(path, "w") as made:
        made.add(__file__, "bassin.toml")


def escape(path: Path) -> None:
    with tarfile.open(path, "w") as made:
        made.add(__file__, "store/../../escaped")


def link_elsewhere(path: Path) -> None:
    with tarfile.open(path, "w") as made:
        link = tarfile.TarInfo("store")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        made.addfile(link)


@pytest.mark.parametrize(
    "harm", [cut, alter, replace_by_text, forget_the_manifest, escape, link_elsewhere]
)
def test_a_harmed_archive_changes_nothing(var, tmp_path, harm):
    save(var, tmp_path / "all.tar")
    write(var / archive.DATABASE, "since")
    before = everything(var)
    harm(tmp_path / "all.tar")

    with pytest.raises(Refused, match=r"not a whole archive.*Take another copy"):
        restore(tmp_path / "all.tar", var, force=True)

    assert everything(var) == before
    assert not (tmp_path / "escaped").exists()


def test_an_archive_of_a_newer_version_says_so(var, tmp_path):
    save(var, tmp_path / "all.tar")
    with tarfile.open(tmp_path / "all.tar") as kept:
        kept.extractall(tmp_path / "open", filter="data")
    facts = json.loads((tmp_path / "open" / archive.MANIFEST).read_text())
    newer = {**facts, "format": archive.FORMAT + 1, "version": "9.0"}
    (tmp_path / "open" / archive.MANIFEST).write_text(json.dumps(newer))
    with tarfile.open(tmp_path / "newer.tar", "w") as made:
        for path in (tmp_path / "open").rglob("*"):
            if path.is_file():
                made.add(path, path.relative_to(tmp_path / "open"))

    with pytest.raises(Refused, match=r"newer version \(9\.0\)"):
        restore(tmp_path / "newer.tar", tmp_path / "other")


def test_a_file_already_there_is_not_overwritten(var, tmp_path):
    (tmp_path / "all.tar").write_text("something else")

    with pytest.raises(Refused, match="already exists"):
        save(var, tmp_path / "all.tar")

    assert (tmp_path / "all.tar").read_text() == "something else"


def test_a_folder_that_is_not_there_is_said(var, tmp_path):
    with pytest.raises(Refused, match="could not be written"):
        save(var, tmp_path / "nowhere" / "all.tar")
    with pytest.raises(Refused, match="There is no file"):
        restore(tmp_path / "nothing.tar", var)


@pytest.fixture
def installed(var, settings, monkeypatch):
    """The commands work on this installation."""
    settings.VAR = var
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", var / archive.DATABASE)
    return var


def test_the_command_says_what_it_wrote(installed, tmp_path, capsys):
    code = cli.main(["backup", str(tmp_path / "all.tar")])

    assert code == 0
    assert "files, " in capsys.readouterr().out
    assert (tmp_path / "all.tar").exists()


def test_with_postgresql_the_command_says_how_to_save_the_rest(
    installed, settings, monkeypatch, tmp_path, capsys
):
    server = {
        "ENGINE": "django.db.backends.postgresql", "NAME": "observatory", "HOST": "db",
        "PORT": "", "USER": "awa", "PASSWORD": "not shown",
    }  # fmt: skip
    monkeypatch.setitem(settings.DATABASES, "default", server)

    cli.main(["backup", str(tmp_path / "all.tar")])

    said = capsys.readouterr().out
    assert "pg_dump --format=custom --file=bassin.dump --host=db --username=awa observatory" in said
    assert "not shown" not in said
    assert databases.sqlite_file() is None


def test_nothing_is_restored_under_a_service_that_runs(installed, tmp_path, capsys):
    serve.running_file().parent.mkdir()
    parts = {"pages": {"pid": os.getpid(), "started_at": 0.0}}
    serve.running_file().write_text(json.dumps({"url": "", "parts": parts}))

    code = cli.main(["restore", str(tmp_path / "all.tar"), "--force"])

    assert code == cli.REFUSED
    assert "being served (pages). Stop `bassin serve`" in capsys.readouterr().err
