"""Answers by group in words, where they may be shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from bassin.debate.workshops import wording
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.shown import Board, Line, share
from bassin.debate.workshops.tally_shares import Result
from bassin.indicators.numbers import number


def boards(result: Result, language: str) -> list[Board]:
    """The tables by group; none where too few people would be told apart."""
    found = result.get("groups")
    if not found:
        return []
    texts = {line["code"]: said(line["text"], language) for line in result.get("lines", ())}
    note = _("A group is shown apart only where each cell holds enough people; the others are "
             "added up.")  # fmt: skip
    if "by_option" in found:
        lines = [
            line
            for code, table in found["by_option"].items()
            if table
            for line in _picking(texts[code], table, language)
        ]
        columns = [_("Answer and group"), str(wording.CELLS["picked"]), _("People")]
        return [Board(_("By group"), columns, lines, note, aside=True)]
    cells = [str(wording.CELLS.get(cell) or texts[cell]) for cell in found["cells"]]
    lines = [_row(row, language) for row in found["rows"]]
    columns = [_("Group"), *cells, _("People")]
    return [Board(_first(result), columns, lines, note, aside=True)]


def _first(result: Result) -> str:
    return _("Put first, by group") if result["kind"] == "ranking" else _("By group")


def _name(row: Mapping[str, Any]) -> str:
    return str(wording.OTHERS) if row["group"] is None else row["group"]


def _row(row: Mapping[str, Any], language: str) -> Line:
    shares: Sequence[str] = [share(count, row["n"], language) for count in row["counts"]]
    return Line(_name(row), [*shares, number(row["n"], 0, language)])


def _picking(text: str, table: Mapping[str, Any], language: str) -> list[Line]:
    return [
        Line(
            f"{text} · {_name(row)}",
            [share(row["counts"][0], row["n"], language), number(row["n"], 0, language)],
            share=row["pcts"][0],
        )
        for row in table["rows"]
    ]
