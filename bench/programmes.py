"""Piloter with a large roadmap: its tree, its table and a holder's board, signed in."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bassin.indicators.house import House
from bench.harness import Measure
from bench.installation import built
from bench.pages import HEALTH, SERVE, ask, p95, until_warm
from bench.roadmap import SLUG
from bench.serving import served

TURNS = 120
DATABASE = "bassin.sqlite3"


def run() -> Iterator[Measure]:
    """The pages that read the most actions, as an officer and as a holder get them."""
    var = large()
    officer, holder = keys(var)
    home = f"/piloter/cadres/{SLUG}"
    place = House.open(var).home
    with served(SERVE, var) as url:
        # A process warms itself once started: what is measured comes after, as for other pages.
        until_warm(url, f"/lieux/{place.scale}/{place.code}/")
        yield measured(url, f"{home}/", officer, "tree of a roadmap of 2,000 actions, p95")
        yield measured(url, f"{home}/tableau/?retard=1", officer, "its table, late only, p95")
        yield measured(url, "/piloter/", officer, "front of the room, 2,000 actions, p95")
        yield measured(url, "/piloter/a-dire/", holder, "board of a holder of 50 actions, p95")


def large() -> Path:
    """The installation of the run with a database of its own."""
    var = Path(tempfile.mkdtemp(prefix="bassin-bench-large-"))
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    ignored = shutil.ignore_patterns("run", f"{DATABASE}*")
    shutil.copytree(
        built(), var, copy_function=os.link, dirs_exist_ok=True, ignore=ignored, symlinks=True
    )
    return var


def keys(var: Path) -> tuple[str, str]:
    """Write the roadmap in a process of its own; the sessions of the officer and the holder."""
    environ = {**os.environ, "BASSIN_VAR": str(var)}
    migrate = [sys.executable, "-m", "bassin.cli", "manage", "migrate", "-v", "0"]
    subprocess.run(migrate, env=environ, check=True, capture_output=True)
    words = [sys.executable, "-m", "bench.roadmap"]
    done = subprocess.run(words, env=environ, check=True, capture_output=True, text=True)
    officer, holder = done.stdout.split()
    return officer, holder


def measured(url: str, path: str, key: str, name: str) -> Measure:
    """One page again and again, with the plain answer in turn."""
    for _ in range(6):
        signed_in(url + path, key)
    began = [(timed(url + path, key), ask(f"{url}/healthz")) for _ in range(TURNS)]
    ours, bare = zip(*began, strict=True)
    return Measure(name, HEALTH, "ms", p95(list(ours)), p95(list(bare)), 60, goal=150)


def timed(address: str, key: str) -> float:
    """Milliseconds to get a page whole, signed in."""
    began = time.perf_counter()
    signed_in(address, key)
    return 1000 * (time.perf_counter() - began)


def signed_in(address: str, key: str) -> bytes:
    """A page as someone signed in gets it; refused when it sends them to the door."""
    headers = {"Accept-Encoding": "gzip", "Cookie": f"sessionid={key}"}
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
        if answer.geturl() != address:
            raise SystemExit(f"{address} led to {answer.geturl()}: nothing was measured.")
        content: bytes = answer.read()
        return content
