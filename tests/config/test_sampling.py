"""The written half of the sample: each part is found, whole, and may be called again."""

from datetime import date

import pytest

from bassin.config import sampling
from bassin.parties.models import Membership, Organisation, Person

TODAY = date(2026, 11, 20)


def test_the_sample_has_an_officer_a_partner_a_firm_and_a_visitor_all_invented(both_databases):
    sampling.build(TODAY)

    people = Person.objects.filter(email__endswith="@example.org")
    assert {each.name.split()[0] for each in people} >= {"Awa", "Bruno", "Chloé", "Dan"}
    assert {each.origin for each in people} == {"invented"}
    assert not any(each.has_usable_password() for each in people)


def test_building_the_sample_again_changes_nothing_that_people_wrote(both_databases):
    sampling.build(TODAY)
    Membership.objects.filter(person__email="bruno@example.org").update(ends_on=TODAY)
    Organisation.objects.filter(slug="cci-val-de-marne").update(name="Renamed")

    sampling.build(date(2026, 11, 21))

    assert Organisation.objects.get(slug="cci-val-de-marne").name == "Renamed"
    assert [each.ends_on for each in Membership.objects.filter(person__name="Bruno Exemple")] == [
        TODAY
    ]


def test_a_part_that_fails_leaves_nothing_of_itself(db, monkeypatch):
    def half(today):
        Organisation.objects.create(slug="half", kind="other", name="Half")
        raise ValueError("half-way")

    monkeypatch.setattr(sampling, "paths", lambda: ["somewhere.half"])
    monkeypatch.setattr(sampling, "call", lambda path: half)

    with pytest.raises(ValueError, match="half-way"):
        sampling.build(TODAY)

    assert not Organisation.objects.filter(slug="half").exists()
