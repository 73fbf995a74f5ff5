"""The installation that benches read: the sample, with the real data pack when it is there."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bassin.config.settings")


def pack() -> Path | None:
    """The folder of publishers' files, when this machine has it."""
    folder = Path(settings.DATA_PACK)
    return folder if folder.is_dir() else None


@cache
def built() -> Path:
    """A folder made as `make demo DATA=…` makes it, for all benches of a run, then deleted.

    BENCH_VAR names one that is there already, to work on one bench without building each time.
    """
    if kept := os.environ.get("BENCH_VAR"):
        return Path(kept)
    var = Path(tempfile.mkdtemp(prefix="bassin-bench-"))
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    folder = pack()
    words = ["demo", "--build-only", *(["--data", str(folder)] if folder else [])]
    run(var, *words)
    run(var, "build")
    return var


def environ(var: Path) -> dict[str, str]:
    """The environment of a process that works on an installation."""
    return {**os.environ, "BASSIN_VAR": str(var)}


def run(var: Path, *words: str) -> str:
    """Run a command of bassin on an installation; give what it printed."""
    command = [sys.executable, "-m", "bassin.cli", *words]
    done = subprocess.run(command, env=environ(var), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bassin {words[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
