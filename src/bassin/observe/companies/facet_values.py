"""The values that facets count: their SQL, and from what was counted to codes and words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from bassin.errors import Refused
from bassin.observe.companies.filters.activities import (
    codes_of,
    known_fields,
    known_perimeters,
)
from bassin.observe.companies.filters.base import Asked
from bassin.observe.companies.filters.firms import INSERTION, tranche
from bassin.observe.companies.filters.lives import MOVES, PROCEDURES, STATES
from bassin.observe.companies.filters.places import ANY
from bassin.observe.companies.selection import Selection
from bassin.taxonomies import legal, naf
from bassin.taxonomies.codes import Level
from bassin.taxonomies.headcounts import bands
from bassin.types import Text

Counts = dict[str | None, tuple[int, int]]
"""By value: how many establishments, and a second count where the dimension has one."""
Told = list[tuple[str, Text, int]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What is counted for one filter.

    Args:
        columns: of the shown table, read once for all.
        sql: by what the rows are counted.
        several: whether the filter takes several values.
        second: one more count, by value.
    """

    param: str
    columns: tuple[str, ...]
    sql: str
    several: bool = True
    second: str = "0"


_PROCEDURE = (
    "CASE WHEN procedure IS NULL THEN NULL WHEN procedure_closed_on IS NOT NULL THEN 'close' "
    "WHEN procedure = 'safeguard' THEN 'sauvegarde' WHEN procedure = 'receivership' THEN "
    "'redressement' ELSE 'liquidation' END"
)
_MOVED = "CASE WHEN moved_from IS NOT NULL THEN 'arrivee' END"
_QPV = "CASE WHEN qpv_code IS NOT NULL THEN qpv_code WHEN has_position THEN 'non' END"

DIMENSIONS = (
    Dimension("lieu", ("commune_code",), "commune_code"),
    Dimension("qpv", ("qpv_code", "has_position"), _QPV),
    Dimension("naf", ("naf_code",), "naf_code"),
    Dimension("perimetre", ("naf_code",), "naf_code"),
    Dimension("domaine", ("naf_code", "legal_category"),
              "concat_ws(' ', coalesce(naf_code, '-'), legal_category)"),
    Dimension("effectif", ("headcount_band",), "headcount_band", several=False),
    Dimension("forme", ("legal_category",), "left(legal_category, 2)"),
    Dimension("ess", ("is_ess",), "CASE is_ess WHEN TRUE THEN 'oui' WHEN FALSE THEN 'non' END",
              several=False),
    Dimension("insertion", ("insertion_kind",), "insertion_kind"),
    Dimension("siege", ("is_head_office",),
              "CASE is_head_office WHEN TRUE THEN 'oui' WHEN FALSE THEN 'non' END", several=False),
    Dimension("procedure", ("procedure", "procedure_closed_on"), _PROCEDURE),
    Dimension("demenage", ("moved_from", "moved_to"), _MOVED, several=False,
              second="count(*) FILTER (moved_to IS NOT NULL)"),
    Dimension("etat", ("state",), "state", several=False),
)  # fmt: skip


def dimensions_of(
    asked: Asked, selection: Selection, counts: Mapping[str, Counts]
) -> dict[str, Told]:
    """For each filter that was counted: its codes, in words, with how many."""
    return {param: _TELL[param](found, asked, selection) for param, found in counts.items()}


def _by_count(told: Told) -> Told:
    return sorted(told, key=lambda each: -each[2])


def _communes(counts: Counts, asked: Asked, selection: Selection) -> Told:
    found: Told = []
    for code, (count, _) in counts.items():
        if code is None:
            continue
        try:
            place = asked.house.territory.place(f"commune:{code}")
        except Refused:  # a code of another year: told by its number
            found.append((f"commune:{code}", Text(code, code), count))
            continue
        found.append((place.key, Text(place.name, place.name), count))
    return _by_count(found)


def _quarters(counts: Counts, asked: Asked, selection: Selection) -> Told:
    inside = {code: count for code, (count, _) in counts.items() if code not in (None, "non")}
    told: Told = [("oui", ANY["oui"], sum(inside.values()))]
    told.append(("non", ANY["non"], counts.get("non", (0, 0))[0]))
    for code, count in sorted(inside.items(), key=lambda each: -each[1]):
        name = _quarter(str(code), asked)
        told.append((str(code), Text(name, name), count))
    return told


def _quarter(code: str, asked: Asked) -> str:
    try:
        return asked.house.territory.place(f"qpv:{code}").name
    except Refused:
        return code


def _activities(counts: Counts, asked: Asked, selection: Selection) -> Told:
    """Sections; and what lies one level under each code that is chosen."""
    known = naf.rev2()
    wanted = list(known.codes(Level.SECTION))
    if selection.activities is not None:
        for code in selection.activities.codes:
            above = known.ancestors(code)
            wanted += [*reversed(above), code, *known.children(code)]
    sums: dict[str, int] = {}
    for counted, (count, _) in counts.items():
        if counted is not None and counted in known:
            for each in (counted, *known.ancestors(counted)):
                sums[each] = sums.get(each, 0) + count
    return [(code, known.entry(code).label, sums.get(code, 0)) for code in dict.fromkeys(wanted)]


def _perimeters(counts: Counts, asked: Asked, selection: Selection) -> Told:
    by_naf = {code: count for code, (count, _) in counts.items() if code}
    return [
        (each.id, each.label, sum(by_naf.get(code, 0) for code in each.naf_codes()))
        for each in known_perimeters(asked.house).values()
    ]


def _fields(counts: Counts, asked: Asked, selection: Selection) -> Told:
    pairs = [(*str(key).partition(" ")[::2], count) for key, (count, _) in counts.items() if key]
    told: Told = []
    known = known_fields(asked)
    for key, (_, item) in known.items():
        codes, starts = codes_of(item, asked, known)
        begin = tuple(starts)
        count = sum(n for code, form, n in pairs if code in codes or form.startswith(begin))
        told.append((key, item.label, count))
    return told


def _staff(counts: Counts, asked: Asked, selection: Selection) -> Told:
    """By band, those without staff or with staff unknown as one."""
    told: dict[str, tuple[Text, int]] = {}
    for code, each in bands().items():
        count = counts.get(code, (0, 0))[0]
        if code == next(iter(bands())):
            count += counts.get(None, (0, 0))[0]
        span = tranche(each)
        label, before = told.get(span, (each.label, 0))
        label = label if span != "0-0" else _NO_STAFF
        told[span] = (label, before + count)
    return [(span, label, count) for span, (label, count) in told.items()]


_NO_STAFF = Text("Aucun salarié, ou effectif inconnu", "No employee, or staff not known")


def _forms(counts: Counts, asked: Asked, selection: Selection) -> Told:
    sums: dict[str, int] = {}
    for code, (count, _) in counts.items():
        for each in {code[:1], code} if code else ():
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


def _words(labels: Mapping[str, Text]) -> "Callable[[Counts, Asked, Selection], Told]":
    def tell(counts: Counts, asked: Asked, selection: Selection) -> Told:
        return [(code, label, counts.get(code, (0, 0))[0]) for code, label in labels.items()]

    return tell


def _insertion(counts: Counts, asked: Asked, selection: Selection) -> Told:
    any_kind = Text("tous les employeurs inclusifs", "all insertion employers")
    whole, found = 0, dict.fromkeys(INSERTION, 0)
    for kinds, (count, _) in counts.items():
        whole += count if kinds else 0
        for kind in (kinds or "").split():
            found[kind] = found.get(kind, 0) + count
    each = [(kind, INSERTION.get(kind, Text(kind, kind)), n) for kind, n in found.items()]
    return [("oui", any_kind, whole), *_by_count(each)]


def _procedures(counts: Counts, asked: Asked, selection: Selection) -> Told:
    going_on = ("sauvegarde", "redressement", "liquidation")
    found = {kind: counts.get(kind, (0, 0))[0] for kind in (*going_on, "close")}
    found["ouverte"] = sum(found[kind] for kind in going_on)
    return [(kind, label, found[kind]) for kind, (label, _) in PROCEDURES.items()]


def _moves(counts: Counts, asked: Asked, selection: Selection) -> Told:
    here, out_and_in = counts.get("arrivee", (0, 0))
    out = counts.get(None, (0, 0))[1]
    found = {"arrivee": here, "depart": out + out_and_in, "oui": here + out}
    return [(way, label, found[way]) for way, (label, _) in MOVES.items()]


def _states(counts: Counts, asked: Asked, selection: Selection) -> Told:
    found = {code: count for code, (count, _) in counts.items() if code}
    found["tous"] = sum(found.values())
    return [(code, label, found.get(code, 0)) for code, label in STATES.items()]


_TELL: dict[str, Callable[[Counts, Asked, Selection], Told]] = {
    "lieu": _communes,
    "qpv": _quarters,
    "naf": _activities,
    "perimetre": _perimeters,
    "domaine": _fields,
    "effectif": _staff,
    "forme": _forms,
    "ess": _words({"oui": Text("oui", "yes"), "non": Text("non", "no")}),
    "insertion": _insertion,
    "siege": _words({"oui": Text("oui", "yes"), "non": Text("non", "no")}),
    "procedure": _procedures,
    "demenage": _moves,
    "etat": _states,
}
