"""The people of the tests: an officer, a partner, a firm, a visitor, and someone from elsewhere."""

from datetime import date
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from bassin.parties.models import Membership, Organisation, Person

SINCE = date(2020, 1, 1)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""The key in the application of the tests' officers."""


def seat(name: str, kind: str, role: str, **more: str) -> Person:
    """A person with one open role in an organisation of that kind; officers have an application."""
    person = Person.objects.create_user(f"{name.lower()}@example.org", name=name)
    slug = more.pop("slug", f"test-{kind}")
    body, _made = Organisation.objects.get_or_create(
        slug=slug, defaults={"kind": kind, "name": f"Test {kind}", **more}
    )
    Membership.objects.create(person=person, organisation=body, role=role, starts_on=SINCE)
    if kind == Organisation.Kind.AUTHORITY:
        TOTP.activate(person, SECRET)
    return person


def application_code(at: float, secret: str = SECRET) -> str:
    """What an application shows at a moment."""
    return format_hotp_value(hotp_value(secret, int(at) // 30))


def without_application(person: Person) -> Person:
    """The same person before they set up a second factor."""
    Authenticator.objects.filter(user=person).delete()
    return person


def open_session(page, home: str, person: Person) -> None:
    """Sign a person in on a page of the browser, without going through the forms."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": home}])


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


@pytest.fixture
def eve(db: None) -> Person:
    """Eve, who administers another partner than Bruno's: an attacker with a good account."""
    kind, role = Organisation.Kind.CHAMBER, Membership.Role.ADMINISTRATOR
    return seat("Eve", kind, role, slug="test-other-chamber")


@pytest.fixture
def people(awa: Person, bruno: Person, chloe: Person, dan: Person, eve: Person) -> SimpleNamespace:
    """All of them, and the visitor who did not sign in."""
    return SimpleNamespace(
        awa=awa, bruno=bruno, chloe=chloe, dan=dan, eve=eve, visitor=AnonymousUser()
    )


@pytest.fixture
def client_factory() -> type[Client]:
    """Makes other browsers than `client`."""
    return Client
