"""Forgetting people, on both databases: on request, and when the time of what is held is over."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from bassin.commons.models import Document, Placement
from bassin.errors import Refused
from bassin.parties.models import Invitation, Membership, Organisation, Person
from bassin.parties.privacy import actions, audit, held
from bassin.parties.privacy.declared import ERASED
from bassin.parties.tasks import forget_what_is_over
from bassin.steer.programmes.models import Action, ActionRole, Obstacle, Update

TODAY = date(2026, 11, 20)


@pytest.fixture
def zoe(both_databases) -> Person:
    """Zoé, who left a trace in every room."""
    person = Person.objects.create_user(
        "zoe@example.org", name="Zoé Modèle", telephone="01 00 00 00 00"
    )
    body = Organisation.objects.create(slug="chamber", kind="chamber", name="Chambre")
    Membership.objects.create(
        person=person, organisation=body, role="officer", starts_on=date(2024, 1, 1)
    )
    action = Action.objects.create(ref="test:action:1", title="Vu avec Zoé Modèle")
    ActionRole.objects.create(action=action, role="pilot", person=person)
    Update.objects.create(
        action=action, on=TODAY, author=person, author_name=person.name, progress=40, text="avance"
    )
    Obstacle.objects.create(
        procedure="Permis", text="long", filed_by=person, contact_email=person.email,
        filed_on=TODAY,
    )  # fmt: skip
    Document.objects.create(title="Note", url="https://example.org/", added_by=person)
    return person


def everywhere() -> str:
    """All that the database holds in the tables of people, as one text."""
    models = [*audit.apps.get_app_config("parties").get_models(), LogEntry, Update, Obstacle]
    rows = [list(model._base_manager.values()) for model in models]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_who_is_erased_is_named_nowhere_and_the_history_stays(zoe):
    zoe.telephone = "01 02 03 04 05"
    zoe.save()

    done = actions.erase(zoe, by=zoe, today=TODAY)

    said = everywhere()
    for word in ("zoe@example.org", "Zoé", "01 00 00 00 00", "01 02 03 04 05"):
        assert word not in said
    report = Update.objects.get()
    assert (report.author, report.author_name, report.progress) == (None, ERASED, 40)
    assert Obstacle.objects.get().contact_email == ""
    assert Document.objects.get().added_by is None
    assert ActionRole.objects.count() == 0
    assert Membership.objects.count() == 0
    assert {each.model for each in done if each.kept} >= {Update, Obstacle, Document}


def test_the_audit_of_an_erasure_says_that_it_happened_and_not_to_whom(zoe, rf):
    key = zoe.pk

    actions.erase(zoe, by=zoe, today=TODAY)

    entry = LogEntry.objects.filter(action=LogEntry.Action.DELETE).get()
    assert (entry.object_pk, entry.object_repr, entry.actor) == (str(key), ERASED, None)
    assert entry.content_type == ContentType.objects.get_for_model(Person)


def test_an_erasure_that_fails_erases_nothing(zoe, monkeypatch):
    def broken(*args):
        raise OSError("the disk is full")

    monkeypatch.setattr(actions, "_write_down", broken)

    with pytest.raises(OSError, match="disk"), transaction.atomic():
        actions.erase(zoe, by=zoe, today=TODAY)

    assert Person.objects.filter(email="zoe@example.org").exists()
    assert Update.objects.get().author_name == "Zoé Modèle"
    assert "zoe@example.org" in everywhere()


def test_the_changes_of_a_record_that_stays_keep_what_is_nobodys(zoe):
    obstacle = Obstacle.objects.get()
    obstacle.text = "trois mois de trop"
    obstacle.save()

    actions.erase(zoe, by=None, today=TODAY)

    changes = [entry.changes for entry in LogEntry.objects.get_for_object(obstacle)]
    assert any("trois mois de trop" in each.get("text", []) for each in changes)
    assert all("zoe@example.org" not in json.dumps(each) for each in changes)


def test_the_only_administrator_of_the_authority_hands_over_first(zoe):
    authority = Organisation.objects.create(slug="ept", kind="authority", name="Territoire")
    seat = {"organisation": authority, "role": "administrator", "starts_on": date(2024, 1, 1)}
    Membership.objects.create(person=zoe, **seat)

    with pytest.raises(Refused, match="Territoire"):
        actions.erase(zoe, by=zoe, today=TODAY)

    other = Person.objects.create_user("other@example.org", name="Other")
    Membership.objects.create(person=other, **seat)
    actions.erase(zoe, by=zoe, today=TODAY)
    assert not Person.objects.filter(email="zoe@example.org").exists()


def test_what_is_held_lists_every_table_and_no_secret(zoe):
    data = held.export(zoe, language="en", now=timezone.now())

    tables = {each["table"] for each in data["held"]}
    assert tables >= {
        "parties.Person", "parties.Membership", "programmes.Update", "programmes.ActionRole",
        "programmes.Obstacle", "commons.Document",
    }  # fmt: skip
    assert all(each["purpose"] and each["legal_basis"] and each["kept"] for each in data["held"])
    fields = {name for each in data["held"] for row in each["rows"] for name in row}
    assert not fields & {"password", "token_digest", "session_key", "data", "key"}


def test_another_persons_data_are_not_among_mine(zoe):
    other = Person.objects.create_user("other@example.org", name="Other")

    assert "Zoé" not in json.dumps(
        held.export(other, language="fr", now=timezone.now()), default=str, ensure_ascii=False
    )


def test_roles_and_invitations_end_with_their_time_and_nothing_more_the_second_time(zoe):
    body = Organisation.objects.get(slug="chamber")
    old = Person.objects.create_user("old@example.org", name="Old Hand", seen_on=TODAY)
    Membership.objects.create(
        person=old, organisation=body, role="member", starts_on=date(2020, 1, 1),
        ends_on=date(2023, 11, 19),
    )  # fmt: skip
    kept = Membership.objects.create(
        person=old, organisation=body, role="officer", starts_on=date(2020, 1, 1),
        ends_on=date(2023, 11, 20),
    )  # fmt: skip
    sent = datetime(2026, 5, 1, tzinfo=UTC)
    Invitation.objects.create(
        email="new@example.org", organisation=body, role="member", token_digest="a", sent_at=sent,
        expires_at=sent,
    )  # fmt: skip

    first = actions.forget_what_is_over(today=TODAY)
    second = actions.forget_what_is_over(today=TODAY)

    assert first == {"parties.Membership": 1, "parties.Invitation": 1}
    assert second == {}
    assert Membership.objects.filter(pk=kept.pk).exists()


def test_what_is_no_longer_kept_is_not_kept_in_the_audit_either(zoe):
    body = Organisation.objects.get(slug="chamber")
    alone = Person.objects.create_user("ada@example.org", name="Ada", seen_on=TODAY)
    body.memberships.create(
        person=alone, role="member", starts_on=date(2020, 1, 1), ends_on=date(2023, 1, 1)
    )
    sent = datetime(2026, 5, 1, tzinfo=UTC)
    body.invitations.create(
        email="new@example.org", role="member", token_digest="a", sent_at=sent, expires_at=sent
    )

    actions.forget_what_is_over(today=TODAY)

    of_tables = ContentType.objects.get_for_models(Membership, Invitation).values()
    entries = LogEntry.objects.filter(content_type__in=of_tables)
    said = json.dumps(list(entries.values()), default=str, ensure_ascii=False)
    assert "Zoé" in said
    assert "Ada" not in said
    assert "new@example.org" not in said


def test_who_has_not_been_seen_for_three_years_is_forgotten_unless_a_role_ties_them(zoe):
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    gone = Person.objects.create_user("gone@example.org", name="Long Gone")
    Person.objects.update(created_at=long_ago)

    done = actions.forget_what_is_over(today=TODAY)

    assert done["parties.Person"] == 1
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert Person.objects.filter(pk=zoe.pk).exists(), "an open role ties her"


def asked(name: str, *, days_ago: int, verified: bool = False) -> Person:
    """Someone who asked for an account so many days ago."""
    person = Person.objects.create_user(f"{name}@example.org", name=name)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=verified)
    at = datetime(2026, 11, 20, tzinfo=UTC) - timedelta(days=days_ago)
    Person.objects.filter(pk=person.pk).update(created_at=at)
    return person


def test_an_account_never_confirmed_is_deleted_after_a_month(zoe):
    asked("forgotten", days_ago=40)
    asked("recent", days_ago=20)
    asked("confirmed", days_ago=40, verified=True)
    awaited = asked("awaited", days_ago=40)
    Membership.objects.create(
        person=awaited, organisation=Organisation.objects.get(slug="chamber"), role="member",
        starts_on=date(2026, 1, 1),
    )  # fmt: skip
    cited = Person.objects.create(name="Élue citée", email=None)
    Person.objects.filter(pk=cited.pk).update(created_at=datetime(2026, 1, 1, tzinfo=UTC))

    done = actions.forget_what_is_over(today=TODAY)

    assert done == {"parties.Person": 1}
    names = set(Person.objects.exclude(pk=zoe.pk).values_list("name", flat=True))
    assert names == {"recent", "confirmed", "awaited", "Élue citée"}
    assert not EmailAddress.objects.filter(email="forgotten@example.org").exists()


def test_an_account_asked_for_by_the_form_and_left_there_is_deleted(client, db):
    client.post("/compte/creer/", {"name": "Nobody", "email": "nobody@example.org"})
    later = timezone.localdate() + timedelta(days=40)
    assert Person.objects.filter(email="nobody@example.org").exists()

    done = actions.forget_what_is_over(today=later)

    assert done["parties.Person"] == 1


def test_the_register_says_how_long_an_account_never_confirmed_is_kept(client, db):
    page = client.get("/donnees-personnelles/registre/").content.decode()

    assert "compte demandé dont l&#x27;adresse n&#x27;a jamais été confirmée" in page
    assert "1 mois après la demande de compte" in page


def test_names_in_reports_and_addresses_in_obstacles_fade_with_time(zoe):
    Update.objects.update(on=date(2020, 1, 1))
    Obstacle.objects.update(filed_on=date(2023, 1, 1), answered_on=date(2023, 6, 1))

    first = actions.forget_what_is_over(today=TODAY)

    assert first == {"programmes.Update": 1, "programmes.Obstacle": 1}
    assert Update.objects.get().author_name == ERASED
    assert Obstacle.objects.get().contact_email == ""
    assert actions.forget_what_is_over(today=TODAY) == {}


def test_an_old_hire_stays_counted_under_a_token_that_leads_nowhere(both_databases):
    Placement.objects.create(
        token="secret", hired_on=date(2019, 1, 1), employer_siret="00000000100018",
        resident_commune_code="94054", from_qpv=True, references=["clauses:hire:1"],
    )  # fmt: skip

    assert actions.forget_what_is_over(today=TODAY) == {"commons.Placement": 1}

    hire = Placement.objects.get()
    assert hire.token == f"forgotten-{hire.pk}"
    assert (hire.resident_commune_code, hire.from_qpv, hire.references) == ("", None, [])
    assert actions.forget_what_is_over(today=TODAY) == {}


def test_the_audit_itself_is_kept_a_year(zoe):
    fresh = LogEntry.objects.count()
    LogEntry.objects.filter(pk=LogEntry.objects.earliest().pk).update(
        timestamp=datetime(2025, 11, 19, tzinfo=UTC)
    )

    assert actions.forget_what_is_over(today=TODAY) == {"auditlog.LogEntry": 1}
    assert LogEntry.objects.count() == fresh - 1


def test_dead_sessions_are_swept(both_databases):
    Session.objects.create(
        session_key="dead", session_data="", expire_date=datetime(2026, 9, 1, tzinfo=UTC)
    )

    assert actions.forget_what_is_over(today=TODAY) == {"sessions.Session": 1}


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 11, 20), 36, date(2023, 11, 20)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, earlier):
    assert actions.months_before(day, months) == earlier


def test_a_read_is_written_once_an_hour_and_a_visitors_is_not(zoe):
    action = Action.objects.get()
    now = timezone.now()

    for moment in (now, now + timedelta(minutes=5), now + timedelta(hours=2)):
        audit.seen(action, by=zoe, now=moment)
    audit.seen(action, by=None, now=now)

    reads = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
    assert [entry.actor for entry in reads] == [zoe, zoe]


def test_changes_are_written_without_secrets_nor_visits(zoe):
    zoe.name = "Zoé Autre"
    zoe.set_password("never")
    zoe.seen_on = TODAY
    zoe.save()

    last = LogEntry.objects.get_for_object(zoe).latest()
    assert last.changes == {"name": ["Zoé Modèle", "Zoé Autre"]}


def test_the_clock_finds_the_nightly_deletion_and_its_count_is_kept(zoe):
    from bassin.config import schedule

    assert forget_what_is_over.module_path in {job.task for job in schedule.jobs()}
    assert forget_what_is_over.enqueue().return_value == {}


def test_what_sqlite_deletes_is_overwritten_on_the_disk(db):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")

        assert cursor.fetchone() == (1,)
