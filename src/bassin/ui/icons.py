"""The few pictograms of the house, from Lucide (ISC licence), drawn thinner (1.75).

A pictogram is never alone: its word stands beside it, so it is hidden from screen readers.
"""

import re
from collections.abc import Iterable
from functools import cache

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


class UnknownIcon(Exception):
    """A template asked for a pictogram outside the declared set."""


@cache
def drawing(name: str) -> str:
    """The inner marks of a pictogram on its 24 × 24 grid.

    Raises:
        UnknownIcon: it is not in `ICONS`.
    """
    if name not in ICONS:
        raise UnknownIcon(f"No pictogram is called “{name}”. Declared ones: {', '.join(ICONS)}.")
    svg = (node_modules() / "lucide-static" / "icons" / f"{name}.svg").read_text("utf-8")
    inner = svg.partition("\n>")[2].rpartition("</svg>")[0]
    return re.sub(r"\s*\n\s*", "", inner).replace(" />", "/>")


def svg(name: str, size: int = 20) -> str:
    """The pictogram as inline SVG, in the colour of the text around it."""
    return (
        f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" '
        'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        f'stroke-linejoin="round" aria-hidden="true" focusable="false">{drawing(name)}</svg>'
    )


_PEN = (
    'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
    'stroke-linejoin="round"'
)


def sprite(names: Iterable[str]) -> str:
    """The pictograms that a page repeats, drawn once and hidden: `again` shows them."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24" {_PEN}>{drawing(name)}</symbol>'
        for name in names
    )
    return (
        '<svg class="g-defs" width="0" height="0" aria-hidden="true" focusable="false">'
        f"{symbols}</svg>"
    )


def again(name: str, size: int = 20) -> str:
    """A pictogram of the page's sprite."""
    return (
        f'<svg class="icon" width="{size}" height="{size}" aria-hidden="true" focusable="false">'
        f'<use href="#i-{name}"/></svg>'
    )
