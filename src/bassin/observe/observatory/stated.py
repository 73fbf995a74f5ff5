"""Cells of the framing table for a figure that nothing computes here but that a document states.

Each says « cité », leads to its verdict, and names its document; nothing is added to what the
document says, so a cell stays empty where it says nothing.
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.indicators.figure import Figure
from bassin.indicators.numbers import ordinal
from bassin.indicators.numbers import period as in_words
from bassin.observe.observatory import claims
from bassin.observe.observatory.claims import Claim, words
from bassin.territory import Place
from bassin.types import Origin
from bassin.ui.opened import house
from bassin.ui.parts import Cell


def cells(figure: Figure, shown: Sequence[Place], language: str) -> list[Cell] | None:
    """The cells after the heading, in the columns of `framing.table`; None when nobody states it.

    `shown` are the larger places that have a column.
    """
    observed = figure.observation
    found = claims.cited(house(), observed.indicator, observed.place)
    if found is None:
        return None
    mark = Origin.CITED.label.say(language)
    if found.doubted:
        mark = _("stated, contradicted")
    value, keys = found.value, [place.key for place in shown]
    elsewhere = {each.place: each for each in found.elsewhere}
    change = Cell(text="")
    if found.change:
        change = Cell(text=_signed(found.change, language), sort=found.change.amount,
                      url=link(found.change), note=mark)  # fmt: skip
    return [
        Cell(text=words.stated(value)(language), sort=value.amount, url=link(value), note=mark,
             origin=Origin.CITED),
        Cell(text=in_words(value.period, language) if value.period else _("undated"),
             sort=value.period),
        change,
        *(_theirs(elsewhere.get(key), mark, language) for key in keys),
        _lines([each for each in found.gaps if each.of in keys], mark, language, signed=True),
        _lines([each for each in found.shares if each.of in keys], mark, language),
        _rank(found.rank, mark, language),
        Cell(text=""),
        Cell(text=found.document.say(language), url=link(value)),
    ]  # fmt: skip


def link(claim: Claim) -> str:
    """The verdict of a claim."""
    return f"{reverse('observatory:claims')}#{claim.id}"


def _signed(claim: Claim, language: str) -> str:
    return words.with_sign(words.stated(claim)(language), claim.amount)


def _theirs(claim: Claim | None, mark: str, language: str) -> Cell:
    if claim is None:
        return Cell(text="")
    return Cell(text=words.stated(claim)(language), sort=claim.amount, url=link(claim), note=mark)


def _rank(claim: Claim | None, mark: str, language: str) -> Cell:
    if claim is None:
        return Cell(text="")
    text = ordinal(round(claim.amount), language)
    return Cell(text=text, sort=claim.amount, url=link(claim), note=mark)


def _lines(about: Sequence[Claim], mark: str, language: str, *, signed: bool = False) -> Cell:
    if not about:
        return Cell(text="")
    write = _signed if signed else lambda claim, said: words.stated(claim)(said)
    text = "\n".join(write(each, language) for each in about)
    return Cell(text=text, url=link(about[0]), note=mark)


def address(figures: Sequence[Figure]) -> str:
    """Where the verdicts of the figures that documents state are read; "" when none is stated."""
    found = house()
    about = ((f.observation.indicator, f.observation.place) for f in figures)
    if any(claims.cited(found, name, place) for name, place in about):
        return reverse("observatory:claims")
    return ""
