"""Tags and filters of the look: `{% load ui %}`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from bassin.indicators import numbers
from bassin.indicators.sentences.words import fixed_spaces
from bassin.types import Origin, Text
from bassin.ui import graphics, icons
from bassin.ui.charts import theme
from bassin.ui.parts import Row

register = template.Library()

SWATCHES = {
    theme.HIDDEN: '<path d="M0 6 6 0M0 12 12 0M6 14 18 2M12 14 20 6" stroke="#1B1F23"/>',
    theme.FRAGILE: "".join(
        f'<circle cx="{x}" cy="{y}" r="1.2" fill="#1B1F23"/>' for x in (4, 10, 16) for y in (4, 10)
    ),
}
"""What draws, in a legend, the fills that are not a colour."""


class MissingInput(Exception):
    """A component was called without something it must show; the template needs a change."""


class _Needs(Node):
    def __init__(self, component: str, names: list[str]) -> None:
        self.component = component
        self.names = names

    def render(self, context: Context) -> str:
        for choice in self.names:
            options = choice.split("|")
            if all(_absent(context, name) for name in options):
                raise MissingInput(
                    f"<c-{self.component}> needs {' or '.join(options)}. "
                    f"It was given: {', '.join(_given(context)) or 'nothing'}."
                )
        return ""


def _absent(context: Context, name: str) -> bool:
    value = context.get(name)
    return value is None or (isinstance(value, str) and not value.strip())


def _given(context: Context) -> list[str]:
    return sorted(context.get("attrs") or ())


@register.tag
def needs(parser: Parser, token: Token) -> Node:
    """Refuse a component without its inputs: `{% needs figure value|why unit asof %}`."""
    _tag, component, *names = token.split_contents()
    return _Needs(component, names)


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """A pictogram of the declared set; its word must stand beside it."""
    return icons.svg(name, size)


@register.simple_tag
def sprite(*names: str) -> SafeString:
    """Pictograms that the page repeats, drawn once: `{% again name %}` then shows one."""
    return icons.sprite(names)


@register.simple_tag
def again(name: str, size: int = 20) -> SafeString:
    """A pictogram of the sprite."""
    return icons.again(name, size)


@register.filter
def say(text: Text | str | None) -> str:
    """A bilingual text in the page's language; in French no line begins on a « : »."""
    language = get_language() or "fr"
    told = text.say(language) if isinstance(text, Text) else str(text or "")
    return told if language == "en" else fixed_spaces(told)


@register.filter
def french(words: object) -> object:
    """Words that are French whatever the page speaks: said so, and kept in their own direction."""
    told = str(words or "")
    known = (get_language() or "fr").startswith("fr") or not told
    return told if known else format_html('<bdi lang="fr">{}</bdi>', told)


@register.filter
def tell(text: Text) -> object:
    """A text in the page's language; said French where it has no other words."""
    return say(text) if text.only(get_language() or "fr") else french(text.fr)


@register.filter
def spoken(tongue: str, around: str) -> str:
    """Attributes of an element whose words are in another language than those around it."""
    return format_html(' lang="{}" dir="auto"', tongue) if tongue and tongue != around else ""


@register.filter
def or_english(words: object, english: object) -> object:
    """French words, in English on an English page where they were written; else said French."""
    here = (get_language() or "fr").startswith("en")
    return english if here and english else french(words)


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """A number as the page's language writes it; nothing when there is none."""
    return "" if value is None else numbers.number(value, decimals, get_language() or "fr")


@register.filter(expects_localtime=True)
def day(moment: date | None) -> str:
    """A day as it is read: « 1er décembre 2028 », which Django's own filter writes « 1 »."""
    return numbers.period(f"{moment:%Y-%m-%d}", get_language() or "fr") if moment else ""


@register.filter
def sortable(value: float | str) -> str:
    """What a column is sorted by: a number with the digits that tell it from its neighbours."""
    return f"{value:.7g}" if isinstance(value, float) else str(value)


@register.filter
def signed(value: float | None, decimals: int = 0) -> str:
    """A number with its sign; nothing when there is none."""
    return "" if value is None else numbers.signed(value, decimals, get_language() or "fr")


@register.filter
def origin_word(origin: Origin | str) -> str:
    """The word people read for an origin: réel, cité, inventé."""
    return Origin(origin).label.say(get_language() or "fr")


@register.filter
def any_invented(rows: Sequence[Row]) -> bool:
    """Whether a table marks a value as invented: it then says what its mark means."""
    return any(c.origin == Origin.INVENTED and c.text for row in rows for c in row.cells)


@register.filter
def any_cited(rows: Sequence[Row]) -> bool:
    """Whether a table holds something that a document says."""
    return any(c.origin == Origin.CITED and c.text for row in rows for c in row.cells)


@register.filter
def at(values: Sequence[Any] | Mapping[Any, Any], key: Any) -> Any:
    """The item of a list or a mapping, None when there is none."""
    if isinstance(values, Mapping):
        return values.get(key)
    return values[key] if 0 <= key < len(values) else None


@register.simple_tag
def draw_strip(spots: Sequence[graphics.Spot], title: str, said: str, word: str) -> SafeString:
    """The strip of places, see `bassin.ui.graphics.strip`."""
    return _image(graphics.strip(spots, title=title, said=said, median_word=word))


@register.simple_tag
def draw_sparkline(
    values: Sequence[float | None], title: str, said: str, breaks: Sequence[int] = ()
) -> SafeString:
    """The word-sized line of a series, see `bassin.ui.graphics.sparkline`."""
    return _image(graphics.sparkline(values, title=title, said=said, breaks=breaks or ()))


@register.simple_tag
def draw_bar(value: float, largest: float, title: str, said: str, ours: bool) -> SafeString:
    """The bar inside a cell, see `bassin.ui.graphics.bar`."""
    return _image(graphics.bar(value, largest, title=title, said=said, ours=ours))


def _image(drawn: str) -> SafeString:
    # Every text inside was escaped where the SVG was written.
    return mark_safe(drawn)  # noqa: S308


@register.filter
def image(drawn: str) -> SafeString:
    """Put an SVG of `bassin.ui.graphics` or of the chart renderer in the page as it is.

    Raises:
        ValueError: the string is not one whole SVG.
    """
    if not (drawn.startswith("<svg") and drawn.endswith("</svg>")):
        raise ValueError(f"Not an SVG made by the house: {drawn[:40]!r}.")
    return _image(drawn)


@register.simple_tag
def swatch(fill: str) -> SafeString:
    """The little square of a legend: a colour, or one of the fills of `bassin.ui.charts.theme`."""
    return format_html(
        '<svg width="20" height="14" viewBox="0 0 20 14" aria-hidden="true" focusable="false">'
        '<rect x=".5" y=".5" width="19" height="13" fill="{}"/>{}'
        '<rect x=".5" y=".5" width="19" height="13" fill="none" stroke="#8A9096"/></svg>',
        fill if fill.startswith("#") else "#fff",
        _image(SWATCHES.get(fill, "")),
    )
