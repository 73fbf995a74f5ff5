"""Loading again a source whose file did not change, against reading that file to know it."""

from collections.abc import Iterator
from hashlib import sha256

import django

from bassin.indicators.house import House
from bassin.sources import Raw, Runner, sources
from bassin.sources.raw import recognised
from bench.harness import Measure, absent, case
from bench.installation import built, pack

NAME = "loading again a source that did not change"
AGAINST = "the checksum of its files"


def run() -> Iterator[Measure]:
    """The largest source of the data pack: what an officer waits for when nothing is new."""
    folder = pack()
    if folder is None:
        yield absent(NAME, AGAINST, "no data pack (BASSIN_PACK)")
        return
    django.setup()
    from bassin.config.opening import covering, now, today

    house = House.open(built())
    runner = Runner(house.store, today=today(), now=now, covers=covering(house))
    found, _unknown = recognised(folder, sources().values())
    source, raws = max(found, key=lambda pair: sum(raw.path.stat().st_size for raw in pair[1]))
    again = runner.load(source, raws)
    if again.status != "unchanged":
        raise SystemExit(f"{source.key} is loaded again though nothing changed: {again.status}.")
    yield case(
        f"{NAME} ({source.key}, {sum(raw.path.stat().st_size for raw in raws) / 1e6:.0f} MB)",
        lambda: runner.load(source, raws), lambda: [checksum(raw) for raw in raws], 40.0,
        against=AGAINST, repeat=5, goal=1000,
    )  # fmt: skip


def checksum(raw: Raw) -> str:
    """SHA-256 of a file."""
    return sha256(raw.path.read_bytes()).hexdigest()
