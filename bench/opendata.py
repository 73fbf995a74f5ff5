"""The API under load from another process, against the plainest page of the same server.

`BASSIN_API_PER_MINUTE=0` in the environment of the server: a limit on clients would be measured.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from bassin.indicators.house import House
from bench.harness import Measure, absent
from bench.installation import built
from bench.pages import SERVE, ask
from bench.serving import served

SECONDS = 5
KEPT = "API, one observation, 16 connections"
KEPT_P95 = "the same, p95"
MANY = "API, observations nobody asked for, 16 connections"
MANY_P95 = "the same, p95"
PLAIN = "/healthz"
TOLD = """
done = function(summary, latency, requests)
  io.write(string.format("TOLD %f %f %d\\n", 1e6 * summary.requests / summary.duration,
    latency:percentile(95) / 1000, summary.errors.status))
end
"""
NEW = """
local number = 0
local indicators = {INDICATORS}
local places = {PLACES}
request = function()
  number = number + 1
  local at = number % (#indicators * #places)
  local one = indicators[at % #indicators + 1]
  local place = places[math.floor(at / #indicators) + 1]
  return wrk.format("GET", "/api/v1/observations/" .. one .. "/" .. place .. "?fields=FIELDS")
end
"""


@dataclass(frozen=True)
class Load:
    """What a crowd of clients got: requests a second, and the time in which 95 % were answered."""

    rate: float
    p95: float


def run() -> Iterator[Measure]:
    """One observation that is kept, then observations that are computed for the first time."""
    if not shutil.which("wrk"):
        for name in (KEPT, KEPT_P95, MANY, MANY_P95):
            yield absent(name, PLAIN, "wrk is not installed")
        return
    os.environ["BASSIN_API_PER_MINUTE"] = "0"
    house = House.open(built())
    with served(SERVE, built()) as url:
        address = f"{url}/api/v1/observations/population/{house.home.key}"
        for _ in range(12):
            ask(address)
        plain = load(f"{url}/healthz")
        yield from against(KEPT, KEPT_P95, load(address), plain, (0.4, 800.0), (4.0, 40.0))
        fresh = load(url, new(house))
        yield from against(MANY, MANY_P95, fresh, plain, (0.02, None), (100.0, None))


def against(
    rate: str, p95: str, ours: Load, plain: Load,
    fast: tuple[float, float | None], soon: tuple[float, float | None],
) -> Iterator[Measure]:  # fmt: skip
    """Both measures of a load: the ratio that decides, then what is promised on two cores."""
    yield Measure(rate, PLAIN, "req/s", ours.rate, plain.rate, fast[0], goal=fast[1])
    yield Measure(p95, f"{PLAIN}, p95", "ms", ours.p95, plain.p95, soon[0], goal=soon[1])


def load(url: str, script: str = "") -> Load:
    """Ask over 16 connections from another process.

    Raises:
        ValueError: an answer was refused.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script + TOLD)
        file.flush()
        words = ["wrk", "-t1", "-c16", "-H", "Accept-Encoding: gzip", "-s", file.name]
        # A second of warming up, which is not counted: not where it would make what is measured.
        for seconds in (SECONDS,) if script else (1, SECONDS):
            done = subprocess.run(
                [*words, f"-d{seconds}s", url], capture_output=True, check=True, text=True
            )
    told = next(line for line in done.stdout.splitlines() if line.startswith("TOLD"))
    _, rate, p95, errors = told.split()
    if int(errors):
        raise ValueError(f"{errors} answers of {url} were refused.")
    return Load(float(rate), float(p95))


def new(house: House) -> str:
    """Addresses that differ at each request: figures of communes of all France, one by one."""
    communes = sorted(house.territory.gazetteer().current)[::35]
    names = ("population", "population_density", "establishments")
    listed = ", ".join(f'"{name}"' for name in names)
    places = ", ".join(f'"commune:{code}"' for code in communes)
    return (
        NEW.replace("INDICATORS", listed).replace("PLACES", places)
        .replace("FIELDS", "place,value,why")
    )  # fmt: skip
