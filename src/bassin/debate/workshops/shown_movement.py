"""What moved between two rounds, or over years, in words and tables."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bassin.debate.workshops import wording
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.movement import AGREE, EXACT
from bassin.debate.workshops.shown import Board, Line, aligned, quoted
from bassin.indicators.numbers import number, percent, points, signed
from bassin.types import LANGUAGES


def label(line: Mapping[str, Any], kind: str, language: str) -> str:
    """What a line is about."""
    if line["key"] == AGREE:
        return _("Agree, or agree completely")
    if line["key"] == EXACT:
        return _("Found exactly the right answers")
    if kind == "likert":
        return str(wording.LEVELS[int(line["key"])])
    text = line["text"]
    return text if isinstance(text, str) else said(text or {}, language)


def _pct(value: float | None, language: str) -> str:
    return "–" if value is None else aligned(percent(value, 1, language, trim=True))


def sentence(moved: Mapping[str, Any], language: str) -> str:
    """The change to read first; the room moves, nobody is followed."""
    if not moved["shown"]:
        return _("Too few took a stand in one of the rounds to compare them.")
    known = [each for each in moved["lines"] if each["change"] is not None]
    line = moved["headline"] or max(known, key=lambda each: abs(each["change"]), default=None)
    if line is None or line["change"] is None:
        return _("Nothing can be compared between the two rounds.")
    name = quoted(label(line, moved["kind"], language))
    if line["change"] == 0:
        return _("{name}: {after}, as before.").format(
            name=name, after=_pct(line["after"], language)
        )
    return _("{name}: from {before} to {after}, {change}.").format(
        name=name,
        before=_pct(line["before"], language),
        after=_pct(line["after"], language),
        change=_change(line["change"], language),
    )


def _change(change: float | None, language: str) -> str:
    if change is None:
        return "–"
    figure = aligned(signed(change, 1, language, trim=True))
    if language not in LANGUAGES:
        return _("{change} points").format(change=figure)
    return f"{figure} {points(abs(change), 1, language).partition(' ')[2]}"


def board(moved: Mapping[str, Any], language: str) -> Board | None:
    """Each line before, after, and the difference; None where it cannot be shown."""
    if not moved["shown"]:
        return None
    lines = [
        Line(
            label=label(each, moved["kind"], language),
            cells=[
                _pct(each["before"], language),
                _pct(each["after"], language),
                _change(each["change"], language),
            ],
            strong=each["key"] in (AGREE, EXACT),
        )
        for each in moved["lines"]
    ]
    columns = [_("What moved"), _("Before"), _("After"), _("Change, in points")]
    before, after = (number(count, 0, language) for count in moved["spoke"])
    note = _("{before} people took a stand before, {after} after. Rounds share no link: the room "
             "moves, nobody is followed.").format(before=before, after=after)  # fmt: skip
    return Board(_("What moved"), columns, lines, f"{note} {_measure(moved['kind'])}".strip(),
                 aside=True)  # fmt: skip


def _measure(kind: str) -> str:
    """What the shares are of, where it is not of those who took a stand."""
    measures = {
        "ranking": _("Share of the most points it could have had."),
        "points": _("Share of all points given."),
        "sorting": _("Share of those who placed it in the first column."),
    }
    return measures.get(kind, "")


def over_time(series: Mapping[str, Any], language: str) -> list[Board]:
    """A question over years: its main line time by time, then every line."""
    kind, times = series["kind"], series["points"]
    boards = []
    lines = series["lines"]
    main = next((each for each in lines if each["key"] in (AGREE, EXACT)), None)
    if main:
        boards.append(
            Board(
                label(main, kind, language),
                [_("When"), _("Share"), _("Took a stand")],
                [_time(point, value, language)
                 for point, value in zip(times, main["values"], strict=True)],
            )
        )  # fmt: skip
    every = [
        Line(label(each, kind, language), [_pct(value, language) for value in each["values"]])
        for each in lines
        if each is not main
    ]
    if every:
        columns = [_("Answer given"), *(point["label"] for point in times)]
        boards.append(Board(_("Every answer"), columns, every, _measure(kind)))
    return boards


def _time(point: Mapping[str, Any], value: float | None, language: str) -> Line:
    spoke = "–" if point["spoke"] is None else number(point["spoke"], 0, language)
    notes = [(_("Its words changed since the time before."), "")] if point["reworded"] else []
    if not point["shown"]:
        notes.append((_("Too few took a stand for the result to be shown."), ""))
    return Line(point["label"], [_pct(value, language), spoke], value, notes=notes)
