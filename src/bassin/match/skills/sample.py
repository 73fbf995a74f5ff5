"""The sample's hypotheses, projects of green jobs and courses: all invented, and marked so."""

from datetime import date, timedelta
from typing import Any

from bassin.commons.models import Placement
from bassin.match.skills import sample_campus
from bassin.match.skills.models import Assumption, GreenProject, PlanStep, ReconversionPlan
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
    _plan(today)
    sample_campus.build(today)


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


_PLAN = "EXEMPLE — Un atelier de mécanique de 140 personnes annonce sa fermeture"
# Exposed trade, least, central and most jobs: what the plan of the sample said when it was kept.
_EXPOSED = (["H2903", 98, 98.0, 98], ["H2502", 24, 24.0, 24], ["H1404", 18, 18.0, 18])
# Towards which trade, files begun, signed, hired, in job at six months.
_FILES = (
    ("H2903", "H2902", 14, 11, 8, 6),
    ("H2903", "H1203", 6, 4, 2, 1),
    ("H1404", "H1203", 5, 4, 3, 3),
)


def _plan(today: date) -> None:
    """A plan of the year before, with files that had time to lead to a job."""
    began = today - timedelta(days=420)
    plan, made = ReconversionPlan.objects.get_or_create(
        title=_PLAN, origin=Origin.INVENTED,
        defaults={
            "firm_name": "EXEMPLE, atelier inventé", "naf_code": "25.62B",
            "commune_code": "94074", "jobs_low": 140, "jobs_high": 140, "day": began,
            "scheme": "transco", "mode": "transit", "minutes": 45, "trades": list(_EXPOSED),
            "query": f"naf=25.62B&emplois=140&commune=94074&date={began}&mode=transit&minutes=45",
            "note": "Plan inventé pour la démonstration.", "written_on": began,
        },
    )  # fmt: skip
    for source, target, begun, signed, hired, lasting in _FILES if made else ():
        pair = {
            "plan": plan, "from_rome": source, "to_rome": target, "origin": Origin.INVENTED,
        }  # fmt: skip
        for stage, count, days in (("begun", begun, 20), ("signed", signed, 70)):
            on = began + timedelta(days=days)
            PlanStep.objects.create(**pair, stage=stage, count=count, on=on, said_on=on)
        for rank in range(hired):
            _hired(pair, rank, began + timedelta(days=200), lasts=rank < lasting)


def _hired(pair: dict[str, Any], rank: int, on: date, *, lasts: bool) -> None:
    token = f"exemple-reconversion-{pair['from_rome']}-{pair['to_rome']}-{rank}"
    placement, _made = Placement.objects.get_or_create(
        token=token,
        defaults={
            "hired_on": on, "employer_siret": "99999999900019", "rome_code": pair["to_rome"],
            "references": [pair["plan"].reference], "origin": Origin.INVENTED,
        },
    )  # fmt: skip
    stages = [("hired", on), *([("lasting", on + timedelta(days=185))] if lasts else [])]
    for stage, day in stages:
        PlanStep.objects.create(
            **pair, stage=stage, count=1, on=day, said_on=day, placement=placement
        )
