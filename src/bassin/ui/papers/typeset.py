"""A paper as a PDF that screen readers read (PDF/UA-1), typeset without any system library."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from bassin.ui import paths
from bassin.ui.build import build_chart_fonts
from bassin.ui.charts.client import ask_all
from bassin.ui.charts.words import credit, word
from bassin.ui.papers.model import Block, Paper, Picture

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1.

    Raises:
        ChartError: one of its charts cannot be drawn.
    """
    fonts = paths.chart_fonts()
    if not any(fonts.glob("*.ttf")):
        build_chart_fonts(fonts)
    made: bytes = typst.compile(
        TEMPLATE,
        font_paths=[fonts],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"paper": json.dumps(content(paper), ensure_ascii=False)},
    )
    return made


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
