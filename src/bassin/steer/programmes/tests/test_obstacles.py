"""The register of obstacles: filed in a minute, passed on, answered, shown without the firm."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from bassin.errors import Refused
from bassin.steer.programmes import actions_obstacles as verbs
from bassin.steer.programmes import delays
from bassin.steer.programmes.models import Obstacle
from bassin.steer.programmes.tests.conftest import TODAY

FORM = reverse("programmes:file_obstacle")
SIRET = "00000000100018"


@pytest.fixture(autouse=True)
def nobody_waits(db):
    """The throttle forgets between tests."""
    cache.clear()


def told(**more) -> dict[str, str]:
    return {"procedure": "Permis de construire", "text": "Rien depuis un an.", **more}


def fill(client, *, after: float = 20.0, **more):
    """Open the form, read it for some seconds, send it."""
    opened = client.get(FORM).context["form"].initial["opened"]
    with time_machine.travel(timezone.now() + timedelta(seconds=after), tick=True):
        return client.post(FORM, told(opened=opened, **more), follow=True)


def test_a_firm_files_an_obstacle_without_an_account(client):
    sent = {"siret": SIRET, "contact_email": "Chef@Example.org", "delay_days": "120"}

    page = fill(client, **sent)

    assert page.status_code == 200
    made = Obstacle.objects.get()
    assert (made.state, made.siret, made.contact_email, made.delay_days) == (
        "filed", SIRET, "chef@example.org", 120,
    )  # fmt: skip
    assert not made.public
    assert made.filed_by is None


def test_the_form_says_what_the_address_is_for_and_until_when(client):
    text = client.get(FORM).content.decode()

    assert "Seulement pour vous envoyer la réponse" in text
    assert "24 mois" in text


def test_who_is_signed_in_finds_their_obstacle_again(client, chloe, bruno):
    client.force_login(chloe)
    fill(client)
    address = reverse("programmes:obstacle", args=[Obstacle.objects.get().pk])

    assert client.get(address).status_code == 200
    client.force_login(bruno)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("trap", "after"), [({"website": "http://spam.example"}, 20.0), ({}, 0.0), ({}, 100_000.0)]
)
def test_a_machine_is_thanked_and_nothing_is_kept(client, trap, after):
    page = fill(client, after=after, **trap)

    assert page.redirect_chain[-1][0] == reverse("programmes:obstacle_filed")
    assert not Obstacle.objects.exists()


def test_a_form_without_its_seal_is_a_machine_s(client):
    client.post(FORM, told())

    assert not Obstacle.objects.exists()


def test_too_many_in_an_hour_are_sent_to_the_telephone(client):
    for _number in range(5):
        fill(client)

    page = fill(client)

    assert Obstacle.objects.count() == 5
    assert "Appelez le service" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"siret": "123"}, "14 chiffres"), ({"procedure": " "}, "obligatoire"),
     ({"delay_days": "999999"}, "siècle")],
)  # fmt: skip
def test_a_slip_is_told_beside_its_question(client, typed, words):
    page = fill(client, **typed)

    assert words in page.content.decode()
    assert not Obstacle.objects.exists()


@pytest.fixture
def filed(db) -> Obstacle:
    return verbs.file(
        **told(siret=SIRET, contact_email="chef@example.org"), delay_days=90, today=TODAY
    )


def test_an_obstacle_is_passed_on_then_answered_by_e_mail(both_databases, filed, awa, client):
    client.force_login(awa)
    page = reverse("programmes:pass_on_obstacle", args=[filed.pk])
    due = (timezone.localdate() + timedelta(days=30)).isoformat()
    client.post(page, {"competent_body": "DRIEAT", "due_on": due})
    filed.refresh_from_db()
    assert (filed.state, filed.competent_body) == ("sent", "DRIEAT")

    page = reverse("programmes:answer_obstacle", args=[filed.pk])
    client.post(page, {"text": "Le permis est accordé.", "state": "lifted", "days_saved": "30"})

    filed.refresh_from_db()
    assert (filed.state, filed.days_saved) == ("lifted", 30)
    (sent,) = mail.outbox
    assert sent.to == ["chef@example.org"]
    assert "Le permis est accordé." in sent.body


def test_an_obstacle_is_answered_once(filed, awa):
    verbs.answer(filed, text="Non.", state="not_lifted", by=awa, today=TODAY)

    with pytest.raises(Refused, match="déjà reçu une réponse"):
        verbs.answer(filed, text="Oui.", state="lifted", by=awa, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"state": "not_lifted", "days_saved": 3}, "quand l'obstacle est levé"),
        ({"state": "lifted", "days_saved": 91}, "91 jours sur 90"),
        ({"state": "filed"}, "dites si l'obstacle est levé"),
    ],
)
def test_days_saved_make_sense(filed, awa, typed, words):
    with pytest.raises(Refused, match=words):
        verbs.answer(filed, text="Réponse.", by=awa, today=TODAY, **typed)


def test_only_officers_handle_obstacles(filed, bruno, client):
    with pytest.raises(PermissionDenied):
        verbs.publish(filed, public=True, by=bruno, today=TODAY)

    client.force_login(bruno)
    assert client.get(reverse("programmes:handle_obstacles")).status_code == 403


def test_the_public_list_never_names_the_firm_nor_its_story(filed, awa, client):
    verbs.publish(filed, public=True, by=awa, today=TODAY)

    text = client.get(reverse("programmes:obstacles")).content.decode()

    assert "Permis de construire" in text
    for kept in (SIRET, "chef@example.org", "Rien depuis un an."):
        assert kept not in text


def test_what_is_not_published_is_not_listed(filed, client):
    text = client.get(reverse("programmes:obstacles")).content.decode()

    assert "Permis de construire" not in text


def test_an_obstacle_put_away_leaves_the_public_list(filed, awa):
    verbs.publish(filed, public=True, by=awa, today=TODAY)

    verbs.archive(filed, why="Doublon", by=awa, today=TODAY)

    assert not Obstacle.objects.filter(public=True).exists()


def told_by(count: int, procedure: str = "Permis") -> None:
    for number in range(count):
        verbs.file(**told(procedure=procedure), delay_days=10 * number, today=TODAY)


@pytest.mark.parametrize(("count", "mean"), [(4, None), (5, 20.0)])
def test_an_average_needs_five_delays(db, count, mean):
    told_by(count)

    (delay,) = delays.register(Obstacle.objects.all()).delays

    assert (delay.told, delay.mean) == (count, mean)


def test_the_same_procedure_is_one_however_it_is_written(db):
    told_by(3, "Permis de construire")
    told_by(2, "PERMIS  de  construire")

    (delay,) = delays.register(Obstacle.objects.all()).delays

    assert delay.told == 5


def test_days_saved_are_added_over_five_obstacles_or_not_at_all(db, awa):
    told_by(5)
    for number, obstacle in enumerate(Obstacle.objects.order_by("delay_days")[1:]):
        verbs.answer(obstacle, text="Oui.", state="lifted", days_saved=number, by=awa, today=TODAY)

    assert delays.register(Obstacle.objects.all()).saved is None


def test_the_page_shows_no_average_of_a_procedure_told_less_than_five_times(client, db):
    told_by(5, "Permis")
    told_by(4, "Douane")

    text = client.get(reverse("programmes:obstacles")).content.decode()

    assert "Permis" in text
    assert "Douane" not in text
