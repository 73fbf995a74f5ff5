"""A paper as a PDF that screen readers read (PDF/UA-1), typeset without any system library."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from bassin.ui import paths
from bassin.ui.build import build_chart_fonts
from bassin.ui.charts.client import ask_all
from bassin.ui.charts.words import credit, word
from bassin.ui.papers.model import COLOURS, Block, Paper, Picture
from bassin.ui.papers.tagging import with_row_headers

TEMPLATE = Path(__file__).with_name("paper.typ")
STAND_IN = "¤"
KINDS_OF_SIGNS = 40
"""So many scripts and blocks of signs without a font are replaced; one more is an error."""

LATIN = 0xFF
_JOINED = {"Mn", "Me", "Cf", "Sk"}  # accents, joiners and skin tones: one sign with what precedes
_UNWRITTEN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1.

    Raises:
        ChartError: one of its charts cannot be drawn.
    """
    return written(content(paper), _compiled, partial(_without, language=paper.language))


def written(
    held: dict[str, Any], compiled: Callable[[dict[str, Any], Path], bytes],
    without: Callable[[dict[str, Any], str], dict[str, Any]],
) -> bytes:  # fmt: skip
    """A content compiled; signs that no font here can write are taken out by `without`."""
    import typst  # seven megabytes that a process needs at its first paper

    fonts = paths.chart_fonts()
    if not any(fonts.glob("*.ttf")):
        build_chart_fonts(fonts)
    for _try in range(KINDS_OF_SIGNS):
        try:
            return compiled(held, fonts)
        except typst.TypstError as error:
            unwritten = _UNWRITTEN.search(str(error))
            if unwritten is None:
                raise
            held = without(held, unwritten[1])
    return compiled(held, fonts)


def _compiled(held: dict[str, Any], fonts: Path) -> bytes:
    import typst

    made: bytes = typst.compile(
        TEMPLATE,
        font_paths=[fonts],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"paper": json.dumps(held, ensure_ascii=False)},
    )
    return with_row_headers(made)


def _without(held: dict[str, Any], signs: str, language: str) -> dict[str, Any]:
    """The same content with a stand-in for these signs and their like, and a line that says so."""
    kept = standing_in(held, signs)
    note = word("unwritten", language)
    return kept | {"facts": [*(each for each in kept["facts"] if each != note), note]}


def standing_in(held: dict[str, Any], signs: str) -> dict[str, Any]:
    """The same content with a stand-in for these signs and their like."""
    kinds = {_kind(sign) for sign in signs if ord(sign) > LATIN}

    def replaced(text: str) -> str:
        kept: list[str] = []
        for sign in text:
            if _kind(sign) in kinds:
                kept.append(STAND_IN)
            elif not (kept[-1:] == [STAND_IN] and unicodedata.category(sign) in _JOINED):
                kept.append(sign)
        return "".join(kept)

    found: dict[str, Any] = _everywhere(held, replaced)
    return found


def _kind(sign: str) -> str:
    """What a sign is written with: its script (the first word of its name), or its block."""
    name = unicodedata.name(sign, "")
    return name.split()[0] if unicodedata.category(sign) == "Lo" and name else f"{ord(sign) >> 8}"


def _everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """Every text of a content changed, but the drawings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [_everywhere(each, change) for each in value]
    if isinstance(value, dict):
        return {
            name: each if name == "svg" else _everywhere(each, change)
            for name, each in value.items()
        }
    return value


def content(paper: Paper) -> dict[str, Any]:
    """What the template reads: plain data, so that nothing people wrote is ever run."""
    charts = [block.chart for block in paper.blocks if isinstance(block, Picture)]
    drawn = iter(ask_all([(chart, "inline") for chart in charts]))
    return {
        "title": paper.title,
        "author": paper.author,
        "language": paper.language,
        "facts": list(paper.facts),
        "foot": paper.foot,
        "colour": COLOURS[paper.room],
        "sample": word("sample", paper.language) if paper.sample else "",
        "blocks": [
            _picture(block, next(drawn)) if isinstance(block, Picture) else _plain(block)
            for block in paper.blocks
        ],
    }


def _plain(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__.lower(), **asdict(block)}


def _picture(block: Picture, drawn: bytes) -> dict[str, Any]:
    chart = block.chart
    return {
        "kind": "picture",
        "title": chart.title,
        "said": chart.said,
        "source": credit(chart),
        "svg": drawn.decode(),
    }
