"""The sample's collective procedures, in the layout of BODACC's open data portal."""

import csv
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bassin.demo import facts
from bassin.demo.draws import Draws, Flags, Ints
from bassin.demo.firms import COMPANY, PERSON
from bassin.demo.lives import OPEN, day_number
from bassin.demo.sirene import legal_names
from bassin.demo.world import World, iso

NAME = "annonces-commerciales.csv"
_HEADER = (
    "id", "publicationavis", "parution", "dateparution", "numeroannonce", "typeavis",
    "typeavis_lib", "familleavis", "familleavis_lib", "numerodepartement", "tribunal",
    "commercant", "ville", "registre", "cp", "listepersonnes", "jugement", "parutionavisprecedent",
)  # fmt: skip
_COURTS = {
    "94": "Greffe du Tribunal de Commerce de Créteil",
    "91": "Greffe du Tribunal de Commerce d'Évry",
}
_OPENS = "Jugement d'ouverture"
_SAFEGUARD = "Jugement d'ouverture d'une procédure de sauvegarde"
_RECEIVERSHIP = "Jugement d'ouverture d'une procédure de redressement judiciaire"
_LIQUIDATION = "Jugement d'ouverture de liquidation judiciaire"
_CONVERTS = ("Jugement prononçant", "Jugement de conversion en liquidation judiciaire")
_PLANS = ("Jugement prononçant", "Jugement arrêtant le plan de redressement")
_ENDS = ("Jugement de clôture", "Jugement de clôture pour insuffisance d'actif")


@dataclass(frozen=True, slots=True)
class _Notice:
    """One judgment on the head office of one firm, on a day counted from 1970."""

    head: int
    judged: int
    family: str
    nature: str


def write(world: World, folder: Path) -> None:
    """Write all notices, in order of publication."""
    draws = Draws("failures")
    notices = [
        each for head, day in _openings(draws, world) for each in _course(draws, world, head, day)
    ]
    delays = draws.between(6, 24, len(notices))
    published = np.array([each.judged for each in notices]) + delays
    numbers: Counter[int] = Counter()
    names = legal_names(world)
    with (folder / NAME).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _HEADER, delimiter=";", lineterminator="\n")
        writer.writeheader()
        for rank in np.argsort(published, kind="stable").tolist():
            day = int(published[rank])
            if day <= day_number(facts.stock_day()):
                numbers[day] += 1
                writer.writerow(_record(world, names, notices[rank], day, numbers[day]))


def _openings(draws: Draws, world: World) -> list[tuple[int, int]]:
    """Head offices that fail, with the day; each firm once, the numbers of the calibration."""
    heads = np.flatnonzero(world.firms.head & np.isin(world.firms.kind, (COMPANY, PERSON)))
    closed = world.lives.closed[heads]
    end = np.where(closed == OPEN, 1 << 30, closed)
    failed: Flags = np.zeros(len(heads), dtype=bool)
    found: list[tuple[int, int]] = []
    for year, count in facts.calibration()["failures"].items():
        start, stop = day_number(date(int(year), 1, 1)), day_number(date(int(year), 12, 31))
        stop = min(stop, day_number(facts.stock_day()) - 30)
        there = (world.lives.created[heads] < start - 90) & (end > start + 40) & ~failed
        weights = _risk(world, heads) * np.where(end < start + 800, 40, 1) * there
        chosen = np.flatnonzero(there)[draws.first(weights[there], count)]
        failed[chosen] = True
        last = np.minimum(end[chosen] - 20, stop)
        days = start + draws.below(np.maximum(last - start, 1))
        found += zip(heads[chosen].tolist(), days.tolist(), strict=True)
    return found


def _risk(world: World, heads: Ints) -> Ints:
    """Firms with staff fail more often before a court than persons alone, who merely stop."""
    risk = np.array([each.risk for each in facts.activities()], dtype=np.int64)
    person = world.firms.kind[heads] == PERSON
    return risk[world.lives.activity[heads]] ** 2 // 20 * np.where(person, 1, 9) + 1


def _course(draws: Draws, world: World, head: int, day: int) -> list[_Notice]:
    """The opening and what follows it."""
    closed = int(world.lives.closed[head])
    luck = int(draws.below(100, 1)[0])
    later = int(draws.between(100, 420, 1)[0])
    if closed != OPEN and luck < 74:
        ends = _Notice(head, max(closed, day) + later, *_ENDS)
        return [_Notice(head, day, _OPENS, _LIQUIDATION), ends]
    if closed != OPEN:
        converts = _Notice(head, min(day + 90, closed - 5), *_CONVERTS)
        return [_Notice(head, day, _OPENS, _RECEIVERSHIP), converts]
    opening = _Notice(head, day, _OPENS, _SAFEGUARD if luck < 15 else _RECEIVERSHIP)
    return [opening, _Notice(head, day + later, *_PLANS)] if luck < 60 else [opening]


def _record(
    world: World, names: np.ndarray, notice: _Notice, day: int, number: int
) -> dict[str, Any]:
    """One row of the portal. Persons have no name here: the sample gives them none."""
    commune = facts.communes()[int(world.lives.commune[notice.head])]
    unit = int(world.firms.unit[notice.head])
    siren = str(world.sirens[unit])
    spaced = f"{siren[:3]} {siren[3:6]} {siren[6:]}"
    text = str(iso(np.array([day]))[0])
    issue = f"{text[:4]}{day - day_number(date(int(text[:4]), 1, 1)) + 1:04}"
    person = world.firms.kind[notice.head] == PERSON
    name = "Personne physique (exemple)" if person else str(names[unit])
    who = {
        "typePersonne": "pp" if person else "pm",
        "numeroImmatriculation": {"numeroIdentification": spaced, "codeRCS": "RCS"},
        **({} if person else {"denomination": name}),
    }
    judged = str(iso(np.array([notice.judged]))[0])
    return {
        "id": f"A{issue}{number}", "publicationavis": "A", "parution": issue, "dateparution": text,
        "numeroannonce": number, "typeavis": "annonce", "typeavis_lib": "Avis initial",
        "familleavis": "collective", "familleavis_lib": "Procédures collectives",
        "numerodepartement": commune.code[:2], "tribunal": _COURTS[commune.code[:2]],
        "commercant": name, "ville": commune.name, "registre": f"{spaced},{siren}",
        "cp": commune.postal_code,
        "listepersonnes": json.dumps({"personne": who}, ensure_ascii=False),
        "jugement": json.dumps(
            {"famille": notice.family, "nature": notice.nature, "date": judged}, ensure_ascii=False
        ),
        "parutionavisprecedent": "",
    }  # fmt: skip
