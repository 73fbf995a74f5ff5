"""The theme of charts: ink on paper, one family, direct labels, no ornament."""

from typing import Any

INK = "#1B1F23"
SOFT = "#4A5157"
GREY = "#A9AEB3"
HAIR = "#D9D6CD"
PAPER = "#FBFAF7"
NO_DATA = "#E4E2DC"
FAMILY = "Atkinson"
RAMP = ("#FFF7CF", "#C7E5B4", "#73C3BB", "#3187B7", "#22479B", "#0C1F5C", "#050E33")
"""YlGnBu, light to dark, safe for the usual forms of colour blindness."""

HIDDEN = "url(#secret)"
FRAGILE = "url(#fragile)"
"""Fills drawn by the patterns that `bassin.ui.charts.draw` adds to each picture."""

BAND = 28
"""Height of one row of bars, in pixels."""


def ramp(count: int) -> tuple[str, ...]:
    """`count` colours spread over the first six of the ramp, from light to dark."""
    if count == 1:
        return (RAMP[2],)
    last = min(count, 5) if count < 6 else 6
    return tuple(RAMP[round(index * (last - 1) / (count - 1))] for index in range(count))


def config() -> dict[str, Any]:
    """Vega-Lite configuration shared by every chart."""
    axis = {
        "domain": False,
        "ticks": False,
        "grid": True,
        "gridColor": HAIR,
        "labelColor": SOFT,
        "labelFontSize": 13,
        "labelPadding": 8,
        "title": None,
    }
    return {
        "aria": False,
        "background": "transparent",
        "font": FAMILY,
        "padding": 2,
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"labelColor": INK},
        "legend": {
            "labelColor": SOFT,
            "labelFontSize": 13,
            "labelLimit": 260,
            "title": None,
            "symbolType": "square",
            "symbolStrokeColor": SOFT,
            "symbolSize": 170,
        },
        "text": {"fontSize": 13, "color": INK},
        "bar": {"height": 17},
    }
