"""A figure as one small picture: the number and all that must stand beside it."""

from html import escape
from textwrap import wrap

from django.utils.translation import gettext as _

from bassin.indicators.figure import Figure
from bassin.indicators.numbers import period as in_words
from bassin.indicators.numbers import quantity, unit
from bassin.indicators.sentences import sentence
from bassin.observe.observatory.words import why, written
from bassin.territory import Place
from bassin.ui.graphics import INK, svg

WIDTH = 420
FAMILY = "'Atkinson Hyperlegible Next', system-ui, sans-serif"
SOFT, ROOM = "#4A5157", "#0B4F6C"
_MOST_LETTERS = 42


def card(made: Figure, place: Place, words: str) -> str:
    """The picture, as SVG."""
    observed = made.observation
    said = sentence(made, words)
    marks: list[tuple[str, int, str, int]] = [(place.name, 15, SOFT, 400)]
    marks += [(line, 17, INK, 700) for line in wrap(made.label.say(words), 34)]
    if observed.value is None:
        marks += [(line, 15, INK, 400) for line in wrap(why(observed, words), _MOST_LETTERS)]
    else:
        marks.append((_number(made, words), 34, INK, 700))
    when = in_words(observed.period, words) if observed.period else _("undated")
    origin = observed.origin.label.say(words)
    stated = f"{when} · {made.source.say(words)} · {origin}"
    marks += [(line, 12, SOFT, 400) for line in wrap(stated, 54)]
    return _drawn(marks, f"{made.label.say(words)} — {place.name}", said)


def _number(made: Figure, words: str) -> str:
    observed = made.observation
    if observed.value is not None and observed.upper is None:
        return quantity(observed.value, made.symbol, made.decimals, words)
    return f"{written(observed, made.decimals, words)} {unit(made.symbol, words)}".strip()


def _drawn(marks: list[tuple[str, int, str, int]], title: str, said: str) -> str:
    parts, at = [], 14.0
    for text, size, colour, weight in marks:
        at += size * 1.5
        parts.append(
            f'<text x="18" y="{at:.0f}" font-size="{size}" font-weight="{weight}" '
            f'fill="{colour}">{escape(text)}</text>'
        )
    height = round(at + 16)
    ground = (
        f'<rect width="{WIDTH}" height="{height}" fill="#FFFFFF"/>'
        f'<rect width="6" height="{height}" fill="{ROOM}"/>'
    )
    written_ = f'<g font-family="{FAMILY}">{"".join(parts)}</g>'
    return svg("figure-card", (WIDTH, height), title, said, ground + written_)
