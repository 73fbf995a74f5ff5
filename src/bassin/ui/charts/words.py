"""The few words written inside charts, in the two languages of the service."""

from bassin.indicators import numbers
from bassin.types import Origin
from bassin.ui.charts.model import ChartInput, Point

WORDS = {
    "secret": {"fr": "secret statistique", "en": "statistical secrecy"},
    "missing": {"fr": "sans donnée", "en": "no data"},
    "fragile": {"fr": "fragile", "en": "fragile"},
    "median": {"fr": "médiane", "en": "median"},
    "sample": {"fr": "EXEMPLE", "en": "SAMPLE"},
    "unwritten": {
        "fr": "¤ tient la place d'un signe que ce document ne sait pas écrire.",
        "en": "¤ stands for a sign that this document cannot write.",
    },
    "source": {"fr": "Source : ", "en": "Source: "},
    "below": {"fr": "moins de {high}", "en": "below {high}"},
    "between": {"fr": "de {low} à {high}", "en": "{low} to {high}"},
    "above": {"fr": "{low} et plus", "en": "{low} and over"},
}


def word(key: str, language: str) -> str:
    """A word of charts; French for any language but English."""
    return WORDS[key]["en" if language == "en" else "fr"]


def quantity(chart: ChartInput, value: float) -> str:
    """A value with its unit, as the chart's language writes it."""
    if chart.unit == "%":
        return numbers.percent(value, chart.decimals, chart.language)
    unit = f"{numbers.FIXED}{chart.unit}" if chart.unit in ("€", "km", "m²", "points") else ""
    return numbers.number(value, chart.decimals, chart.language) + unit


def label(chart: ChartInput, point: Point) -> str:
    """What is written beside a point: its quantity, or why there is none."""
    if point.value is None:
        return word(point.state, chart.language)
    shown = quantity(chart, point.value)
    return f"{shown} ({word('fragile', chart.language)})" if point.state == "fragile" else shown


def credit(chart: ChartInput) -> str:
    """The line under a chart that travels alone: source, and its mark."""
    source = chart.source.rstrip(".")
    mark = Origin(chart.origin).label.say(chart.language)
    return f"{word('source', chart.language)}{source} ({mark})."
