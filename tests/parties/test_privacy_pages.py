"""The pages on personal data, for each of the four people and for an attacker."""

import csv
import io
import json

import pytest
from auditlog.models import LogEntry
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bassin.commons.models import Document
from bassin.parties.models import Person
from bassin.parties.privacy.declared import ERASED
from bassin.parties.tasks import forget_what_is_over

PRIVATE = ("/compte/mes-donnees/", "/compte/mes-donnees.json", "/compte/mes-donnees/effacer/",
           "/compte/journal/")  # fmt: skip
PUBLIC = ("/donnees-personnelles/", "/donnees-personnelles/registre/", "/compte/efface/")


@pytest.mark.parametrize("address", PRIVATE)
def test_who_is_not_signed_in_is_asked_to(client, db, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response.url.startswith("/compte/")
    assert "next=" in response.url


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_pages_answer_anyone(client, db, address, language):
    response = client.get(address, {"lang": language})

    assert response.status_code == 200
    assert "<h1" in response.content.decode()


def test_the_register_is_the_declarations_themselves(client, db):
    page = client.get("/donnees-personnelles/registre/?lang=en").content.decode()
    rows = client.get("/donnees-personnelles/registre.json?lang=en").json()["register"]
    table = client.get("/donnees-personnelles/registre.csv?lang=en").content.decode("utf-8-sig")

    assert [dict(row) for row in csv.DictReader(io.StringIO(table))] == rows
    assert {"Person", "LogEntry", "Session", "Update"} <= {r["table"].split(".")[1] for r in rows}
    assert all(row["legal_basis"] and row["kept"] and row["recipients"] for row in rows)
    assert all(row["purpose"] in page for row in rows if "'" not in row["purpose"])
    assert client.get("/donnees-personnelles/registre.xml").status_code == 404


def test_a_person_reads_and_takes_away_what_is_held(client, chloe):
    client.force_login(chloe)

    page = client.get("/compte/mes-donnees/?lang=en")
    data = client.get("/compte/mes-donnees.json?lang=en")

    assert "chloe@example.org" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    held = json.loads(data.content)["held"]
    assert "attachment" in data["Content-Disposition"]
    assert {"parties.Person", "parties.Membership"} <= {each["table"] for each in held}


def test_a_person_sees_nothing_of_another(client, chloe, bruno, sign_in):
    sign_in(client, bruno)

    for address in PRIVATE[:3]:
        assert "chloe@example.org" not in client.get(address).content.decode()


def test_erasing_asks_for_a_fresh_proof_with_or_without_a_second_factor(client, dan, awa):
    for person in (dan, awa):
        client.force_login(person)

        answer = client.post("/compte/mes-donnees/effacer/", {"address": person.email})

        assert answer.status_code == 302
        assert "/compte/preuve/" in answer.url
        assert Person.objects.filter(pk=person.pk).exists()


def test_erasing_needs_the_address_typed_again_then_signs_out(client, dan, sign_in):
    sign_in(client, dan)
    address = "/compte/mes-donnees/effacer/"

    wrong = client.post(address, {"address": "someone@example.org"})
    assert wrong.status_code == 400
    assert Person.objects.filter(pk=dan.pk).exists()

    done = client.post(address, {"address": "DAN@example.org"})
    assert done.url == "/compte/efface/"
    assert not Person.objects.filter(pk=dan.pk).exists()
    assert client.get("/compte/mes-donnees/").status_code == 302
    assert client.get(done.url).status_code == 200


def test_what_will_stay_is_said_with_its_reason_before_anything_is_done(client, bruno, sign_in):
    Document.objects.create(title="Note", url="https://example.org/", added_by=bruno)
    sign_in(client, bruno)

    page = client.get("/compte/mes-donnees/effacer/?lang=en").content.decode()

    kept = page[page.index('id="stays"') :]
    assert "Document" in kept
    assert "your name is taken off it" in kept


@pytest.mark.parametrize(
    ("who", "status"), [("awa", 200), ("bruno", 403), ("chloe", 403), ("dan", 403)]
)
def test_only_officers_read_the_audit(client, request, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get("/compte/journal/").status_code == status


def test_an_officer_finds_who_changed_what(client, awa, dan):
    dan.name = "Dan le Visiteur"
    dan.save()
    client.force_login(awa)

    page = client.get("/compte/journal/?lang=en&action=1&kind=parties.person").content.decode()

    assert "Dan le Visiteur" in page
    assert "<del>Dan</del>" in page


def test_asking_for_one_persons_audit_is_itself_written(client, awa, dan):
    client.force_login(awa)

    client.get("/compte/journal/", {"person": dan.email})

    read = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (read.actor, read.object_pk) == (awa, str(dan.pk))


def test_an_address_nobody_has_is_said_and_a_strange_filter_breaks_nothing(client, awa):
    client.force_login(awa)

    unknown = client.get("/compte/journal/?lang=en&person=x@example.org").content.decode()
    strange = client.get("/compte/journal/?kind=parties.nothing&action=9&page=zz&since=hier")

    assert "Nobody has this address here." in unknown
    assert strange.status_code == 200


def test_the_audit_asks_a_constant_number_of_queries(client, awa, django_assert_max_num_queries):
    client.force_login(awa)
    for number in range(60):
        person = Person.objects.create_user(f"p{number}@example.org", name=f"P {number}")
        LogEntry.objects.get_for_object(person).update(actor=awa)

    with django_assert_max_num_queries(12):
        client.get("/compte/journal/")


def test_the_account_that_erased_itself_is_not_named_by_its_last_request(client, dan, sign_in):
    sign_in(client, dan)
    client.post("/compte/mes-donnees/effacer/", {"address": dan.email})

    named = LogEntry.objects.filter(object_pk=str(dan.pk))
    assert {(entry.object_repr, entry.actor, entry.actor_email) for entry in named} == {
        (ERASED, None, None)
    }


@pytest.mark.parametrize(
    ("status", "value", "said"),
    [
        ("SUCCESSFUL", {"parties.Membership": 2, "sessions.Session": 5}, "7 records"),
        ("FAILED", None, "failed on"),
    ],
)
def test_officers_read_what_the_last_night_did(client, awa, status, value, said):
    DBTaskResult.objects.create(
        task_path=forget_what_is_over.module_path, status=status, return_value=value,
        finished_at=timezone.now(), args_kwargs={}, backend_name="default",
    )  # fmt: skip
    client.force_login(awa)

    assert said in client.get("/compte/journal/?lang=en").content.decode()
