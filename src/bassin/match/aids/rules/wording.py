"""What is said of a condition: what is demanded, what is known, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bassin.errors import Refused
from bassin.match.aids.rules.facts import codes, facts
from bassin.match.aids.rules.zones import asked, zones
from bassin.pairing.conditions import (
    AnyOf,
    Clause,
    Condition,
    Finding,
    Interval,
    OneOf,
    State,
    Tags,
    Value,
    Values,
)
from bassin.taxonomies import legal, naf
from bassin.taxonomies.classification import Classification
from bassin.territory import Territory
from bassin.types import Text

_OPS = {
    "at_least": Text("au moins {}", "at least {}"),
    "at_most": Text("au plus {}", "at most {}"),
    "above": Text("plus de {}", "more than {}"),
    "below": Text("moins de {}", "less than {}"),
    "between": Text("de {} à {}", "from {} to {}"),
}
_DAYS = {
    "at_least": Text("à partir du {}", "from {}"),
    "at_most": Text("jusqu'au {}", "until {}"),
    "above": Text("après le {}", "after {}"),
    "below": Text("avant le {}", "before {}"),
    "between": Text("du {} au {}", "from {} to {}"),
}
_YES_NO = {"yes": Text("oui", "yes"), "no": Text("non", "no")}
_MOST = 6
_KEPT = 20_000
LISTED = ("project", "event", "public")
"""Facts of which one names as many as one likes."""

_QUARTER = Text(
    "L'adresse est-elle dans un quartier prioritaire ?",
    "Is the address in a priority neighbourhood?",
)
_WHY_QUARTER = Text(
    "La rue décide : sig.ville.gouv.fr le dit pour une adresse.",
    "The street decides: sig.ville.gouv.fr tells it for an address.",
)
_ANY_QPV = Text("un quartier prioritaire (QPV)", "a priority neighbourhood (QPV)")


@dataclass(frozen=True, slots=True)
class Said:
    """A condition in words: the fact, what is demanded, what is known ("" when nothing is)."""

    label: str
    wanted: str
    held: str
    sentence: str


class Wording:
    """Says conditions in a language, with the names of places of a territory."""

    def __init__(self, territory: Territory | None, language: str) -> None:
        self.territory = territory
        self.language = language
        self._known: dict[str, str] = {}
        self._wanted: dict[object, str] = {}
        self._said: dict[object, Said] = {}

    def label(self, fact: str) -> str:
        """What a fact is called."""
        return facts()[fact].label.say(self.language)

    def finding(self, found: Finding, values: Values) -> str:
        """A clause and what came of it, in one sentence."""
        if isinstance(found.clause, AnyOf):
            parts = [self.finding(each, values) for each in found.parts]
            return self._say(Text(" Ou bien : ", " Or else: ")).join(parts)
        return self.condition(found.clause, values.get(found.clause.fact), found.state).sentence

    def condition(self, each: Condition, value: Value, state: State) -> Said:
        """One condition with what is known of its fact."""
        if each.fact.startswith("said:"):
            return self._free(each, state)
        key = (each.number, each.said.fr, state, value)
        if key not in self._said:
            if len(self._said) > _KEPT:
                self._said.clear()
            self._said[key] = self._made(each, value, state)
        return self._said[key]

    def _made(self, each: Condition, value: Value, state: State) -> Said:
        label = facts()[each.fact].label.say(self.language)
        held = self.value(each.fact, value)
        return Said(label, self.wanted(each), held, self._sentence(each, value, state))

    def _free(self, each: Condition, state: State) -> Said:
        question = each.question.say(self.language) or each.quote
        if state is State.ASK:
            return Said("", question, "", question)
        said = {
            State.YES: Text("Critère rempli : « {} »", "Criterion met: “{}”"),
            State.NO: Text("Critère non rempli : « {} »", "Criterion not met: “{}”"),
        }[state]
        return Said("", question, "", self._say(said).format(each.quote or question))

    def _sentence(self, each: Condition, value: Value, state: State) -> str:
        label = facts()[each.fact].label.say(self.language)
        start = label + (" : " if self.language == "fr" else ": ")
        wanted, held = self.wanted(each), self.value(each.fact, value)
        listed = each.fact in LISTED
        if state is State.YES:
            return start + self._met(each, value, wanted, held)
        if listed or not held:
            return start + self._say(Text("il faut {}", "needs {}")).format(wanted)
        but = Text("{held}, il faut {wanted}", "{held}; needs {wanted}")
        return start + self._say(but).format(held=held, wanted=wanted)

    def _met(self, each: Condition, value: Value, wanted: str, held: str) -> str:
        """What of a demand is met: the code that is shared, not all that would do."""
        if isinstance(value, Tags) and each.op == "in":
            common = ", ".join(self.code(each.fact, one) for one in each.value if one in value.held)
            if each.fact in LISTED or common == held:
                return common
            return f"{held} ({each.said.say(self.language) or common})"
        return held if isinstance(value, OneOf) else f"{held} ({wanted})"

    def wanted(self, each: Condition) -> str:
        """What is demanded."""
        key = (each.number, each.said.fr)
        if key not in self._wanted:
            self._wanted[key] = self._demand(each)
        return self._wanted[key]

    def _demand(self, each: Condition) -> str:
        if each.said.fr:
            return each.said.say(self.language)
        if each.op in _OPS:
            ends = [self._number(each.fact, one) for one in each.value]
            words = (_DAYS if each.fact == "created_on" else _OPS)[each.op]
            return self._say(words).format(*ends)
        listed = _ordered(each.fact, each.value)
        shown = ", ".join(self.code(each.fact, one) for one in listed[:_MOST])
        if len(each.value) > _MOST:
            more = Text(" et {} autres", " and {} others")
            shown += self._say(more).format(len(each.value) - _MOST)
        return f"{self._say(Text('hors', 'not'))} {shown}" if each.op == "not_in" else shown

    def value(self, fact: str, value: Value) -> str:
        """What is known of a fact."""
        if isinstance(value, Interval):
            return self._interval(fact, value)
        if isinstance(value, OneOf):
            names = [self.code(fact, one) for one in _ordered(fact, value.possible)]
            return self._say(Text(" ou ", " or ")).join(names)
        if isinstance(value, Tags):
            return self._tags(fact, value)
        return ""

    def _interval(self, fact: str, value: Interval) -> str:
        if value.low == value.high:
            return self._number(fact, value.low)
        if value.high == float("inf"):
            return self._say(_OPS["at_least"]).format(self._number(fact, value.low))
        if value.low == float("-inf"):
            return self._say(_OPS["at_most"]).format(self._number(fact, value.high))
        ends = (self._number(fact, value.low, bare=True), self._number(fact, value.high))
        words = _DAYS if fact == "created_on" else _OPS
        return self._say(words["between"]).format(*ends)

    def _tags(self, fact: str, value: Tags) -> str:
        shown = [one for one in value.held if self._shows(fact, one, value)]
        if not shown and fact in LISTED:
            return self._say(Text("aucun", "none"))
        return ", ".join(self.code(fact, one) for one in _ordered(fact, shown))

    def _shows(self, fact: str, code: str, value: Tags) -> bool:
        """Whether a code is told: the finest of those that hold a firm, not all of them."""
        if fact == "place":
            return code.startswith(("commune:", "qpv:")) and code != "qpv:any"
        if fact in ("activity", "activity_2025", "legal_form"):
            plain = [one for one in value.held if not one.startswith("family:")]
            return code == max(plain, key=len)
        return True

    def code(self, fact: str, code: str) -> str:
        """A code in words; the code itself where nothing names it."""
        key = f"{fact} {code}"
        if key not in self._known:
            self._known[key] = self._named(fact, code)
        return self._known[key]

    def _named(self, fact: str, code: str) -> str:
        if code in codes(fact):
            return codes(fact)[code].say(self.language)
        if code in _YES_NO:
            return _YES_NO[code].say(self.language)
        named: Mapping[str, Callable[[str], str]] = {
            "place": self._place,
            "activity": lambda one: self._activity(naf.rev2(), one),
            "activity_2025": lambda one: self._activity(naf.naf_2025(), one),
            "legal_form": self._form,
        }
        return named[fact](code) if fact in named else code

    def _place(self, code: str) -> str:
        if code == "qpv:any":
            return _ANY_QPV.say(self.language)
        if code.startswith("name:"):
            return code[5:]
        if code.startswith("zone:"):
            zone = zones().get(code[5:])
            return zone.label.say(self.language) if zone else code[5:].upper()
        if self.territory is None:
            return code
        try:
            return self.territory.place(code).name
        except Refused:
            return code

    def _activity(self, known: Classification, code: str) -> str:
        try:
            return f"{known.label(code, self.language)} ({code})"
        except Refused:
            return code

    def _form(self, code: str) -> str:
        family = code.removeprefix("family:")
        if family in legal.families():
            return legal.families()[family].label.say(self.language)
        try:
            return f"{legal.label(code).say(self.language)} ({code})"
        except Refused:
            return code

    def _number(self, fact: str, number: float, *, bare: bool = False) -> str:
        if fact == "created_on":
            day = date.fromordinal(int(number))
            return day.strftime("%d/%m/%Y") if self.language == "fr" else day.isoformat()
        if fact == "age_months" and number >= 24:
            years = Text("{} ans", "{} years")
            if not number % 12:
                return self._say(years).format(int(number // 12))
            both = Text("{} ans et {} mois", "{} years and {} months")
            return self._say(both).format(int(number // 12), int(number % 12))
        gap = "\u202f" if self.language == "fr" else ","
        told = f"{number:,.0f}".replace(",", gap)
        unit = facts()[fact].unit.say(self.language)
        if unit == "€" and self.language == "en":
            return f"€{told}"
        if number < 2 and unit not in ("mois", "€"):
            unit = unit.removesuffix("s")
        return told if bare or not unit else f"{told}\u00a0{unit}"

    def _say(self, text: Text) -> str:
        return text.say(self.language)


def _ordered(fact: str, listed: Iterable[str]) -> list[str]:
    """Codes in the order in which they are declared, others by themselves."""
    known = list(codes(fact))
    return sorted(listed, key=lambda one: (known.index(one) if one in known else -1, one))


def question(each: Condition, language: str) -> tuple[str, str]:
    """What to ask for a missing fact, and why it is asked."""
    if each.fact.startswith("said:"):
        return each.question.say(language) or each.quote, each.why.say(language)
    zone = asked(each.value) if each.fact == "place" else None
    if zone is not None:
        return zone.question.say(language), zone.why.say(language)
    if each.fact == "place" and all(one.startswith("qpv:") for one in each.value):
        return _QUARTER.say(language), _WHY_QUARTER.say(language)
    fact = facts()[each.fact]
    return fact.question.say(language), fact.why.say(language)


def sources(clauses: tuple[Clause, ...], language: str) -> list[str]:
    """The texts that clauses come from, each once."""
    found = {}
    for each in clauses:
        for one in each.conditions if isinstance(each, AnyOf) else (each,):
            if one.source.fr:
                found[one.source.say(language)] = True
    return list(found)
