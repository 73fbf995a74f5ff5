"""Addresses of sheets, asked one by one."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bassin.match.aids.linking import ask, kept
from bassin.match.aids.rules.aid import aid
from bassin.match.aids.rules.links import INSIDE, answers, broken
from bassin.match.aids.tests.test_catalogue import SHEET


@pytest.fixture
def site():
    """A site with one page, one that went away, one that machines may not read."""

    class Pages(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response({"/aide?x=1": 200, "/reserve": 403}.get(self.path, 404))
            self.end_headers()

        def log_message(self, *_words):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_address_answers_or_says_what_is_wrong(site):
    assert answers(f"{site}/aide?x=1", inside=True) == ""
    assert answers(f"{site}/reserve", inside=True) == ""
    assert answers(f"{site}/partie", inside=True) == "HTTP 404"
    assert "refused" in answers("http://127.0.0.1:9/", inside=True)


def test_an_address_inside_the_network_is_never_asked_whatever_its_name(site):
    assert answers(f"{site}/aide?x=1") == INSIDE
    assert answers(f"http://localhost:{site.rpartition(':')[2]}/aide?x=1") == INSIDE


def test_what_an_address_answers_is_kept_with_its_day_and_a_dead_network_accuses_nobody(db):
    aids = [aid(SHEET | {"url": f"https://a.fr/{at}"}) for at in range(2)]
    now = datetime(2026, 11, 26, 10, tzinfo=UTC)

    assert ask(aids, now, lambda _one: "away") == (2, 2)
    assert kept() == {}
    assert ask(aids, now, lambda one: "HTTP 404" if one.endswith("1") else "") == (2, 1)

    assert {each.wrong for each in kept().values()} == {"", "HTTP 404"}
    assert kept()["https://a.fr/1"].asked_at == now


def test_each_address_is_asked_once_and_every_sheet_that_bears_it_is_told():
    asked = []

    def ask(address):
        asked.append(address)
        return "HTTP 404"

    one = aid(SHEET | {"url": "https://a.fr/x"})
    found = list(broken([one, replace(one, slug="deux"), replace(one, slug="sans", url="")], ask))

    assert asked == ["https://a.fr/x"]
    assert [each[0] for each in found] == ["essai", "deux"]
