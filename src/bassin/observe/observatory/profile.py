"""A place's profile as data: the paragraph, the framing table, the chapters, the communes.

Views render it; nothing here knows of HTTP. Everything comes from figures, so whatever is shown
has its value, unit, place, date, source and definition.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Figure, Observation, Status
from bassin.indicators.house import House
from bassin.indicators.sentences import headline, sentence
from bassin.territory import Place
from bassin.types import Origin, Scale, Text

RECENT = timedelta(days=90)
HIDDEN = (Status.SECRET, Status.SECONDARY)

CHAPTERS: "OrderedDict[str, tuple[Text, Text]]" = OrderedDict(
    population=(
        Text("Population", "Population"),
        Text("Qui habite ici ?", "Who lives here?"),
    ),
    establishments=(
        Text("Entreprises et établissements", "Firms and establishments"),
        Text("De quoi est fait le tissu économique ?", "What is the local economy made of?"),
    ),
    jobs=(
        Text("Emploi et métiers", "Jobs and occupations"),
        Text("Quels emplois, et pour qui ?", "Which jobs, and for whom?"),
    ),
    unemployment=(
        Text("Population active et chômage", "Active population and unemployment"),
        Text("Qui travaille, qui cherche ?", "Who works, who is looking?"),
    ),
    income=(
        Text("Revenus et cohésion", "Income and cohesion"),
        Text("Les écarts se creusent-ils ?", "Are gaps widening?"),
    ),
    housing=(
        Text("Logement", "Housing"),
        Text("Qui peut se loger ici, et à quel prix ?", "Who can live here, and at what price?"),
    ),
    land=(
        Text("Foncier, fiscalité, transports", "Land, taxes, transport"),
        Text(
            "Que paie une entreprise ici, et comment y vient-on ?",
            "What does a firm pay here, and how does one get here?",
        ),
    ),
    transition=(
        Text("Transition écologique", "Ecological transition"),
        Text("L'économie change-t-elle de modèle ?", "Is the economy changing its model?"),
    ),
)
"""Chapters in their order: title, and the question that opens each."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its question, the sentence that answers, the figures that prove it."""

    code: str
    title: Text
    question: Text
    answer: str
    first: Figure | None
    figures: tuple[Figure, ...]
    missing: tuple[Figure, ...]
    communes: dict[str, Observation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One commune of the place, with one observation per column of the commune table."""

    place: Place
    cells: tuple[Observation | None, ...]


@dataclass(frozen=True, slots=True)
class News:
    """Something that changed in the last 90 days, and why it is said."""

    on: date
    title: str
    why: Text


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the profile page shows, in its order."""

    place: Place
    trail: tuple[Place, ...]
    paragraph: str
    figures: dict[str, Figure]
    framing: tuple[Figure, ...]
    comparators: tuple[Place, ...]
    chapters: tuple[Chapter, ...]
    columns: tuple[Indicator, ...]
    communes: tuple[CommuneRow, ...]
    similar: tuple[tuple[Place, Text], ...]
    news: tuple[News, ...]
    hidden_count: int


def build(
    house: House, place: Place, language: str, today: date, on: date | None = None
) -> Profile:
    """The profile of a place, with figures known at a date."""
    figures = house.figures(place, on=on)
    territory = house.territory
    columns = _columns()
    communes = territory.communes(place, on) if len(place.communes) > 1 else []
    similar = territory.similar(place, on)
    return Profile(
        place=place,
        trail=tuple(reversed(territory.containers(place, on))),
        paragraph=_paragraph(figures, place, language),
        figures=figures,
        framing=_framing(figures),
        comparators=tuple(territory.comparators(place, on)),
        chapters=tuple(_chapter(house, code, figures, communes, language, on) for code in CHAPTERS),
        columns=columns,
        communes=_communes(house, communes[:200], columns, on),
        similar=tuple(
            (p, similar.reasons[p.key]) for p in similar.places if p.key in similar.reasons
        ),
        news=_news(house, today),
        hidden_count=sum(f.observation.status in HIDDEN for f in figures.values()),
    )


def _paragraph(figures: dict[str, Figure], place: Place, language: str) -> str:
    """The headline paragraph; an invented value never enters it."""
    from bassin.indicators.engine import name_of

    real = [f for f in figures.values() if f.observation.origin != Origin.INVENTED]
    return headline(real, name_of(place), language)


def _framing(figures: dict[str, Figure]) -> tuple[Figure, ...]:
    """Rows of the framing table in their declared order."""
    declared = sorted((i for i in indicators().values() if i.cadrage), key=lambda i: i.cadrage)
    return tuple(figures[each.id] for each in declared if each.id in figures)


def _chapter(
    house: House,
    code: str,
    figures: dict[str, Figure],
    communes: Sequence[Place],
    language: str,
    on: date | None,
) -> Chapter:
    title, question = CHAPTERS[code]
    mine = [figures[i.id] for i in indicators().values() if i.chapter == code and i.id in figures]
    known = [figure for figure in mine if figure.observation.value is not None]
    first = known[0] if known else None
    answer = sentence(first, language) if first else ""
    missing = tuple(figure for figure in mine if figure.observation.value is None)
    observed: dict[str, Observation] = {}
    if first is not None and communes:
        declared = indicators()[first.observation.indicator]
        found = house.engine.observe(declared, communes, on)
        observed = {
            key: match
            for key, listed in found.items()
            if (match := next((o for o in listed if o.period == first.observation.period), None))
        }
    return Chapter(code, title, question, answer, first, tuple(known), missing, observed)


def _columns() -> tuple[Indicator, ...]:
    """Columns of the table of communes: the first figure of each chapter marked as a card."""
    shown = [i for i in indicators().values() if i.raw.get("presentation", {}).get("card")]
    native = [i for i in shown if i.native == "commune" and not i.relative_to]
    order = list(CHAPTERS)
    return tuple(sorted(native, key=lambda i: (order.index(i.chapter), i.order)))[:8]


def _communes(
    house: House, communes: Sequence[Place], columns: Sequence[Indicator], on: date | None
) -> tuple[CommuneRow, ...]:
    if not communes:
        return ()
    observed = [house.engine.observe(each, communes, on) for each in columns]
    return tuple(
        CommuneRow(place, tuple(o[place.key][-1] if o[place.key] else None for o in observed))
        for place in communes
    )


def _news(house: House, today: date) -> tuple[News, ...]:
    """Releases of the last 90 days, the latest first."""
    served = house.reader.release.tables.values()
    recent = []
    for each in served:
        on = date.fromisoformat(each.version.created_at[:10])
        derived = not each.version.files or each.version.table != each.version.source
        if today - on <= RECENT and not derived:
            why = Text(
                f"nouvelle version chargée : {each.version.vintage or each.version.version}",
                f"new version loaded: {each.version.vintage or each.version.version}",
            )
            recent.append(News(on, each.version.title, why))
    return tuple(sorted(recent, key=lambda news: (news.on, news.title), reverse=True)[:8])


def has_quarters(place: Place) -> bool:
    """Whether the place is large enough to speak of priority neighbourhoods."""
    return place.scale not in (Scale.IRIS, Scale.QPV, Scale.FRANCE)
