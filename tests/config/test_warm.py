"""A process prepares itself: never for nothing, never against the service it gives."""

import pytest

from bassin.config import warm
from bassin.errors import SourceError


class Pages:
    """A WSGI application that notes what it was asked, and that its answer was closed."""

    def __init__(self):
        self.asked = []
        self.closed = 0

    def __call__(self, environ, start_response):
        self.asked.append((environ["HTTP_HOST"], environ["PATH_INFO"]))
        start_response("200 OK", [])
        return self

    def __iter__(self):
        return iter([b"page"])

    def close(self):
        self.closed += 1


@pytest.fixture
def pages(monkeypatch):
    monkeypatch.setattr(warm, "settle", lambda: None)
    return Pages()


def test_an_installation_without_territory_has_its_front_page_asked_alone(
    pages, settings, tmp_path
):
    settings.VAR = tmp_path

    assert warm.once(pages) == ["/"]
    assert [path for _host, path in pages.asked] == ["/"]
    assert pages.closed == 1


@pytest.mark.parametrize(
    ("hosts", "name"),
    [
        (["127.0.0.1", "localhost"], "127.0.0.1:8123"),
        ([".exemple.fr"], "exemple.fr"),
        (["*"], "localhost:8123"),
        (["*", "eco.exemple.fr"], "eco.exemple.fr"),
    ],
)
def test_pages_are_asked_under_a_name_that_the_service_answers_to(
    pages, settings, tmp_path, monkeypatch, hosts, name
):
    monkeypatch.setenv("BASSIN_SERVED_PORT", "8123")
    settings.VAR = tmp_path
    settings.ALLOWED_HOSTS = hosts

    warm.once(pages)

    assert pages.asked[0][0] == name


def test_a_store_that_cannot_be_read_is_said_once_and_the_process_lives_on(
    pages, monkeypatch, caplog
):
    looks = []

    def damaged():
        looks.append("look")
        raise SourceError("The release 7 cannot be read.")

    def rest(seconds):
        if len(looks) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(warm, "house", damaged)
    monkeypatch.setattr(warm.time, "sleep", rest)

    with pytest.raises(KeyboardInterrupt):
        warm._follow(pages)

    assert pages.asked == []
    assert "The release 7 cannot be read." in caplog.text
