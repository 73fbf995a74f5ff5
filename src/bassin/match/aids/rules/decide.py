"""All aids for one firm: yes, no because, unknown so ask; and which questions decide the most."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bassin.match.aids.rules.aid import Aid, Amount
from bassin.match.aids.rules.zones import ZONE
from bassin.match.aids.rules.zones import asked as asked_zone
from bassin.pairing.conditions import Clause, Condition, Finding, State, Values, finding, together


@dataclass(frozen=True, slots=True)
class Decided:
    """One aid for one firm, on a day: its state and what makes it so.

    `shut`: nothing can be asked of it that day, whoever asks; the state is then no.
    """

    aid: Aid
    state: State
    findings: tuple[Finding, ...]
    shut: bool = False

    def of(self, state: State) -> tuple[Finding, ...]:
        """The clauses of one state."""
        return tuple(each for each in self.findings if each.state is state)

    @property
    def asked(self) -> tuple[Condition, ...]:
        """The conditions whose facts are missing, each fact once."""
        found = {topic(one): one for each in self.findings for one in each.asked}
        return tuple(found.values())

    @property
    def firm_state(self) -> State:
        """What the firm's own facts say, whatever the calendar."""
        return together(each.state for each in self.findings)


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask: of how many aids it is missing, and how much it decides."""

    condition: Condition
    aids: int
    weight: float

    @property
    def fact(self) -> str:
        """What it asks."""
        return topic(self.condition)


QUARTER = "quarter"
"""What is asked of a place when only priority neighbourhoods would do."""


def topic(condition: Condition) -> str:
    """What is asked for a condition: its fact; of a place, whether a zone or a neighbourhood."""
    if condition.fact != "place":
        return condition.fact
    zone = asked_zone(condition.value)
    if zone is not None:
        return f"{ZONE}{zone.key}"
    quarters = all(each.startswith("qpv:") for each in condition.value)
    return QUARTER if quarters else condition.fact


def decide(aids: Iterable[Aid], values: Values, day: date) -> list[Decided]:
    """Every aid, in the order in which they come. A demand met twice is judged once."""
    known: dict[int, Finding] = {}
    return [_decided(each, values, day, known) for each in aids]


def _decided(aid: Aid, values: Values, day: date, known: dict[int, Finding]) -> Decided:
    findings = tuple(_found(each, values, known) for each in aid.clauses(day))
    shut = aid.shut(day)
    return Decided(
        aid, State.NO if shut else together(each.state for each in findings), findings, shut
    )


def _found(clause: Clause, values: Values, known: dict[int, Finding]) -> Finding:
    if not isinstance(clause, Condition):
        return finding(clause, values)
    seen = known.get(clause.number)
    if seen is None:
        seen = known[clause.number] = finding(clause, values)
    return seen if seen.clause is clause else Finding(clause, seen.state)


def questions(decided: Iterable[Decided]) -> list[Question]:
    """What to ask next, that which decides the most first.

    An aid that asks for one fact weighs whole on it; one that asks for four, a quarter on each.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    first: dict[str, Condition] = {}
    for each in decided:
        if each.state is not State.ASK:
            continue
        asked = each.asked
        for one in asked:
            first.setdefault(topic(one), one)
            counts[topic(one)] += 1
            weights[topic(one)] += 1 / len(asked)
    return sorted(
        (Question(first[about], counts[about], weights[about]) for about in counts),
        key=lambda each: (-each.weight, each.fact),
    )


def amounts(aid: Aid, values: Values) -> tuple[tuple[Amount, State], ...]:
    """The amounts that may be this firm's: the first that surely is, and those before it that may.

    An amount without a condition is everybody's.
    """
    found = []
    for each in aid.amounts:
        state = together(finding(clause, values).state for clause in each.when)
        if state is not State.NO:
            found.append((each, state))
        if state is State.YES and each.when:
            break
    return tuple(found)


def estimate(amount: Amount, cost: float) -> float | None:
    """What a rate gives on a cost, within its ends; None when no rate is said."""
    if amount.rate_pct is None:
        return None
    made = cost * amount.rate_pct / 100
    if amount.floor_eur is not None and made < amount.floor_eur:
        return 0.0
    return made if amount.ceiling_eur is None else min(made, amount.ceiling_eur)


def quarrels(decided: Sequence[Decided]) -> dict[str, tuple[str, ...]]:
    """Aids among these that exclude one another, by slug, both ways."""
    here = {each.aid.slug for each in decided}
    found: dict[str, set[str]] = {slug: set() for slug in here}
    for each in decided:
        for other in each.aid.stacking.excludes:
            if other in here:
                found[each.aid.slug].add(other)
                found[other].add(each.aid.slug)
    return {slug: tuple(sorted(others)) for slug, others in found.items() if others}


def by_state(decided: Iterable[Decided]) -> Mapping[State, list[Decided]]:
    """Three groups; the unknown ones with the fewest questions first."""
    groups: dict[State, list[Decided]] = {State.YES: [], State.ASK: [], State.NO: []}
    for each in decided:
        groups[each.state].append(each)
    groups[State.ASK].sort(key=lambda each: len(each.asked))
    return groups
