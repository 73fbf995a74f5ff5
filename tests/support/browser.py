"""A real browser for the tests: Chromium, which may ask nothing of any server but the live one."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
AXE = settings.HOME / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def program() -> str:
    """Path of Chromium; "" when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), "")


def missing() -> str:
    """Why the tests marked `browser` cannot run; "" when they can."""
    if not program():
        return "no Chromium (apt-get install chromium)"
    return "" if AXE.exists() else "no axe-core (npm ci)"


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests; each page gets its own profile."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would then refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program())
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def watched_page(browser, home: str, **options) -> Iterator:
    """A page that fails its test when it asks for another server, breaks its own content policy,
    or lets a script error out."""
    options = {"viewport": WIDE, "locale": "fr-FR", "base_url": home, **options}
    context = browser.new_context(**options)
    # Long: a test must not fail because the machine is busy with others.
    context.set_default_timeout(60_000)
    strays: list[str] = []
    faults: list[str] = []

    def guard(route) -> None:
        if route.request.url.startswith((home, "data:", "blob:")):
            route.continue_()
        else:
            strays.append(route.request.url)
            route.abort()

    def listen(message) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    context.route("**/*", guard)
    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert strays == [], "the page asked for another server"
    assert faults == [], "the page breaks in the browser"


@pytest.fixture
def page(browser, live_server):
    """A page at 1280 pixels on the live server: `page.goto("/")`."""
    with watched_page(browser, live_server.url) as opened:
        yield opened


@pytest.fixture
def phone_page(browser, live_server):
    """The same on a telephone, 390 pixels wide."""
    with watched_page(browser, live_server.url, viewport=PHONE, has_touch=True) as opened:
        yield opened


@pytest.fixture
def page_without_js(browser, live_server):
    """The same for someone whose browser runs no script."""
    with watched_page(browser, live_server.url, java_script_enabled=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """`axe(page)` lists what axe-core finds wrong, one line per fault; [] when nothing is."""
    source = Path(AXE).read_text("utf-8")

    def run(page) -> list[str]:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(source)
        only = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = page.evaluate("only => axe.run(document, only)", only)["violations"]
        return [
            f"{each['id']}: {each['help']} at {node['target'][0]}"
            for each in found
            for node in each["nodes"]
        ]

    return run


def faults(
    windows: Iterable[Any], axe: Callable[..., list[str]], pages: Iterable[str]
) -> list[str]:
    """What axe finds on some pages in each window, and by how much they overflow it."""
    found = []
    for window, address in product(windows, pages):
        window.goto(address)
        found += [f"{address}: {each}" for each in axe(window)]
        wide = window.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{address}: {wide} pixels too wide"] if wide > 0 else []
    return found
