"""The sample's organisations and its four people, each of whom shows one way to use the service.

The bodies that signed the partnership convention are real and cited; the firm and the four people
are invented.
"""

from datetime import date

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from bassin.parties.models import Membership, Organisation, Person
from bassin.types import Origin

AUTHORITY = "grand-orly-seine-bievre"
FIRM = "exemple-atelier"
FIRM_SIRET = "00067203000012"
"""A workshop among the sample's invented establishments."""

_Kind = Organisation.Kind
_ORGANISATIONS = (
    (AUTHORITY, _Kind.AUTHORITY, "EPT Grand-Orly Seine Bièvre", "Grand-Orly Seine Bièvre"),
    ("cci-val-de-marne", _Kind.CHAMBER, "Chambre de commerce et d’industrie du Val-de-Marne",
     "CCI Val-de-Marne"),
    ("cci-essonne", _Kind.CHAMBER, "Chambre de commerce et d’industrie de l’Essonne",
     "CCI Essonne"),
    ("cma-val-de-marne", _Kind.CHAMBER, "Chambre de métiers et de l’artisanat du Val-de-Marne",
     "CMA Val-de-Marne"),
    ("cma-essonne", _Kind.CHAMBER, "Chambre de métiers et de l’artisanat de l’Essonne",
     "CMA Essonne"),
    ("essonne-developpement", _Kind.OTHER, "Essonne Développement", ""),
)  # fmt: skip
"""The six that signed on 25 June 2018."""

PEOPLE = (
    ("awa@example.org", "Awa Exemple", AUTHORITY, Membership.Role.OFFICER,
     "direction du développement économique"),
    ("bruno@example.org", "Bruno Exemple", "cci-val-de-marne", Membership.Role.OFFICER,
     "conseiller"),
    ("chloe@example.org", "Chloé Exemple", FIRM, Membership.Role.ADMINISTRATOR, "gérante"),
    ("dan@example.org", "Dan Exemple", "", "", ""),
)  # fmt: skip
"""An officer, a partner, a firm, a visitor."""


def build(today: date) -> None:
    """Add what is missing; whoever was renamed or left since stays as they are."""
    for slug, kind, name, short in _ORGANISATIONS:
        organisation(slug, kind, name, short=short, origin=Origin.CITED.value)
    firm = {"siret": FIRM_SIRET, "commune_code": "94081", "origin": Origin.INVENTED.value}
    organisation(FIRM, _Kind.FIRM, "EXEMPLE ATELIER", **firm)
    for email, name, slug, role, title in PEOPLE:
        known = Person.objects.filter(email=email).exists()
        if not known:
            _person(today, email, name, slug, role, title)


def organisation(slug: str, kind: str, name: str, **more: str) -> Organisation:
    """The organisation of that slug, made when it is missing; other samples use it for theirs."""
    made, _new = Organisation.objects.get_or_create(
        slug=slug, defaults={"kind": kind, "name": name, **more}
    )
    return made


def _second_factor(person: Person) -> None:
    """An application for an officer; the page of the sample's people shows its codes."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)


def _person(today: date, email: str, name: str, slug: str, role: str, title: str) -> None:
    person = Person.objects.create_user(email, name=name, origin=Origin.INVENTED.value)
    if slug:
        Membership.objects.create(
            person=person,
            organisation=Organisation.objects.get(slug=slug),
            role=role,
            title=title,
            starts_on=today.replace(month=1, day=1),
        )
    if slug == AUTHORITY:
        _second_factor(person)
