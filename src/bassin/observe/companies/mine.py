"""« Mon entreprise »: what a firm finds assembled about itself, from every system.

Everything here is public, whoever looks; what depends on being signed in is said apart.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from bassin.commons.models import Event, Visibility
from bassin.observe.companies.rows import Establishment
from bassin.parties.access import User, roles
from bassin.parties.models import Organisation, Person
from bassin.parties.privacy.register import processings
from bassin.systems import speakers
from bassin.ui.shared.views.agenda import when

MOST_EVENTS = 4
_PARTNERS = ("chamber", "france_travail", "mission_locale", "plie")


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the register: what is held about firms, who reads it, how long."""

    title: str
    data: str
    recipients: str
    kept: str


def events(
    found: Establishment, communes: Collection[str], told: Collection[str] = ()
) -> list[tuple[Event, str, bool]]:
    """The next public events, those of its commune first: each with its day, and whether there.

    Args:
        told: systems that tell their own events to the firm already.
    """
    coming = Event.objects.filter(
        visibility=Visibility.PUBLIC, archived_at=None, cancelled_at=None,
        ends_at__gte=timezone.now(),
    )  # fmt: skip
    near = [
        each for each in coming
        if each.commune_code in {*communes, ""} and each.reference.partition(":")[0] not in told
    ]  # fmt: skip
    near.sort(key=lambda each: (each.commune_code != found.commune_code, each.starts_at))
    return [
        (each, when(each), each.commune_code == found.commune_code) for each in near[:MOST_EVENTS]
    ]


def partners(found: Establishment) -> list[Organisation]:
    """The bodies that help firms and people at work, and the commune, by their public names."""
    here = Q(kind=Organisation.Kind.COMMUNE, commune_code=found.commune_code or "-")
    return list(Organisation.objects.filter(Q(kind__in=_PARTNERS) | here).order_by("kind", "name"))


def who_sees(language: str) -> list[Seen]:
    """What the house holds about firms, from the public register: tables that go by a SIRET."""
    lines = []
    for processing, holds in processings().items():
        ours = [(personal, hold) for model, personal, hold in holds if _by_siret(model)]
        if ours:
            data = dict.fromkeys(personal.data.say(language) for personal, _hold in ours)
            kept = dict.fromkeys(hold.kept.say(language) for _personal, hold in ours)
            lines.append(
                Seen(processing.title.say(language), " ; ".join(data),
                     processing.recipients.say(language), " ; ".join(kept))
            )  # fmt: skip
    return sorted(lines, key=lambda each: each.title)


def _by_siret(model: Any) -> bool:
    return any(each.name.endswith("siret") for each in model._meta.concrete_fields)


def has_aids() -> bool:
    """Whether a guide to aids is there: until then the page says that it is not."""
    return any(each.slug == "aids" for each in speakers())


def own(user: User, found: Establishment) -> dict[str, Any]:
    """What who signed in is told: whether they write for this firm, and where to ask to."""
    if not isinstance(user, Person):
        return {"signed_in": False}
    body = Organisation.objects.filter(siret=found.siret).first()
    held = body is not None and any(each.organisation_id == body.pk for each in roles(user))
    return {
        "signed_in": True,
        "belongs": held,
        "organisation_url": reverse("parties:organisation", args=[body.slug])
        if held and body
        else "",
        "installed": apps.is_installed("bassin.match.jobs"),
    }
