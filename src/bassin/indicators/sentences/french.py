"""The French words of a figure."""

from collections.abc import Sequence

from bassin.indicators.figure import Figure, PlaceName, Rank, Status
from bassin.indicators.numbers import FIXED, NARROW, number, ordinal
from bassin.indicators.sentences import places, rules
from bassin.indicators.sentences.voice import Voice
from bassin.indicators.sentences.words import listing, upper_first

_FACTS = {
    0: "aucun chiffre chargé ne s'écarte nettement de ceux des territoires comparés",
    1: "un chiffre se distingue",
    2: "deux chiffres se distinguent",
    3: "trois chiffres se distinguent",
}


class French(Voice):
    """Short sentences, neutral words unless the indicator declares what is better."""

    language = "fr"
    colon = f"{FIXED}: "
    semicolon = f"{NARROW}; "
    absences = {
        Status.SECRET: "chiffre couvert par le secret statistique",
        Status.SECONDARY: "chiffre masqué pour qu'aucun chiffre secret ne s'en déduise",
        Status.REFUSED: "pas de calcul",
    }
    no_data = "pas de donnée"
    to_load = "À charger"
    loading = ("charger",)
    rounded = "arrondi à 5 près"
    invented = "exemple inventé"
    cited = "chiffre cité"
    fragile = "Chiffre fragile, calculé sur un petit effectif, qui ne permet aucune comparaison"
    caution = "À lire avec prudence, car l'effectif est limité"

    def at(self, place: PlaceName) -> str:
        return places.at(place)

    def the(self, place: PlaceName) -> str:
        return places.the(place, short=True)

    def between(self, low: str, high: str) -> str:
        return f"entre {low} et {high}"

    def less_than(self, amount: str) -> str:
        return f"moins de {amount}"

    def comparisons(self, figure: Figure, found: rules.Comparisons) -> str:
        items = [f"{self.share(s.pct)} {places.of(s.place, short=True)}" for s in found.shares]
        for gap in found.gaps:
            side = "plus" if gap.amount > 0 else "moins"
            size = self.size(figure, gap.amount, gap.unit)
            items.append(f"{size} de {side} {places.than(gap.place, short=True)}")
        near = [places.to(n.place, short=True) + self.close(figure, n) for n in found.near]
        if alike := [*near, *(places.to(place, short=True) for place in found.similar)]:
            names = listing(alike)
            items.append(f"un niveau comparable {names}")
        return f", soit {listing(items)}" if items else ""

    def rank(self, rank: Rank) -> str:
        text = f"{ordinal(rank.position)} rang sur {number(rank.size)}"
        if rank.order == "asc":
            text += " en partant du plus bas"
        if 0 < len(rank.ahead) <= rules.RANK_MAX_NAMED:
            text += f", après {listing([self.the(place) for place in rank.ahead])}"
        return text

    def coverage(self, covered: int, members: int) -> str:
        communes = "commune" if covered < 2 else "communes"
        return f"Calculé sur {number(covered)} {communes} sur {number(members)}"

    def no_comparison(self, others: Sequence[PlaceName]) -> str:
        return f"Pas de comparaison avec {listing([self.the(place) for place in others])}"

    def moved(self, up: bool, size: str, since: str, until: str, good: bool | None) -> str:
        text = f"La {'hausse' if up else 'baisse'} est de {size} entre {since} et {until}"
        if good is None:
            return text
        return f"{text}, une évolution {'favorable' if good else 'défavorable'}"

    def unmoved(self, since: str, until: str) -> str:
        return f"Le niveau n'a guère changé entre {since} et {until}"

    def by_chance(self, first: str, last: str, margin: str, since: str, until: str) -> str:
        return (
            f"De {first} à {last} entre {since} et {until}{self.colon}sur de tels nombres, un "
            f"écart de moins de {margin} ne se distingue pas du hasard"
        )

    def broken(self) -> str:
        return "Attention, la série est rompue dans l'intervalle"

    def headline(self, place: PlaceName, facts: list[str]) -> str:
        text = f"{upper_first(self.at(place))}, {_FACTS[len(facts)]}"
        return f"{text}{self.colon}{self.semicolon.join(facts)}" if facts else text

    def against(self, median: str) -> str:
        return f"contre {median} en médiane"

    def extent(self, size: int, low: str, high: str) -> str:
        return f"Parmi {number(size)} territoires, les valeurs vont de {low} à {high}"

    def course(self, first: str, last: str) -> str:
        return f"La série va de {first} à {last}"

    def group(self, name: str) -> str:
        return f"Territoires comparés{self.colon}{name}"
