"""Addresses of sheets, asked one by one."""

import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bassin.match.aids.rules.aid import aid
from bassin.match.aids.rules.links import answers, broken
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
    assert answers(f"{site}/aide?x=1") == ""
    assert answers(f"{site}/reserve") == ""
    assert answers(f"{site}/partie") == "HTTP 404"
    assert "refused" in answers("http://127.0.0.1:9/")


def test_each_address_is_asked_once_and_every_sheet_that_bears_it_is_told():
    asked = []

    def ask(address):
        asked.append(address)
        return "HTTP 404"

    one = aid(SHEET | {"url": "https://a.fr/x"})
    found = list(broken([one, replace(one, slug="deux"), replace(one, slug="sans", url="")], ask))

    assert asked == ["https://a.fr/x"]
    assert [each[0] for each in found] == ["essai", "deux"]
