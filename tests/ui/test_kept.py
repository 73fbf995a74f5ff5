"""Pages made once per release: same answer, never another reader's, never a stale one."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from bassin.ui import kept as module
from bassin.ui.kept import kept


class Reader:
    name = "one"


class House:
    var = "var"
    reader = Reader()


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> House:
    house = House()
    house.reader = Reader()
    monkeypatch.setattr(module, "house", lambda: house)
    module.forget()
    return house


def ask(view, path="/page/", language="fr", **headers):
    request = RequestFactory().get(path, **headers)
    request.LANGUAGE_CODE = language
    return view(request)


def counting():
    calls = []

    @kept
    def view(request: HttpRequest) -> HttpResponse:
        calls.append(request.get_full_path())
        return HttpResponse(f"made {len(calls)}")

    return view, calls


def test_a_page_is_made_once_for_one_release_language_and_address():
    view, calls = counting()

    answers = [ask(view).content for _ in range(3)]

    assert answers == [b"made 1"] * 3
    assert len(calls) == 1


def test_another_release_language_or_address_makes_the_page_again(opened):
    view, calls = counting()
    ask(view)

    ask(view, language="en")
    ask(view, "/page/?at=2019")
    opened.reader.name = "two"
    ask(view)

    assert len(calls) == 4


def test_a_page_with_a_token_of_its_reader_is_never_kept():
    @kept
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request))

    first, second = ask(view).content, ask(view).content

    assert first != second


def test_a_refusal_is_not_kept():
    answers = iter((HttpResponse("no", status=404), HttpResponse("yes")))
    view = kept(lambda request: next(answers))

    assert ask(view).status_code == 404
    assert ask(view).status_code == 200


def test_a_reader_who_has_the_page_is_told_so_without_its_content():
    view, _calls = counting()
    tag = ask(view).headers["ETag"]

    answer = ask(view, HTTP_IF_NONE_MATCH=tag)

    assert answer.status_code == 304
    assert answer.content == b""


def test_a_kept_file_keeps_its_name_and_its_permissions():
    @kept
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("a", headers={"Content-Disposition": 'attachment; filename="a.csv"'})

    first, second = ask(view), ask(view)

    assert first.headers["Content-Disposition"] == second.headers["Content-Disposition"]
    assert second.headers["Content-Disposition"] == 'attachment; filename="a.csv"'


@pytest.mark.parametrize("accepted", ["gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "gzip"])
def test_a_browser_that_reads_gzip_gets_the_page_compressed(accepted):
    view, _calls = counting()
    plain = ask(view)

    packed = ask(view, HTTP_ACCEPT_ENCODING=accepted)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("accepted", ["", "br", "identity", "gzip;q=0", "gzip;q=0.0, br"])
def test_a_client_that_does_not_read_gzip_gets_the_page_as_it_is(accepted):
    view, _calls = counting()

    plain = ask(view, HTTP_ACCEPT_ENCODING=accepted)

    assert "Content-Encoding" not in plain.headers
    assert plain.content == b"made 1"
