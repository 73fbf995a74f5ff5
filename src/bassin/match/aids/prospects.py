"""From one aid to the firms that surely or possibly qualify, with what is still to ask each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.firms import Firms, firms
from bassin.match.aids.rules.wording import Wording, question
from bassin.pairing.conditions import State
from bassin.pairing.conditions.batch import Evaluation
from bassin.taxonomies import legal, naf
from bassin.taxonomies.headcounts import band
from bassin.types import Text

PER_PAGE = 25
MOST_EXPORTED = 5_000
_ROWS = """
    SELECT siret, name, is_hidden, legal_category, naf_code, commune_code, headcount_band
    FROM establishments_shown WHERE siret IN (SELECT unnest(?))
"""
_COMMUNES = """
    SELECT commune_code, count(*) FROM establishments_shown
    WHERE siret IN (SELECT unnest(?)) GROUP BY 1 ORDER BY 2 DESC, 1
"""
_WITHIN = "SELECT siret FROM establishments_shown WHERE commune_code = ? AND state = 'A'"
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


def search(house: House, aid: Aid, day: date, commune: str = "", sure_only: bool = False) -> Search:
    """Every open establishment before an aid, whatever its calendar; of one commune when asked."""
    every = firms(house, day)
    evaluation = Evaluation(every.columns, len(every))
    clauses = aid.clauses(day)
    states = evaluation.together(clauses)
    kept = np.ones(len(every), bool)
    if commune:
        here = {siret for (siret,) in house.reader.rows(_WITHIN, [commune])}
        kept = np.array([each in here for each in every.sirets.to_pylist()], bool)
    counts = [int(((states == state) & kept).sum()) for state in State]
    wanted = np.flatnonzero((states >= (State.YES if sure_only else State.ASK)) & kept)
    order = wanted[np.argsort(-states[wanted], kind="stable")]
    return Search(every, evaluation, clauses, order, counts[2], counts[1], counts[0])


def by_commune(house: House, found: Search) -> list[tuple[str, str, int]]:
    """How many there are in each commune: its code, its name, its count."""
    rows = house.reader.rows(_COMMUNES, [found.sirets])
    return [(code, _commune(house, code), int(count)) for code, count in rows if code]


def listed(house: House, found: Search, places: Sequence[int], wording: Wording) -> list[Prospect]:
    """Some of them, by their places in the order."""
    numbers = [int(found.order[each]) for each in places]
    sirets = found.firms.sirets.take(np.array(numbers, np.int64)).to_pylist()
    rows = {row[0]: row for row in house.reader.rows(_ROWS, [sirets])}
    names: dict[str, str] = {}
    made = []
    for number, siret in zip(numbers, sirets, strict=True):
        _siret, name, hidden, category, code, commune, staff = rows[siret]
        missing = found.evaluation.missing(found.clauses, number)
        if commune and commune not in names:
            names[commune] = _commune(house, commune)
        made.append(
            Prospect(
                siret, _name(name, hidden, category, wording.language), _activity(code, wording),
                names.get(commune or "", ""), _staff(staff, wording.language),
                "unknown" if missing else "yes",
                tuple(dict.fromkeys(question(each, wording.language)[0] for each in missing)),
            )
        )  # fmt: skip
    return made


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
