"""What a browser must carry to show a profile: bytes, compressed, and requests."""

import shutil
from collections.abc import Iterator
from typing import Any

from bassin.indicators.house import House
from bench.harness import Measure, absent
from bench.installation import built
from bench.pages import SERVE, until_warm
from bench.serving import served

BYTES = 60_000
REQUESTS = 15
NAME = "weight of the profile: allowed / used"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run() -> Iterator[Measure]:
    """The whole page at 1280 pixels, read to its end, nothing in the browser's cache."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        yield absent(NAME, f"{BYTES:,} bytes", "no Chromium")
        return
    home = House.open(built()).home
    with served(SERVE, built()) as url:
        path = f"/lieux/{home.scale}/{home.code}/"
        until_warm(url, path)
        weights = carried(program, url + path)
    for name, weight in sorted(weights.items(), key=lambda pair: -pair[1]):
        print(f"  {weight:>8,.0f}  {name}")
    total = sum(weights.values()) / 1000
    yield Measure(NAME, "60 KB", "KB", BYTES / 1000, total, 1.0)
    yield Measure(
        "requests of the profile: allowed / used", "15", "requests", REQUESTS, len(weights), 1.0
    )


def carried(program: str, url: str) -> dict[str, float]:
    """Bytes received, headers included, by address."""
    from playwright.sync_api import sync_playwright

    names: dict[str, str] = {}
    weights: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")

        def asked(event: dict[str, Any]) -> None:
            names[event["requestId"]] = event["request"]["url"]

        def received(event: dict[str, Any]) -> None:
            weights[names[event["requestId"]]] = event["encodedDataLength"]

        session.on("Network.requestWillBeSent", asked)
        session.on("Network.loadingFinished", received)
        page.goto(url, wait_until="networkidle")
        page.keyboard.press("End")  # pictures below the fold are asked for when they are near
        page.wait_for_timeout(2000)
        browser.close()
    return {name: size for name, size in weights.items() if not name.startswith("data:")}
