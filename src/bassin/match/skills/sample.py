"""The sample's hypotheses and projects of green jobs: all invented, and marked so."""

from datetime import date, timedelta

from bassin.match.skills.models import Assumption, GreenProject
from bassin.parties.models import Organisation
from bassin.parties.sample import FIRM
from bassin.types import Origin

_SINCE = date(2026, 1, 1)
_WHY = "Exemple inventé : ce qu'un comité de la GPEC-T aurait retenu pour la démonstration."

# Term, section of NAF, trade, low, central, high.
ASSUMED = (
    ("growth", "C", "", -2.0, -0.5, 0.5),
    ("growth", "H", "", -0.5, 0.8, 2.0),
    ("growth", "F", "", 0.0, 1.0, 2.5),
    ("turnover", "", "", 15, 25, 45),
    ("older", "", "J1501", 18, 23, 27),
    ("leavers", "", "N1101", 30, 40, 60),
    ("leavers", "", "J1501", 60, 80, 100),
    ("leavers", "", "F1602", 20, 25, 35),
)
"""Hypotheses of the demonstration."""

_AGREED = "Accord inventé, pour la démonstration"


def build(today: date) -> None:
    """Write what is missing of the sample."""
    for term, sector, trade, low, central, high in ASSUMED:
        Assumption.objects.get_or_create(
            term=term, sector=sector, rome_code=trade, origin=Origin.INVENTED,
            defaults={
                "low": low, "central": central, "high": high, "why": _WHY,
                "applies_from": _SINCE, "written_on": _SINCE,
            },
        )  # fmt: skip
    _projects(today)


def _projects(today: date) -> None:
    firm = Organisation.objects.filter(slug=FIRM).first()
    _project(
        today, "EXEMPLE — Déposer au lieu de démolir", firm, "", "F1703", 6, 240,
        "Trier les éléments à la dépose\nPréparer le réemploi\nTracer les lots",
        published=True,
    )  # fmt: skip
    _project(
        today, "EXEMPLE — Atelier de réparation de chariots électriques", None, "EXEMPLE 912",
        "I1304", 4, 150, "Diagnostiquer une batterie\nIntervenir sous tension basse",
        published=True,
    )  # fmt: skip
    _project(
        today, "EXEMPLE — Tournées en vélo-cargo", firm, "", "N4105", 8, 300,
        "Conduire un vélo-cargo\nOptimiser une tournée", published=False,
    )  # fmt: skip


def _project(
    today: date, title: str, firm: Organisation | None, name: str, trade: str, positions: int,
    days: int, skills: str, *, published: bool,
) -> None:  # fmt: skip
    GreenProject.objects.get_or_create(
        title=title, origin=Origin.INVENTED,
        defaults={
            "firm": firm, "firm_name": name, "rome_code": trade, "positions": positions,
            "wanted_on": today + timedelta(days=days), "skills": skills,
            "text": "Projet inventé pour la démonstration.", "written_on": today,
            "consent": _AGREED if published else "",
            "published_on": today if published else None,
        },
    )  # fmt: skip
