"""Composes what is said of a figure: its sentence, the headline of a place, a chart's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median

from bassin.indicators.figure import Figure, Observation, PlaceName
from bassin.indicators.sentences import rules
from bassin.indicators.sentences.english import English
from bassin.indicators.sentences.french import French
from bassin.indicators.sentences.voice import Voice
from bassin.indicators.sentences.words import finish
from bassin.types import Origin

HEADLINE_WORDS = 60
HEADLINE_FACTS = 3
MIN_DISTANCE = 1.0  # robust z below which a figure does not tell a place from its peers
# Make a median absolute deviation, and a mean one, comparable with a standard deviation.
_MAD_TO_SIGMA = 1.4826
_MEAN_AD_TO_SIGMA = 1.2533

_FRENCH, _ENGLISH = French(), English()


def _voice(language: str) -> Voice:
    return _ENGLISH if language == "en" else _FRENCH


def _paragraph(sentences: Iterable[str]) -> str:
    return " ".join(finish(sentence) for sentence in sentences)


def _main_sentence(figure: Figure, voice: Voice) -> str:
    observation = figure.observation
    told = f"{voice.say(figure.label)}{voice.colon}{voice.value(figure)}"
    text = voice.dated(f"{told} {voice.at(observation.place)}", observation)
    text += voice.comparisons(figure, rules.comparisons(figure))
    rank = rules.rank(figure)
    if rank is not None:
        text += f"{voice.semicolon}{voice.rank(rank)}"
    marks = voice.marks(figure)
    return _marked(text, ", ".join(marks))


def _marked(text: str, mark: str) -> str:
    """Put a mark behind a text, inside the parentheses it ends on, if any: « (2018, cité) »."""
    if not mark:
        return text
    return f"{text[:-1]}, {mark})" if text.endswith(")") else f"{text} ({mark})"


def sentence(figure: Figure, language: str = "fr") -> str:
    """Tell a figure: value, place, period, gaps, rank, mark, change and cautions.

    Usually one sentence, followed by short ones when there is more to know; a figure without a
    value says why and what to load. Never empty, always ends with a period.
    """
    voice = _voice(language)
    if not rules.has_value(figure.observation):
        return _paragraph(voice.absent(figure))
    return _paragraph(
        [_main_sentence(figure, voice), *voice.change(figure), *voice.cautions(figure)]
    )


@dataclass(frozen=True, slots=True)
class Distinction:
    """A figure that tells a place from its peers: their median, and how far from it (robust z)."""

    figure: Figure
    median: float
    distance: float


def _is_evidence(observation: Observation) -> bool:
    return rules.may_compare(observation) and observation.origin != Origin.INVENTED


def _distinction(figure: Figure) -> Distinction | None:
    if rules.is_count(figure):
        return None  # a large place has more of everything: that does not tell it from others
    ours = figure.observation
    values = [
        peer.value
        for peer in figure.peers
        if peer.value is not None and _is_evidence(peer) and peer.place.key != ours.place.key
    ]
    if ours.value is None or not _is_evidence(ours) or len(values) + 1 < rules.RANK_MIN_UNITS:
        return None
    middle = median(values)
    gaps = [abs(value - middle) for value in values]
    sigma = _MAD_TO_SIGMA * median(gaps) or _MEAN_AD_TO_SIGMA * fmean(gaps)
    if not sigma or rules.is_within_noise(figure, ours.value - middle, middle):
        return None
    return Distinction(figure, middle, (ours.value - middle) / sigma)


def distinctive(figures: Iterable[Figure], limit: int = HEADLINE_FACTS) -> list[Distinction]:
    """Return the figures farthest from the median of their peers, farthest first.

    Only firm, published or quoted values count, never an invented or a fragile one, against at
    least four peers of the same quality; those within the noise of the median are left out.
    """
    found = [d for d in map(_distinction, figures) if d and abs(d.distance) >= MIN_DISTANCE]
    found.sort(key=lambda d: (-abs(d.distance), d.figure.observation.indicator))
    return found[:limit]


def headline(figures: Iterable[Figure], place: PlaceName, language: str = "fr") -> str:
    """Tell a place in one paragraph of at most 60 words: its most distinctive figures.

    Medians go first when room lacks, then the least distinctive figure. `distinctive` returns
    the same figures, to link them.
    """
    voice = _voice(language)
    found = distinctive(f for f in figures if f.observation.place.key == place.key)
    for kept in range(len(found), 0, -1):
        for with_median in (True, False):
            facts = [voice.fact(d.figure, d.median if with_median else None) for d in found[:kept]]
            text = finish(voice.headline(place, facts))
            if len(text.split()) <= HEADLINE_WORDS:
                return text
    return finish(voice.headline(place, []))


def describe_chart(figure: Figure, language: str = "fr") -> str:
    """Say what a chart of the figure shows, for who does not see it: the same sentence first,
    then who is compared, the extremes of the peers, and the ends of the series.
    """
    voice = _voice(language)
    said = [sentence(figure, language)]
    rank = rules.rank(figure)
    if rank is not None and voice.say(rank.group):
        said.append(voice.group(voice.say(rank.group)))
    said += _extent(figure, voice)
    series = [o for o in figure.series if rules.has_value(o) and not rules.is_interval(o)]
    if len(series) > 1:
        series.sort(key=lambda o: o.period)
        first, last = (voice.dated(_shown(figure, o, voice), o) for o in (series[0], series[-1]))
        said.append(voice.course(first, last))
    return _paragraph(said)


def _extent(figure: Figure, voice: Voice) -> list[str]:
    """Tell the lowest and highest of our place and its peers together."""
    places = {o.place.key: o for o in (*figure.peers, figure.observation)}
    known = [o for o in places.values() if rules.has_value(o) and not rules.is_interval(o)]
    if len(known) < 2 or not figure.peers:
        return []
    ends = (choose(known, key=lambda o: o.value or 0.0) for choose in (min, max))
    low, high = (f"{_shown(figure, o, voice)} ({voice.the(o.place)})" for o in ends)
    text = voice.extent(len(known), low, high)
    invented = any(o.origin == Origin.INVENTED for o in known)
    return [_marked(text, voice.invented if invented else "")]


def _shown(figure: Figure, observation: Observation, voice: Voice) -> str:
    return voice.amount(figure, observation.value or 0.0)
