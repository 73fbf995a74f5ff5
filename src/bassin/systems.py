"""The registry: what each system says of itself, found by looking in the four rooms.

A system is a folder `bassin/<room>/<system>/` whose `system.py` holds one `SYSTEM`.
Nothing here imports Django; functions are given as dotted paths and imported when called.
"""

import pkgutil
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from bassin.types import Text

ROOMS = ("observe", "match", "steer", "debate")
_NUMBER = re.compile(r"[0-9]{1,18}")
FLOORS = ("commons",)
"""Floors below the rooms that answer as systems do: search, references, cards of a subject."""


@dataclass(frozen=True, slots=True)
class Door:
    """A first-person sentence on the home page with one field that works at once.

    `order` places it among the four; `action` is a URL name; `field` the GET parameter;
    `audience` is one of "seek", "firm", "partner", "figure" (one door per audience).
    """

    audience: str
    order: int
    sentence: Text
    action: str
    field: str
    hint: Text
    button: Text


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the search box."""

    title: str
    url: str
    kind: Text
    detail: str = ""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Card:
    """What one system has to say about one subject, for an assembled page.

    `template` is rendered with `context`; `order` places it on the page (small first).
    """

    system: str
    title: Text
    template: str
    context: dict[str, Any]
    order: int = 50


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a document states, asked for by its reference `system:claim:id`.

    `value` is in `unit` ("%" for a share); `published` is what published data give for the same
    thing at the same date, when they do; `doubted` when the documents contradict one another.
    """

    label: Text
    value: float
    unit: Text
    period: str
    document: Text
    verdict: Text
    url: str
    published: float | None = None
    source: Text | None = None
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Became:
    """What became of something: a decision taken with it as evidence, an action, a stage reached.

    `kind` is "decision", "action" or "stage"; `on` is the day that it was taken, begins, or was
    reached. A decision is listed before the actions that follow from it, an action before its
    stages.
    """

    kind: str
    title: str
    detail: str
    on: date | None
    url: str
    reference: str = ""
    state: str = ""
    origin: str = "real"


@dataclass(frozen=True, slots=True)
class Taking:
    """Where something can be turned into something else: the words of a link and its address."""

    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class System:
    """The visiting card of a system.

    Args:
        slug: the folder's name, also the Django app label.
        room: one of `ROOMS`; empty for a floor below them.
        home: URL name of its first page.
        order: its place in its room; the first system's home is the room's own page.
        serves: commitments it serves, "roadmap:action:3", "convention:axis:9",
            "industry:axis:1", "industry_2023:axis:1", "digital:mission:4", "digital:row:5".
        how: by which each of these is served, in a sentence, for those where it is not plain.
        search: dotted path of `search(query, language, limit) -> list[Found]`.
        cards: subject kind ("place", "firm", "mine", "trade", "action", "operation", "nodes") to
            the dotted path of `card(subject_key, language) -> Card | None`; "mine" is what is told
            to a firm on its own page, beside what "firm" tells to everyone; the key of "nodes" is
            the references of the parts of a programme, a space between.
        resolve: dotted path of `resolve(references, language) -> dict[str, Found]`, for the
            references `system:kind:id` by which other systems point to its records.
        picks: kind of record ("action", "body", "framework", "node", "operation", "result") to the
            dotted path of `pick(query, language, limit) -> dict[str, Found]`: those that another
            system may point to, by their references; without a query, the first ones.
        stated: dotted path of `stated(reference) -> Stated | None`, for figures that documents
            state and that another system wants to rely on.
        became: dotted path of `became(references, language) -> dict[str, list[Became]]`: what this
            system did with records of other ones, oldest first, asked for many at once.
        takes: what can be made here of a record of another system ("evidence": a decision that
            rests on it; "idea": an action that it proposes; "case": a firm to follow, "follow" the
            same by its SIRET; "exposed": the trades of a firm's jobs and where they lead; "chain":
            all that follows from it), to the dotted path of
            `takes(reference, text, language) -> Taking | None`.
        alarm, at_risk, steps: what it says to a chain (`bassin.chain`): a signal, the jobs at risk,
            the steps "aids", "trades", "action", "figure", "settling", "training".
        pairings: dotted paths of its `Pairing`s, each looked at when bassin starts.
        makes: dotted paths of `bassin.store.Made`: files that it wants made of each release before
            it is put in service.
        firm_sets: name of a set of firms ("open_offers") to the dotted path of
            `sirets() -> Collection[str]`: the firms that this system has something to say of, by
            which another may choose.
        last_contacts: dotted path of `last_contacts(sirens) -> dict[str, date]`: when somebody last
            spoke to each firm, and nothing else; for pages that officers alone read.
        firm_of: dotted path of `firm_of(reference, person) -> str`: the SIRET that a record is
            about, for a person who may see it; "" for everybody else.
        selections: dotted path of `kept(person) -> dict[str, str]`: the names of the selections
            of firms that a person may see, by reference.
        selected: dotted path of `sirets(reference, person) -> Collection[str] | None`: what such
            a selection holds today; None when it is not theirs to see, or is no longer kept.
        own: dotted path of `own(siret, person, language) -> Card | None`: what this system tells
            of a firm to who belongs to it, on its own page; None for everybody else.
        documents: dotted path of `write(var)`, which writes into the database what the authority's
            own documents say. It is called at each `bassin init`; it adds what is missing.
        sample: dotted path of `build(today) -> None`, which writes the system's sample. It is
            called at each `bassin demo`: it adds what is missing and changes nothing else.
        multilingual: its public pages are read in every language whose catalogue its folder
            holds, and at a kiosk.
    """

    slug: str
    room: str
    title: Text
    summary: Text
    home: str
    order: int = 50
    people: Text = field(default_factory=lambda: Text(""))
    serves: tuple[str, ...] = ()
    how: dict[str, Text] = field(default_factory=dict)
    doors: tuple[Door, ...] = ()
    search: str = ""
    cards: dict[str, str] = field(default_factory=dict)
    resolve: str = ""
    picks: dict[str, str] = field(default_factory=dict)
    stated: str = ""
    became: str = ""
    takes: dict[str, str] = field(default_factory=dict)
    alarm: str = ""
    at_risk: str = ""
    steps: dict[str, str] = field(default_factory=dict)
    pairings: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    firm_sets: dict[str, str] = field(default_factory=dict)
    last_contacts: str = ""
    firm_of: str = ""
    selections: str = ""
    selected: str = ""
    own: str = ""
    documents: str = ""
    sample: str = ""
    multilingual: bool = False

    @property
    def package(self) -> str:
        """Dotted path of the system's folder."""
        return ".".join(filter(None, ("bassin", self.room, self.slug)))


def call(path: str) -> Callable[..., Any]:
    """Import the function behind a dotted path "package.module.function"."""
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)


def _packages(room: str) -> Iterator[str]:
    try:
        package = import_module(f"bassin.{room}")
    except ModuleNotFoundError:
        return
    for found in pkgutil.iter_modules(package.__path__):
        if found.ispkg:
            yield f"bassin.{room}.{found.name}"


@cache
def systems() -> tuple[System, ...]:
    """All systems of this installation, room by room, each room in its own order."""
    found: list[System] = []
    for room in ROOMS:
        here = [import_module(f"{package}.system").SYSTEM for package in _packages(room)]
        found += sorted(here, key=lambda system: (system.order, system.slug))
    return tuple(found)


@cache
def speakers() -> tuple[System, ...]:
    """The systems, then the floors below them that have something to say."""
    return (*systems(), *(import_module(f"bassin.{floor}.system").SYSTEM for floor in FLOORS))


def system(slug: str) -> System:
    """The system of that slug. Raises KeyError when there is none."""
    return {each.slug: each for each in systems()}[slug]


def search(query: str, language: str, limit: int = 20) -> list[Found]:
    """Ask every system and floor, best answers first."""
    answers: list[Found] = []
    for each in speakers():
        if each.search:
            answers.extend(call(each.search)(query, language, limit))
    return sorted(answers, key=lambda found: -found.weight)[:limit]


def cards(kind: str, key: str, language: str) -> list[Card]:
    """The cards of all systems and floors about one subject, in their order."""
    made = (call(each.cards[kind])(key, language) for each in speakers() if kind in each.cards)
    return sorted((card for card in made if card is not None), key=lambda card: card.order)


def serving(commitment: str) -> list[System]:
    """The systems that serve a commitment ("roadmap:action:3")."""
    return [each for each in systems() if commitment in each.serves]


def resolve(reference: str, language: str) -> Found | None:
    """The record behind a reference `system:kind:id`; None when no system knows it."""
    return resolve_all([reference], language).get(reference)


def resolve_all(references: Collection[str], language: str) -> dict[str, Found]:
    """The records behind references; those that no system knows are left out."""
    found: dict[str, Found] = {}
    for each in speakers():
        left = [one for one in references if one and one not in found]
        if each.resolve and left:
            found |= call(each.resolve)(left, language)
    return found


def picks(kinds: Collection[str], query: str, language: str, limit: int = 20) -> dict[str, Found]:
    """The records of these kinds that a query finds, by their references, for who chooses one."""
    found: dict[str, Found] = {}
    for kind in kinds:
        for each in speakers():
            if kind in each.picks:
                found |= call(each.picks[kind])(query, language, limit)
    return dict(list(found.items())[:limit])


def keys(references: Collection[str], kind: str) -> list[str]:
    """What follows "system:kind:" in the references that begin so."""
    start = f"{kind}:"
    return [each.removeprefix(start) for each in references if each.startswith(start)]


def numbers(references: Collection[str], kind: str) -> list[int]:
    """The same where records go by number; what no database holds as one is left out."""
    found = keys(references, kind)
    return [int(each) for each in found if _NUMBER.fullmatch(each)]


def stated(reference: str) -> Stated | None:
    """The figure behind a reference that some document states; None when no system knows it."""
    answers = (call(each.stated)(reference) for each in speakers() if each.stated)
    return next((found for found in answers if found is not None), None)


def became(references: Collection[str], language: str) -> dict[str, list[Became]]:
    """What became of each record, told by every system that did something with it."""
    told: dict[str, list[Became]] = {each: [] for each in references}
    for each in speakers():
        if each.became and told:
            for reference, done in call(each.became)(list(told), language).items():
                told[reference] += done
    return told


def firm_set(name: str) -> frozenset[str] | None:
    """The SIRETs of a set that some system tells; None when none tells it."""
    paths = [each.firm_sets[name] for each in speakers() if name in each.firm_sets]
    return frozenset().union(*(call(path)() for path in paths)) if paths else None


def last_contacts(sirens: Collection[str]) -> dict[str, date]:
    """The last contact with each firm, told by every system that follows firms."""
    told: dict[str, date] = {}
    for each in speakers():
        if each.last_contacts and sirens:
            for siren, on in call(each.last_contacts)(sirens).items():
                told[siren] = max(on, told.get(siren, on))
    return told


def firm_of(reference: str, person: Any) -> str:
    """The SIRET that a record is about, for a person who may see it; "" when nobody tells it."""
    told = (call(each.firm_of)(reference, person) for each in speakers() if each.firm_of)
    return next((siret for siret in told if siret), "")


def selections(person: Any) -> dict[str, str]:
    """The names of the selections of firms that a person may see, by reference."""
    found: dict[str, str] = {}
    for each in speakers():
        if each.selections:
            found |= call(each.selections)(person)
    return found


def selected(reference: str, person: Any) -> frozenset[str] | None:
    """The SIRETs of a selection that they may see; None when there is no such one for them."""
    for each in speakers():
        if each.selected:
            found = call(each.selected)(reference, person)
            if found is not None:
                return frozenset(found)
    return None


def own_cards(siret: str, person: Any, language: str) -> list[Card]:
    """What the systems tell of a firm to a person who belongs to it."""
    made = (call(each.own)(siret, person, language) for each in speakers() if each.own)
    return sorted((card for card in made if card is not None), key=lambda card: card.order)


def takings(kind: str, reference: str, text: str, language: str) -> list[Taking]:
    """Where a record can be turned into something else: a decision, an action, a case."""
    made = (
        call(each.takes[kind])(reference, text, language)
        for each in speakers()
        if kind in each.takes
    )
    return [taking for taking in made if taking is not None]
