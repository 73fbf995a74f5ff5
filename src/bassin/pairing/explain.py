"""Verdicts told to people: reasons with their sentence, missing elements."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bassin.pairing.declaration import Criterion, Gate, Membership, Overlap
from bassin.pairing.judge import Verdict
from bassin.pairing.ranking import Missing, Reason
from bassin.pairing.tables import Tables
from bassin.types import LANGUAGES, Text


def reasons(
    verdicts: Iterable[Verdict], shared: Mapping[str, int], tables: Tables, need: Mapping[str, Any],
    offer: Mapping[str, Any],
) -> tuple[Reason, ...]:  # fmt: skip
    """The reasons of one pair, in the order of the declaration."""
    return tuple(
        Reason(
            code=each.criterion.code,
            kind="gate" if isinstance(each.criterion, Gate) else "signal",
            title=each.criterion.title,
            state=each.state,
            value=each.value,
            weight=points(shared.get(each.criterion.code, 0)),
            points=points(each.points),
            sentence=sentence(each, tables, need, offer),
            source=each.criterion.source,
        )
        for each in verdicts
    )


def points(hundredths: int) -> Decimal:
    """Hundredths as points with two decimals, exact."""
    return Decimal(int(hundredths)).scaleb(-2)


def sentence(
    verdict: Verdict, tables: Tables, need: Mapping[str, Any], offer: Mapping[str, Any]
) -> Text:
    """The sentence of a verdict's state, filled in each language."""
    said: Text = getattr(verdict.criterion.sentences, verdict.state)
    words = _words(verdict, need, offer)

    def filled(language: str) -> str:
        sentence = said.say(language) if language in LANGUAGES else said.only(language)
        return sentence and sentence.format_map(
            {
                name: _say(value, verdict.criterion, tables, language)
                for name, value in words.items()
            }
        )

    return Text.made(filled)


def _words(verdict: Verdict, need: Mapping[str, Any], offer: Mapping[str, Any]) -> dict[str, Any]:
    primitive, found = verdict.criterion.primitive, verdict.compared
    sides = {
        side: row.get(name[0] or name[1] if isinstance(name, tuple) else name)
        for side, row in (("need", need), ("offer", offer))
        for name in [getattr(primitive, side)]
    }
    return {
        "minutes": None, "most": None, "share": round(100 * verdict.value),
        "common": found.common, "missing": found.missing, **sides, **found.words,
    }  # fmt: skip


def _say(value: Any, criterion: Criterion, tables: Tables, language: str) -> str:
    if value is None:
        return "?"
    if isinstance(value, str):
        return called(tables.label(criterion.labels, value), language)
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}" if language == "en" else f"{value:%d/%m/%Y}"
    if isinstance(value, Iterable):
        return ", ".join(called(tables.label(criterion.labels, each), language) for each in value)
    return f"{value:g}".replace(".", "." if language == "en" else ",")


def called(label: Text, language: str) -> str:
    """A name inside a sentence; a French one keeps its own direction in any sentence."""
    if language in LANGUAGES or label.only(language):
        return label.say(language)
    return f"\N{FIRST STRONG ISOLATE}{label.fr}\N{POP DIRECTIONAL ISOLATE}"


def missing(verdicts: Iterable[Verdict], tables: Tables) -> tuple[Missing, ...]:
    """What the offer lists and the need lacks, by criterion, none twice."""
    found = {
        (item, each.criterion.primitive.need): Missing(
            each.criterion.code, item, tables.label(each.criterion.labels, item)
        )
        for each in verdicts
        if isinstance(each.criterion.primitive, Overlap | Membership) and each.state != "ask"
        for item in each.compared.missing
    }
    return tuple(found.values())
