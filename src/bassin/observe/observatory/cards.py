"""The observatory's cards on assembled pages: a place before a council meeting."""

from bassin.indicators.engine import name_of
from bassin.indicators.sentences import distinctive, headline
from bassin.observe.observatory.profile import CHAPTERS
from bassin.systems import Card
from bassin.types import Origin, Text
from bassin.ui.opened import house

MOST_FIGURES = 9


def place(key: str, language: str) -> Card | None:
    """The paragraph and the first figures of each chapter; nothing invented enters the former."""
    opened = house()
    where = opened.territory.place(key)
    figures = opened.figures(where)
    known = [f for f in figures.values() if f.observation.value is not None]
    real = [f for f in known if f.observation.origin != Origin.INVENTED]
    first = [each.figure for each in distinctive(real)]
    chosen = list({f.observation.indicator: f for f in [*first, *real, *known]}.values())
    return Card(
        system="observatory",
        title=Text("Les chiffres", "The figures"),
        template="observatory/_place_card.html",
        context={
            "paragraph": headline(real, name_of(where), language),
            "figures": chosen[:MOST_FIGURES],
            "chapters": list(CHAPTERS),
        },
        order=10,
    )
