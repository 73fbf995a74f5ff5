"""The English words of a figure."""

from collections.abc import Sequence

from bassin.indicators.figure import Figure, PlaceName, Rank, Status
from bassin.indicators.numbers import number, ordinal
from bassin.indicators.sentences import places_en, rules
from bassin.indicators.sentences.voice import Voice
from bassin.indicators.sentences.words import listing, upper_first

_FACTS = {1: "One figure stands out", 2: "Two figures stand out", 3: "Three figures stand out"}


class English(Voice):
    """The same facts as in French, said as an English reader expects them."""

    language = "en"
    colon = ": "
    semicolon = "; "
    absences = {
        Status.SECRET: "withheld under statistical confidentiality",
        Status.SECONDARY: "withheld so that no confidential figure can be worked out",
        Status.REFUSED: "not computed",
    }
    no_data = "no data"
    to_load = "To load"
    loading = ("load", "charger")
    rounded = "rounded to the nearest 5"
    invented = "invented example"
    cited = "quoted figure"
    fragile = "This figure is fragile, as the sample is too small to be compared"
    caution = "Read with caution, as the sample is limited"

    def at(self, place: PlaceName) -> str:
        return places_en.at(place)

    def the(self, place: PlaceName) -> str:
        return places_en.the(place, short=True)

    def between(self, low: str, high: str) -> str:
        return f"between {low} and {high}"

    def less_than(self, amount: str) -> str:
        return f"less than {amount}"

    def comparisons(self, figure: Figure, found: rules.Comparisons) -> str:
        items = [f"{self.share(s.pct)} of {self.the(s.place)}" for s in found.shares]
        for gap in found.gaps:
            side = "above" if gap.amount > 0 else "below"
            items.append(f"{self.size(figure, gap.amount, gap.unit)} {side} {self.the(gap.place)}")
        near = [self.the(n.place) + self.close(figure, n) for n in found.near]
        if alike := [*near, *(self.the(place) for place in found.similar)]:
            names = listing(alike, "en")
            items.append(f"comparable to {names}")
        lead = "or " if found.shares else ""
        return f", {lead}{listing(items, 'en')}" if items else ""

    def rank(self, rank: Rank) -> str:
        text = f"ranked {ordinal(rank.position, 'en')} of {self.number(rank.size)}"
        if rank.order == "asc":
            text += " from the lowest"
        if 0 < len(rank.ahead) <= rules.RANK_MAX_NAMED:
            text += f", behind {listing([self.the(place) for place in rank.ahead], 'en')}"
        return text

    def coverage(self, covered: int, members: int) -> str:
        return f"Based on {self.number(covered)} of {number(members, 0, 'en')} communes"

    def no_comparison(self, others: Sequence[PlaceName]) -> str:
        names = listing([self.the(place) for place in others], "en")
        return f"It cannot be compared with {names}"

    def moved(self, up: bool, size: str, since: str, until: str, good: bool | None) -> str:
        text = f"It {'rose' if up else 'fell'} by {size} between {since} and {until}"
        if good is None:
            return text
        return f"{text}, {'a favourable' if good else 'an unfavourable'} change"

    def unmoved(self, since: str, until: str) -> str:
        return f"It hardly changed between {since} and {until}"

    def by_chance(self, first: str, last: str, margin: str, since: str, until: str) -> str:
        return (
            f"From {first} to {last} between {since} and {until}: with such numbers, a difference "
            f"under {margin} cannot be told from chance"
        )

    def broken(self) -> str:
        return "Note that the series breaks in between"

    def headline(self, place: PlaceName, facts: list[str]) -> str:
        if not facts:
            return f"{upper_first(self.at(place))}, no loaded figure stands out from its peers"
        return f"{_FACTS[len(facts)]} {self.at(place)}: {self.semicolon.join(facts)}"

    def against(self, median: str) -> str:
        return f"against a median of {median}"

    def extent(self, size: int, low: str, high: str) -> str:
        return f"Across {self.number(size)} places, values run from {low} to {high}"

    def course(self, first: str, last: str) -> str:
        return f"The series goes from {first} to {last}"

    def group(self, name: str) -> str:
        return f"Places compared: {name}"
