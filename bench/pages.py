"""Pages as a visitor gets them, through `bassin serve` itself and its two workers."""

import os
import shutil
import statistics
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bassin.indicators.house import House
from bench.harness import Measure, absent
from bench.installation import built
from bench.serving import rate, served

SERVE = ["-m", "bassin.cli", "serve", "--workers", "2", "--port"]
DEMO = ["-m", "bassin.cli", "demo", "--workers", "2", "--port"]
BARE = ["-m", "granian", "--interface", "asgi", "--workers", "2", "bench.serving:bare", "--port"]
HEALTH = "/healthz, in turn"
TURNS = 150
MEMORY_MB = 400.0


def run() -> Iterator[Measure]:
    """Start, warm and first pages, list pages by the thousand, memory of a web process."""
    house = House.open(built())
    yield from started(built())
    with served(SERVE, built()) as url:
        profile = f"/lieux/{house.home.scale}/{house.home.code}/"
        until_warm(url, profile)
        yield warm(url, profile)
        yield first(url, communes_of_france(house))
        yield from by_the_thousand(url, ("/indicateurs/", profile))
        yield memory()


def ask(url: str) -> float:
    """Milliseconds to get a page whole, as a browser asks for it."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        answer.read()
    return 1000 * (time.perf_counter() - began)


def until_warm(url: str, path: str) -> None:
    """Ask until both workers have made the page and compressed it at leisure."""
    quick = 0
    while quick < 12:
        quick = quick + 1 if ask(url + path) < 100 else 0
    time.sleep(5)


def p95(taken: list[float]) -> float:
    """The time under which 95 % of requests are answered."""
    return statistics.quantiles(taken, n=20)[-1]


def warm(url: str, path: str) -> Measure:
    """The profile again and again, with the plain answer in turn."""
    pairs = [(ask(url + path), ask(f"{url}/healthz")) for _ in range(TURNS)]
    ours, bare = zip(*pairs, strict=True)
    return Measure(
        "profile, warm, p95", HEALTH, "ms", p95(list(ours)), p95(list(bare)), 10, goal=75
    )


def communes_of_france(house: House) -> list[str]:
    """Addresses of communes from one end of the country to the other."""
    codes = sorted(house.territory.gazetteer().current)
    return [f"/lieux/commune/{code}/" for code in codes[:: len(codes) // 20]]


def first(url: str, paths: list[str]) -> Measure:
    """Pages that nobody has asked for yet."""
    pairs = [(ask(url + path), ask(f"{url}/healthz")) for path in paths]
    ours, bare = zip(*pairs, strict=True)
    return Measure(
        "page of any commune of France, first time, median", HEALTH, "ms",
        statistics.median(ours), statistics.median(bare), 400, goal=1000,
    )  # fmt: skip


def by_the_thousand(url: str, paths: tuple[str, ...]) -> Iterator[Measure]:
    """Requests per second with 16 connections on the machine that serves."""
    names = ("list of indicators", "profile")
    if not shutil.which("wrk"):
        for name in names:
            yield absent(name, "/healthz", "wrk is not installed")
        return
    for name, path in zip(names, paths, strict=True):
        ours, bare = rate(url + path), rate(f"{url}/healthz")
        yield Measure(f"{name}, 16 connections", "/healthz", "req/s", ours, bare, 0.2, goal=1000)


def started(var: Path) -> Iterator[Measure]:
    """From the command to the first answer; the first start builds, the next ones do not."""
    for name, words, goal in (
        ("start of `bassin serve`", SERVE, None),
        ("start of `bassin demo`, the second time", DEMO, 10_000),
    ):
        until_answer(words, var)
        ours, bare = until_answer(words, var), until_answer(BARE, var)
        against = "the bare server"
        yield Measure(name, against, "ms", ours, bare, 60, goal=goal)
    name, against = "stop of `bassin serve`, all its parts", "the bare server"
    ours, bare = until_stopped(SERVE, var), until_stopped(BARE, var)
    yield Measure(name, against, "ms", ours, bare, 60, goal=5_000)


def until_answer(words: list[str], var: Path) -> float:
    """Milliseconds until a server answers."""
    began = time.perf_counter()
    with served(words, var) as url:
        ask(f"{url}/healthz")
        return 1000 * (time.perf_counter() - began)


def until_stopped(words: list[str], var: Path) -> float:
    """Milliseconds from the signal until a server and all that it started are gone."""
    with served(words, var) as url:
        ask(f"{url}/healthz")
        began = time.perf_counter()
    return 1000 * (time.perf_counter() - began)


def memory() -> Measure:
    """The largest web process, after all the pages above."""
    sizes = [proportional(pid) for pid in processes() if "--part pages" in command(pid)]
    name = "memory of a web process, what it shares counted in part: allowed / used"
    return Measure(name, f"{MEMORY_MB:.0f} MB", "MB", MEMORY_MB, max(sizes), 1.0)


def processes() -> list[int]:
    """The processes that this one has started, and those they have."""
    found, waiting = [], [os.getpid()]
    while waiting:
        task = Path(f"/proc/{waiting.pop()}/task")
        for path in task.glob("*/children"):
            inside = [int(word) for word in path.read_text().split()]
            found += inside
            waiting += inside
    return found


def command(pid: int) -> str:
    """The words a process was started with."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def proportional(pid: int) -> float:
    """Megabytes of memory of a process; libraries that n processes share count for 1/n."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rollup.split("Pss:")[1].split()[0]) / 1024
