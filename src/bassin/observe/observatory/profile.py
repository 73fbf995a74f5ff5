"""A place's profile as data: the paragraph, the framing table, the chapters, the communes.

Views render it; nothing here knows of HTTP. Everything comes from figures, so whatever is shown
has its value, unit, place, date, source and definition.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.engine import name_of
from bassin.indicators.figure import Figure, Observation, Status
from bassin.indicators.house import House
from bassin.indicators.sentences import distinctive, headline, rules, sentence
from bassin.sources.registry import is_public
from bassin.territory import Place
from bassin.types import Origin, Scale, Text

RECENT = timedelta(days=90)
MOST_NEWS = 6
MOST_COLUMNS = 6
MOST_COMMUNES = 60
MOST_MAPS = 3
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
    """One chapter: its question, the sentence that answers, the figures that prove it.

    `communes` gives, per figure to be mapped, one observation per commune of the place.
    """

    code: str
    title: Text
    question: Text
    answer: str
    first: Figure
    figures: tuple[Figure, ...]
    missing: tuple[Figure, ...]
    communes: tuple[tuple[Figure, dict[str, Observation]], ...] = ()


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One commune of the place, with the series of each column of the commune table."""

    place: Place
    series: tuple[Sequence[Observation], ...]


@dataclass(frozen=True, slots=True)
class News:
    """The sources received on one day of the last 90: their titles and vintages."""

    on: date
    titles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the profile page shows, in its order."""

    place: Place
    paragraph: str
    facts: tuple[Figure, ...]
    figures: dict[str, Figure]
    framing: tuple[Figure, ...]
    comparators: tuple[Place, ...]
    chapters: tuple[Chapter, ...]
    columns: tuple[Indicator, ...]
    communes: tuple[CommuneRow, ...]
    similar: tuple[tuple[Place, Text], ...]
    news: tuple[News, ...]
    moved: tuple[Figure, ...]
    to_load: tuple[tuple[Text, tuple[Figure, ...]], ...]
    hidden: tuple[Figure, ...]


def figures_of(house: House, place: Place, on: date | None = None) -> dict[str, Figure]:
    """The figures that a place of this scale may have: a neighbourhood has its own, alone."""
    quarter = place.scale == Scale.QPV
    names = [
        each.id
        for each in indicators().values()
        if each.status != "draft" and (each.native == "qpv") == quarter
    ]
    return house.figures(place, names, on)


def build(
    house: House, place: Place, language: str, today: date, on: date | None = None
) -> Profile:
    """The profile of a place, with figures known at a date."""
    figures = figures_of(house, place, on)
    territory = house.territory
    inside = territory.communes(place, on) if len(place.communes) > 1 else []
    members = inside if len(inside) <= MOST_COMMUNES else []
    columns, communes = _communes(house, members, on)
    similar = territory.similar(place, on)
    telling = telling_of(figures)
    made = (_chapter(house, code, figures, members, language, on) for code in CHAPTERS)
    return Profile(
        place=place,
        paragraph=headline(telling, name_of(place), language) if telling else "",
        facts=tuple(each.figure for each in distinctive(telling)),
        figures=figures,
        framing=_framing(figures),
        comparators=tuple(territory.comparators(place, on)),
        chapters=tuple(chapter for chapter in made if chapter is not None),
        columns=columns,
        communes=communes,
        similar=tuple(
            (p, similar.reasons[p.key]) for p in similar.places if p.key in similar.reasons
        ),
        news=_news(house, today),
        moved=tuple(moved(figures)),
        to_load=_to_load(figures),
        hidden=tuple(f for f in figures.values() if f.observation.status in HIDDEN),
    )


def telling_of(figures: dict[str, Figure]) -> list[Figure]:
    """Figures that may tell a place from its peers: real, its own, and not a matter of size."""
    known = indicators()
    return [
        figure
        for name, figure in figures.items()
        if figure.observation.origin != Origin.INVENTED
        and figure.peers
        and known[name].kind not in ("count", "sum")
        and known[name].native not in ("employment_area", "iris")
        and not known[name].relative_to
    ]


def moved(figures: dict[str, Figure], limit: int = 3) -> list[Figure]:
    """The figures that moved most beside their noise, one per chapter; never an invented one."""
    changed: list[tuple[float, Figure]] = []
    for figure in figures.values():
        found = rules.change(figure)
        if found is None or figure.observation.origin == Origin.INVENTED:
            continue
        if rules.has_moved(figure, found):
            changed.append((rules.strength(figure, found), figure))
    changed.sort(key=lambda pair: -pair[0])
    chosen: dict[str, Figure] = {}
    for _, figure in changed:
        chosen.setdefault(indicators()[figure.observation.indicator].chapter, figure)
    return list(chosen.values())[:limit]


def _framing(figures: dict[str, Figure]) -> tuple[Figure, ...]:
    """Rows of the framing table in their declared order."""
    declared = sorted((i for i in indicators().values() if i.cadrage), key=lambda i: i.cadrage)
    return tuple(figures[each.id] for each in declared if each.id in figures)


def _first(known: Sequence[Figure]) -> Figure | None:
    """The figure that answers a chapter's question: the place's own before a wider area's."""
    own = [f for f in known if indicators()[f.observation.indicator].native != "employment_area"]
    return next(iter([*own, *known]), None)


def _chapter(
    house: House,
    code: str,
    figures: dict[str, Figure],
    members: Sequence[Place],
    language: str,
    on: date | None,
) -> Chapter | None:
    """One chapter; None when the place has no value in it."""
    title, question = CHAPTERS[code]
    mine = [figures[i.id] for i in indicators().values() if i.chapter == code and i.id in figures]
    known = [figure for figure in mine if figure.observation.value is not None]
    first = _first(known)
    if first is None:
        return None
    return Chapter(
        code=code, title=title, question=question, answer=sentence(first, language), first=first,
        figures=(first, *(figure for figure in known if figure is not first)),
        missing=tuple(figure for figure in mine if figure.observation.value is None),
        communes=_mapped(house, mine, members, on),
    )  # fmt: skip


def _mapped(
    house: House, figures: Sequence[Figure], members: Sequence[Place], on: date | None
) -> tuple[tuple[Figure, dict[str, Observation]], ...]:
    """The figures to be drawn commune by commune: rates, medians and means before counts."""
    if not members:
        return ()
    known = indicators()
    native = [f for f in figures if known[f.observation.indicator].native == "commune"]
    native.sort(key=lambda f: known[f.observation.indicator].additive)
    maps = []
    for figure in native:
        declared = known[figure.observation.indicator]
        found = house.engine.observe(declared, members, on)
        period = figure.observation.period or max(
            (o.period for listed in found.values() for o in listed), default=""
        )
        observed = {
            key: match
            for key, listed in found.items()
            if (match := next((o for o in listed if o.period == period), None))
        }
        if len({o.value for o in observed.values() if o.value is not None}) >= 5:
            maps.append((figure, observed))
        if len(maps) == MOST_MAPS:
            break
    return tuple(maps)


def _communes(
    house: House, members: Sequence[Place], on: date | None
) -> tuple[tuple[Indicator, ...], tuple[CommuneRow, ...]]:
    """The table of communes: figures marked as cards, for which some commune has a value."""
    order = list(CHAPTERS)
    shown = [
        each
        for each in indicators().values()
        if each.raw.get("presentation", {}).get("card")
        and each.native == "commune"
        and not each.relative_to
    ]
    shown.sort(key=lambda each: (order.index(each.chapter), each.order))
    columns, found = [], []
    for each in shown if members else []:
        observed = house.engine.observe(each, members, on)
        if any(o.value is not None for listed in observed.values() for o in listed):
            columns.append(each)
            found.append(observed)
        if len(columns) == MOST_COLUMNS:
            break
    rows = (CommuneRow(place, tuple(o[place.key] for o in found)) for place in members)
    return tuple(columns), tuple(rows) if columns else ()


def _news(house: House, today: date) -> tuple[News, ...]:
    """Sources received in the last 90 days, by day, the latest first."""
    days: dict[date, list[tuple[str, str]]] = {}
    for served in house.reader.release.tables.values():
        version = served.version
        on = date.fromisoformat(version.created_at[:10])
        derived = not version.files or version.table != version.source
        if today - on <= RECENT and not derived and is_public(version.table):
            days.setdefault(on, []).append((version.title, version.vintage))
    latest = sorted(days, reverse=True)[:MOST_NEWS]
    return tuple(News(on, tuple(sorted(days[on]))) for on in latest)


def _to_load(figures: dict[str, Figure]) -> tuple[tuple[Text, tuple[Figure, ...]], ...]:
    """Figures without a value, gathered by the reason why; the reason of most figures first."""
    found: dict[Text, list[Figure]] = {}
    for figure in figures.values():
        if figure.observation.value is None and figure.observation.why is not None:
            found.setdefault(figure.observation.why, []).append(figure)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return tuple((reason, tuple(listed)) for reason, listed in ordered)
