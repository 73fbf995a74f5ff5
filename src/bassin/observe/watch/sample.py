"""The watch of the sample: what its own invented data tell, and three invented stories."""

from datetime import date, timedelta

from django.utils import timezone

from bassin.errors import Refused
from bassin.indicators.scenarios import declared, jobs
from bassin.observe.watch import actions, actions_scenarios, finding, sample_kinds
from bassin.observe.watch.models import Circle, CrisisScenario, Signal
from bassin.observe.watch.scenarios.asked import months_later
from bassin.observe.watch.scenarios.record import applied
from bassin.parties.models import Organisation, Person
from bassin.taxonomies.interval import Interval
from bassin.types import Origin
from bassin.ui.opened import house

WORKSHOP = "note:exemple-atelier-de-valenton"
"""The workshop of 140 people that announces its closing, with which a journey begins."""

_WORKSHOP = (
    "EXEMPLE MÉCANIQUE DE VALENTON annonce la fermeture de son atelier : 140 salariés, mécanique "
    "industrielle. La direction l'a dit aux élus du personnel ; un conseiller l'a appris d'eux. "
    "(Exemple inventé : cette entreprise n'existe pas.)"
)
_ORDERS = (
    "Perte de son principal client, un tiers des commandes. Le gérant demande qui peut l'aider à "
    "étaler ses dettes. (Exemple inventé.)"
)


_READ = (
    "Le traiteur perdrait le contrat d'une compagnie à la fin de l'hiver, selon la direction. "
    "(Exemple inventé : ni ce journal ni cette entreprise n'existent.)"
)
_PAST = (
    "Les parts déclarées, appliquées aux emplois de 2019 : aurait-on dit juste pour 2021 ? "
    "(Exemple inventé, sur des emplois inventés.)"
)
_COMING = (
    "Les compagnies annoncent une offre d'été réduite ; les parts déclarées sont reprises telles "
    "quelles, à discuter. (Exemple inventé.)"
)


def build(today: date) -> None:
    """Add what is missing: a passing over the sample's data, then the notes of its people."""
    opened = house()
    opened.refresh()
    if not Signal.objects.exclude(kind=Signal.Kind.NOTE).exists():
        finding.find(opened, today=today, now=timezone.now())
        sample_kinds.build(opened, today)
    _scenarios(Person.objects.filter(email="awa@example.org").first(), today)
    awa = Person.objects.filter(email="awa@example.org").first()
    bruno = Person.objects.filter(email="bruno@example.org").first()
    if awa is None or bruno is None or Signal.objects.filter(key=WORKSHOP).exists():
        return
    _workshop(awa, today)
    _press(awa, today)
    _partner(bruno, today)
    _handled(awa, bruno, today)


def _scenarios(awa: Person | None, today: date) -> None:
    """Two crisis scenarios: one tried on the past, and scored; one whose horizon is to come."""
    opened, base = house(), declared.scenarios()[0]
    source = jobs.choose(opened)
    if awa is None or source is None or CrisisScenario.objects.exists():
        return
    for name, why, start, horizon in (
        ("Creux aérien, essayé sur 2019", _PAST, 2019, date(2021, 12, 31)),
        ("Creux aérien de deux ans", _COMING, None, months_later(today, base.horizon_months)),
    ):
        made = applied(opened, base, source, date(start, 12, 31) if start else None)
        if made is not None and jobs.day(made.study.period) < horizon:
            actions_scenarios.keep(
                made, base, by=awa, now=timezone.now(), today=today, name=name, why=why,
                horizon=horizon, start=start,
            )  # fmt: skip
    actions_scenarios.score_all(opened, today)


def _workshop(awa: Person, today: date) -> None:
    told = actions.note(
        house(), by=awa, today=today, on=today - timedelta(days=3), text=_WORKSHOP,
        name="EXEMPLE MÉCANIQUE DE VALENTON", commune="94074", naf_code="25.62B",
        jobs=Interval(140, 140),
    )  # fmt: skip
    told.key, told.origin = WORKSHOP, Origin.INVENTED.value
    told.save(update_fields=["key", "origin"])


def _press(awa: Person, today: date) -> None:
    """What a newspaper that does not exist tells, by its address alone."""
    told = actions.note(
        house(), by=awa, today=today, on=today - timedelta(days=5), text=_READ,
        name="EXEMPLE TRAITEUR DE L'AÉROPORT", commune="94054", naf_code="56.29A",
        jobs=Interval(50, 99), outlet="Le Courrier d'Exemple",
        link="https://courrier.example.org/traiteur-aeroport",
    )  # fmt: skip
    told.origin = Origin.INVENTED.value
    told.save(update_fields=["origin"])


def _partner(bruno: Person, today: date) -> None:
    """What a chamber's adviser tells, which its own people see too."""
    chamber = Organisation.objects.filter(memberships__person=bruno).first()
    if chamber is None:
        return
    told = actions.note(
        house(), by=bruno, today=today, on=today - timedelta(days=8), text=_ORDERS,
        name="EXEMPLE EMBALLAGE DU MOULIN", commune="94081", naf_code="17.21A",
        jobs=Interval(20, 49), organisation=chamber,
    )  # fmt: skip
    told.origin, told.found_on = Origin.INVENTED.value, today - timedelta(days=8)
    told.save(update_fields=["origin", "found_on"])


def _handled(awa: Person, bruno: Person, today: date) -> None:
    """Three of the signals found are being handled, so that every state is seen."""
    waiting = Signal.objects.waiting(today).of_firms().exclude(kind=Signal.Kind.NOTE)
    first, second, third = [*waiting.exclude(siren="")[:3], None, None, None][:3]
    if first is None or second is None or third is None:
        return
    body = Organisation.objects.filter(memberships__person=bruno).first()
    try:
        actions.assign(first, awa, by=awa, today=today)
        actions.contact(first, by=awa, on=today, today=today, text="Appel : rendez-vous pris.")
        if body is not None and not Circle.objects.filter(signal=second).exists():
            actions.share(second, body, by=awa, today=today)
        actions.snooze(second, today + timedelta(days=7), by=awa, today=today)
        actions.rate(first, useful=True, reason="unknown", by=awa, today=today)
        actions.close(
            third, Signal.Outcome.NO_NEED, "Le plan est en bonne voie.", by=awa, today=today
        )
    except Refused:  # somebody closed them since: they stay as they are
        return
