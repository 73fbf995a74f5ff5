"""A figure in the few words that a cell, a caption or a citation has room for."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.indicators import coverage
from bassin.indicators.figure import (
    Comparison,
    Figure,
    Observation,
    PlaceName,
    Rank,
    Reliability,
    Status,
)
from bassin.indicators.numbers import NARROW, number, ordinal, quantity, signed, unit
from bassin.indicators.sentences import places, places_en, rules, sentence
from bassin.territory import Place


def link(figure: Figure) -> str:
    """The page of a figure, opened on its place."""
    address = reverse("observatory:indicator", kwargs={"name": figure.observation.indicator})
    return f"{address}?lieu={figure.observation.place.key}"


def place_link(place: Place) -> str:
    """The page of a place."""
    return reverse("observatory:place", kwargs={"scale": place.scale, "code": place.code})


def of_place(name: PlaceName, language: str) -> str:
    """« de l'Île-de-France », « du Kremlin-Bicêtre »; "of Île-de-France"."""
    return f"of {places_en.the(name)}" if language == "en" else places.of(name)


def beside_place(name: PlaceName, language: str) -> str:
    """A place as « par rapport » takes it: « à l'Île-de-France », « au Kremlin-Bicêtre »."""
    return places_en.the(name) if language == "en" else places.to(name)


def written(observed: Observation, decimals: int, language: str) -> str:
    """A value as it is read, without its unit; an interval shows both ends."""
    if observed.value is None:
        return ""
    text = number(observed.value, decimals, language)
    if observed.upper is not None:
        text += f" – {number(observed.upper, decimals, language)}"
    return text


def why(observed: Observation, language: str) -> str:
    """Why there is no value, in words."""
    return observed.why.say(language) if observed.why else _("no data")


def known_part(observed: Observation, language: str) -> str:
    """On which part of a place's people a value rests; empty when it is the whole place's."""
    if coverage.partial(observed) is None:
        return ""
    return _("on {share} of its people").format(
        share=quantity(observed.known_pct or 0.0, "%", 0, language)
    )


def amount(figure: Figure, language: str) -> str:
    """A value with its unit, on one line; an interval shows both ends."""
    observed = figure.observation
    if observed.value is None:
        return ""
    if observed.upper is not None:
        ends = written(observed, figure.decimals, language)
        return f"{ends}{NARROW}{unit(figure.symbol, language)}".strip()
    return quantity(observed.value, figure.symbol, figure.decimals, language)


def moved(figure: Figure, language: str) -> str:
    """The amount of a change with its sign: « +0,3 pt », "+1.7%".

    Both values of a count that chance alone may move: « 5 → 4 ».
    """
    if figure.change is None:
        return ""
    start = rules.chance_start(figure, figure.change)
    if start is not None:
        last = written(figure.observation, figure.decimals, language)
        return f"{number(start, figure.decimals, language)} → {last}"
    return _difference(figure.change.amount, figure.change.unit, 1, language)


def gap(comparison: Comparison | None, decimals: int, language: str) -> str:
    """A gap in its own unit, empty when there is none; `decimals` are those of the figure."""
    if comparison is None or comparison.gap is None:
        return ""
    relative = comparison.gap_unit in ("points", "%")
    return _difference(comparison.gap, comparison.gap_unit, 1 if relative else decimals, language)


def _difference(found: float, unit: str, decimals: int, language: str) -> str:
    shown = pgettext("points", "pt") if unit == "points" else unit
    space = "" if language == "en" and shown == "%" else NARROW
    return f"{signed(found, decimals, language)}{space}{shown}".strip()


def share(comparison: Comparison | None, _decimals: int, language: str) -> str:
    """Our share of a larger place, empty for a rate; always with one decimal."""
    if comparison is None or comparison.share_pct is None:
        return ""
    least = 0.1
    if 0 < comparison.share_pct < least / 2:  # « 0,0 % » would say that there is nobody
        return f"<{NARROW}{quantity(least, '%', 1, language)}"
    return quantity(comparison.share_pct, "%", 1, language)


def rank(found: Rank | None, language: str) -> str:
    """« 2e sur 12, après Paris »; who is ahead is named when they are three or fewer."""
    if found is None:
        return ""
    told = _("{rank} of {size}").format(rank=ordinal(found.position, language), size=found.size)
    ahead = ", ".join(place.name for place in found.ahead)
    after = pgettext("rank", "after")
    return f"{told}, {after} {ahead}" if ahead else told


def reliability(observed: Observation) -> str:
    """How firm a value is, in one word."""
    if observed.status == Status.ROUNDED:
        return _("rounded to 5")
    return {
        Reliability.EXHAUSTIVE: pgettext("reliability", "exhaustive"),
        Reliability.RELIABLE: pgettext("reliability", "reliable"),
        Reliability.CAUTION: pgettext("reliability", "with care"),
        Reliability.FRAGILE: pgettext("reliability", "fragile"),
    }[observed.reliability]


def citation(figure: Figure, language: str) -> str:
    """The words to cite a figure: sentence, source, licence."""
    source = f"{_('Source:')} {figure.source.say(language)} ({figure.licence})."
    return f"{sentence(figure, language)} {source}"
