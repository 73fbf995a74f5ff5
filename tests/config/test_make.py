"""The makefile, as people stop it."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings

HELD = """#!/bin/sh
echo $$ > "$(dirname "$0")/pid"
exec sleep 60
"""


def is_running(pid: int) -> bool:
    """Whether the process still does something (a dead child nobody waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(true, seconds: float = 5) -> bool:
    """Whether something became true in so many seconds."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the processes of Linux")
@pytest.mark.parametrize("data", ["", "DATA=a folder"])
def test_make_demo_leaves_nothing_running_when_it_is_stopped(data, tmp_path):
    # given a service that lasts, in the place of bassin
    (tmp_path / "bassin").write_text(HELD)
    (tmp_path / "bassin").chmod(0o755)
    words = ["make", "-o", "setup", "demo", f"BIN={tmp_path}", *filter(None, [data])]
    made = subprocess.Popen(words, cwd=settings.CHECKOUT, stderr=subprocess.DEVNULL)
    noted = tmp_path / "pid"
    assert until(lambda: noted.exists() and noted.read_text().strip())
    pid = int(noted.read_text())
    # when make is stopped
    made.terminate()
    made.wait(5)
    # then the service is stopped too
    try:
        assert until(lambda: not is_running(pid))
    finally:
        if is_running(pid):
            os.kill(pid, signal.SIGKILL)
