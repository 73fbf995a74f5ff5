"""The four people of the tests: an officer, a partner, a firm, a visitor."""

from datetime import date

import pytest

from bassin.parties.models import Membership, Organisation, Person

SINCE = date(2020, 1, 1)


def seat(name: str, kind: str, role: str, **more: str) -> Person:
    """A person with one open role in an organisation of that kind."""
    person = Person.objects.create_user(f"{name.lower()}@example.org", name=name)
    body, _made = Organisation.objects.get_or_create(
        slug=f"test-{kind}", defaults={"kind": kind, "name": f"Test {kind}", **more}
    )
    Membership.objects.create(person=person, organisation=body, role=role, starts_on=SINCE)
    return person


@pytest.fixture
def awa(db: None) -> Person:
    """Awa, an officer of the authority."""
    return seat("Awa", Organisation.Kind.AUTHORITY, Membership.Role.OFFICER)


@pytest.fixture
def bruno(db: None) -> Person:
    """Bruno, who works for a partner: a chamber."""
    return seat("Bruno", Organisation.Kind.CHAMBER, Membership.Role.OFFICER)


@pytest.fixture
def chloe(db: None) -> Person:
    """Chloé, who runs a firm."""
    return seat(
        "Chloe", Organisation.Kind.FIRM, Membership.Role.ADMINISTRATOR, siret="00000000100018"
    )


@pytest.fixture
def dan(db: None) -> Person:
    """Dan, a visitor who signed in and belongs nowhere."""
    return Person.objects.create_user("dan@example.org", name="Dan")
