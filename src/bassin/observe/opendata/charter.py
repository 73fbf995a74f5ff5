"""The rules in force, told from what the software obeys: nothing here is written by hand twice."""

import gzip
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from statistics import median

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bassin.commons import weights
from bassin.indicators.numbers import number
from bassin.observe.opendata.datasets import Dataset
from bassin.observe.opendata.openness import WHY
from bassin.pairing import Pairing
from bassin.pairing.explain import points
from bassin.pairing.points import shares
from bassin.pairing.registry import declared
from bassin.parties.privacy.register import processings
from bassin.ui import kept
from bassin.ui.parts import Cell, Column, Row

Table = tuple[list[Column], list[Row]]

ASSETS = ("ui/bassin.css", "ui/bassin.js", "ui/atkinson.woff2")
"""What every page asks for beside itself."""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A pairing as everyone may read it: what it ranks, by what, and who decided the weights."""

    title: str
    url: str
    gates: Sequence[str]
    weights: Table
    decided_on: date | None
    why: str


def algorithms(today: date, language: str) -> list[Algorithm]:
    """Every pairing of this installation with its weights of the day."""
    return [_algorithm(each, today, language) for each in declared().values()]


def _algorithm(pairing: Pairing, today: date, language: str) -> Algorithm:
    decisions = weights.decisions(pairing)
    held = next((each for each in decisions if each.valid_from <= today), None)
    counted = shares(pairing, weights.on(pairing, today))
    rows = [
        Row(
            Cell(text=signal.title.say(language)),
            [Cell(text=number(float(points(counted[signal.code])), 1, language, trim=True))],
        )
        for signal in pairing.signals
    ]
    columns = [Column(_("Criterion")), Column(_("Points at most"), number=True)]
    return Algorithm(
        title=pairing.title.say(language),
        url=reverse("shared:pairing", args=pairing.slug.split(".", 1)),
        gates=[gate.title.say(language) for gate in pairing.gates],
        weights=(columns, rows),
        decided_on=held.valid_from if held else None,
        why=held.why if held else "",
    )


def policy() -> list[tuple[str, str]]:
    """The rule that browsers apply to every page: each directive, and what it allows."""
    written: str = import_string(settings.PAGE_POLICY)
    return [
        (name, allowed)
        for name, _space, allowed in (each.strip().partition(" ") for each in written.split(";"))
    ]


def third_parties() -> list[tuple[str, str]]:
    """Other servers that this installation is set to talk to: what for, and which."""
    known = (
        (_("sending messages"), settings.MAIL.get("EMAIL_HOST", "") if settings.MAIL else ""),
        (_("receiving messages"), settings.IMAP_HOST),
        (_("signing in, for those who choose it"), settings.OIDC_SERVER),
    )
    return [(what, str(server)) for what, server in known if server]


def sharing(datasets: Sequence[Dataset], language: str) -> Table:
    """Tables by who may have them: everybody, or nobody outside and why."""
    count = Counter(each.declared.because for each in datasets)
    told = [(_("everybody"), count.pop("", 0), _("Given whole, under their licence."))]
    told += [
        (_("nobody, as they are"), found, WHY[because].say(language))
        for because, found in count.items()
    ]
    rows = [
        Row(Cell(text=who), [Cell(text=number(found, 0, language)), Cell(text=why)])
        for who, found, why in told
    ]
    columns = [Column(_("Who may have them")), Column(_("Tables"), number=True), Column(_("Why"))]
    return columns, rows


def readers(language: str) -> Table:
    """What is held about people, and who reads it, from the register of processing."""
    columns = [Column(_("Processing")), Column(_("People")), Column(_("Who reads it"))]
    rows = [
        Row(
            Cell(text=each.title.say(language), url=reverse("privacy:register")),
            [Cell(text=each.people.say(language)), Cell(text=each.recipients.say(language))],
        )
        for each in processings()
    ]
    return columns, rows


def licences(datasets: Sequence[Dataset], language: str) -> Table:
    """The licences of tables, and how many each has."""
    count = Counter(each.licence for each in datasets)
    columns = [Column(_("Licence")), Column(_("Tables"), number=True)]
    rows = [
        Row(
            Cell(text=licence.text.say(language), url=licence.uri),
            [Cell(text=number(found, 0, language))],
        )
        for licence, found in count.most_common()
    ]
    return columns, rows


@dataclass(frozen=True, slots=True)
class Weight:
    """What a visit weighs, compressed, in bytes: the first page's files, then each page."""

    files: int
    pages: int
    count: int


def weight() -> Weight:
    """Measured: the files that every page asks for, and the pages that this process keeps."""
    sizes = kept.weights()
    return Weight(sum(map(_compressed, ASSETS)), int(median(sizes)) if sizes else 0, len(sizes))


@lru_cache(maxsize=16)
def _compressed(name: str) -> int:
    found = finders.find(name)
    if not isinstance(found, str):
        return 0
    body = Path(found).read_bytes()
    return len(body) if name.endswith(".woff2") else len(gzip.compress(body, 9))
