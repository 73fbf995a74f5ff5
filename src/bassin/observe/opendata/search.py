"""Finding a dataset: words, and filters that are all in the address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.letters import spaced
from bassin.observe.opendata import files
from bassin.observe.opendata.datasets import Dataset, Kind, figures, tables
from bassin.observe.opendata.openness import themes
from bassin.observe.opendata.quality import Quality, quality
from bassin.systems import ROOMS, Found
from bassin.types import Origin, Text
from bassin.ui.opened import house

MOST_LETTERS = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset with what it is worth."""

    dataset: Dataset
    quality: Quality

    @property
    def is_fresh(self) -> bool:
        """Whether its data keep the rhythm of their publisher."""
        marks = {mark.criterion.code: mark for mark in self.quality.marks}
        return marks["freshness"].state == "yes"


def entries(opened: House, today: date) -> list[Entry]:
    """Everything that is published: tables first, by title."""
    every = [*tables(opened).values(), *figures(opened).values()]
    return [Entry(each, judged(opened, each, today)) for each in every]


def judged(opened: House, dataset: Dataset, today: date) -> Quality:
    """What a dataset is worth today, counted once for each release."""
    return _quality(opened.reader.key, today, opened, dataset)


@lru_cache(maxsize=2048)
def _quality(key: tuple[str, str], today: date, opened: House, dataset: Dataset) -> Quality:
    return quality(opened, dataset, today)


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, how many datasets it would leave, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: its name in the address, its words, its values."""

    name: str
    label: str
    options: tuple[Option, ...]


Value = Callable[[Entry], Iterable[str]]

VALUES: Mapping[str, Value] = {
    "genre": lambda each: (str(each.dataset.kind),),
    "theme": lambda each: (each.dataset.declared.theme.key,),
    "salle": lambda each: each.dataset.rooms,
    "producteur": lambda each: (each.dataset.publisher,),
    "origine": lambda each: (str(each.dataset.version.origin),),
    "fraicheur": lambda each: ("fraiche" if each.is_fresh else "ancienne",),
    "acces": lambda each: ("ouvert" if each.dataset.is_open else "decrit",),
}
"""The filters, and the values that a dataset has for each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the catalogue, as its address says it."""

    words: str
    chosen: Mapping[str, str]

    @property
    def query(self) -> str:
        """The same, for an address."""
        return self.but()

    def but(self, **changed: str) -> str:
        """The same with some filters changed."""
        given = {"q": self.words, **self.chosen, **changed}
        return urlencode({name: value for name, value in given.items() if value})


def asked(parameters: Mapping[str, str], every: Sequence[Entry]) -> Asked:
    """Read what is asked.

    Raises:
        Refused: a filter has a value that nothing in the catalogue has; says which are there.
    """
    words = " ".join(parameters.get("q", "").replace("\0", " ").split())[:MOST_LETTERS]
    chosen = {name: parameters.get(name, "").strip() for name in VALUES}
    for name, value in chosen.items():
        known = sorted({found for each in every for found in VALUES[name](each)})
        if value and value not in known:
            raise Refused(
                _("“{value}” is no value of the filter “{name}”. There are: {known}.").format(
                    value=value[:60], name=name, known=", ".join(known)
                )
            )
    return Asked(words, {name: value for name, value in chosen.items() if value})


def found(every: Sequence[Entry], wanted: Asked, language: str) -> list[Entry]:
    """What answers: best words first, then tables before figures, by title."""
    kept = [each for each in every if _passes(each, wanted.chosen)]
    tokens = spaced(wanted.words).split()
    ranked = [(_weight(each.dataset, tokens), each) for each in kept]
    answers = [(weight, each) for weight, each in ranked if weight or not tokens]
    answers.sort(
        key=lambda pair: (
            -pair[0], pair[1].dataset.kind != Kind.TABLE,
            spaced(pair[1].dataset.title.say(language)),
        )
    )  # fmt: skip
    return [each for _weight_of, each in answers]


def _passes(each: Entry, chosen: Mapping[str, str], but: str = "") -> bool:
    return all(value in VALUES[name](each) for name, value in chosen.items() if name != but)


def _weight(dataset: Dataset, tokens: Sequence[str]) -> float:
    """How well words are found: in the title, then in what is said, then in the columns."""
    title = spaced(f"{dataset.title.fr} {dataset.title.en} {dataset.key}")
    said = spaced(f"{dataset.definition.fr} {dataset.definition.en} {dataset.publisher}")
    columns = spaced(" ".join(f"{name} {each.label.fr}" for name, each in dataset.columns.items()))
    total = 0.0
    for token in tokens:
        weight = 3.0 if token in title else 1.0 if token in said else 0.5 * (token in columns)
        if not weight:
            return 0.0
        total += weight
    return total


def facets(every: Sequence[Entry], wanted: Asked, language: str) -> list[Facet]:
    """The filters with how many datasets each value would leave."""
    tokens = spaced(wanted.words).split()
    worded = [each for each in every if not tokens or _weight(each.dataset, tokens)]
    made = []
    for name, (label, told) in _labels(language).items():
        left = [each for each in worded if _passes(each, wanted.chosen, but=name)]
        counts: dict[str, int] = {}
        for each in left:
            for value in VALUES[name](each):
                counts[value] = counts.get(value, 0) + 1
        ordered = [value for value in told if value in counts]
        ordered += sorted(value for value in counts if value not in told)
        chosen = wanted.chosen.get(name, "")
        options = tuple(
            Option(value, told.get(value, value), counts[value], value == chosen)
            for value in ordered
        )
        made.append(Facet(name, label, options))
    return made


def _labels(language: str) -> dict[str, tuple[str, dict[str, str]]]:
    """The words of each filter and of its values, in their order."""
    rooms = (_("Observe"), _("Support and connect"), _("Steer"), _("Debate"))
    origins = (Origin.REAL, Origin.INVENTED)
    return {
        "genre": (_("Kind"), {"table": _("tables"), "figure": _("figures")}),
        "theme": (_("Theme"), {key: each.title.say(language) for key, each in themes().items()}),
        "salle": (_("Used in"), dict(zip(ROOMS, rooms, strict=True))),
        "producteur": (_("Publisher"), {}),
        "origine": (_("Mark"), {str(each): each.label.say(language) for each in origins}),
        "fraicheur": (
            _("Freshness"),
            {
                "fraiche": pgettext("freshness", "within its publisher's rhythm"),
                "ancienne": pgettext("freshness", "older"),
            },
        ),
        "acces": (
            pgettext("catalogue", "Access"),
            {
                "ouvert": pgettext("access", "to download"),
                "decrit": pgettext("access", "described only"),
            },
        ),
    }


MOST_IN_BOX = 3
SHORTEST = 4
"""Of the house's search box: tables that it shows, letters of a word that counts."""


def search(query: str, language: str, limit: int = 20) -> list[Found]:
    """What the one search box finds here: tables whose title has the words asked for."""
    tokens = [word for word in spaced(query).split() if len(word) >= SHORTEST]
    answers = []
    for each in tables(house()).values() if tokens else ():
        weight = _weight(each, tokens) / len(tokens)
        if weight > 1:
            url, kind = files.page(each), Text("Données", "Data")
            title = each.title.say(language)
            answers.append(Found(title, url, kind, each.publisher, 2 + weight))
    return sorted(answers, key=lambda one: -one.weight)[: min(limit, MOST_IN_BOX)]
