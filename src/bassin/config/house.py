"""What the page shell shows of this installation: who answers, and which links exist."""

from django.conf import settings

from bassin.ui.house import Counter, HouseFacts, default_facts, nobody_yet


def facts() -> HouseFacts:
    """The facts of every page's head and foot, from the settings of this installation."""
    known = default_facts()
    return HouseFacts(counter=_counter(), links=known.links)


def _counter() -> Counter:
    if not settings.SERVICE:
        return nobody_yet()
    return Counter(
        service=settings.SERVICE,
        telephone=settings.TELEPHONE,
        hours=settings.HOURS,
        address=settings.ADDRESS,
        email=settings.EMAIL,
    )
