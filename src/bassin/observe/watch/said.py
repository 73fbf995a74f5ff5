"""A signal in words: who, what, where, how many jobs; the same for a page, an e-mail and a feed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.errors import Refused
from bassin.indicators.catalogue import indicator
from bassin.indicators.numbers import number, signed
from bassin.observe.watch.models import Signal
from bassin.observe.watch.signals.signal import TOLD_KINDS, Kind
from bassin.sources.registry import derivations, sources
from bassin.taxonomies import naf


@dataclass(frozen=True, slots=True)
class Told:
    """What a line of the inbox says. `who` names a firm: never put it where anybody may read."""

    who: str
    what: str
    where: str
    jobs: str


def told(signal: Signal, communes: Mapping[str, str], language: str) -> Told:
    """A signal in words."""
    proof = signal.evidence[0] if signal.evidence else {}
    who, what = _WHO_WHAT[Kind(signal.kind)](signal, proof, communes, language)
    names = [communes.get(code, code) for code in signal.commune_codes]
    where = ", ".join(names) if signal.is_firm else ""
    return Told(who, what, where, jobs(signal, language) if signal.is_firm else "")


def jobs(signal: Signal, language: str) -> str:
    """« de 100 à 199 emplois »; said when the headcount is not known."""
    low, high = signal.jobs_low, signal.jobs_high
    if low is None:
        return _("headcount not known")
    if high == 0:
        return _("no employee")
    if low == high:
        return ngettext("{n} job", "{n} jobs", low).format(n=number(low, 0, language))
    if high is None:
        return _("at least {n} jobs").format(n=number(low, 0, language))
    return _("{low} to {high} jobs").format(
        low=number(low, 0, language), high=number(high, 0, language)
    )


def activity(code: str, language: str) -> str:
    """What an activity or a division is called; its code when nobody knows it."""
    known = naf.rev2()
    return known.entry(code).label.say(language) if code in known else code


def opened(kind: str) -> str:
    """What a judgment opened, or did."""
    return {
        "safeguard": _("Safeguard opened"),
        "receivership": _("Receivership opened"),
        "liquidation": _("Liquidation opened"),
        "conversion": _("Proceeding converted"),
        "plan": _("Plan decided"),
        "closure": _("Proceeding closed"),
    }.get(kind, _("Judgment"))


def _firm(signal: Signal) -> str:
    return signal.name or (
        _("Firm without a name here") if signal.kind in TOLD_KINDS
        else _("Sole trader or hidden identity: see the notice")
    )  # fmt: skip


def _opening(signal: Signal, proof: Any, communes: Any, language: str) -> tuple[str, str]:
    return _firm(signal), opened(proof.get("kind", ""))


def _left(signal: Signal, proof: Any, communes: Any, language: str) -> tuple[str, str]:
    if signal.kind == Kind.CLOSURE:
        return _firm(signal), _("Establishment closed")
    if signal.kind == Kind.TAKEOVER:
        return _firm(signal), _("Establishment taken over by another firm")
    if proof.get("here") is None:
        return _firm(signal), _("Moved, to a place that is not known here")
    return _firm(signal), (
        _("Moved inside the territory") if signal.within else _("Moved out of the territory")
    )  # fmt: skip


def _noted(signal: Signal, proof: Any, communes: Any, language: str) -> tuple[str, str]:
    return _firm(signal), _("An adviser says")


def _read(signal: Signal, proof: Any, communes: Any, language: str) -> tuple[str, str]:
    return _firm(signal), _("Seen in {outlet}").format(outlet=signal.outlet)


def _group(signal: Signal, communes: Mapping[str, str], language: str) -> str:
    if signal.subject == "commune":
        return communes.get(signal.subject_key, signal.subject_key)
    if signal.subject == "activity":
        return activity(signal.subject_key, language)
    if signal.subject == "trades":
        return _("Trades of family {letter}").format(letter=signal.subject_key)
    return _("The whole territory")


def _burst(signal: Signal, proof: Any, communes: Any, language: str) -> tuple[str, str]:
    count = proof["count"]
    what = ngettext(
        "{n} failure in four weeks; in the same weeks of the three years before: {past}",
        "{n} failures in four weeks; in the same weeks of the three years before: {past}", count,
    ).format(n=number(count, 0, language), past=_past(proof["baseline"]))  # fmt: skip
    return _group(signal, communes, language), what


def _closures(signal: Signal, proof: Any, communes: Any, language: str) -> tuple[str, str]:
    count = proof["count"]
    what = ngettext(
        "{n} closing in four weeks; in the same weeks of the three years before: {past}",
        "{n} closings in four weeks; in the same weeks of the three years before: {past}", count,
    ).format(n=number(count, 0, language), past=_past(proof["baseline"]))  # fmt: skip
    return _group(signal, communes, language), what


def _offers(signal: Signal, proof: Any, communes: Any, language: str) -> tuple[str, str]:
    what = ngettext(
        "{n} offer; in the same season of the three years before: {past}",
        "{n} offers; in the same season of the three years before: {past}", proof["count"],
    ).format(n=number(proof["count"], 0, language), past=_past(proof["baseline"]))  # fmt: skip
    return _group(signal, communes, language), what


def _past(counts: list[int]) -> str:
    """Counts of earlier years, the last one first; those that secrecy keeps are told as few."""
    return ", ".join(str(each) if each == 0 or each >= 3 else _("fewer than 3") for each in counts)


def _figure(signal: Signal, proof: Any, communes: Any, language: str) -> tuple[str, str]:
    name, _colon, commune = signal.subject_key.partition(":")
    try:
        declared = indicator(name)
    except Refused:
        return name, ""
    where = f", {communes.get(commune, commune)}" if commune else ""
    decimals, unit = declared.decimals, declared.symbol
    value = f"{number(proof['value'], decimals, language)} {unit}".strip()
    return declared.label.say(language) + where, {
        Kind.RELEASE: lambda: _("Published for {period}: {value}").format(
            period=proof["period"], value=value),
        Kind.CHANGE: lambda: _("{value} in {period}: {change} since {before}").format(
            value=value, period=proof["period"], before=proof["before"],
            change=_amount(proof["change"], proof["unit"], language)),
        Kind.RANK: lambda: _("Rank {rank} of {size} in {period}; it was {was} in {before}").format(
            rank=proof["rank"], size=proof["size"], was=proof["rank_was"],
            period=proof["period"], before=proof["before"]),
        Kind.GAP: lambda: _("The gap is {gap} in {period}; it was {was} in {before}").format(
            gap=_amount(proof["gap"], proof["unit"], language), period=proof["period"],
            was=_amount(proof["gap_was"], proof["unit"], language), before=proof["before"]),
    }[Kind(signal.kind)]()  # fmt: skip


def _amount(value: float, unit: str, language: str) -> str:
    word = {"points": _("points"), "%": "%"}.get(unit, unit)
    return f"{signed(value, 1, language)}\N{NO-BREAK SPACE}{word}"


def _data(signal: Signal, proof: Any, communes: Any, language: str) -> tuple[str, str]:
    title = table(signal.subject_key, language) or signal.subject_key
    if signal.kind == Kind.LATE:
        return title, _("Nothing newer than {vintage}, loaded {days} days ago").format(
            vintage=proof["vintage"] or "?", days=proof["age_days"]
        )
    error = proof["error"] if language == "en" else proof["error_fr"] or proof["error"]
    return title, _("Its update fails: {error}").format(error=error)


_WHO_WHAT = {
    Kind.OPENING: _opening, Kind.CLOSURE: _left, Kind.MOVE: _left, Kind.TAKEOVER: _left,
    Kind.NOTE: _noted, Kind.PRESS: _read, Kind.BURST: _burst, Kind.CLOSURES: _closures,
    Kind.OFFERS: _offers, Kind.RELEASE: _figure,
    Kind.CHANGE: _figure, Kind.RANK: _figure, Kind.GAP: _figure, Kind.LATE: _data,
    Kind.BROKEN: _data,
}  # fmt: skip


def point(name: str) -> str:
    """What a line of the priority is called."""
    return {
        "jobs": _("exposed jobs"),
        "productive": _("productive activity"),
        "qpv": _("in a priority neighbourhood"),
        "strategic": _("strategic field"),
        "silent": _("no contact for twelve months"),
    }[name]


def reliability(code: str) -> str:
    """On what a signal rests, in words."""
    return {
        "act": _("an official act or register says it"),
        "computed": _("computed here from published figures: it may be chance"),
        "said": _("somebody says so"),
        "press": _("a newspaper says so: to be checked"),
    }[code]


def look(of: str) -> str:
    """What a family of signals is called."""
    return {
        "openings": _("openings of proceedings"),
        "leaving": _("closures and moves of large establishments"),
        "bursts": _("bursts of failures"),
        "closures": _("bursts of closures"),
        "offers": _("falls of offers"),
        "figures": _("figures, ranks and gaps"),
        "data": _("data late or broken"),
    }[of]


def table(key: str, language: str) -> str:
    """The title of a table; "" when nobody declares it."""
    if key in sources():
        return sources()[key].title.say(language)
    return derivations()[key].title.say(language) if key in derivations() else ""


def in_words(on: date) -> str:
    """« 26 novembre 2026 »."""
    return date_format(on, "j F Y")


def day(text: str) -> date | None:
    """A day as it was kept."""
    return date.fromisoformat(text) if text else None
