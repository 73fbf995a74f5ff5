"""A download that is cut goes on where it stopped; against a server that cuts, on this machine."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bassin.errors import SourceError
from bassin.sources.download import download

BODY = bytes(range(256)) * 4000  # about one megabyte


class Publisher(ThreadingHTTPServer):
    """A server of one file, whose behaviour each test sets."""

    daemon_threads = True
    body = BODY
    etag = '"one"'
    cut_after = None  # bytes of the answer before the connection is dropped
    resumes = True
    status = 200

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/data/Stock%20one.csv"


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        server.asked.append((self.headers.get("Range"), self.headers.get("If-Range")))
        if server.status != 200:
            self.send_error(server.status)
            return
        start = 0
        if server.resumes and self.headers.get("If-Range") == server.etag:
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
        rest = server.body[start:]
        self.send_response(206 if start else 200)
        if start:
            whole = len(server.body)
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        if server.etag:
            self.send_header("ETag", server.etag)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest[: server.cut_after])
        self.close_connection = True

    def log_message(self, *words):
        """Say nothing on the terminal."""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = Publisher()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def silent(name, share):
    """Progress that nobody watches."""


def test_a_file_comes_whole_under_its_own_name_and_says_how_far_it_is(publisher, tmp_path):
    told = []
    path = download(publisher.url, tmp_path, lambda name, share: told.append((name, share)))
    assert path == tmp_path / "Stock_one.csv"
    assert path.read_bytes() == BODY
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert [found.name for found in tmp_path.iterdir()] == ["Stock_one.csv"]


def test_a_connection_lost_half_way_says_how_much_came_then_the_rest_is_asked(publisher, tmp_path):
    # given a server that drops the connection after 300,000 bytes
    publisher.cut_after = 300_000
    with pytest.raises(SourceError) as lost:
        download(publisher.url, tmp_path, silent)
    assert "The connection to http://127.0.0.1" in str(lost.value)
    assert "0.3 MB of 1.0 MB came and are kept in Stock_one.csv.part" in str(lost.value)
    assert "it goes on from there" in str(lost.value)
    assert not (tmp_path / "Stock_one.csv").exists()
    # when it works again
    publisher.cut_after = None
    path = download(publisher.url, tmp_path, silent)
    # then only the rest was asked for, and the file is right
    assert publisher.asked[-1] == ("bytes=300000-", '"one"')
    assert path.read_bytes() == BODY


def test_a_connection_lost_again_and_again_still_ends(publisher, tmp_path):
    publisher.cut_after = 300_000
    for _ in range(3):
        with pytest.raises(SourceError):
            download(publisher.url, tmp_path, silent)
    assert download(publisher.url, tmp_path, silent).read_bytes() == BODY
    assert len(publisher.asked) == 4


def test_a_file_that_changed_meanwhile_is_taken_from_its_start(publisher, tmp_path):
    publisher.cut_after = 300_000
    with pytest.raises(SourceError):
        download(publisher.url, tmp_path, silent)
    publisher.cut_after, publisher.etag, publisher.body = None, '"two"', b"new" * 1000
    assert download(publisher.url, tmp_path, silent).read_bytes() == b"new" * 1000


def test_a_server_that_cannot_resume_says_so_and_starts_over(publisher, tmp_path):
    publisher.cut_after, publisher.etag = 300_000, ""
    with pytest.raises(SourceError, match="this server cannot resume, so it starts over"):
        download(publisher.url, tmp_path, silent)
    publisher.cut_after = None
    assert download(publisher.url, tmp_path, silent).read_bytes() == BODY
    assert publisher.asked[-1] == (None, None)


def test_a_part_of_another_address_is_not_continued(publisher, tmp_path):
    part = tmp_path / "Stock_one.csv.part"
    part.write_bytes(b"something else")
    notes = {"url": "http://elsewhere/Stock", "mark": '"one"', "size": 99}
    part.with_name(f"{part.name}.json").write_text(json.dumps(notes))
    assert download(publisher.url, tmp_path, silent).read_bytes() == BODY
    assert publisher.asked == [(None, None)]


def test_a_part_that_is_whole_is_not_asked_again(publisher, tmp_path):
    part = tmp_path / "Stock_one.csv.part"
    part.write_bytes(BODY)
    notes = {"url": publisher.url, "mark": '"one"', "size": len(BODY)}
    part.with_name(f"{part.name}.json").write_text(json.dumps(notes))
    assert download(publisher.url, tmp_path, silent).read_bytes() == BODY
    assert publisher.asked == []


def test_the_right_checksum_passes_and_a_wrong_one_removes_what_came(publisher, tmp_path):
    right = hashlib.sha256(BODY).hexdigest()
    download(publisher.url, tmp_path / "a", silent, sha256=right)
    with pytest.raises(SourceError, match=f"its checksum is {right}, not {'0' * 64}"):
        download(publisher.url, tmp_path / "b", silent, sha256="0" * 64)
    assert list((tmp_path / "b").iterdir()) == []


def test_an_address_that_answers_an_error_is_told_with_its_number(publisher, tmp_path):
    publisher.status = 404
    with pytest.raises(SourceError, match="answers 404"):
        download(publisher.url, tmp_path, silent)


def test_a_server_that_is_not_there_is_told(tmp_path):
    server = Publisher()
    url = server.url
    server.server_close()
    with pytest.raises(SourceError, match="cannot be reached"):
        download(url, tmp_path, silent)


def test_only_addresses_of_the_web_are_taken(tmp_path):
    with pytest.raises(SourceError, match="must begin with https"):
        download("file:///etc/passwd", tmp_path, silent)


def test_the_last_good_file_stays_when_the_next_download_fails(publisher, tmp_path):
    path = download(publisher.url, tmp_path, silent)
    publisher.cut_after, publisher.body, publisher.etag = 10, b"x" * 5000, '"three"'
    with pytest.raises(SourceError):
        download(publisher.url, tmp_path, silent)
    assert path.read_bytes() == BODY
