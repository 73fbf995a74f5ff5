"""Errors that people report: read by an officer, shown beside the source, kept over loads."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from bassin.errors import Refused
from bassin.observe.companies import actions, corrections, finding
from bassin.observe.companies.corrections import Standing
from bassin.observe.companies.models import Correction
from bassin.observe.companies.tests import registry
from bassin.observe.companies.tests.registry import NEAR, OPEN, PERSON
from bassin.parties.models import Organisation
from bassin.parties.privacy import audit
from bassin.ui.opened import house
from tests.support.people import seat

CARD = reverse("companies:establishment", args=[OPEN])
REPORT = reverse("companies:report", args=[OPEN])
QUEUE = reverse("companies:corrections")


@pytest.fixture(autouse=True)
def nobody_waits(db):
    """The throttle forgets between tests."""
    cache.clear()


def fill(client, column: str = "naf_code", *, after: float = 20.0, siret: str = OPEN, **told):
    """Open the form of a datum, read it for some seconds, send it."""
    where = f"{reverse('companies:report', args=[siret])}?donnee={column}"
    opened = client.get(where).context["form"].initial["opened"]
    with time_machine.travel(timezone.now() + timedelta(seconds=after), tick=True):
        return client.post(where, {"opened": opened, "value": "25.50B", **told}, follow=True)


def reported(by, today, column: str = "headcount_band", typed: str = "21") -> Correction:
    return actions.report(
        house(), finding.one(house(), OPEN), column=column, typed=typed, by=by, today=today
    )


def read(client, where: str) -> str:
    return client.get(where).content.decode()


def test_a_visitor_reports_an_error_which_nobody_sees_before_an_officer(
    client, register, awa, today
):
    page = fill(client, value="25.50B", why="C'est une forge.", says_firm="on")

    assert "Merci" in page.content.decode()
    made = Correction.objects.get()
    assert (made.siret, made.column, made.source_value, made.value, made.quality) == (
        OPEN, "naf_code", "25.62B", "25.50B", "firm_said",
    )  # fmt: skip
    assert (made.reported_by, made.source_period, made.origin) == (
        None, registry.STOCK, "invented",
    )  # fmt: skip
    assert "25.50B" not in read(client, CARD)

    client.force_login(awa)
    assert "C&#x27;est une forge." in read(client, QUEUE)
    client.post(QUEUE, {"which": made.pk, "do": "accept"})

    page = read(client, CARD)
    assert "Correction :" in page
    assert "25.50B" in page
    assert "25.62B" in page, "the source value stays"
    assert "quelqu&#x27;un qui dit être l&#x27;entreprise" in page
    assert "forge" not in page.casefold()


def test_what_is_known_of_the_author_goes_before_what_they_say(register, awa, bruno, dan):
    firm = Organisation.Kind.FIRM
    owner = seat("Fatou", firm, "officer", slug="pont", siret=OPEN)
    of = actions.quality

    assert of(owner, OPEN, says_firm=False) == "firm"
    assert of(owner, NEAR, says_firm=True) == "firm_said"
    assert of(awa, OPEN, says_firm=True) == "officer"
    assert of(bruno, OPEN, says_firm=True) == "partner"
    assert of(dan, OPEN, says_firm=False) == "neighbour"


def publish_with(register, moment: int, **facts) -> None:
    """The next load of the register, in which the establishment changed."""
    listed = [each | facts if each["siret"] == OPEN else each for each in registry.rows()]
    registry.publish(register, moment, listed)
    house().refresh()


def test_a_correction_survives_the_next_load_and_follows_what_the_source_says(
    client, own_register, awa, bruno, today
):
    made = reported(bruno, today)
    actions.accept(house(), made, by=awa, today=today)

    publish_with(own_register, 2)
    assert standing(made) is Standing.HOLDS
    assert "50 à 99" in read(client, CARD)

    publish_with(own_register, 3, headcount_band="21")
    assert standing(made) is Standing.TAKEN_UP
    assert "Correction reprise par la source" in read(client, CARD)

    publish_with(own_register, 4, headcount_band="22")
    assert standing(made) is Standing.CHANGED
    assert "Correction :" not in read(client, CARD)
    client.force_login(awa)
    assert "La source a changé" in read(client, QUEUE)

    client.post(QUEUE, {"which": made.pk, "do": "keep"})
    assert standing(made) is Standing.HOLDS
    assert "Correction :" in read(client, CARD)


def standing(made: Correction) -> Standing:
    made.refresh_from_db()
    return corrections.standing(made, finding.one(house(), made.siret))


def test_the_publisher_takes_accepted_corrections_without_their_author(
    client, register, awa, bruno, today
):
    actions.accept(house(), reported(bruno, today), by=awa, today=today)
    reported(bruno, today, "is_ess", "true")  # waits

    answer = client.get(reverse("companies:corrections_data"))

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("EXEMPLE,siret,colonne,valeur_source")
    assert lines[1:] == [
        f"EXEMPLE,{OPEN},headcount_band,12,{registry.STOCK},21,partner,2026-11-26,2026-11-26,"
        "holds,invented"
    ]
    assert bruno.name not in answer.content.decode()
    assert 'filename="EXEMPLE-corrections.csv"' in answer.headers["Content-Disposition"]


def test_a_formula_is_neutralised_in_the_file(client, register, awa, bruno, today):
    made = reported(bruno, today, "address", "=cmd|' /C calc'!A0")
    actions.accept(house(), made, by=awa, today=today)

    text = client.get(reverse("companies:corrections_data")).content.decode()

    assert "'=cmd" in text


@pytest.mark.parametrize("column", ["name", "address", "postal_code", "position"])
def test_a_correction_never_names_nor_locates_who_is_hidden(client, register, awa, today, column):
    where = f"{reverse('companies:report', args=[PERSON])}?donnee={column}"

    answer = client.get(where)

    assert answer.status_code == 400
    assert "aucune correction ne peut le nommer" in answer.content.decode()
    with pytest.raises(Refused, match="masquée"):
        actions.report(house(), finding.one(house(), PERSON), column=column, typed="94400",
                       by=awa, today=today)  # fmt: skip
    assert not Correction.objects.exists()


def test_who_becomes_hidden_is_no_longer_told_and_forgotten_in_the_night(
    client, own_register, awa, bruno, today
):
    made = reported(bruno, today, "name", "ATELIER NOUVEAU")
    actions.accept(house(), made, by=awa, today=today)
    assert "ATELIER NOUVEAU" in read(client, CARD)

    publish_with(own_register, 2, diffusion="P")

    client.force_login(awa)
    for page in (CARD, QUEUE, reverse("companies:corrections_data")):
        assert "ATELIER NOUVEAU" not in read(client, page)
    assert actions.forget_hidden(house()) == 1
    assert not Correction.objects.exists()
    assert "ATELIER" not in str(list(audit.about(Correction, [made.pk]).values()))


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        ("naf_code", "99.99Z", "99.99Z"),
        ("naf_code", "25", "code entier"),
        ("postal_code", "9440", "cinq chiffres"),
        ("created_on", "hier", "31/12/2024"),
        ("moved_to", "12345678901234", "Luhn"),
        ("naf_code", "25.62B", "déjà ce que dit la source"),
        ("headcount_band", "999", "choix"),
    ],
)
def test_a_slip_is_told_beside_its_question(client, register, column, typed, words):
    page = fill(client, column, value=typed)

    assert words in page.content.decode()
    assert not Correction.objects.exists()


def test_a_datum_that_does_not_exist_is_no_page(client, register):
    assert client.get(f"{REPORT}?donnee=siren").status_code == 404


def test_the_same_error_said_twice_is_read_once(register, bruno, dan, today):
    assert reported(bruno, today) == reported(dan, today)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(("trap", "after"), [({"website": "http://x.example"}, 20.0), ({}, 0.0)])
def test_a_machine_is_thanked_and_nothing_is_kept(client, register, trap, after):
    page = fill(client, after=after, **trap)

    assert "Merci" in page.content.decode()
    assert not Correction.objects.exists()


def test_too_many_in_an_hour_are_sent_to_the_telephone(client, register):
    for minute in range(11):
        page = fill(client, "created_on", value=f"{minute + 1:02}/01/2001")

    assert Correction.objects.count() == 10
    assert "beaucoup de signalements" in page.content.decode()


def test_an_officer_does_not_decide_on_what_they_reported(register, awa, today):
    made = reported(awa, today)

    with pytest.raises(PermissionDenied):
        actions.accept(house(), made, by=awa, today=today)


def test_a_refusal_says_why_and_a_decision_is_taken_once(register, awa, bruno, today):
    made = reported(bruno, today)

    with pytest.raises(Refused, match="pourquoi"):
        actions.refuse(made, why=" ", by=awa, today=today)
    actions.refuse(made, why="Effectif confirmé par l'entreprise.", by=awa, today=today)
    with pytest.raises(Refused, match="refusée"):
        actions.accept(house(), made, by=awa, today=today)


def test_a_later_correction_takes_the_place_of_an_earlier_one(register, awa, bruno, today):
    first, second = reported(bruno, today), reported(bruno, today, typed="22")
    actions.accept(house(), first, by=awa, today=today)

    actions.accept(house(), second, by=awa, today=today)

    first.refresh_from_db()
    assert first.state == "ended"
    actions.end(second, by=awa, today=today)
    assert corrections.of(finding.one(house(), OPEN), "fr") == {}
