"""A study in words: intervals rounded outwards, so that what is written always holds."""

from math import ceil, floor, log10

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bassin.indicators.numbers import number, percent
from bassin.indicators.numbers import period as in_words
from bassin.indicators.scenarios.declared import Scenario
from bassin.indicators.scenarios.dependency import Dependency
from bassin.indicators.scenarios.exposure import Exposure
from bassin.indicators.scenarios.jobs import Range, Source
from bassin.indicators.scenarios.study import Study
from bassin.types import Origin

DIGITS = 2


def outwards(found: Range) -> Range:
    """The interval at two significant digits, wider than the exact one, never narrower."""
    low = _step(found.low)
    if found.high is None:
        return Range(floor(found.low / low) * low, None)
    high = _step(found.high)
    return Range(floor(found.low / low) * low, ceil(found.high / high) * high)


def _step(value: float) -> int:
    return 10 ** max(0, floor(log10(value)) - DIGITS + 1) if value >= 1 else 1


def interval(found: Range, language: str) -> str:
    """« 1 200 – 3 400 », « au moins 1 200 », or one number where both ends are the same."""
    ends = found if found.low == found.high else outwards(found)
    low = number(ends.low, 0, language)
    if ends.high is None:
        return _("at least {low}").format(low=low)
    high = number(ends.high, 0, language)
    return low if low == high else f"{low} – {high}"


def share(found: Range | None, language: str) -> str:
    """A share as an interval of percentages, rounded outwards to one decimal."""
    if found is None:
        return ""
    low, high = _tenths(found)
    if low == high:
        return percent(low, 1, language)
    return f"{percent(low, 1, language)} – {percent(high, 1, language)}"


def _tenths(found: Range) -> tuple[float, float]:
    top = 100.0 if found.high is None else found.high
    if found.high is not None and top - found.low < 1e-9:
        return found.low, found.low
    # Ends are exact to a millionth: 7.000000001 must not be written 7.1.
    return floor(round(found.low * 10, 6)) / 10, ceil(round(top * 10, 6)) / 10


def sentence(study: Study, language: str) -> str:
    """What a scenario hits in a place, in one sentence, or why it is not written."""
    return describe(study.place.name, study.total, language)


def describe(place: str, found: Exposure, language: str) -> str:
    """« Orly : entre 1 200 et 3 400 emplois exposés, soit 4,1 % à 9,8 % des emplois en place. »"""
    if not found.verdict.shown:
        why = found.verdict.reason.say(language) if found.verdict.reason else ""
        return _("{place}: hidden ({why}).").format(place=place, why=why)
    if found.exposed.high == 0:
        return _("{place}: no job exposed under these assumptions.").format(place=place)
    ends = outwards(found.exposed)
    low = number(ends.low, 0, language)
    if ends.high is None:
        said = _("{place}: at least {low} jobs exposed.")
        return said.format(place=place, low=low)
    high = number(ends.high, 0, language)
    if low == high:
        said = ngettext("{place}: {low} job exposed", "{place}: {low} jobs exposed", int(ends.low))
    else:
        said = _("{place}: between {low} and {high} jobs exposed")
    said = said.format(place=place, low=low, high=high)
    if found.share is None:
        return f"{said}."
    lowest, highest = _tenths(found.share)
    if lowest == highest:
        part = _("{share} of jobs in place").format(share=percent(lowest, 1, language))
    else:
        part = _("{low} to {high} of jobs in place").format(
            low=percent(lowest, 1, language), high=percent(highest, 1, language)
        )
    return pgettext("exposure", "{said}, or {part}.").format(said=said, part=part)


def foremost(study: Study, language: str) -> str:
    """The most exposed commune of those shown: what the chart proves."""
    shown = [pair for pair in study.communes if pair[1].verdict.shown]
    if not shown:
        return sentence(study, language)
    place, found = max(shown, key=lambda pair: (_top(pair[1]), pair[0].key))
    said = describe(place.name, found, language)
    return _("The most exposed of the communes shown. {said}").format(said=said)


def _top(found: Exposure) -> float:
    return float("inf") if found.exposed.high is None else found.exposed.high


def depends(found: Dependency, language: str) -> str:
    """« Transports et entreposage : 26,3 % des emplois, dans 1 621 établissements employeurs. »"""
    what = found.what.say(language)
    what = what[:1].upper() + what[1:]
    if not found.verdict.shown:
        why = found.verdict.reason.say(language) if found.verdict.reason else ""
        return _("{what}: hidden ({why}).").format(what=what, why=why)
    return _("{what}: {share} of jobs, in {count} establishments with staff.").format(
        what=what, share=share(found.share, language), count=number(found.employers, 0, language)
    )


def source(study: Study | Dependency, language: str) -> str:
    """Where jobs are from and of when."""
    return named(study.source, study.period, study.origin, language)


def named(source: Source, period: str, origin: str, language: str) -> str:
    """A source and its date; no publisher answers for what a sample invents."""
    when = in_words(period, language)
    if origin == Origin.INVENTED:
        return _("Invented sample, scaled on public figures, {period}").format(period=when)
    return source.title.say(language).format(period=when)


def warning(scenario: Scenario, language: str) -> str:
    """Who supposes this, and that it forecasts nothing."""
    if scenario.edited:
        return _("Assumptions changed by the reader: not those of the observatory")
    author = scenario.author.say(language)
    return author[:1].upper() + author[1:]
