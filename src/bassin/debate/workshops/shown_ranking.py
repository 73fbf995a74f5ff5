"""A ranking in words: three ways to count it, and where they do not agree."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from bassin.debate.workshops.asking import said
from bassin.debate.workshops.shown import Board, Line, Shown, counted, quoted
from bassin.debate.workshops.tally_shares import Result
from bassin.indicators.numbers import number, ordinal
from bassin.types import LANGUAGES

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def ranking(result: Result, language: str) -> Shown:
    """Points, first places and duels, side by side."""
    lines = result["lines"]
    names = {
        line["code"]: f"{letter}. {said(line['text'], language)}"
        for letter, line in zip(LETTERS, lines, strict=False)
    }
    boards = [_points(result, names, language), _duels(result, names)]
    return Shown("ranking", _sentence(result, names), _facts(result, names), boards)


def _named(codes: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(quoted(_bare(names[code])) for code in codes)


def _bare(name: str) -> str:
    return name.split(". ", 1)[-1]


def _sentence(result: Result, names: Mapping[str, str]) -> str:
    winners = result["winners"]
    if result["agree"]:
        return _("{name} comes first, whichever way one counts.").format(
            name=_named(winners["borda"], names)
        )
    duels = _named(winners["pairs"], names) or _("none beats all the others")
    return _(
        "The ways of counting do not put the same first. By points: {borda}; by first places: "
        "{first}; two by two: {pairs}."
    ).format(
        borda=_named(winners["borda"], names), first=_named(winners["first"], names), pairs=duels
    )


def _facts(result: Result, names: Mapping[str, str]) -> list[str]:
    order = result["order"]
    if order is None:
        return []
    letters = ", ".join(names[code].split(".", 1)[0] for code in order)
    if result["unique"]:
        return [_("The order closest to all the rankings: {letters}.").format(letters=letters)]
    return [
        _("Several orders are equally close to all the rankings; one of them: {letters}.").format(
            letters=letters
        )
    ]


def _points(result: Result, names: Mapping[str, str], language: str) -> Board:
    spoke, lines = result["spoke"], result["lines"]
    most = 2 * spoke * (len(lines) - 1) or 1
    made = [
        Line(
            label=names[line["code"]],
            cells=[
                ordinal(line["rank"], language) if language in LANGUAGES else str(line["rank"]),
                number(line["borda"], 1, language, trim=True),
                counted(line["first"], spoke, language),
            ],
            share=200 * line["borda"] / most,
            strong=line["code"] in result["winners"]["borda"],
        )
        for line in lines
    ]
    columns = [_("Ranked"), _("Rank"), _("Points"), _("Put first by")]
    note = _("Of {count}, the first of a ranking gets {most} points, the next one fewer, and so "
             "on; those left out share what is left equally.")  # fmt: skip
    return Board(
        _("By points and by first places"), columns, made,
        note.format(count=len(lines), most=len(lines) - 1),
    )  # fmt: skip


def _duels(result: Result, names: Mapping[str, str]) -> Board:
    codes = [line["code"] for line in result["lines"]]
    made = [
        Line(
            label=names[code].split(".", 1)[0],
            cells=[_duel(result["pairs"], code, other) for other in codes],
            strong=result["condorcet"] == code,
        )
        for code in codes
    ]
    columns = [_("Put before"), *(names[code].split(".", 1)[0] for code in codes)]
    note = _("In each cell, how many put the line before the column; ✓ where they are more than "
             "those who put it after.")  # fmt: skip
    return Board(_("Two by two"), columns, made, note, aside=True)


def _duel(pairs: Mapping[str, Any], code: str, other: str) -> str:
    if code == other:
        return "–"
    won = pairs[code][other] > pairs[other][code]
    return f"{pairs[code][other]} ✓" if won else str(pairs[code][other])
