"""What a workshop is about is chosen among records of other systems, without any script."""

import pytest
from django.urls import reverse

from bassin.commons.models import Operation
from bassin.debate.workshops.models import Statement, Workshop
from bassin.debate.workshops.tests.conftest import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client, awa):
    """A browser in which Awa is signed in."""
    client.force_login(awa)
    return client


@pytest.fixture
def operations(db):
    facts = {"kind": "development", "visibility": "public"}
    for number in range(10):
        Operation.objects.create(slug=f"zac-{number}", name=f"ZAC numéro {number}", **facts)
    Operation.objects.create(slug="ardoines", name="Les Ardoines", **facts)
    Operation.objects.create(
        slug="cachee", name="Ardoines cachées", kind="development", visibility="internal"
    )


def test_an_operation_is_searched_by_its_name_then_chosen(site, room, operations):
    address = reverse("workshops:add_step", args=[room.workshop.code, "presentation"])
    typed = {"title": "Une action", "minutes": "5", "reference": ""}
    first = site.get(address).content.decode()

    found = site.post(address, {**typed, "title": "", "reference-sought": "ardoines",
                                "reference-was": "", "seek": "reference"})  # fmt: skip
    page = found.content.decode()
    site.post(address, {**typed, "reference": "commons:operation:ardoines",
                        "reference-sought": "ardoines", "reference-was": "ardoines"})  # fmt: skip

    assert first.count('name="reference"') == 9  # none, and the first eight
    assert "cherchez avec plus de mots" in first
    assert found.status_code == 200
    assert 'value="commons:operation:ardoines"' in page
    assert "cachées" not in page
    assert "field__error" not in page
    assert 'value="5"' in page
    assert room.workshop.steps.get().reference == "commons:operation:ardoines"


def test_words_typed_to_search_are_never_taken_for_a_choice(site, room, operations):
    address = reverse("workshops:add_step", args=[room.workshop.code, "presentation"])
    typed = {"title": "Une action", "reference": "", "reference-was": ""}

    found = site.post(address, {**typed, "reference-sought": "Ardoines"})
    nothing = site.post(address, {**typed, "reference-sought": "Nulle part"})

    assert 'value="commons:operation:ardoines"' in found.content.decode()
    assert "Rien de visible par tous ne s" in nothing.content.decode()
    assert not room.workshop.steps.exists()


def test_what_was_chosen_is_named_and_stays_unless_another_is(site, room, operations):
    step = room.step("likert", target="commons:operation:ardoines")
    address = reverse("workshops:edit_step", args=[room.workshop.code, step.pk])
    page = site.get(address).content.decode()
    typed = {"asked": "Énoncé", "title": "Titre", "target": "commons:operation:ardoines"}

    seeking = {"target-sought": "zac", "target-was": "", "seek": "target"}
    sought = change(site, address, {**typed, **seeking})
    change(site, address, {**typed, "target": "commons:operation:zac-3"})

    assert "Les Ardoines" in page
    assert 'value="commons:operation:ardoines" checked' in sought.content.decode()
    assert Statement.objects.get().target == "commons:operation:zac-3"


def test_a_record_that_nobody_sees_any_more_is_said_and_does_not_block_the_form(site, room):
    Workshop.objects.update(body="programmes:body:dissous")
    address = reverse("workshops:edit", args=[room.workshop.code])
    typed = {"title": "Atelier", "access": "code", "secrecy": "pseudonymous", "min_group": 5,
             "place": "Mairie", "body": "programmes:body:dissous"}  # fmt: skip

    page = site.get(address).content.decode()
    saved = change(site, address, typed)

    room.workshop.refresh_from_db()
    assert "ne mène à rien que tous puissent voir" in page
    assert (saved.status_code, room.workshop.place) == (302, "Mairie")
