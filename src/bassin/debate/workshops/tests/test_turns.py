"""Whose turn it is to write, between the processes of one machine."""

import subprocess
import sys
import threading

import pytest

from bassin.debate.workshops.live.turns import FILE, Turns

HOLD = """
import fcntl, sys
held = open(sys.argv[1], "ab")
fcntl.flock(held, fcntl.LOCK_EX)
print("mine", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def var(tmp_path, settings):
    settings.VAR = tmp_path
    (tmp_path / "run").mkdir()
    return tmp_path


@pytest.mark.usefixtures("both_databases")
def test_a_process_that_dies_gives_its_turn_up(var):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, var / "run" / FILE],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with other:
        assert other.stdout.readline() == "mine\n"
        threading.Timer(0.1, other.kill).start()

        turns = Turns()
        with turns.mine():
            written = True
        turns.end()

    assert written
    assert turns.file is None


@pytest.mark.usefixtures("both_databases")
def test_without_its_file_the_queue_is_the_databases_own(var):
    (var / "run").rmdir()
    (var / "run").write_text("a file where a folder should be")
    turns = Turns()

    with turns.mine():
        assert turns.file is None
