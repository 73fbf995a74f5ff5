"""From one aid to the firms that surely or possibly qualify, with what is still to ask each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from django.urls import NoReverseMatch, reverse

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.facts import facts
from bassin.match.aids.rules.firms import Firms, firms
from bassin.match.aids.rules.told import shown
from bassin.match.aids.rules.wording import Wording, question
from bassin.pairing.conditions import Condition, State, flat
from bassin.pairing.conditions.batch import Evaluation, States
from bassin.taxonomies import legal, naf
from bassin.taxonomies.headcounts import band
from bassin.types import Text

PER_PAGE = 25
MOST_EXPORTED = 5_000
_ROWS = """
    SELECT siret, name, is_hidden, legal_category, naf_code, commune_code, headcount_band,
        qpv_code, unit_created_on
    FROM establishments_shown WHERE siret IN (SELECT unnest(?))
"""
_PERSON = Text("personne physique", "natural person")


@dataclass(frozen=True, slots=True)
class Prospect:
    """A firm to call: what the register shows of it, the answer, what is still to ask."""

    siret: str
    name: str
    activity: str
    commune: str
    staff: str
    answer: str
    asked: tuple[str, ...]
    legal: str = ""
    qpv: str = ""
    created: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """Which firms an aid may serve, those that surely qualify first."""

    firms: Firms
    evaluation: Evaluation
    clauses: tuple
    order: npt.NDArray[np.int64]
    sure: int
    maybe: int
    out: int

    @property
    def sirets(self) -> list[str]:
        """Their numbers, in order."""
        return self.firms.sirets.take(self.order).to_pylist()


def search(
    house: House, aid: Aid, day: date, commune: str = "", sure_only: bool = False, *,
    procedures: bool = True,
) -> Search:  # fmt: skip
    """Every open establishment before an aid, whatever its calendar; of one commune when asked.

    Args:
        procedures: whether collective procedures are looked at: for who may search them alone.
    """
    every = firms(house, day)
    columns = every.columns if procedures else every.public
    evaluation = Evaluation(columns, len(every))
    clauses = aid.clauses(day)
    states = evaluation.together(clauses)
    kept = np.ones(len(every), bool)
    if commune:
        codes, names = every.communes
        kept = codes == (names.index(commune) if commune in names else -1)
    counts = [int(((states == state) & kept).sum()) for state in State]
    wanted = np.flatnonzero((states >= (State.YES if sure_only else State.ASK)) & kept)
    order = wanted[np.argsort(-states[wanted], kind="stable")]
    return Search(every, evaluation, clauses, order, counts[2], counts[1], counts[0])


def by_commune(house: House, found: Search) -> list[tuple[str, str, int]]:
    """How many there are in each commune: its code, its name, its count."""
    codes, names = found.firms.communes
    counts = np.bincount(codes[found.order], minlength=len(names)).tolist()
    rows = [
        (code, int(count)) for code, count in zip(names, counts, strict=False) if code and count
    ]
    rows.sort(key=lambda each: (-each[1], each[0]))
    return [(code, _commune(house, code), count) for code, count in rows]


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A fact that is still to ask, and of how many of the firms."""

    label: str
    question: str
    firms: int
    everybody: bool


def to_ask(found: Search, language: str) -> list[ToAsk]:
    """The facts still to ask of the firms that were found, those of the most firms first."""
    masks: dict[str, npt.NDArray[np.bool_]] = {}
    first: dict[str, Condition] = {}
    for clause in found.clauses:
        open_ones = _asks(found, found.evaluation.clause(clause))
        for each in flat([clause]):
            first.setdefault(each.fact, each)
            mask = open_ones & _asks(found, found.evaluation.condition(each))
            masks[each.fact] = masks.get(each.fact, np.zeros_like(mask)) | mask
    counts = {fact: int(mask.sum()) for fact, mask in masks.items()}
    return [
        ToAsk(facts()[fact].label.say(language) if fact in facts() else "",
              question(first[fact], language)[0], count, count == len(found.order))
        for fact, count in sorted(counts.items(), key=lambda each: -each[1]) if count
    ]  # fmt: skip


def _asks(found: Search, states: States | State) -> npt.NDArray[np.bool_]:
    if isinstance(states, State):
        return np.full(len(found.order), states is State.ASK)
    made: npt.NDArray[np.bool_] = states[found.order] == State.ASK
    return made


def listed(house: House, found: Search, places: Sequence[int], wording: Wording) -> list[Prospect]:
    """Some of them, by their places in the order."""
    numbers = [int(found.order[each]) for each in places]
    sirets = found.firms.sirets.take(np.array(numbers, np.int64)).to_pylist()
    rows = {row[0]: row for row in house.reader.rows(_ROWS, [sirets])}
    names: dict[str, str] = {}
    made = []
    for number, siret in zip(numbers, sirets, strict=True):
        _siret, name, hidden, category, code, commune, staff, qpv, born = rows[siret]
        missing = found.evaluation.missing(found.clauses, number)
        if commune and commune not in names:
            names[commune] = _commune(house, commune)
        made.append(
            Prospect(
                siret, _name(name, hidden, category, wording.language), _activity(code, wording),
                names.get(commune or "", ""), _staff(staff, wording.language),
                "unknown" if missing else "yes",
                tuple(dict.fromkeys(question(each, wording.language)[0] for each in missing)),
                wording.code("legal_form", category) if category else "",
                wording.code("place", f"qpv:{qpv}") if qpv else "",
                shown(born, wording.language) if born else "", firm_page(siret),
            )
        )  # fmt: skip
    return made


def firm_page(siret: str) -> str:
    """The page of a firm; "" where no system shows one."""
    try:
        return reverse("companies:establishment", args=[siret])
    except NoReverseMatch:
        return ""


def _name(name: str | None, hidden: bool, category: str | None, language: str) -> str:
    if name and not hidden:
        return name
    if category and not legal.is_natural_person(category):
        return Text("nom non diffusé", "name not published").say(language)
    return _PERSON.say(language)


def _activity(code: str | None, wording: Wording) -> str:
    if not code:
        return ""
    try:
        return f"{naf.rev2().label(code, wording.language)} ({code})"
    except Refused:
        return code


def _staff(code: str | None, language: str) -> str:
    shown = band(code)
    return "" if shown.unsure else shown.label.say(language)


def _commune(house: House, code: str) -> str:
    try:
        return house.territory.place(f"commune:{code}").name
    except Refused:
        return code
