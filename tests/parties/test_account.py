"""A person's own pages: what they change, where they are signed in."""

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import add_message, get_messages
from django.contrib.messages.constants import INFO
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from bassin.config.middleware import MembersOnly
from bassin.config.pages import healthz
from bassin.parties.middleware import WhoWrites
from bassin.parties.models import Organisation
from bassin.parties.notices import Notices


def test_a_person_changes_their_name_telephone_and_language(client, dan):
    client.force_login(dan)
    answer = client.post("/compte/", {"name": "Dan D.", "telephone": "01", "language": "en"})

    dan.refresh_from_db()
    assert answer.status_code == 302
    assert (dan.name, dan.telephone, dan.language) == ("Dan D.", "01", "en")


def test_a_person_ends_one_session_and_keeps_the_others(client, client_factory, dan, sign_in):
    first, second = client_factory(), client_factory()
    for each in (first, second, client):
        sign_in(each, dan)
    page = client.get("/compte/sessions/")
    oldest = page.context["sessions"][0]

    client.post("/compte/sessions/", {"session": oldest.pk})

    assert first.get("/compte/").status_code == 302
    assert second.get("/compte/").status_code == 200


def test_a_person_ends_all_their_other_sessions(client, client_factory, dan, sign_in):
    first, second = client_factory(), client_factory()
    for each in (first, second, client):
        sign_in(each, dan)

    client.post("/compte/sessions/")

    answers = [each.get("/compte/").status_code for each in (first, second, client)]
    assert answers == [302, 302, 200]


def test_nobody_ends_the_session_of_another(client, client_factory, dan, bruno, sign_in):
    theirs = client_factory()
    sign_in(theirs, bruno)
    opened = theirs.get("/compte/sessions/").context["sessions"][0]
    sign_in(client, dan)

    answer = client.post("/compte/sessions/", {"session": opened.pk})

    assert answer.status_code == 404
    assert theirs.get("/compte/").status_code == 200


def test_signing_out_ends_the_session(client, dan):
    client.force_login(dan)

    client.post(reverse("account_logout"))

    assert client.get("/compte/").status_code == 302


def test_the_head_of_a_page_names_whoever_signed_in(client, dan):
    before = client.get(reverse("programmes:home")).content.decode()
    client.force_login(dan)

    after = client.get(reverse("programmes:home"))

    assert "Se connecter" in before
    assert "Dan" in after.content.decode()
    assert "Se déconnecter" in after.content.decode()
    assert after.headers["Cache-Control"] == "private, no-store"


def test_a_visitor_costs_no_look_at_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/robots.txt")


def test_a_public_page_is_shown_without_asking_who_is_there():
    nobody_knows = RequestFactory().get("/")  # has no `user`: to ask would fail

    assert (
        MembersOnly(healthz).process_view(nobody_knows, login_not_required(healthz), (), {}) is None
    )


def test_a_page_for_members_sends_a_visitor_to_sign_in(client, db):
    response = client.get(reverse("parties:account"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_change_names_who_made_it_and_that_of_the_next_visitor_nobody(dan):
    made = []

    def view(request):
        made.append(Organisation.objects.create(slug=f"asso-{len(made)}", kind="association"))
        return HttpResponse()

    signed_in = RequestFactory().get("/", headers={"x-correlation-id": "chosen by a stranger"})
    signed_in.COOKIES[settings.SESSION_COOKIE_NAME] = "a session"
    signed_in.user = dan
    WhoWrites(view)(signed_in)
    WhoWrites(view)(RequestFactory().get("/"))

    by_dan, by_nobody = (LogEntry.objects.get_for_object(each).get() for each in made)
    assert (by_dan.actor, by_dan.cid) == (dan, None)
    assert by_nobody.actor is None


def test_no_page_kept_in_memory_names_whoever_signed_in(client, client_factory, dan, installed):
    home = reverse("observatory:home")
    visitor = client_factory()
    before = visitor.get(home)
    client.force_login(dan)

    own = client.get(home).content.decode()
    after = visitor.get(home)

    assert "Se déconnecter" in own
    assert before.content == after.content
    assert "ETag" in after.headers
    assert ">Dan<" not in after.content.decode()


def test_a_visitor_of_a_kept_page_costs_no_look_at_the_database(
    client, db, installed, django_assert_num_queries
):
    client.get(reverse("observatory:home"))

    with django_assert_num_queries(0):
        client.get(reverse("observatory:home"))


def test_a_notice_is_read_once_from_the_cookie_and_a_forged_one_never():
    first = RequestFactory().get("/")
    first._messages = Notices(first)
    add_message(first, INFO, "Enregistré")
    answer = HttpResponse()
    first._messages.update(answer)

    def read(cookie: str) -> list[str]:
        request = RequestFactory().get("/")
        request.COOKIES["messages"] = cookie
        request._messages = Notices(request)
        return [str(each) for each in get_messages(request)]

    kept = answer.cookies["messages"].value
    assert read(kept) == ["Enregistré"]
    assert read(kept[:-1] + ("a" if kept[-1] != "a" else "b")) == []
