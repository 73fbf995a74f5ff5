"""A score in words and as a table: what was said, what happened, hit or missed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.indicators.numbers import number
from bassin.indicators.numbers import period as in_words
from bassin.observe.watch.scenarios.record import between
from bassin.observe.watch.scenarios.scoring import HIT, LESS, MORE, UNSURE
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.shared import exposure as told


@dataclass(frozen=True, slots=True)
class Scored:
    """One score as a page shows it."""

    period: str
    final: bool
    scored_on: Any
    said: str
    counted: str
    hidden: int
    table: tuple[list[Column], list[Row]]
    origin: Origin


def scored(score: Any, language: str) -> Scored:
    """A `CrisisScore` in words."""
    found, mark = score.result, Origin(score.result["origin"])
    rows = [_row(each["name"], each, mark, language) for each in found["communes"]]
    if found["total"]:
        whole = _row(score.scenario.result["name"], found["total"], mark, language, ours=True)
        rows.append(whole)
    columns = [
        Column(_("Commune")), Column(_("What was said: exposed jobs"), number=True),
        Column(_("Jobs then"), number=True), Column(_("Jobs now"), number=True),
        Column(_("Jobs that went"), number=True), Column(_("Verdict")),
        Column(_("Error, in jobs"), number=True),
    ]  # fmt: skip
    return Scored(
        in_words(found["period"], language), score.final, score.scored_on,
        verdict(found["total"]["verdict"]) if found["total"] else _("the total is hidden"),
        _counted(found["counted"]), found["hidden"], (columns, rows), mark,
    )  # fmt: skip


def verdict(code: str) -> str:
    """How an interval came out."""
    return {
        HIT: _("hit: inside the interval"),
        LESS: _("missed: fewer jobs went"),
        MORE: _("missed: more jobs went"),
        UNSURE: _("cannot be told: the jobs are intervals themselves"),
    }[code]


def _counted(found: Mapping[str, int]) -> str:
    """« 5 communes dans l'intervalle, 12 en dessous, … »"""
    inside, below, above, unsure = (found[each] for each in (HIT, LESS, MORE, UNSURE))
    parts = (
        (ngettext("{n} commune inside the interval", "{n} communes inside the interval", inside),
         inside),
        (_("{n} below it"), below), (_("{n} above it"), above),
        (_("{n} that cannot be told"), unsure),
    )  # fmt: skip
    return " · ".join(words.format(n=count) for words, count in parts)


def _row(
    name: str, each: Mapping[str, Any], mark: Origin, language: str, *, ours: bool = False
) -> Row:
    cells = [
        Cell(told.interval(between(each[key]), language), sort=each[key][0], origin=mark)
        for key in ("said", "then", "now")
    ]
    error = each["error"]
    return Row(
        Cell(name),
        [
            *cells, _lost(each["lost"], mark, language), Cell(verdict(each["verdict"])),
            Cell(number(error, 0 if abs(error) >= 1 else 2, language), sort=error, origin=mark)
            if error is not None
            else Cell(why=_("not known")),
        ],
        ours=ours,
    )  # fmt: skip


def _lost(ends: list[float | None], mark: Origin, language: str) -> Cell:
    low, high = ends
    if low is None or high is None:
        return Cell(why=_("not known"))
    one = number(low, 0, language)
    words = one if low == high else _("{low} to {high}").format(
        low=one, high=number(high, 0, language))  # fmt: skip
    return Cell(words, sort=low, origin=mark)
