"""The words that commitments are told with: schemes, their pillars, what is counted."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scheme(models.TextChoices):
    """The scheme under which a firm promises something."""

    PAQTE = "paqte", "PAQTE"
    PLAN_10000 = "plan_10000", _("Plan 10 000 entreprises for neighbourhoods")
    CHANCE = "chance", "La France une chance. Les entreprises s'engagent"
    CSR = "csr", _("Territorial CSR")


class Unit(models.TextChoices):
    """What a promise counts. Totals add like with like."""

    INTERNS = "interns", _("school interns welcomed")
    APPRENTICES = "apprentices", _("apprentices hired")
    HIRES = "hires", _("people hired")
    TRAINED = "trained", _("people trained")
    MENTORED = "mentored", _("people mentored")
    VISITS = "visits", _("visits or meetings with residents")
    EUROS = "euros", _("euros bought, excluding tax")
    HOURS = "hours", _("hours of work under an inclusion clause")
    ACTIONS = "actions", _("actions done")


PILLARS: dict[str, dict[str, Any]] = {
    Scheme.PAQTE: {
        "raise": _("Raise awareness"), "train": _("Train"), "recruit": _("Recruit"),
        "buy": _("Buy responsibly"),
    },
    Scheme.PLAN_10000: {
        "interns": _("Welcome interns"), "apprentices": _("Take apprentices"),
        "jobs": _("Hire"), "support": _("Help to start a firm"),
    },
    Scheme.CHANCE: {
        "inclusion": _("Inclusion in jobs"), "youth": _("Young people"),
        "apprentices": _("Take apprentices"), "access": _("Access to goods and services"),
    },
    Scheme.CSR: {
        "people": _("People at work"), "planet": _("Climate and resources"),
        "place": _("Roots in the territory"), "rules": _("Conduct of the firm"),
    },
}  # fmt: skip
"""The pillars of each scheme, as its charter names them; to be read again by who signs."""

STATES: dict[str, Any] = {
    "going": _("under way"),
    "late": _("late"),
    "kept": _("promise kept"),
    "ended": _("ended before its term"),
}


def pillar(scheme: str, code: str) -> str:
    """A pillar in words."""
    return str(PILLARS.get(scheme, {}).get(code, code))
