"""A participant who reads Arabic reads it on the whole page, not between French buttons."""

from babel.messages.pofile import read_po

from bassin.debate.workshops import actions, devices, pages
from bassin.debate.workshops.tests.conftest import NOW
from scripts.messages import used

ROOM = "src/bassin/debate/workshops/"
THEIRS = (
    "templates/workshops/now/", "templates/workshops/ask/", "templates/workshops/participant.html",
    "templates/workshops/_now.html", "templates/workshops/_join.html",
    "templates/workshops/_phone_", "templates/workshops/_recorded.html",
    "templates/workshops/_film.html", "pages.py", "forms_live.py",
    "templates/workshops/_result.html", "templates/workshops/_board.html",
    "templates/workshops/_outcome.html", "templates/workshops/_moved_since.html",
    "templates/workshops/_became", "shown.py", "shown_", "wording.py", "becoming.py",
    "answers.py", "live/",
)  # fmt: skip


def test_every_sentence_of_a_participants_page_has_its_arabic():
    with open(f"{pages.__file__.rpartition('/')[0]}/locale/ar/LC_MESSAGES/django.po", "rb") as file:
        said = {
            each.id if isinstance(each.id, str) else each.id[0]
            for each in read_po(file, locale="ar")
            if (each.string if isinstance(each.string, str) else all(each.string))
        }
    asked = {
        words if isinstance(words, str) else words[0]
        for place, (_function, words) in used()
        if place.startswith(tuple(f"{ROOM}{each}" for each in THEIRS))
    }

    assert asked - said == set()
    assert "Vote open" in asked


def test_the_form_of_a_question_in_arabic_holds_no_french(room):
    room.workshop.languages = ["fr", "ar"]
    room.workshop.save()
    room.open(room.step(text={"fr": "Énoncé", "ar": "سؤال"}))
    room.workshop.refresh_from_db()

    shown = pages.participant_fragment(room.workshop, "ar")

    assert 'lang="ar" dir="rtl"' in shown
    assert "إرسال إجابتي" in shown
    assert "accord" not in shown


def test_a_result_is_told_in_arabic_from_the_right_with_its_figures_from_the_left(room):
    room.workshop.languages = ["fr", "ar"]
    room.workshop.save()
    step = room.step(text={"fr": "Énoncé", "ar": "سؤال"})
    for levels in ((2, 2, 3, 4, 4), (4, 4, 4, 5, 1)):
        opened = room.open(step)
        for level in levels:
            room.vote(opened, room.ticket(), level=level)
        closed = room.close(opened)
        actions.reveal(closed, by=room.by, now=NOW)
    room.workshop.refresh_from_db()

    shown = pages.participant_fragment(room.workshop, "ar")

    assert '<div class="now__result" lang="ar" dir="rtl">' in shown
    assert "\u206680\u202f%\u2069 موافقون" in shown
    assert "من \u206640\u202f%\u2069 إلى \u206680\u202f%\u2069، \u2066+40\u2069 نقطة" in shown
    assert "أبدى 5 أشخاص رأيًا." in shown
    assert "accord" not in shown
    assert "person" not in shown


def test_what_only_french_says_is_marked_french_in_an_arabic_page(room):
    room.workshop.languages = ["fr", "ar"]
    room.workshop.save()
    room.open(room.step("quiz", "vrai", text={"fr": "Énoncé"}))
    room.workshop.refresh_from_db()

    shown = pages.participant_fragment(room.workshop, "ar")

    assert '<h1 lang="fr" dir="auto">Énoncé</h1>' in shown
    assert '<span lang="fr" dir="auto">vrai</span>' in shown
    assert "إرسال إجابتي" in shown


def test_a_refusal_is_said_in_the_language_of_the_participant(live, open_room):
    opened = open_room.open(open_room.step("choice", "un", "deux"))
    code, token = open_room.workshop.code, open_room.ticket()
    cookie = f"{devices.ticket_cookie(code)}={token}"

    def told(spoken):
        fields = {"round": opened.pk}
        return str(live.post(code, f"vote?lang={spoken}", fields, cookie=cookie).facts)

    assert "اختاروا إجابة" in told("ar")
    assert "Choisissez" in told("fr")
    assert "Choisissez" in told("pt")  # a language in which nothing is written
