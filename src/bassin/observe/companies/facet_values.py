"""The values that facets count: their SQL, and from what was counted to codes and words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from bassin.errors import Refused
from bassin.indicators.activity_sets import known_fields, known_perimeters
from bassin.observe.companies.coded import Column, Counts, Rows, holding, together
from bassin.observe.companies.filters.base import Asked
from bassin.observe.companies.filters.firms import INSERTION, tranche
from bassin.observe.companies.filters.lives import MOVES, PROCEDURES, STATES
from bassin.observe.companies.filters.places import ANY
from bassin.observe.companies.rows import PROCEDURES as OF_PROCEDURES
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
from bassin.store import Reader
from bassin.taxonomies import legal, naf
from bassin.taxonomies.classification import Classification
from bassin.taxonomies.codes import Level, Nomenclature
from bassin.taxonomies.headcounts import bands
from bassin.types import Text

Told = list[tuple[str, Text, int]]


@dataclass(frozen=True, slots=True)
class Judged:
    """The rows to count.

    `kept` passed every filter; `aside` gives, for each filter that is in use and counted, those
    that all the others keep; `states` counts those in a state that was not asked for.
    """

    columns: Mapping[str, Column]
    kept: Rows
    aside: Mapping[str, Rows]
    states: Counts

    def rows(self, param: str) -> Rows:
        """The rows to count for a filter."""
        return self.aside.get(param, self.kept)

    def counts(self, column: str, param: str = "") -> Counts:
        """The values of a column among the rows to count for a filter, by default of that name."""
        return self.columns[column].counts(self.rows(param or column))


@dataclass(frozen=True, slots=True)
class Dimension:
    """What is counted for one filter; `several` when the filter takes several values.

    `officers`: it is counted for them alone.
    """

    param: str
    tell: Callable[[Judged, Asked, Selection], Told]
    several: bool = True
    officers: bool = False


_YES = "CASE {0} WHEN TRUE THEN 'oui' WHEN FALSE THEN 'non' END"
CODED = {
    "lieu": "commune_code",
    "qpv": "CASE WHEN qpv_code IS NOT NULL THEN qpv_code WHEN has_position THEN 'non' END",
    "naf": "naf_code",
    "naf2025": "naf2025_code",
    "effectif": "headcount_band",
    "forme": "legal_category",
    "ess": _YES.format("is_ess"),
    "insertion": "insertion_kind",
    "siege": _YES.format("is_head_office"),
    "demenage": (
        "CASE WHEN moved_from IS NOT NULL AND moved_to IS NOT NULL THEN 'oui' "
        "WHEN moved_from IS NOT NULL THEN 'arrivee' WHEN moved_to IS NOT NULL THEN 'depart' END"
    ),
    "etat": "state",
}
"""The columns that are read as small numbers, by name."""
_PROCEDURE = (
    "(SELECT CASE WHEN procedure_closed_on IS NOT NULL THEN 'close' "
    "WHEN procedure = 'safeguard' THEN 'sauvegarde' WHEN procedure = 'receivership' THEN "
    f"'redressement' ELSE 'liquidation' END FROM {OF_PROCEDURES} p "
    f"WHERE p.siret = {TABLE}.siret)"
)


def coded(reader: Reader) -> dict[str, str]:
    """Those of the release that is read: without procedures where none is loaded."""
    return CODED | ({"procedure": _PROCEDURE} if reader.has(OF_PROCEDURES) else {})


def _by_count(told: Told) -> Told:
    return sorted(told, key=lambda each: -each[2])


def _communes(judged: Judged, asked: Asked, selection: Selection) -> Told:
    found: Told = []
    for code, count in judged.counts("lieu").items():
        if code is None:
            continue
        try:
            place = asked.house.territory.place(f"commune:{code}")
        except Refused:  # a code of another year: told by its number
            found.append((f"commune:{code}", Text(code, code), count))
            continue
        found.append((place.key, Text(place.name, place.name), count))
    return _by_count(found)


def _quarters(judged: Judged, asked: Asked, selection: Selection) -> Told:
    counts = judged.counts("qpv")
    inside = {code: count for code, count in counts.items() if code not in (None, "non")}
    told: Told = [("oui", ANY["oui"], sum(inside.values()))]
    told.append(("non", ANY["non"], counts.get("non", 0)))
    for code, count in sorted(inside.items(), key=lambda each: -each[1]):
        name = _quarter(str(code), asked)
        told.append((str(code), Text(name, name), count))
    return told


def _quarter(code: str, asked: Asked) -> str:
    try:
        return asked.house.territory.place(f"qpv:{code}").name
    except Refused:
        return code


def _activities(
    param: str, nomenclature: Nomenclature
) -> Callable[[Judged, Asked, Selection], Told]:
    """Sections of a nomenclature; and what lies one level under each code that is chosen."""

    def tell(judged: Judged, asked: Asked, selection: Selection) -> Told:
        known = naf.of(nomenclature)
        wanted = list(known.codes(Level.SECTION))
        for code in [value for name, value in selection.parameters() if name == param]:
            above = known.ancestors(code)
            wanted += [*reversed(above), code, *known.children(code)]
        sums: dict[str, int] = {}
        for counted, count in judged.counts(param).items():
            for each in _up(known, counted):
                sums[each] = sums.get(each, 0) + count
        return [
            (code, known.entry(code).label, sums.get(code, 0)) for code in dict.fromkeys(wanted)
        ]

    return tell


def _up(known: Classification, code: str | None) -> tuple[str, ...]:
    """A code and those above it; none when the nomenclature does not have it."""
    try:
        return (code, *known.ancestors(code)) if code else ()
    except Refused:
        return ()


def _perimeters(judged: Judged, asked: Asked, selection: Selection) -> Told:
    by_naf = judged.counts("naf", "perimetre")
    return [
        (each.key, each.label, sum(by_naf.get(code, 0) for code in each.naf_codes))
        for each in known_perimeters(asked.house, asked.today).values()
    ]


def _fields(judged: Judged, asked: Asked, selection: Selection) -> Told:
    """An establishment belongs to a field by its activity or by its legal form, counted once."""
    activities, forms = judged.columns["naf"], judged.columns["forme"]
    pairs = together(activities, forms, judged.rows("domaine"))
    told: Told = []
    for each in known_fields(asked.house, asked.today).values():
        inside = holding(activities, tuple(each.naf_codes))
        starts = each.legal_starts
        formed = np.array([bool(starts) and (one or "").startswith(starts) for one in forms.labels])
        count = pairs[inside].sum() + pairs[~inside][:, formed].sum()
        told.append((each.key, each.label, int(count)))
    return told


def _staff(judged: Judged, asked: Asked, selection: Selection) -> Told:
    """By band, those without staff or with staff unknown as one."""
    told: dict[str, tuple[Text, int]] = {}
    counts = judged.counts("effectif")
    for code, each in bands().items():
        count = counts.get(code, 0)
        if code == next(iter(bands())):
            count += counts.get(None, 0)
        span = tranche(each)
        label, before = told.get(span, (each.label, 0))
        label = label if span != "0-0" else _NO_STAFF
        told[span] = (label, before + count)
    return [(span, label, count) for span, (label, count) in told.items()]


_NO_STAFF = Text("Aucun salarié, ou effectif inconnu", "No employee, or staff not known")


def _forms(judged: Judged, asked: Asked, selection: Selection) -> Told:
    sums: dict[str, int] = {}
    for code, count in judged.counts("forme").items():
        for each in (code[:1], code[:2]) if code else ():
            sums[each] = sums.get(each, 0) + count
    chosen = selection.forms.codes if selection.forms else ()
    first = sorted(code for code in sums if len(code) == 1)
    below = sorted(c for c in sums if len(c) == 2 and any(c.startswith(x[:1]) for x in chosen))
    return [(code, _legal(code), sums[code]) for code in sorted((*first, *below))]


@cache
def _legal(code: str) -> Text:
    try:
        return legal.label(code)
    except Refused:
        return Text(code, code)


def _yes(column: str) -> Callable[[Judged, Asked, Selection], Told]:
    def tell(judged: Judged, asked: Asked, selection: Selection) -> Told:
        counts = judged.counts(column)
        return [(code, label, counts.get(code, 0)) for code, label in _YES_NO.items()]

    return tell


_YES_NO = {"oui": Text("oui", "yes"), "non": Text("non", "no")}


def _insertion(judged: Judged, asked: Asked, selection: Selection) -> Told:
    any_kind = Text("tous les employeurs inclusifs", "all insertion employers")
    whole, found = 0, dict.fromkeys(INSERTION, 0)
    for kinds, count in judged.counts("insertion").items():
        whole += count if kinds else 0
        for kind in (kinds or "").split():
            found[kind] = found.get(kind, 0) + count
    each = [(kind, INSERTION.get(kind, Text(kind, kind)), n) for kind, n in found.items()]
    return [("oui", any_kind, whole), *_by_count(each)]


def _procedures(judged: Judged, asked: Asked, selection: Selection) -> Told:
    going_on = ("sauvegarde", "redressement", "liquidation")
    counts = judged.counts("procedure")
    found = {kind: counts.get(kind, 0) for kind in (*going_on, "close")}
    found["ouverte"] = sum(found[kind] for kind in going_on)
    return [(kind, label, found[kind]) for kind, (label, _) in PROCEDURES.items()]


def _moves(judged: Judged, asked: Asked, selection: Selection) -> Told:
    counts = judged.counts("demenage")
    both, came, left = (counts.get(way, 0) for way in ("oui", "arrivee", "depart"))
    found = {"arrivee": came + both, "depart": left + both, "oui": came + left + both}
    return [(way, label, found[way]) for way, (label, _) in MOVES.items()]


def _states(judged: Judged, asked: Asked, selection: Selection) -> Told:
    counts = judged.counts("etat") | judged.states
    found = {code: count for code, count in counts.items() if code}
    found["tous"] = sum(found.values())
    return [(code, label, found.get(code, 0)) for code, label in STATES.items()]


DIMENSIONS = (
    Dimension("lieu", _communes),
    Dimension("qpv", _quarters),
    Dimension("naf", _activities("naf", Nomenclature.REV2)),
    Dimension("naf2025", _activities("naf2025", Nomenclature.NAF_2025)),
    Dimension("perimetre", _perimeters),
    Dimension("domaine", _fields),
    Dimension("effectif", _staff, several=False),
    Dimension("forme", _forms),
    Dimension("ess", _yes("ess"), several=False),
    Dimension("insertion", _insertion),
    Dimension("siege", _yes("siege"), several=False),
    Dimension("procedure", _procedures, officers=True),
    Dimension("demenage", _moves, several=False),
    Dimension("etat", _states, several=False),
)
"""What is counted, in the order in which people meet it."""
