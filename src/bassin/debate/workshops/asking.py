"""A statement as it is asked: frozen when its round opens, so that a later edit changes no result.

{"kind": "likert", "statement": 12, "slug": "…", "text": {"fr": "…"}, "help": {},
 "options": [{"code": "a", "text": {"fr": "…"}, "truth": {}}], "most": 2,
 "columns": [{"fr": "Opportunités"}, {"fr": "Risques"}], "loop": {see ui/loops.py}}
"""

import random
from textwrap import shorten
from typing import Any

from bassin.debate.workshops.models import Statement

Asked = dict[str, Any]
TITLE = 80

SHUFFLED = {Statement.Kind.RANKING.value, Statement.Kind.POINTS.value, Statement.Kind.SORTING.value}
"""Kinds where the first item shown would be favoured: their order comes from the round's seed."""


def frozen(statement: Statement, seed: int) -> Asked:
    """What is asked, with its options in the order in which the room sees them."""
    options = [
        {"code": each.code, "text": each.text, "truth": each.truth}
        for each in statement.options.all()
    ]
    if statement.kind in SHUFFLED:
        random.Random(seed).shuffle(options)  # noqa: S311  a fair order, not a secret
    return {
        "kind": statement.kind,
        "statement": statement.pk,
        "slug": statement.slug,
        "text": statement.text,
        "help": statement.help,
        "options": options,
        "most": statement.most,
        "columns": statement.columns,
        "loop": statement.loop,
    }


def short(text: str) -> str:
    """The beginning of a question, as the title of a line."""
    return shorten(text, TITLE, placeholder="…")


def said(texts: dict[str, str], language: str) -> str:
    """A text in a language, else in French, else in whatever there is."""
    return texts.get(language) or texts.get("fr") or next(iter(texts.values()), "")


def tongue_of(texts: dict[str, str], language: str) -> str:
    """The language in which a text is read by somebody who asked for one: the order of `said`."""
    return next((each for each in (language, "fr", *texts) if texts.get(each)), language)
