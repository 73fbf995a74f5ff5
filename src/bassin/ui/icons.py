"""The few pictograms of the house, from Lucide (ISC licence), drawn thinner (1.75).

A pictogram is never alone: its word stands beside it, so it is hidden from screen readers.
"""

import re
from collections.abc import Iterable
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bassin.packages import node_modules

ICONS = (
    "arrow-down", "arrow-left", "arrow-right", "arrow-up", "briefcase", "building-2", "calendar",
    "chart-column", "check", "chevron-left", "chevron-right", "circle-check",
    "circle-question-mark", "clock", "compass", "copy", "download", "external-link", "eye",
    "eye-off", "factory", "file-text", "graduation-cap", "hammer", "hand-helping", "heart-pulse",
    "house", "info", "landmark", "languages", "link", "lock", "mail", "map", "map-pin",
    "megaphone", "message-circle", "minus", "octagon-x", "palette", "pause", "phone", "play",
    "plus", "printer", "quote", "scale", "search", "shopping-cart", "sprout", "table", "theater",
    "triangle-alert", "truck", "user", "users", "utensils", "wrench", "x",
)  # fmt: skip
"""Declared set: a pictogram that is not here does not exist for the pages."""


_PEN = (
    'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
    'stroke-linejoin="round"'
)
_HIDDEN = 'aria-hidden="true" focusable="false"'
_ICON = (
    f'<svg class="icon" width="{{size}}" height="{{size}}" viewBox="0 0 24 24" {_PEN} {_HIDDEN}>'
    "{marks}</svg>"
)
_SPRITE = f'<svg class="g-defs" width="0" height="0" {_HIDDEN}>{{symbols}}</svg>'
_SYMBOL = f'<symbol id="i-{{}}" viewBox="0 0 24 24" {_PEN}>{{}}</symbol>'
_AGAIN = (
    f'<svg class="icon" width="{{size}}" height="{{size}}" {_HIDDEN}>'
    '<use href="#i-{name}"/></svg>'
)


class UnknownIcon(Exception):
    """A template asked for a pictogram outside the declared set."""


@cache
def drawing(name: str) -> SafeString:
    """The inner marks of a pictogram on its 24 × 24 grid.

    Raises:
        UnknownIcon: it is not in `ICONS`.
    """
    if name not in ICONS:
        raise UnknownIcon(f"No pictogram is called “{name}”. Declared ones: {', '.join(ICONS)}.")
    svg = (node_modules() / "lucide-static" / "icons" / f"{name}.svg").read_text("utf-8")
    inner = svg.partition("\n>")[2].rpartition("</svg>")[0]
    marks = re.sub(r"\s*\n\s*", "", inner).replace(" />", "/>")
    return mark_safe(marks)  # noqa: S308  a file of the declared set, from our own packages


def svg(name: str, size: int = 20) -> SafeString:
    """The pictogram as inline SVG, in the colour of the text around it."""
    return format_html(_ICON, size=size, marks=drawing(name))


def sprite(names: Iterable[str]) -> SafeString:
    """The pictograms that a page repeats, drawn once and hidden: `again` shows them."""
    symbols = format_html_join("", _SYMBOL, ((name, drawing(name)) for name in names))
    return format_html(_SPRITE, symbols=symbols)


def again(name: str, size: int = 20) -> SafeString:
    """A pictogram of the page's sprite."""
    return format_html(_AGAIN, size=size, name=name)
