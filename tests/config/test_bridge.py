"""The bridge from ASGI to WSGI: bodies, streams, headers, closing, people who leave."""

import asyncio
from io import BytesIO

import pytest

from bassin.config import bridge
from bassin.config.bridge import WSGIBridge, environ_of
from tests.support import loops
from tests.support.disk import no_file_longer_than

SCOPE = {
    "type": "http",
    "method": "GET",
    "path": "/é",
    "query_string": b"a=1",
    "http_version": "1.1",
    "server": ("127.0.0.1", 8000),
    "client": ("127.0.0.9", 5),
    "headers": [],
}


def exchange(application, scope=SCOPE, received=None, on_send=None):
    """Run one request through a bridge; return the messages sent."""
    sent = []

    async def send(message):
        sent.append(message)
        if on_send:
            await on_send(message)

    async def go():
        inbox = asyncio.Queue()
        for message in received or [{"type": "http.request", "body": b""}]:
            inbox.put_nowait(message)
        await WSGIBridge(application)(scope, inbox.get, send)

    loops.run(go())
    return sent


class Parts:
    """A response in parts which notes that it was closed."""

    def __init__(self, *parts):
        self.parts = iter(parts)
        self.closed = False

    def __iter__(self):
        return self.parts

    def close(self):
        self.closed = True


def answering(parts, headers=(), status="200 OK"):
    def application(environ, start_response):
        start_response(status, list(headers))
        return parts

    return application


def test_a_short_response_of_known_length_comes_in_one_piece():
    parts = Parts(b"on", b"e")

    start, body = exchange(answering(parts, [("Content-Length", "3")], "404 Not Found"))

    assert start["status"] == 404
    assert start["headers"] == [(b"content-length", b"3")]
    assert body == {"type": "http.response.body", "body": b"one"}
    assert parts.closed


def test_a_response_of_unknown_length_is_sent_part_by_part():
    parts = Parts(b"first", b"", b"second")

    sent = exchange(answering(parts))

    bodies = [message["body"] for message in sent[1:]]
    assert bodies == [b"first", b"second", b""]
    assert [message.get("more_body", False) for message in sent[1:]] == [True, True, False]
    assert parts.closed


def test_the_first_part_leaves_before_the_second_is_made():
    seen_when_second_was_made = []
    sent = []

    def parts():
        yield b"first"
        seen_when_second_was_made.extend(message.get("body") for message in sent)
        yield b"second"

    async def note(message):
        sent.append(message)

    exchange(answering(parts()), on_send=note)

    assert b"first" in seen_when_second_was_made


def test_a_response_without_any_part_still_begins_and_ends():
    start, body = exchange(answering(Parts(), status="204 No Content"))

    assert (start["status"], body["body"]) == (204, b"")


def test_someone_who_leaves_ends_an_endless_response_and_it_is_closed():
    closed = []

    def endless():
        try:
            while True:
                yield b"more"
        finally:
            closed.append(True)

    received = [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]

    exchange(answering(endless()), received=received)

    assert closed == [True]


def test_a_failing_application_is_closed_and_its_error_is_heard():
    class Failing(Parts):
        def __iter__(self):
            raise ZeroDivisionError

    parts = Failing()

    with pytest.raises(ZeroDivisionError):
        exchange(answering(parts, [("Content-Length", "1")]))

    assert parts.closed


def test_a_body_in_several_messages_is_read_whole_even_when_it_outgrows_memory():
    received = [
        {"type": "http.request", "body": b"x" * bridge.IN_MEMORY, "more_body": True},
        {"type": "http.request", "body": b"end"},
    ]
    read = []

    def application(environ, start_response):
        read.append(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    exchange(application, received=received)

    assert len(read[0]) == bridge.IN_MEMORY + 3
    assert read[0].endswith(b"xend")


def test_a_body_beyond_the_limit_is_refused_before_the_application_sees_it(monkeypatch):
    monkeypatch.setattr(bridge, "BODY_LIMIT", 5)

    start, body = exchange(answering([b""]), received=[{"type": "http.request", "body": b"123456"}])

    assert start["status"] == 413
    assert [word in body["body"].decode() for word in ("dépasse 200 Mo", "larger")] == [True, True]


def reading(read):
    def application(environ, start_response):
        read.append((environ.get("CONTENT_LENGTH"), environ["wsgi.input"].read()))
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    return application


def test_a_body_that_is_cut_is_no_request_and_the_application_never_sees_it():
    received = [
        {"type": "http.request", "body": b"half", "more_body": True},
        {"type": "http.disconnect"},
    ]
    read = []

    sent = exchange(reading(read), {**SCOPE, "headers": [(b"content-length", b"8")]}, received)

    assert (sent, read) == ([], [])


def test_a_body_sent_in_chunks_has_the_length_that_was_read():
    received = [
        {"type": "http.request", "body": b"one", "more_body": True},
        {"type": "http.request", "body": b"two"},
    ]
    read = []

    exchange(reading(read), received=received)

    assert read == [("6", b"onetwo")]


def test_a_body_that_finds_no_room_is_refused_in_both_languages():
    received = [
        {"type": "http.request", "body": b"x" * 2_000_000, "more_body": True},
        {"type": "http.request", "body": b"end"},
    ]
    read = []

    with no_file_longer_than(1_500_000):
        start, body = exchange(reading(read), received=received)

    assert (start["status"], read) == (507, [])
    assert "Le disque du serveur est plein" in body["body"].decode()
    assert b"disk is full" in body["body"]


def test_the_request_is_described_as_wsgi_wants_it():
    headers = [
        (b"content-type", b"text/plain"),
        (b"accept", b"a"),
        (b"accept", b"b"),
        (b"cookie", b"x=1"),
        (b"cookie", b"y=2"),
    ]

    environ = environ_of({**SCOPE, "headers": headers}, BytesIO())

    assert environ["PATH_INFO"] == "/é".encode().decode("latin-1")
    assert environ["QUERY_STRING"] == "a=1"
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert environ["HTTP_ACCEPT"] == "a,b"
    assert environ["HTTP_COOKIE"] == "x=1; y=2"
    assert environ["REMOTE_ADDR"] == "127.0.0.9"


def test_a_header_with_an_underscore_cannot_pose_as_the_proxys():
    headers = [(b"x_forwarded_proto", b"https")]

    environ = environ_of({**SCOPE, "headers": headers}, BytesIO())

    assert "HTTP_X_FORWARDED_PROTO" not in environ
