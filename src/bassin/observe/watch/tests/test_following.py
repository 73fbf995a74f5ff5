"""Subscriptions: what they keep, the weekly message by SMTP, the feed that a secret opens."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from bassin.errors import Refused
from bassin.observe.companies.models import SavedSelection
from bassin.observe.watch import actions_following, digest, following
from bassin.observe.watch.models import Subscription
from bassin.observe.watch.tests.conftest import NAME, SIREN, TODAY

SECRETS = (NAME, SIREN, "Chaudronnerie", "25.62B")


def follow(person, name="Tout", **more) -> Subscription:
    facts = {"communes": [], "naf": "", "kinds": [], "selection": "", "weekly": True}
    return actions_following.subscribe(by=person, today=TODAY, name=name, **{**facts, **more})


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, "abcd"),
        ({"communes": ["94074"]}, "bd"),
        ({"naf": "25.6"}, "ab"),
        ({"naf": "10 62"}, "c"),
        ({"kinds": ["closure"]}, "c"),
        ({"communes": ["94081"], "naf": "25"}, "a"),
    ],
)
def test_a_subscription_keeps_its_places_its_activities_and_its_kinds(made, awa, asked, kept):
    made(name="a")
    made(name="b", communes=" 94074 ")
    made(name="c", kind="closure", naf_code="10.71C")
    made(name="d", kind="late", communes="", naf_code="", subject="table")
    made(name="old", found_on=TODAY - timedelta(days=30))
    one = follow(awa, **asked)

    found = {each.name for each in following.kept(one, TODAY - timedelta(days=7))}

    assert found - {"d"} == set(kept) - {"d"}
    assert ("d" in found) == (not asked.get("naf") and not asked.get("kinds"))


def test_a_selection_of_firms_keeps_its_own_and_nothing_once_it_is_taken_back(
    register, made, awa, bruno
):
    made(name="ours", sites=[f"{SIREN}00013"])
    made(name="theirs", sites=["00000999900011"])
    saved = SavedSelection.objects.create(name="Ici", query="lieu=94081", owner=awa, saved_on=TODAY)
    one = follow(awa, selection=f"companies:selection:{saved.pk}")

    assert [each.name for each in following.kept(one, TODAY)] == ["ours"]
    saved.owner = bruno
    saved.save()
    assert following.kept(one, TODAY) == []


def test_the_weekly_message_leaves_by_smtp_once_and_names_no_firm(register, made, awa, dan, sent):
    signal = made(jobs_low=100, jobs_high=199, assigned_to=awa)
    follow(awa)
    Subscription.objects.create(person=dan, name="Tout", made_on=TODAY)

    assert (digest.send(TODAY), digest.send(TODAY + timedelta(days=1))) == (1, 0)
    (message,) = sent
    text = message.get_content()

    assert message["To"] == "awa@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert f"https://economie.example.fr/observer/veille/{signal.pk}/" in text
    assert "de 100 à 199 emplois" in text
    assert not [word for word in SECRETS if word.lower() in f"{message['Subject']}{text}".lower()]


def test_a_week_without_a_signal_writes_nothing(register, awa, sent):
    follow(awa)

    assert digest.send(TODAY) == 0
    assert sent == []


def test_a_mail_server_that_does_not_answer_leaves_the_message_for_later(
    register, made, awa, settings, sent
):
    made()
    one = follow(awa)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert digest.send(TODAY) == 0
    settings.EMAIL_PORT = port
    one.refresh_from_db()

    assert one.sent_on is None
    assert digest.send(TODAY) == 1


def test_a_feed_tells_that_there_is_a_signal_and_nothing_of_the_firm(register, made, awa, client):
    signal = made(found_on=TODAY, text="Perte cachée", jobs_low=123, jobs_high=123)
    made(
        kind="late",
        subject="table",
        subject_key="failures",
        name="",
        siren="",
        communes="",
        naf_code="",
        evidence=[{"kind": "table", "on": "", "vintage": "2026", "age_days": 60}],
    )
    one = follow(awa)

    answer = client.get(f"/observer/veille/flux/{one.token}.atom")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.count(b"<entry>") == 2
    assert f"/{signal.pk}/" in answer.content.decode()
    leaked = ("Perte cachée", "94081", "Vitry", "123", "awa", *SECRETS)
    assert not [word for word in leaked if word in answer.content.decode()]


def test_a_feed_answers_neither_a_guess_nor_an_old_address_nor_who_left(register, awa, client, dan):
    one = follow(awa)
    old = one.token
    actions_following.renew(one, by=awa)
    left = Subscription.objects.create(person=dan, name="Tout", made_on=TODAY)

    codes = [
        client.get(f"/observer/veille/flux/{token}.atom").status_code
        for token in ("x", old, one.token, left.token)
    ]

    assert codes == [404, 404, 200, 404]


def test_a_subscription_is_made_on_the_page_and_only_its_person_takes_it_off(
    register, awa, bruno, client, client_factory
):
    client.force_login(awa)
    page = "/observer/veille/abonnements/"
    words = {"name": "Métal", "naf": "25", "weekly": "on", "communes": ["94081", "94074"]}

    assert client.post(page, {**words, "naf": "XX"}).status_code == 400
    assert client.post(page, words).status_code == 302
    assert client.post(page, words).status_code == 400
    one = Subscription.objects.get()
    assert one.token in client.get(page).content.decode()
    other = client_factory()
    other.force_login(bruno)
    assert other.post(f"{page}{one.pk}/retirer/").status_code == 404
    assert client.post(f"{page}{one.pk}/retirer/").status_code == 302
    assert not Subscription.objects.exists()


def test_who_may_not_enter_cannot_subscribe(dan, awa):
    with pytest.raises(PermissionDenied):
        follow(dan)
    follow(awa)
    with pytest.raises(Refused):
        follow(awa)
