"""Pages made once per release: same answer, never another reader's, never a stale one."""

import gzip
from types import SimpleNamespace

import brotli
import pytest
from django.conf import settings
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
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path) -> House:
    house = House()
    house.store = SimpleNamespace(root=tmp_path)
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


def test_a_source_that_failed_publishes_nothing_and_is_said_all_the_same(opened):
    view, calls = counting()
    ask(view)

    (opened.store.root / "runs.jsonl").write_text("{}")
    ask(view)

    assert len(calls) == 2


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


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.8", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("GZIP; q=0.5", "gzip"),
        ("", ""),
        ("identity", ""),
        ("gzip;q=0", ""),
        ("gzip;q=0.0, br;q=0", ""),
    ],
)
@pytest.mark.parametrize("tightened", [False, True])
def test_a_browser_gets_the_page_in_the_best_form_that_it_reads(accepted, form, tightened):
    view, _calls = counting()
    plain = ask(view)
    if tightened:
        module.tighten()

    packed = ask(view, HTTP_ACCEPT_ENCODING=accepted)

    read = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[form]
    assert packed.headers.get("Content-Encoding", "") == form
    assert read(packed.content) == plain.content == b"made 1"
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_page_is_smaller_once_there_was_time_to_compress_it():
    @kept
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("".join(f"<p>{n} × {n} = {n * n}</p>" for n in range(2000)))

    soon = ask(view, HTTP_ACCEPT_ENCODING="br").content
    module.tighten()
    later = ask(view, HTTP_ACCEPT_ENCODING="br").content

    assert len(later) < len(soon)
    assert brotli.decompress(later) == brotli.decompress(soon)


def test_someone_who_signed_in_gets_a_page_of_their_own_and_leaves_nothing_behind():
    view, _calls = counting()
    request = RequestFactory().get("/page/")
    request.LANGUAGE_CODE = "fr"
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "theirs"
    request.user = SimpleNamespace(is_authenticated=True)

    own = view(request).content
    visitor = ask(view).content
    again = view(request).content

    assert [own, visitor, again] == [b"made 1", b"made 2", b"made 3"]
    assert ask(view).content == b"made 2"


def test_a_message_for_one_reader_is_never_kept_for_the_next():
    view, _calls = counting()
    request = RequestFactory().get("/page/")
    request.LANGUAGE_CODE = "fr"
    request.COOKIES["messages"] = "something to say"

    told, visitor = view(request), ask(view)

    assert told.content != visitor.content


def test_an_old_cookie_of_a_session_that_ended_costs_nothing_more():
    view, calls = counting()
    request = RequestFactory().get("/page/")
    request.LANGUAGE_CODE = "fr"
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "ended"
    request.user = SimpleNamespace(is_authenticated=False)

    answers = {ask(view).content, view(request).content}

    assert answers == {b"made 1"}
    assert len(calls) == 1
