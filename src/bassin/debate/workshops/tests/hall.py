"""A served installation in which a workshop is held: who runs it, who takes part, what they see."""

import difflib
import os
import re
import sqlite3
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from itertools import chain, groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from playwright.sync_api import expect

from bassin.debate.workshops import devices
from tests.config.test_serve import Service
from tests.support.browser import watched_page

SCREEN = {"width": 1920, "height": 1080}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
TREES = Path(__file__).with_name("trees")
WRITE = "WRITE_TREES"
"""Set, it writes anew the trees of accessibility that pages are compared with, to be read over."""

SECONDS = 30
MOST_TABS = 90

_VARYING = [
    (re.compile(r"\b[0-9a-f]{16}\b"), "RECEIPT"),
    (re.compile(r"\d+ minutes?"), "SOME minutes"),
]
"""What differs from one time to another: receipts, and time."""


class Hall:
    """The service, and whoever comes to it."""

    def __init__(self, running: Service, sessions: dict[str, str]) -> None:
        self.running = running
        self.home = f"http://127.0.0.1:{running.port}"
        self.sessions = sessions

    def page(self, stack: ExitStack, browser: Any, **options: Any) -> Any:
        """Somebody's browser."""
        return stack.enter_context(watched_page(browser, self.home, **options))

    def console(self, stack: ExitStack, browser: Any, code: str, name: str = "Awa") -> Any:
        """The page of a facilitator."""
        page = self.page(stack, browser)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.sessions[name]}
        page.context.add_cookies([{**cookie, "url": self.home}])
        page.goto(f"/debattre/ateliers/{code}/animer/")
        return page

    def wall(self, stack: ExitStack, browser: Any, code: str) -> Any:
        """The big screen, by its link."""
        page = self.page(stack, browser, viewport=SCREEN)
        page.goto(f"/debattre/ateliers/{code}/ecran/?key={devices.screen_key(code)}")
        return page

    def post(self, path: str, cookie: str = "", fields: Any = ()) -> Any:
        """What a telephone sends, without a browser."""
        host = self.home.removeprefix("http://")
        with closing(HTTPConnection(host, timeout=SECONDS)) as line:
            line.request("POST", path, urlencode(list(fields)), {**FORM, "Cookie": cookie})
            answer = line.getresponse()
            answer.read()
            return answer

    def join(self, code: str) -> str:
        """One more telephone; its cookie."""
        came = self.post(f"/live/workshops/{code}/join")
        return str(came.headers["Set-Cookie"]).partition(";")[0]

    def vote(self, code: str, cookie: str, asked: str, fields: Any) -> int:
        """An answer; its status."""
        pairs = [("round", asked), *fields]
        return int(self.post(f"/live/workshops/{code}/vote", cookie, pairs).status)

    def rows(self, sql: str, *words: Any) -> list[Any]:
        """What the database holds, read from outside."""
        base = f"file:{self.running.var / 'bassin.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(base, uri=True, timeout=SECONDS)) as connection:
            return connection.execute(sql, words).fetchall()


def enter(page: Any, code: str) -> None:
    """Come in with the six digits."""
    page.goto("/a/")
    page.get_by_label("Les six chiffres affichés dans la salle").fill(f"{code[:3]} {code[3:]}")
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("button", name="Entrer dans").click()
    page.get_by_role("heading", level=1).wait_for()


def press(console: Any, words: str) -> None:
    """Press a button of the console with the keyboard; what cannot be undone is asked twice."""
    button = console.locator(".run-now").get_by_text(words).first
    expect(button).to_be_visible()
    button.focus()
    if button.evaluate("each => each.closest('summary') !== null"):
        console.keyboard.press("Enter")
        console.keyboard.press("Tab")
    with console.expect_navigation():
        console.keyboard.press("Enter")


def show(console: Any, title: str) -> None:
    """Show a step of the run sheet to the room, with the keyboard."""
    button = console.locator(".run-sheet li", has_text=title).get_by_role("button")
    button.focus()
    with console.expect_navigation():
        console.keyboard.press("Enter")


def tab_to(page: Any, wanted: str) -> None:
    """Press Tab until what has the focus matches a selector, as who has no mouse."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"The keyboard never reaches {wanted}")


def send(page: Any) -> None:
    """Send the form that is open, by keyboard."""
    tab_to(page, "[type=submit]:not([name])")
    page.keyboard.press("Enter")


def sees(place: Any, name: str, moment: str) -> None:
    """What a screen reader is given is what `trees/` holds, word for word, within some seconds."""
    file = TREES / f"{name}.yaml"
    trees = _read(file)
    if WRITE in os.environ:
        time.sleep(1)
        _write(file, {**trees, moment: _tree(place, moment)})
        return
    wanted, deadline = trees[moment], time.monotonic() + SECONDS
    while (found := _tree(place, moment)) != wanted and time.monotonic() < deadline:
        time.sleep(0.05)
    lines = difflib.unified_diff(wanted.splitlines(), found.splitlines(), lineterm="")
    assert found == wanted, f"{name}, {moment}:\n" + "\n".join(lines)


def _tree(place: Any, moment: str) -> str:
    """The tree, without what varies. Where answers come in an order that was drawn, it does not
    count: names are left out of the question, what was answered is in the order of letters."""
    tree = re.sub(r"(?<=\S)[^\S\n]+", " ", str(place.aria_snapshot()))
    for varying, written in _VARYING:
        tree = varying.sub(written, tree)
    if moment.endswith(("announced", "asked")):
        return re.sub(r"Mission [ABC]\b", "Mission ?", tree)
    if moment.endswith("recorded"):
        runs = groupby(tree.splitlines(), key=lambda line: line.partition("- listitem:")[:2])
        return "\n".join(
            chain.from_iterable(sorted(run) if item else run for (_, item), run in runs)
        )
    return tree


_MARK = "# --- "


def _read(file: Path) -> dict[str, str]:
    """The trees of a file, by moment."""
    if not file.exists():
        return {}
    parts = file.read_text("utf-8").split(_MARK)[1:]
    pairs = (part.partition("\n") for part in parts)
    return {moment.strip(): tree.rstrip("\n") for moment, _end, tree in pairs}


def _write(file: Path, trees: dict[str, str]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(f"{_MARK}{moment}\n{tree}" for moment, tree in trees.items()) + "\n")
