"""The sample's shared records: operations that the documents name, and an invented agenda.

Of a real operation, only what a document says of it is written, with the document. Everything else
(one operation, its outline and floor space, the events, the hires) is invented, and says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bassin.commons.models import Document, Event, FloorSpace, Operation, Perimeter, Placement
from bassin.parties.models import Organisation
from bassin.parties.sample import AUTHORITY, FIRM
from bassin.types import Origin

ROADMAP = "Feuille de route 2021-2025 du développement économique"
NOTE = "Note de cadrage de l'atelier 4 des élus"
_PROGRAMMED = (
    "Projet urbain cité par la feuille de route parmi ceux dont la programmation économique doit "
    "être renforcée."
)
_DEVELOPMENT, _GREAT = Operation.Kind.DEVELOPMENT, Operation.Kind.GREAT_PROJECT


@dataclass(frozen=True, slots=True)
class Cited:
    """An operation as the documents name it. `communes`: only where its very name says it."""

    slug: str
    name: str
    kind: str
    text: str
    source: str
    communes: tuple[str, ...] = ()


CITED = (
    Cited("campus-grand-parc", "Campus Grand Parc", _DEVELOPMENT, _PROGRAMMED, ROADMAP),
    Cited(
        "les-ardoines", "Les Ardoines", _DEVELOPMENT,
        _PROGRAMMED + " La note de l'atelier 4 la cite parmi les grandes opérations qui font du "
        "foncier disponible du territoire le plus important de la région parisienne.",
        f"{ROADMAP} ; {NOTE}",
    ),
    Cited("pole-d-orly", "Pôle d’Orly", _DEVELOPMENT, _PROGRAMMED, ROADMAP, ("94054",)),
    Cited(
        "ivry-confluences", "Ivry Confluences", _DEVELOPMENT,
        _PROGRAMMED + " La note de l'atelier 4 la cite parmi les grandes opérations qui font du "
        "foncier disponible du territoire le plus important de la région parisienne.",
        f"{ROADMAP} ; {NOTE}", ("94041",),
    ),
    Cited(
        "senia", "Sénia", _DEVELOPMENT,
        _PROGRAMMED + " La stratégie logistique durable et multimodale la compte parmi ses lieux.",
        f"{ROADMAP} ; {NOTE}",
    ),
    Cited(
        "villeneuve-triage", "Villeneuve-Triage", _DEVELOPMENT,
        _PROGRAMMED + " La stratégie logistique compte parmi ses lieux le triage de "
        "Villeneuve-Saint-Georges.",
        f"{ROADMAP} ; {NOTE}", ("94078",),
    ),
    Cited(
        "grand-paris-express", "Grand Paris Express", _GREAT,
        "La note de l'atelier 4 annonce trois nouvelles lignes et dix gares sur le territoire.",
        NOTE,
    ),
)  # fmt: skip
"""The roadmap ends its list of urban projects with an ellipsis: there are others."""

_EXAMPLE = "exemple-quartier-des-ateliers"
_INVENTED = "Exemple inventé"
_SQUARE = [[2.455, 48.744], [2.465, 48.744], [2.465, 48.75], [2.455, 48.75], [2.455, 48.744]]

EVENTS: tuple[tuple[str, int, int, int, str, str, str], ...] = (
    ("forum-emploi", 12, 9, 4, "Forum de l’emploi local", "Salle des fêtes", "94081"),
    ("reunion-createurs", 5, 18, 2, "Créer son entreprise : réunion d’information",
     "Pépinière du quartier", "94041"),
    ("visite-atelier", 19, 14, 2, "Visite d’un atelier de mécanique", "EXEMPLE ATELIER", "94074"),
    ("portes-ouvertes-campus", 26, 10, 7, "Portes ouvertes d’un campus de formation", "Hall A",
     "94054"),
    ("rencontre-acheteurs", 33, 9, 3, "Rencontre des acheteurs publics et des petites entreprises",
     "Hôtel de ville", "94016"),
    ("atelier-reemploi", 47, 14, 3, "Atelier du réemploi des matériaux", "Recyclerie", "94076"),
    ("bilan-annuel", -20, 9, 3, "Assises du développement économique", "Grand amphithéâtre",
     "94054"),
)  # fmt: skip
"""Slug, days from today, hour, length in hours, title, place, commune."""

IN_ENGLISH = {
    "forum-emploi": "Local jobs forum",
    "reunion-createurs": "Starting a business: information meeting",
    "visite-atelier": "Visit to a machine shop",
    "portes-ouvertes-campus": "Open day of a training campus",
    "rencontre-acheteurs": "Public buyers meet small firms",
    "atelier-reemploi": "Workshop on used materials",
    "bilan-annuel": "Conference on economic development",
}
"""The titles of these events, by their slugs."""

HIRES = ((0, 14, True), (0, 31, False), (1, 22, True), (1, 47, False), (1, 3, None))
"""Years before today, how many, from a priority neighbourhood or not."""


def build(today: date) -> None:
    """Add what is missing; what was changed since stays as it is."""
    for each in CITED:
        _cite(each)
    _invent_operation(today)
    authority = Organisation.objects.get(slug=AUTHORITY)
    for event in EVENTS:
        _invent_event(today, authority, *event)
    _invent_private_event(today, authority)
    Document.objects.get_or_create(
        reference=f"commons:operation:{_EXAMPLE}",
        defaults={
            "title": "Exemple : présentation du quartier des Ateliers",
            "url": "https://example.org/ateliers.pdf",
            "visibility": "public",
            "origin": Origin.INVENTED.value,
        },
    )
    _invent_hires(today)


def _cite(each: Cited) -> None:
    Operation.objects.get_or_create(
        slug=each.slug,
        defaults={
            "name": each.name,
            "kind": each.kind,
            "text": each.text,
            "source": each.source,
            "commune_codes": list(each.communes),
            "origin": Origin.CITED.value,
        },
    )


def _invent_operation(today: date) -> None:
    made, new = Operation.objects.get_or_create(
        slug=_EXAMPLE,
        defaults={
            "name": "Exemple : quartier des Ateliers",
            "kind": _DEVELOPMENT,
            "phase": Operation.Phase.WORKS,
            "phase_on": today.replace(day=1),
            "lead": Organisation.objects.get(slug=AUTHORITY),
            "text": "Opération inventée, pour montrer une fiche dont tout est connu.",
            "source": _INVENTED,
            "commune_codes": ["94074"],
            "origin": Origin.INVENTED.value,
        },
    )
    if not new:
        return
    Perimeter.objects.create(
        operation=made, valid_from=date(2024, 1, 1), source=_INVENTED,
        geometry={"type": "Polygon", "coordinates": [_SQUARE]},
    )  # fmt: skip
    for use, planned, delivered in (
        ("activités productives", 18_000, 6_500),
        ("bureaux", 4_000, 0),
        ("logements", 21_000, 9_200),
    ):
        FloorSpace.objects.create(
            operation=made, use=use, planned_m2=planned, delivered_m2=delivered,
            delivery_on=date(today.year + 2, 6, 1), source=_INVENTED,
        )  # fmt: skip


def _invent_event(
    today: date, authority: Organisation, slug: str, days: int, hour: int, hours: int, title: str,
    place: str, code: str,
) -> None:  # fmt: skip
    organiser = authority
    if slug == "visite-atelier":
        organiser = Organisation.objects.get(slug=FIRM)
    starts = timezone.make_aware(datetime.combine(today + timedelta(days=days), time(hour)))
    Event.objects.get_or_create(
        slug=f"exemple-{slug}",
        defaults={
            "title": title,
            "title_en": IN_ENGLISH[slug],
            "text": "Événement inventé pour l’exemple : personne n’y attend personne.",
            "text_en": "Invented event, for the example: nobody awaits anybody there.",
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=hours),
            "place": place,
            "commune_code": code,
            "organiser": organiser,
            "origin": Origin.INVENTED.value,
            **_cancelled(slug),
        },
    )


def _cancelled(slug: str) -> dict[str, Any]:
    """One event is called off, so that one sees how that is told."""
    return {"cancelled_at": timezone.now(), "sequence": 1} if slug == "atelier-reemploi" else {}


def _invent_private_event(today: date, authority: Organisation) -> None:
    starts = timezone.make_aware(datetime.combine(today + timedelta(days=8), time(9)))
    Event.objects.get_or_create(
        slug="exemple-preparation-du-comite",
        defaults={
            "title": "Préparation du comité",
            "title_en": "Preparing the committee",
            "text": "Événement inventé, que seuls les agents voient.",
            "text_en": "Invented event, which only officers see.",
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=1),
            "organiser": authority,
            "visibility": "internal",
            "origin": Origin.INVENTED.value,
        },
    )


def _invent_hires(today: date) -> None:
    if Placement.objects.filter(origin=Origin.INVENTED.value).exists():
        return
    Placement.objects.bulk_create(
        Placement(
            token=f"exemple-{years}-{index}-{number}",
            hired_on=min(today, date(today.year - years, 1, 5) + timedelta(days=number % 20)),
            employer_siret="00000000100018",
            from_qpv=qpv,
            origin=Origin.INVENTED.value,
        )
        for index, (years, count, qpv) in enumerate(HIRES)
        for number in range(count)
    )
