"""Tells the parts of a figure; one class per language gives the words.

A part carries no final period: the composer ends sentences.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from math import ceil

from bassin.indicators import numbers
from bassin.indicators.figure import Figure, Observation, PlaceName, Rank, Reliability, Status
from bassin.indicators.sentences import rules
from bassin.indicators.sentences.words import Noun, lower_first, upper_first
from bassin.types import Origin, Text

_EURO_SIZES = {"€": 1.0, "k€": 1e3, "M€": 1e6, "Md€": 1e9}


class Voice(ABC):
    """One language. Class attributes are its fixed phrases, methods those that need grammar."""

    language: str
    colon: str
    semicolon: str
    absences: dict[Status, str]
    no_data: str
    to_load: str
    loading: tuple[str, ...]  # words by which a reason already says what to load
    rounded: str
    invented: str
    cited: str
    fragile: str
    caution: str

    # What needs only the fixed phrases.

    def say(self, text: Text) -> str:
        """Return a declared text, without the period it may end with."""
        return text.say(self.language).strip().rstrip(".")

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a bare number."""
        return numbers.number(value, decimals, self.language)

    def noun(self, figure: Figure) -> Noun | None:
        """Return what the figure counts, or what its rate is a share of."""
        if figure.noun is not None:
            return Noun.parse(figure.noun.say(self.language), self.language)
        words = numbers.UNIT_WORDS.get(figure.symbol)
        return Noun(*(words[2:] if self.language == "en" else words[:2])) if words else None

    def amount(self, figure: Figure, value: float, *, bare: bool = False) -> str:
        """Write a value with its unit, money scaled as people say it; `bare` drops the noun."""
        if figure.symbol in _EURO_SIZES:
            # Decimals belong to the declared unit: 128.17 M€ has none once in euros.
            decimals = figure.decimals if figure.symbol == "€" else 0
            euros = value * _EURO_SIZES[figure.symbol]
            return numbers.euros_in_words(euros, self.language, decimals)
        noun = self.noun(figure) if rules.is_count(figure) else None
        if noun is None:
            return numbers.quantity(value, figure.symbol, figure.decimals, self.language)
        text = self.number(value, figure.decimals)
        if bare:
            return text
        many = numbers.is_plural(numbers.rounded(value, figure.decimals), self.language)
        return f"{text} {noun.many if many else noun.one}"

    def value(self, figure: Figure) -> str:
        """Write the figure's own value, an interval when it is one, in people's words besides."""
        low, high = figure.observation.value or 0.0, figure.observation.upper
        if high is not None and rules.is_interval(figure.observation):
            counted = rules.is_count(figure) and self.noun(figure) is not None
            start = self.amount(figure, low, bare=counted)
            return self.between(start, self.amount(figure, high))
        text, noun = self.amount(figure, low), self.noun(figure)
        if noun is None or figure.kind != "ratio" or figure.symbol != "%":
            return text
        spoken = numbers.fraction(low, noun.one, noun.many, self.language, feminine=noun.feminine)
        return f"{text} ({spoken})" if spoken else text

    def size(self, figure: Figure, amount: float, unit: str) -> str:
        """Write the size of a difference, without its sign."""
        if unit.startswith("point"):
            return numbers.points(abs(amount), max(figure.decimals, 1), self.language)
        if unit == "%":
            return numbers.percent(abs(amount), 1, self.language, trim=True)
        return self.amount(figure, abs(amount))

    def share(self, pct: float) -> str:
        """Write a share of a larger place; a tiny one is « moins de 0,1 % »."""
        tiny = 0 < pct < 0.05
        text = numbers.percent(0.1 if tiny else pct, 1, self.language, trim=True)
        return self.less_than(text) if tiny else text

    def dated(self, text: str, observation: Observation) -> str:
        """Put an observation's period behind a text, in parentheses."""
        when = numbers.period(observation.period, self.language)
        return f"{text} ({when})" if when else text

    def marks(self, figure: Figure) -> list[str]:
        """Return what stands in parentheses at the end: invented, cited, rounded."""
        observation, marks = figure.observation, []
        if observation.status == Status.ROUNDED:
            marks.append(self.rounded)
        if observation.origin == Origin.INVENTED:
            marks.append(self.invented)
        if observation.origin == Origin.CITED:
            document = self.say(figure.source)
            marks.append(f"{self.cited}{self.colon}{document}" if document else self.cited)
        return marks

    def cautions(self, figure: Figure) -> list[str]:
        """Return sentences on reliability, coverage and refused comparisons."""
        observation, said = figure.observation, []
        if observation.reliability == Reliability.FRAGILE:
            said.append(self.fragile)
        if observation.reliability == Reliability.CAUTION:
            said.append(self.caution)
        covered, members = observation.covered, observation.members
        if covered is not None and members is not None and covered < members:
            said.append(self.coverage(covered, members))
        refused: dict[str, list[PlaceName]] = {}
        for comparison in figure.comparisons:
            # A comparator without a value is the table's business: nothing was refused.
            valued = rules.has_value(comparison.observation)
            if valued and not comparison.comparable and comparison.why is not None:
                refused.setdefault(self.say(comparison.why), []).append(comparison.place)
        for why, places in refused.items():
            said += [self.no_comparison(places), upper_first(why)]
        return said

    def absent(self, figure: Figure) -> list[str]:
        """Return what is said in place of a value: secret, missing or refused, and what to do."""
        observation = figure.observation
        what = self.absences.get(observation.status, self.no_data)
        text = f"{self.say(figure.label)}{self.colon}{what} {self.at(observation.place)}"
        said = [self.dated(text, observation)]
        why = self.say(observation.why) if observation.why is not None else ""
        if why:
            said.append(upper_first(why))
        source = self.say(figure.source)
        told = any(word in why.lower() for word in self.loading)
        if observation.status not in self.absences and source and not told:
            said.append(f"{self.to_load}{self.colon}{source}")
        return said

    def change(self, figure: Figure) -> list[str]:
        """Return sentences on the evolution, and on the break it crosses."""
        found = rules.change(figure)
        if found is None:
            return []
        since = numbers.period(found.since, self.language, article=True)
        until = numbers.period(found.until, self.language, article=True)
        start = rules.chance_start(figure, found)
        if start is not None:
            said = [self._by_chance(figure, start, since, until)]
        elif not rules.has_moved(figure, found):
            said = [self.unmoved(since, until)]
        else:
            size = self.size(figure, found.amount, found.unit)
            good = rules.is_favourable(figure, found)
            said = [self.moved(found.amount > 0, size, since, until, good)]
        if found.crosses_break is not None:
            said += [self.broken(), upper_first(self.say(found.crosses_break))]
        return said

    def _by_chance(self, figure: Figure, start: float, since: str, until: str) -> str:
        after = figure.observation.value or 0.0
        margin = self.number(ceil(rules.chance(start, after)))
        first = self.number(start, figure.decimals)
        return self.by_chance(first, self.amount(figure, after), margin, since, until)

    def close(self, figure: Figure, found: rules.Near) -> str:
        """Write in parentheses the count of a place that chance alone may set apart from ours."""
        return f" ({self.number(found.value, figure.decimals)})"

    def fact(self, figure: Figure, median: float | None) -> str:
        """Tell a figure inside the headline, against the median of the others when given."""
        label = lower_first(self.say(figure.label))
        amount = self.amount(figure, figure.observation.value or 0.0)
        text = self.dated(f"{label}, {amount}", figure.observation)
        return text if median is None else f"{text} {self.against(self.amount(figure, median))}"

    # What needs the language's grammar.

    @abstractmethod
    def at(self, place: PlaceName) -> str:
        """Where."""

    @abstractmethod
    def the(self, place: PlaceName) -> str:
        """Name a place the reader can tell, with its article."""

    @abstractmethod
    def between(self, low: str, high: str) -> str:
        """An interval."""

    @abstractmethod
    def less_than(self, amount: str) -> str:
        """A bound that is not reached."""

    @abstractmethod
    def comparisons(self, figure: Figure, found: rules.Comparisons) -> str:
        """Every comparison, after a comma; empty when there is none."""

    @abstractmethod
    def rank(self, rank: Rank) -> str:
        """The rank, and who is ahead when they are few."""

    @abstractmethod
    def coverage(self, covered: int, members: int) -> str:
        """On how many communes the value rests."""

    @abstractmethod
    def no_comparison(self, others: Sequence[PlaceName]) -> str:
        """Comparisons that would be wrong for one and the same reason."""

    @abstractmethod
    def moved(self, up: bool, size: str, since: str, until: str, good: bool | None) -> str:
        """A rise or a fall; `good` is None unless the indicator says what is better."""

    @abstractmethod
    def unmoved(self, since: str, until: str) -> str:
        """A change within the noise."""

    @abstractmethod
    def by_chance(self, first: str, last: str, margin: str, since: str, until: str) -> str:
        """Both counts, and the difference below which chance may explain theirs."""

    @abstractmethod
    def broken(self) -> str:
        """A series that is not the same thing throughout."""

    @abstractmethod
    def headline(self, place: PlaceName, facts: list[str]) -> str:
        """The opening paragraph; without facts, it says that none stands out."""

    @abstractmethod
    def against(self, median: str) -> str:
        """The median of the other places."""

    @abstractmethod
    def extent(self, size: int, low: str, high: str) -> str:
        """The lowest and highest of a group of places."""

    @abstractmethod
    def course(self, first: str, last: str) -> str:
        """The first and last of a series."""

    @abstractmethod
    def group(self, name: str) -> str:
        """The places a rank is told among."""
