"""What the benches of the live part share: a server of its own, a workshop held on it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from bench.crowd import Crowd, seen_after
from bench.facilitator import Facilitator
from bench.installation import environ
from bench.serving import free_port, wait_for

KILL_AFTER = 0.9
POLLS_BEFORE = 3.0
LOOK_SECONDS = 2.0
RESTS = 0.1
"""Processors in use below which a service rests."""


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

    def settle(self, seconds: float = 90) -> None:
        """Wait until its processes have made what they make at the start, and rest."""
        until = time.monotonic() + seconds
        worked = self._worked()
        while time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
            before, worked = worked, self._worked()
            if worked - before < RESTS * LOOK_SECONDS:
                return

    def _worked(self) -> float:
        """Processor seconds of all its processes so far."""
        first = psutil.Process(self.process.pid)
        seconds = 0.0
        for each in (first, *first.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                seconds += sum(each.cpu_times()[:2])
        return seconds

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

    async def polled_round(self, within: float) -> tuple[list[float], list[float], list[float]]:
        """The same without streams: everybody asks every two seconds; also how long that took."""
        asking = asyncio.create_task(self.crowd.poll(POLLS_BEFORE + within + 6))
        await asyncio.sleep(POLLS_BEFORE)
        taken, seen = await self.round(within)
        return taken, seen, await asking

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
