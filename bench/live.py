"""A workshop of 300 and of 2,000 people: they join, follow, answer at once, lose the service.

The live part runs alone in one process (`bassin serve --part live`) on SQLite, then behind the one
door with its two web processes; then the same on PostgreSQL, where its programs are there. Whatever
happens, what was counted is compared, answer by answer, with what the telephones were told.
"""

import asyncio
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from bassin.config.parts import allow_open_files
from bench.crowd import Crowd
from bench.facilitator import Facilitator
from bench.harness import Measure, absent
from bench.installation import run as bassin
from bench.meetings import Meeting, Service

ALONE = ("-m", "bassin.cli", "serve", "--part", "live", "--port")
TOGETHER = ("-m", "bassin.cli", "serve", "--workers", "2", "--port")
BARE = (
    "-m", "granian", "--interface", "asgi", "--backlog", "8192", "--log-level", "warning",
    "bench.ledger:application", "--port",
)  # fmt: skip
AGAINST = "answers added to a file and synced, same crowd"
IDLE = "an answer that says nothing, same crowd"
MEMORY_MB = 200.0
DATABASE = "BASSIN_DATABASE"


def run() -> Iterator[Measure]:
    """Every case of the page, in some four minutes."""
    allow_open_files()
    exact: list[bool] = []
    with tempfile.TemporaryDirectory(prefix="bassin-bench-") as folder:
        var = Path(folder)
        bassin(var, "build")
        bare = {(n, w): _bare(var, n, w) for n in (300, 2000) for w in (2, 10)}
        with _facilitator(var) as facilitator:
            for people in (300, 2000):
                yield from _alone(facilitator, var, people, bare, exact)
            yield from _polling(facilitator, var, bare, exact)
            name = "2,000 people before the pages' two processes"
            yield from _burst(facilitator, var, TOGETHER, name, bare, exact)
        yield from _on_postgres(var, bare, exact)
    yield Measure(
        "runs where each answer told as recorded is counted once, the killed ones included",
        "runs", "runs", sum(exact), len(exact), 1,
    )  # fmt: skip


@contextmanager
def _facilitator(var: Path) -> Iterator[Facilitator]:
    bassin(var, "manage", "migrate", "-v0")
    facilitator = Facilitator(var)
    try:
        yield facilitator
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


def _burst(
    facilitator: Facilitator, var: Path, words: tuple[str, ...], name: str, bare: Bare,
    exact: list[bool],
) -> Iterator[Measure]:  # fmt: skip
    """2,000 answers in 2 s to one service."""
    service = Service(var, words)
    service.settle()
    meeting = Meeting(facilitator, service, 2000)

    async def measured() -> list[Measure]:
        await meeting.crowd.join()
        await meeting.crowd.follow()
        taken, seen = await meeting.round(2)
        meeting.crowd.leave()
        return [
            *_acknowledged(f"{name} answer in 2 s", taken, bare[2000, 2]),
            _opening(name, seen),
        ]

    measures = asyncio.run(measured())
    exact += meeting.exact
    service.stop()
    yield from measures


def _polling(
    facilitator: Facilitator, var: Path, bare: Bare, exact: list[bool]
) -> Iterator[Measure]:
    """2,000 telephones for which no stream passes, before the live part alone."""
    server = Service(var, BARE)
    idle = asyncio.run(Crowd(server.port, "000000", 2000).poll(6))
    server.stop()
    service = Service(var, ALONE)
    meeting = Meeting(facilitator, service, 2000)

    async def measured() -> tuple[list[float], list[float], list[float]]:
        await meeting.crowd.join()
        return await meeting.polled_round(2)

    taken, seen, asked = asyncio.run(measured())
    exact += meeting.exact
    service.stop()
    name = "2,000 people who ask every 2 s"
    yield Measure(f"{name}: told, p95", IDLE, "ms", p(asked, 95), p(idle, 95), 8, goal=100)
    yield _acknowledged(f"{name} answer in 2 s", taken, bare[2000, 2])[0]
    yield Measure(
        f"{name}: an opening is seen, p95", "2 s between two questions", "ms",
        p(seen, 95), 2000, 1.25, goal=2500,
    )  # fmt: skip


def _on_postgres(var: Path, bare: Bare, exact: list[bool]) -> Iterator[Measure]:
    """The burst again, where the same rows are kept by a PostgreSQL that syncs each commit."""
    django.setup()  # the server's settings are those of a connection of Django
    from tests.support import postgres

    name = "2,000 people, on PostgreSQL"
    if why := postgres.missing():
        yield absent(name, AGAINST, why)
        return
    server = postgres.Server(durable=True)
    server.start()
    try:
        server.execute("CREATE DATABASE bench")
        os.environ[DATABASE] = server.url("bench")
        with _facilitator(var) as facilitator:
            yield from _burst(facilitator, var, ALONE, name, bare, exact)
            both = f"{name}, before two processes"
            yield from _burst(facilitator, var, TOGETHER, both, bare, exact)
    finally:
        os.environ.pop(DATABASE, None)
        server.stop()


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
