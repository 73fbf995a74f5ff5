"""Slips to print and cut out, each with its square to scan, as a PDF that screen readers read."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bassin.ui.papers.typeset import standing_in, written

TEMPLATE = Path(__file__).with_name("slips.typ")


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: what it is called, where it leads, its square with what it says to who cannot see
    it."""

    name: str
    address: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """A sheet of slips; `hint` says on each what to do with it, `sample` is written across."""

    title: str
    author: str
    language: str
    hint: str
    slips: Sequence[Slip]
    sample: str = ""


def slips(made: Slips) -> bytes:
    """The slips as PDF/UA-1, ten a page, with dashed lines to cut along."""
    return written(asdict(made), _compiled, standing_in)


def _compiled(held: dict[str, Any], fonts: Path) -> bytes:
    import typst

    found: bytes = typst.compile(
        TEMPLATE, font_paths=[fonts], ignore_system_fonts=True, format="pdf",
        pdf_standards="ua-1", sys_inputs={"slips": json.dumps(held, ensure_ascii=False)},
    )  # fmt: skip
    return found
