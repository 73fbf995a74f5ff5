"""The doors of a workshop: its code, its page, its printed tickets, its screen, its film."""

import pytest
from django.core.files.base import ContentFile

from bassin.debate.workshops import devices, keys
from bassin.debate.workshops.models import Step
from bassin.ui import qr

pytestmark = pytest.mark.django_db

ACCENT = "\N{RIGHT SINGLE QUOTATION MARK}"


def text(answer) -> str:
    """The page, with one kind of apostrophe."""
    return answer.content.decode().replace(ACCENT, "'").replace("&#x27;", "'")


@pytest.fixture
def address(room):
    return f"/a/{room.workshop.code}/"


@pytest.fixture
def inside(client, room):
    """A device that came in."""
    client.cookies[devices.ticket_cookie(room.workshop.code)] = room.ticket()
    return client


def test_a_code_typed_with_a_space_leads_to_the_workshop(client, room, address):
    code = room.workshop.code

    assert client.get("/a/", {"code": f"{code[:3]} {code[3:]}"}).headers["Location"] == address


@pytest.mark.parametrize("typed", ["111111", "abc", "²²²²²²", "<b>", "0" * 5000])
def test_a_code_that_no_workshop_has_is_told_and_asked_again(client, room, typed):
    answer = client.get("/a/", {"code": typed})

    assert answer.status_code == 404
    assert "Aucun atelier n'a ce code." in text(answer)
    assert "<b>" not in text(answer).partition("<main")[2].partition("</main")[0]


def test_a_workshop_put_away_has_no_door(client, room, address):
    room.workshop.archived_at = "2026-11-26T18:30:25Z"
    room.workshop.save()

    assert client.get(address).status_code == 404


def test_a_visitor_is_offered_the_door_and_nothing_else(client, room, address):
    room.open(room.step())
    page = text(client.get(address))

    assert "Entrer dans l'atelier" in page
    assert "Énoncé" not in page


def test_whoever_came_in_finds_the_question_and_no_cache_keeps_it(inside, room, address):
    room.open(room.step())
    answer = inside.get(address)

    assert "Énoncé" in text(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_ticket_of_another_workshop_does_not_open_this_one(client, room, address):
    token = keys.new_token()
    client.cookies[devices.ticket_cookie(room.workshop.code)] = token

    assert "Entrer dans l'atelier" in text(client.get(address))


def test_a_workshop_in_preparation_tells_nothing_of_itself(client, room, address):
    room.workshop.state = "draft"
    room.workshop.title = {"fr": "Secret"}
    room.workshop.save()

    assert "Secret" not in text(client.get(address))


def test_after_the_end_the_page_leads_to_the_synthesis_once_it_is_published(client, room, address):
    room.workshop.state = "closed"
    room.workshop.save()
    closed = text(client.get(address))
    room.workshop.state = "published"
    room.workshop.save()
    published = text(client.get(address))

    assert "/synthese/" not in closed
    assert f"/debattre/ateliers/{room.workshop.code}/synthese/" in published


def test_only_a_printed_ticket_opens_a_workshop_that_wants_one(client, room, address):
    room.workshop.access = "tickets"
    room.workshop.save()
    token = room.ticket(state="issued")

    assert "billet imprimé" in text(client.get(address))
    assert f'name="token" value="{token}"' in text(client.get(f"{address}t/{token}/"))


def test_a_language_chosen_stays_and_turns_the_page_round(inside, room, address):
    room.workshop.languages = ["fr", "ar"]
    room.workshop.save()
    first = text(inside.get(address, {"lang": "ar"}))
    again = text(inside.get(address))

    assert '<html lang="ar" dir="rtl">' in first
    assert '<html lang="ar" dir="rtl">' in again


def test_without_scripts_the_page_asks_for_news_unless_something_is_to_be_filled_in(
    inside, room, address
):
    waiting = text(inside.get(address))
    room.open(room.step())
    asked = text(inside.get(address))

    assert 'http-equiv="refresh"' in waiting
    assert 'http-equiv="refresh"' not in asked


def test_the_screen_is_for_who_runs_the_workshop_or_holds_its_link(client, room, people):
    code = room.workshop.code
    screen = f"/debattre/ateliers/{code}/ecran/"
    key = devices.screen_key(code)

    assert client.get(screen).status_code in (302, 403)
    assert client.get(screen, {"key": f"{key}x"}).status_code in (302, 403)
    assert client.get(screen, {"key": key}).status_code == 200
    client.force_login(people.awa)
    assert client.get(screen).status_code == 200


def test_the_screen_counts_answers_and_shows_none_before_the_result_is(client, room):
    opened = room.open(room.step("words"))
    for _one in range(6):
        room.vote(opened, room.ticket(), texts=["ville vécue"])
    code = room.workshop.code
    page = text(client.get(f"/debattre/ateliers/{code}/ecran/", {"key": devices.screen_key(code)}))

    assert "data-answers>6<" in page
    assert "ville vécue" not in page


def test_the_screen_of_an_open_vote_shows_the_count_as_it_goes(client, room):
    room.workshop.secrecy = "open"
    room.workshop.save()
    opened = room.open(room.step("words"))
    for _one in range(6):
        room.vote(opened, room.ticket(), texts=["ville vécue"])
    code = room.workshop.code
    page = text(client.get(f"/debattre/ateliers/{code}/ecran/", {"key": devices.screen_key(code)}))

    assert "ville vécue" in page


def test_the_square_to_scan_leads_to_the_workshop_and_says_so():
    drawn = qr.svg("https://exemple.fr/a/482913/", "exemple.fr/a/482913 & <b>")

    assert drawn.startswith("<svg")
    assert drawn.endswith("</svg>")
    assert "<title>exemple.fr/a/482913 &amp; &lt;b></title>" in drawn
    assert drawn != qr.svg("https://exemple.fr/a/482914/", "exemple.fr/a/482913 & <b>")


@pytest.fixture
def film(room, settings, tmp_path):
    """A step with a film of ten bytes."""
    settings.MEDIA_ROOT = tmp_path
    step = Step.objects.create(workshop=room.workshop, kind="video", title={"fr": "Film"})
    step.film.save("film.webm", ContentFile(b"0123456789"))
    return f"/a/{room.workshop.code}/film/{step.pk}/"


@pytest.mark.parametrize(
    ("asked", "status", "sent"),
    [
        ("", 200, b"0123456789"),
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=99-", 416, b""),
        ("bytes=-", 200, b"0123456789"),
        ("pages=1-2", 200, b"0123456789"),
    ],
)
def test_a_player_is_sent_the_part_of_the_film_that_it_asks(client, film, asked, status, sent):
    answer = client.get(film, headers={"Range": asked})

    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code, body) == (status, sent)


def test_the_film_of_a_workshop_in_preparation_is_not_shown_to_visitors(client, room, film):
    room.workshop.state = "draft"
    room.workshop.save()

    assert client.get(film).status_code == 404
