"""What a scheme may pay for: an interval with its formula, or the questions that prevent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bassin.indicators.numbers import number
from bassin.match.skills.reconversion.schemes import Facts, Scheme, applying
from bassin.taxonomies.interval import Interval
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Euros:
    """Between two amounts, in euros."""

    low: float
    high: float

    def times(self, jobs: Interval) -> "Euros":
        """For each of so many people."""
        return Euros(self.low * jobs.low, self.high * jobs.high)


@dataclass(frozen=True, slots=True)
class Estimate:
    """For one person: what the scheme pays, and the formula; or what must be known first.

    `notes` are what the amount leaves out.
    """

    each: Euros | None
    formula: Text
    questions: tuple[Text, ...]
    notes: tuple[Text, ...]
    source: Text | None


_ASKED = {
    "staff": Text(
        "Quel est l'effectif de l'entreprise et de son groupe ? La part de l'État en dépend.",
        "How many employees have the firm and its group? The State's share depends on it.",
    ),
    "hours": Text(
        "Combien d'heures de formation ?",
        "How many hours of training?",
    ),
    "wage": Text(
        "Combien coûte une heure de travail, charges comprises ?",
        "What does an hour of work cost, contributions included?",
    ),
    "course": Text(
        "Combien coûte une heure de formation ?",
        "What does an hour of the course cost?",
    ),
}
"""What is asked when a term is unknown."""

_NOT_SET = Text(
    "À cette date, aucun montant n'est fixé : le décret n'est pas publié.",
    "On that day no amount is set: the decree is not published.",
)
_SHARE = Text(
    "heures de formation × (coût d'une heure de formation + coût d'une heure de travail) × part de "
    "l'État",
    "hours of training × (cost of an hour of the course + cost of an hour of work) × the State's "
    "share",
)


def estimated(scheme: Scheme, facts: Facts) -> Estimate:
    """What the scheme pays for one person."""
    said = scheme.funding
    if not said:
        return Estimate(None, Text("", ""), (_NOT_SET,), (), None)
    return (_share if said["kind"] == "share" else _hourly)(said, facts)


def _share(said: Mapping[str, Any], facts: Facts) -> Estimate:
    """Transitions collectives: a share of the course and of the wages, by the firm's size."""
    unknown = tuple(
        _ASKED[name]
        for name in ("staff", "hours", "wage", "course")
        if getattr(facts, name) is None
    )
    if unknown or facts.hours is None or facts.wage is None or facts.course is None:
        return Estimate(None, _SHARE, unknown, (), said["source"])
    percents = [case["percent"] for case in applying(said["shares"], facts.staff)]
    cost = facts.wage + facts.course
    each = Euros(
        facts.hours.low * cost * min(percents) / 100, facts.hours.high * cost * max(percents) / 100
    )
    notes = (
        Text(f"Part de l'État : {_between(percents, 'fr')}.",
             f"The State's share: {_between(percents, 'en')}."),
    )  # fmt: skip
    return Estimate(each, _SHARE, (), notes, said["source"])


def _between(percents: list[int], language: str) -> str:
    low, high = min(percents), max(percents)
    sign, to = (" %", "à") if language == "fr" else ("%", "to")
    return f"{low}{sign}" if low == high else f"{low} {to} {high}{sign}"


def _hourly(said: Mapping[str, Any], facts: Facts) -> Estimate:
    """Période de reconversion: so much an hour of training, nothing for wages."""
    rate = facts.rate if facts.rate is not None else said["rate"]
    hours = facts.hours or Interval(*said["hours"])
    each = Euros(float(hours.low * Fraction(str(rate))), float(hours.high * Fraction(str(rate))))
    formula = Text(
        f"{_hours(hours, 'fr')} heures × {_euros(rate, 'fr')} par heure"
        + ("" if facts.rate is not None else " (à défaut de tarif de branche)"),
        f"{_hours(hours, 'en')} hours × {_euros(rate, 'en')} an hour"
        + ("" if facts.rate is not None else " (where the branch has no rate)"),
    )
    return Estimate(each, formula, (), tuple(_left_out(said, facts, hours, rate)), said["source"])


_PAY = Text(
    "La rémunération n'y est pas : un accord ou une décision de l'employeur la prévoit, ou non.",
    "Pay is not in it: an agreement or a decision of the employer provides for it, or not.",
)


def euros(amounts: Euros, language: str) -> str:
    """An interval of euros in words, to the euro."""
    low, high = (_euros(each, language, 0) for each in (amounts.low, amounts.high))
    if low == high:
        return low
    return f"{low} à {high}" if language == "fr" else f"{low} to {high}"


def _left_out(said: Mapping[str, Any], facts: Facts, hours: Interval, rate: float) -> list[Text]:
    notes = [_PAY]
    if hours.high * rate > said["average"]:
        fr, en = (_euros(said["average"], language) for language in ("fr", "en"))
        notes.append(
            Text(
                f"L'OPCO doit tenir une moyenne de {fr} par période : demandez-lui ce qu'il prend "
                "au-delà.",
                f"The OPCO must keep to an average of {en} a period: ask what it takes beyond.",
            )
        )
    if facts.course is None:
        notes.append(_ASKED["course"])
    elif facts.course > rate:
        left = Euros(*(each * (facts.course - rate) for each in (hours.low, hours.high)))
        notes.append(
            Text(
                f"Reste à trouver pour la formation : {euros(left, 'fr')} par personne (CPF, "
                "entreprise, Région).",
                f"Left to find for the course: {euros(left, 'en')} a person (CPF, firm, Région).",
            )
        )
    return notes


def _hours(hours: Interval, language: str) -> str:
    to = "à" if language == "fr" else "to"
    return f"{hours.low}" if hours.low == hours.high else f"{hours.low} {to} {hours.high}"


def _euros(amount: float, language: str, decimals: int | None = None) -> str:
    if decimals is None:
        decimals = 0 if amount == int(amount) else 2
    said = number(amount, decimals, language)
    return f"{said}\u202f€" if language == "fr" else f"€{said}"
