"""A workshop of 300 and of 2,000 people: they join, follow, answer at once, lose the service.

The live part runs alone in one process (`bassin serve --part live`) on SQLite, then behind the one
door with its two web processes. Whatever happens, what was counted is compared, answer by answer,
with what the telephones were told.
"""

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bassin.config.parts import allow_open_files
from bench.crowd import Crowd, seen_after
from bench.facilitator import Facilitator
from bench.harness import Measure
from bench.installation import environ
from bench.installation import run as bassin
from bench.serving import free_port, wait_for

ALONE = ("-m", "bassin.cli", "serve", "--part", "live", "--port")
TOGETHER = ("-m", "bassin.cli", "serve", "--workers", "2", "--port")
BARE = (
    "-m", "granian", "--interface", "asgi", "--backlog", "8192", "--log-level", "warning",
    "bench.ledger:application", "--port",
)  # fmt: skip
AGAINST = "answers added to a file and synced, same crowd"
MEMORY_MB = 200.0
KILL_AFTER = 0.9


class Service:
    """A server on a port of its own, in a process group that can be killed as one."""

    def __init__(self, var: Path, words: tuple[str, ...]) -> None:
        self.var, self.words = var, words
        self.port = free_port()
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, *self.words, str(self.port)], env=environ(self.var),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        wait_for(self.port)

    def kill(self) -> None:
        """SIGKILL, at once, to all its processes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to stop."""
        self.process.terminate()
        self.process.wait(timeout=20)

    def memory(self) -> float:
        """Megabytes resident in the largest of its processes."""
        listed = subprocess.run(
            ["ps", "-o", "rss=", "--sid", str(self.process.pid)], capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        return max(int(each) for each in listed.stdout.split()) / 1024


class Meeting:
    """A workshop of some people on a service, and what came of its rounds."""

    def __init__(self, facilitator: Facilitator, service: Service, people: int) -> None:
        self.facilitator, self.service = facilitator, service
        self.code = facilitator.ask("prepare")
        self.crowd = Crowd(service.port, self.code, people)
        self.exact: list[bool] = []

    async def ask(self, verb: str, **facts: Any) -> Any:
        """Have the facilitator's process do something, while the crowd goes on."""
        return await asyncio.to_thread(self.facilitator.ask, verb, **facts)

    async def round(self, within: float) -> tuple[list[float], list[float]]:
        """Open a question, have all answer, close it; milliseconds of acknowledgement and until
        each has seen the opening."""
        opened = await self.ask("begin", code=self.code)
        seen = await self._seen(opened)
        taken = await self.crowd.answer(opened["round"], within=within)
        await self._close(opened["round"])
        return taken, seen

    async def killed_round(self) -> int:
        """The same with SIGKILL in the burst and a restart; how many were acknowledged before."""
        opened = await self.ask("begin", code=self.code)
        await self._seen(opened)
        answering = asyncio.create_task(self.crowd.answer(opened["round"], within=2, again=0))
        await asyncio.sleep(KILL_AFTER)
        await asyncio.to_thread(self.service.kill)
        told = [(each.token, each.acknowledged) for each in self.crowd.told(opened["round"])]
        lost = await self.ask("held", round_id=opened["round"], answers=told)
        await asyncio.to_thread(self.service.start)
        await answering
        await self._close(opened["round"])
        self.exact[-1] = self.exact[-1] and lost == 0
        return len(told)

    async def _seen(self, opened: dict[str, Any]) -> list[float]:
        key = f"{opened['round']} open"
        await self.crowd.until(lambda: all(key in each.seen for each in self.crowd.telephones))
        return seen_after(self.crowd, key, opened["pressed"])

    async def _close(self, round_id: int) -> None:
        counted = await self.ask("close", round_id=round_id)
        expected = Counter(str(each.acknowledged) for each in self.crowd.telephones)
        everyone = counted["people"] == len(self.crowd.telephones)
        self.exact.append(everyone and counted["levels"] == dict(expected))


def run() -> Iterator[Measure]:
    """Every case of the page, in some two minutes."""
    allow_open_files()
    with tempfile.TemporaryDirectory(prefix="bassin-bench-") as folder:
        var = Path(folder)
        bassin(var, "build")
        bassin(var, "manage", "migrate", "-v0")
        facilitator = Facilitator(var)
        try:
            bare = {(n, w): _bare(var, n, w) for n in (300, 2000) for w in (2, 10)}
            exact: list[bool] = []
            for people in (300, 2000):
                yield from _alone(facilitator, var, people, bare, exact)
            yield from _together(facilitator, var, bare, exact)
            yield Measure(
                "runs where each answer told as recorded is counted once, the killed ones included",
                "runs", "runs", sum(exact), len(exact), 1,
            )  # fmt: skip
        finally:
            facilitator.leave()


Bare = dict[tuple[int, int], list[float]]


def _alone(
    facilitator: Facilitator, var: Path, people: int, bare: Bare, exact: list[bool]
) -> Iterator[Measure]:
    service = Service(var, ALONE)
    meeting = Meeting(facilitator, service, people)
    measures = asyncio.run(_measured(meeting, people, bare))
    exact += meeting.exact
    service.stop()
    yield from measures


async def _measured(meeting: Meeting, people: int, bare: Bare) -> list[Measure]:
    crowd, name = meeting.crowd, f"{people:,} people"
    joined = await crowd.join()
    await crowd.follow()
    measures = [_rate(f"{name} join", joined)]
    seen: list[float] = []
    for within in (10, 2):
        taken, saw = await meeting.round(within)
        seen += saw
        measures += _acknowledged(f"{name} answer in {within} s", taken, bare[people, within])
    memory = meeting.service.memory()
    measures.append(_opening(name, seen))
    measures.append(
        Measure(f"{name}: memory of the live part: allowed / used", f"{memory:.0f} MB", "MB",
                MEMORY_MB, memory, 1)
    )  # fmt: skip
    before = await meeting.killed_round()
    back = await crowd.follow()  # all streams were lost in the kill
    measures.append(
        Measure(f"{name}: all come back at once after a kill ({before} answers told before it)",
                "one look of 50 ms", "ms", back, 50, 200, goal=5000)
    )  # fmt: skip
    crowd.leave()
    return measures


def _together(
    facilitator: Facilitator, var: Path, bare: Bare, exact: list[bool]
) -> Iterator[Measure]:
    service = Service(var, TOGETHER)
    time.sleep(5)
    meeting = Meeting(facilitator, service, 2000)

    async def measured() -> list[Measure]:
        await meeting.crowd.join()
        await meeting.crowd.follow()
        taken, seen = await meeting.round(2)
        meeting.crowd.leave()
        name = "2,000 people before the pages' two processes"
        return [
            *_acknowledged(f"{name} answer in 2 s", taken, bare[2000, 2]),
            _opening(name, seen),
        ]

    measures = asyncio.run(measured())
    exact += meeting.exact
    service.stop()
    yield from measures


def _bare(var: Path, people: int, within: int) -> list[float]:
    service = Service(var, BARE)
    crowd = Crowd(service.port, "000000", people)
    taken: list[float] = asyncio.run(crowd.answer(0, within=within))
    service.stop()
    return taken


def _acknowledged(name: str, ours: list[float], bare: list[float]) -> list[Measure]:
    return [
        Measure(f"{name}: told so, p95", AGAINST, "ms", p(ours, 95), p(bare, 95), 8, goal=100),
        Measure(f"{name}: told so, p99", AGAINST, "ms", p(ours, 99), p(bare, 99), 12, goal=500),
    ]


def _opening(name: str, seen: list[float]) -> Measure:
    return Measure(
        f"{name}: an opening is seen, p95", "one look of 50 ms", "ms", p(seen, 95), 50, 12, goal=500
    )


def _rate(name: str, joined: float) -> Measure:
    return Measure(name, "promised, a second", "people/s", joined, 300, 1, goal=300)


def p(taken: list[float], percent: int) -> float:
    """The time under which so many in a hundred are."""
    return statistics.quantiles(taken, n=100, method="inclusive")[percent - 1]
