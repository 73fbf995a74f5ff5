"""What the page shell shows of this installation: whose it is, who answers, which links exist."""

from django.conf import settings

from bassin.ui.house import Counter, HouseFacts, nobody_yet
from bassin.ui.opened import house

LINKS = {
    "home": "observatory:home",
    "search": "observatory:search",
    "account": "parties:account",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "agenda": "shared:agenda",
    "operations": "shared:operations",
    "sources": "observatory:sources",
    "method": "observatory:method",
    "rankings": "shared:pairings",
    "trips": "shared:trips",
    "coverage": "observatory:coverage",
    "whose": "opendata:whose",
    "accessibility": "observatory:accessibility",
    "legal": "observatory:legal",
    "privacy": "observatory:privacy",
    "contact": "observatory:contact",
}


def facts() -> HouseFacts:
    """The facts of every page's head and foot, from this installation and its settings."""
    opened = house()
    return HouseFacts(
        territory_name=opened.installation.name or "bassin",
        is_sample=opened.installation.sample,
        counter=_counter(),
        links=LINKS,
        version=opened.reader.name,
    )


def _counter() -> Counter:
    kept = house().installation
    service = settings.SERVICE or kept.service
    if not service:
        return nobody_yet()
    return Counter(
        service=service,
        telephone=settings.TELEPHONE or kept.telephone,
        hours=settings.HOURS or kept.hours,
        address=settings.ADDRESS,
        email=settings.EMAIL or kept.email,
    )
