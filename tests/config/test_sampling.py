"""The written half of the sample: each part is found, whole, and may be called again."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from bassin.config import sampling
from bassin.parties.models import Membership, Organisation, Person
from bassin.steer.programmes.models import Action, Framework, Update
from bassin.types import Origin
from tests.support.installing import install
from tests.support.postgres import ON_POSTGRES, ON_SQLITE, default_connection

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def installed(france, tmp_path_factory):
    return install(france, tmp_path_factory.mktemp("sampling") / "var")


@pytest.fixture(scope="module", params=[ON_SQLITE, ON_POSTGRES])
def written(request, installed, django_db_setup, django_db_blocker):
    """The sample of a territory, from its authority's documents, written once a database."""
    here = nullcontext()
    if request.param == "postgres":
        here = default_connection(request.getfixturevalue("postgres_settings"))
    at_home = override_settings(VAR=installed.var)
    with django_db_blocker.unblock(), here, at_home, transaction.atomic():
        sampling.build(TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def undone(written, django_db_blocker):
    """What a test changes of it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_sample_has_an_officer_a_partner_a_firm_and_a_visitor_all_invented():
    people = Person.objects.filter(email__endswith="@example.org")
    assert {each.name.split()[0] for each in people} >= {"Awa", "Bruno", "Chloé", "Dan"}
    assert {each.origin for each in people} == {"invented"}
    assert not any(each.has_usable_password() for each in people)


def test_building_the_sample_again_changes_nothing_that_people_wrote():
    Membership.objects.filter(person__email="bruno@example.org").update(ends_on=TODAY)
    Organisation.objects.filter(slug="cci-val-de-marne").update(name="Renamed")

    sampling.build(date(2026, 11, 21))

    assert Organisation.objects.get(slug="cci-val-de-marne").name == "Renamed"
    assert [each.ends_on for each in Membership.objects.filter(person__name="Bruno Exemple")] == [
        TODAY
    ]


def test_a_part_that_fails_leaves_nothing_of_itself(monkeypatch):
    def half(today):
        Organisation.objects.create(slug="half", kind="other", name="Half")
        raise ValueError("half-way")

    monkeypatch.setattr(sampling, "paths", lambda: ["somewhere.half"])
    monkeypatch.setattr(sampling, "call", lambda path: half)

    with pytest.raises(ValueError, match="half-way"):
        sampling.build(TODAY)

    assert not Organisation.objects.filter(slug="half").exists()


def test_the_sample_is_forgotten_and_what_people_wrote_stays():
    mine = Action.objects.create(ref="mine", title="Mine")
    held = Organisation.objects.get(slug="fictif-financeur")
    mine.fundings.create(organisation=held, year=2026, planned_eur=1)

    sampling.forget(Origin.INVENTED)

    assert set(Action.objects.values_list("origin", flat=True)) == {"cited", "real"}
    assert not Update.objects.exists()
    assert not Person.objects.filter(email__endswith="@example.org").exists()
    assert [each.slug for each in Organisation.objects.filter(origin="invented")] == [held.slug]

    sampling.forget(Origin.INVENTED, Origin.CITED)

    assert list(Action.objects.all()) == [mine]
    assert not Framework.objects.exists()
