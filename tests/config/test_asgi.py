"""One door: `/live/` goes to the live part, everything else to the pages."""

import pytest

from bassin.config.door import Switch
from tests.support import loops


def named(name):
    async def application(scope, receive, send):
        await send({"from": name})

    return application


def ask(scope, received=()):
    """Put one connection through a switch with one live part; return what it sent."""
    sent = []
    inbox = list(received)

    async def receive():
        return inbox.pop(0)

    async def send(message):
        sent.append(message)

    switch = Switch(named("pages"), {"workshops": named("workshops")})
    loops.run(switch(scope, receive, send))
    return sent


@pytest.mark.parametrize(
    ("path", "answered_by"),
    [("/", "pages"), ("/livelihood", "pages"), ("/live/workshops/7/", "workshops")],
)
def test_the_path_decides_who_answers(path, answered_by):
    assert ask({"type": "http", "path": path}) == [{"from": answered_by}]


def test_an_unknown_live_part_is_not_found():
    start, _body = ask({"type": "http", "path": "/live/nothing"})

    assert start["status"] == 404


@pytest.mark.parametrize("path", ["/", "/live/nothing"])
def test_a_websocket_nobody_serves_is_closed(path):
    (message,) = ask({"type": "websocket", "path": path})

    assert message["type"] == "websocket.close"


def test_the_server_is_told_that_start_and_stop_are_complete():
    received = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    sent = ask({"type": "lifespan"}, received)

    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


def test_what_takes_long_begins_once_the_server_is_told_that_it_may_answer():
    told = []
    inbox = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive():
        return inbox.pop(0)

    async def send(message):
        told.append(message["type"])

    switch = Switch(named("pages"), {}, began=lambda: told.append("began"))
    loops.run(switch({"type": "lifespan"}, receive, send))

    assert told == ["lifespan.startup.complete", "began", "lifespan.shutdown.complete"]
