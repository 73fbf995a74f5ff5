"""The columns of a list of projects, by the names people give them, and what their cells mean."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from bassin.steer.programmes.imports.text import folded

NAMES = {
    "code": ("code", "n°", "no", "numero", "numero de fiche", "ref", "reference", "id"),
    "title": (
        "titre", "intitule", "action", "projet", "nom", "libelle", "fiche action", "nom du projet",
        "nom de l'action", "intitule du projet", "intitule de l'action", "titre du projet",
        "titre de l'action", "title", "project", "name",
    ),
    "axis": ("axe", "axe strategique", "axe de la feuille de route", "orientation", "axis"),
    "priority": ("priorite", "objectif", "priority"),
    "holder": (
        "porteur", "porteur de projet", "porteur du projet", "pilote", "maitre d'ouvrage",
        "responsable", "structure porteuse", "holder", "lead",
    ),
    "text": ("description", "descriptif", "resume", "presentation", "text"),
    "kind": ("type", "nature", "kind"),
    "period": ("periode", "annee", "annees", "calendrier", "dates", "period", "year", "years"),
    "starts_on": ("debut", "date de debut", "demarrage", "date de demarrage", "start", "starts"),
    "ends_on": ("fin", "date de fin", "echeance", "end", "ends"),
    "cost_eur": (
        "budget", "cout", "montant", "cout total", "budget total", "budget (€)", "cout (€)",
        "montant (€)", "cost",
    ),
    "commune_codes": ("commune", "communes", "ville", "lieu", "localisation", "town"),
    "abandoned_why": (
        "motif", "motif d'abandon", "raison", "raison de l'abandon", "motif de l'abandon",
        "pourquoi", "why abandoned", "reason",
    ),
    "lifecycle": ("statut", "etat", "stade", "etat d'avancement", "status", "stage"),
}  # fmt: skip
"""Folded names of columns, by the field they fill."""

_STAGES = {
    "idea": ("idee", "idea"),
    "proposed": ("propose", "proposed"),
    "approved": ("valide", "approuve", "retenu", "approved"),
    "in_progress": ("en cours", "engage", "lance", "in progress"),
    "paused": ("suspendu", "en pause", "paused"),
    "done": ("termine", "realise", "acheve", "fait", "done"),
    "abandoned": ("abandonne", "annule", "arrete", "abandoned"),
}
_KINDS = {
    "action": ("action",),
    "project": ("projet", "project"),
    "study": ("etude", "study"),
    "experiment": ("experimentation", "experiment"),
    "labelled": ("autre projet labellise", "labellise", "labelled"),
}
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})|^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_EUROS = re.compile(r"^(-?[\d\s]+(?:[.,]\d+)?)\s*(k€|m€|€|euros?|keur|meur)?$")
CENT, LARGEST = Decimal("0.01"), Decimal(10) ** 12
_TIMES = {"k€": 1_000, "keur": 1_000, "m€": 1_000_000, "meur": 1_000_000}


def recognise(headers: Sequence[str]) -> dict[str, int]:
    """The place of each column that is recognised, the first when two have one meaning."""
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        said = folded(header).rstrip(" :*")
        for name, words in NAMES.items():
            if said in words and name not in found:
                found[name] = place
                break
    return found


def stage(said: str) -> str | None:
    """A stage in words; None when it is none of ours. An abandoned one needs a reason."""
    return _among(_STAGES, said)


def kind(said: str) -> str | None:
    """A kind of action in words; None when it is none of ours."""
    return _among(_KINDS, said)


def _among(known: dict[str, tuple[str, ...]], said: str) -> str | None:
    plain = re.sub(r"e*s?$", "", folded(said))
    for value, words in known.items():
        if any(plain == re.sub(r"e*s?$", "", word) for word in words):
            return value
    return None


def day(said: str) -> date | None:
    """A day; None for a year or a month alone, which are a `period`."""
    if not (found := _DAY.match(said.strip())):
        return None
    year, month, number, number_fr, month_fr, year_fr = found.groups()
    try:
        return date(int(year or year_fr), int(month or month_fr), int(number or number_fr))
    except ValueError:
        return None


_MONTHS = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"),
    ("mai", "may"), ("juin", "june"), ("juillet", "july"), ("aout", "august"),
    ("septembre", "september"), ("octobre", "october"), ("novembre", "november"),
    ("decembre", "december"),
)  # fmt: skip
_ONE = (
    r"(?:(?P<month{0}>[a-z]{{3,9}})\.?\s+|(?P<number{0}>\d{{1,2}})[/.])?(?P<year{0}>(?:19|20)\d\d)"
)
_PERIOD = re.compile(
    rf"^(?:de\s+|depuis\s+|from\s+)?{_ONE.format(1)}"
    rf"(?:\s*(?:-|–|—|/|a|to|au|jusqu'en)\s*{_ONE.format(2)})?$"
)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last of the years or months that were said, and how precisely."""

    first: date
    first_to: str
    last: date
    last_to: str

    @property
    def is_one(self) -> bool:
        """Whether one year or one month alone was said."""
        if self.first_to != self.last_to or self.first.year != self.last.year:
            return False
        return self.first_to == "year" or self.first.month == self.last.month


def period(said: str) -> Period | None:
    """« 2024 », « mars 2024 », « 2024-2026 »: the days that it holds; None for anything else."""
    if not (found := _PERIOD.match(folded(said))):
        return None
    start = _ends(found, 1)
    end = _ends(found, 2) if found["year2"] else start
    if start is None or end is None or end[1] < start[0]:
        return None
    return Period(start[0], start[2], end[1], end[2])


def _ends(found: re.Match[str], part: int) -> tuple[date, date, str] | None:
    """The first and the last day of a year or of a month, and which of both was said."""
    year = int(found[f"year{part}"])
    word, number = found[f"month{part}"], found[f"number{part}"]
    if not word and not number:
        return date(year, 1, 1), date(year, 12, 31), "year"
    named = [place for place, names in enumerate(_MONTHS, 1) if word in names]
    month = int(number) if number else next(iter(named), 0)
    if not 1 <= month <= len(_MONTHS):
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def euros(said: str) -> Decimal | None:
    """An amount in euros; None when it is not one, or says no number."""
    plain = said.casefold().replace("\u202f", " ").replace("\u00a0", " ").strip()
    if not (found := _EUROS.match(plain)):
        return None
    digits, unit = found.groups()
    try:
        amount = Decimal(re.sub(r"\s", "", digits).replace(",", "."))
    except InvalidOperation:
        return None
    amount *= _TIMES.get(unit or "", 1)
    whole_cents = amount == amount.quantize(CENT) if amount < LARGEST else False
    return amount if amount >= 0 and whole_cents else None
