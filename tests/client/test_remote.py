"""The client on another installation: pages turned, refusals told, nothing asked elsewhere."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

import bassin
from bassin.client.remote import Remote

PLACE = {"key": "commune:48095", "scale": "commune", "code": "48095", "name": "Mende",
         "population": 12_318, "population_period": "2023"}  # fmt: skip


class Server:
    """Answers given in turn to whoever asks; `asked` keeps their addresses."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, object, dict[str, str]]] = []
        self.asked: list[str] = []
        given = {"do_GET": self._given(), "log_message": lambda *_: None}
        handler = type("Handler", (BaseHTTPRequestHandler,), given)
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    def will(self, body, status=200, **headers) -> None:
        """What it answers next."""
        self.answers.append((status, body, {k.replace("_", "-"): v for k, v in headers.items()}))

    def query(self, at: int) -> dict[str, str]:
        """What was asked, by name."""
        return {name: value[0] for name, value in parse_qs(urlsplit(self.asked[at]).query).items()}

    def _given(self):
        return lambda request: self._get(request)

    def _get(self, request) -> None:
        self.asked.append(request.path)
        status, body, headers = self.answers.pop(0)
        written = body if isinstance(body, bytes) else json.dumps(body).encode()
        request.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(written))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(written)


@pytest.fixture
def server():
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()


def problem(detail: str, **more) -> dict:
    return {"type": "x", "title": "Un paramètre ne va pas", "detail": detail, **more}


def test_all_pages_of_a_list_are_read_on_the_same_address(server):
    server.will({"items": [PLACE], "next": "http://elsewhere.example/api/v1/places?cursor=abc"})
    server.will({"items": [{**PLACE, "key": "commune:48080"}], "next": None})

    found = bassin.connect(server.address).places("commune", within="departement:48").arrow()

    assert found["key"].to_pylist() == ["commune:48095", "commune:48080"]
    assert server.query(0)["within"] == "departement:48"
    assert server.query(1) == {"cursor": "abc", "language": "fr"}


def test_a_bare_code_is_looked_for_and_refused_when_several_places_have_it(server):
    server.will({"items": [PLACE, {**PLACE, "key": "epci:48095"}, {**PLACE, "code": "1"}]})

    with pytest.raises(bassin.Refused, match=r"several places: commune:48095 .*, epci:48095"):
        bassin.connect(server.address).place("48095")

    assert server.query(0)["q"] == "48095"


def test_figures_are_asked_for_with_their_day_and_their_period(server):
    server.will(PLACE)
    server.will({"items": [{"indicator": "population", "value": 11_000}], "next": None})
    place = bassin.connect(server.address, language="en").place("commune:48095", at="2019")

    [row] = place.figures("population", period="all").arrow().to_pylist()

    assert (row["value"], row["why"]) == (11_000.0, None)
    asked = server.query(1)
    assert asked["at"] == "2019-12-31"
    assert (asked["period"], asked["place"], asked["language"]) == ("all", "commune:48095", "en")


def test_its_refusals_are_told_with_the_parameter_to_correct(server):
    server.will(problem("Il n'y a pas d'indicateur x.", parameter="indicator"), status=400)

    with pytest.raises(bassin.Refused, match=r"Il n'y a pas d'indicateur x\. \(indicator\)"):
        bassin.connect(server.address).catalogue()


def test_it_waits_as_long_as_it_is_told_to_then_goes_on(server):
    waited: list[float] = []
    server.will(problem("Trop"), status=429, Retry_After="7")
    server.will({"items": [], "next": None})

    assert len(Remote(server.address, wait=waited.append).places()) == 0
    assert waited == [7.0]


def test_it_gives_up_when_it_would_have_to_wait_too_long(server):
    server.will(problem("Revenez demain"), status=429, Retry_After="86400")

    with pytest.raises(bassin.Refused, match="Revenez demain"):
        Remote(server.address, wait=lambda _: None).places()


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"<html>hello", 200, "does not answer as an installation of bassin"),
        (b"[1, 2]", 200, "does not answer as an installation"),
        (b"<html>oops", 502, "answers 502 and does not say why"),
        (json.dumps(problem("Rien n'est publié")).encode(), 503, "Rien n'est publié"),
    ],
)
def test_what_is_not_an_installation_is_told_as_such(server, body, status, said):
    server.will(body, status=status)

    with pytest.raises(bassin.SourceError, match=said):
        bassin.connect(server.address).places()


def test_an_address_where_nobody_answers_is_said(server):
    gone = server.address
    server.http.server_close()

    with pytest.raises(bassin.SourceError, match=r"does not answer .*Check the address"):
        bassin.connect(gone, timeout=2).places()


@pytest.mark.parametrize("address", ["donnees.example.fr", "file:///etc/passwd", "https://", ""])
def test_only_addresses_of_the_web_are_connected_to(address):
    with pytest.raises(bassin.Refused, match="not an address of the web"):
        bassin.connect(address)
