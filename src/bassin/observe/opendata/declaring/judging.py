"""Where the sentence of a refusal is shown: beside the question that it is about."""

from django import forms

from bassin.errors import Refused
from bassin.indicators.declaration import Indicator
from bassin.indicators.house import House
from bassin.observe.opendata.declaring import actions
from bassin.observe.opendata.declaring.answers import Answers
from bassin.observe.opendata.declaring.conditions import where
from bassin.observe.opendata.declaring.forms import MeasureForm
from bassin.observe.opendata.declaring.models import DeclaredFigure
from bassin.ui.reader import language, today

_QUESTIONS = {
    "aggregation.rule": "rule",
    "measure.denominator.dataset": "whole_table",
    "measure.numerator.column": "column",
    "measure.denominator.column": "whole_column",
    "unit.difference": "difference",
    "measure.units": "units",
    "measure.units.column": "units",
    "secrecy.regime": "regime",
    "visibility": "visibility",
    "id": "name",
    "quality": "caveat_fr",
}
"""The question that asks for each part of a declaration."""

_WORDS = {
    "fr": (
        ('aggregation.rule = "recompute_from_parts" (ou "published_only")',
         "« La recalculer à partir de ses parties » (ou « La montrer commune par commune »)"),
        ('aggregation.rule = "published_only"', "« La montrer commune par commune »"),
        ('unit.difference = "points"', "« en points »"),
        ("Dites measure.units : la colonne qui compte", "Dites-le : la colonne qui compte"),
    ),
    "en": (
        ('aggregation.rule = "recompute_from_parts" (or "published_only")',
         "“Compute it again from its parts” (or “Show it commune by commune”)"),
        ('aggregation.rule = "published_only"', "“Show it commune by commune”"),
        ('unit.difference = "points"', "“in points”"),
        ("Declare measure.units: the column", "Say it: the column"),
    ),
}  # fmt: skip
"""The words of the form in place of those of the file, in the sentences of the engine."""


def sentence(error: Refused) -> str:
    """What the engine says, with the words of the form."""
    words = language()
    said = error.text.say(words)
    for written, shown in _WORDS["en" if words == "en" else "fr"]:
        said = said.replace(written, shown)
    return said


def conditions(form: MeasureForm) -> None:
    """Say what cannot be understood of a condition, beside it."""
    for prefix, lines in form.parts.items():
        if prefix == "whole" and not form.is_ratio:
            continue
        listed = iter(lines.said().conditions)
        for at, _column in lines.asked():
            try:
                where([next(listed)], form.offered.columns)
            except Refused as error:
                form.add_error(f"{prefix}_{at}_values", sentence(error))


def judge(
    house: House, figure: DeclaredFigure, answers: Answers, form: forms.Form
) -> Indicator | None:
    """Say what is wrong beside the question that it is about; what others ask waits for them.

    Returns:
        What is declared; None when it is refused.
    """
    filled = _filled(answers)
    told = DeclaredFigure(
        table=figure.table, version=figure.version, why=figure.why, name=filled.name,
        answers=filled.kept(),
    )  # fmt: skip
    try:
        return actions.declared(house, told, today=today())
    except Refused as error:
        question = _QUESTIONS.get(getattr(error, "about", ""), "")
        if question in form.fields:
            form.add_error(question, sentence(error))
        elif not question:
            form.add_error(None, sentence(error))
        return None


def _filled(answers: Answers) -> Answers:
    """The answers with a word where one is still to come, so that the rest can be judged."""
    waiting = ["label_fr", "definition_fr", "universe_fr"]
    waiting += ["caveat_fr"] if answers.sampled else []
    words = {name: getattr(answers, name) or "…" for name in waiting}
    chapter = answers.chapter or "establishments"
    return Answers.of({**answers.kept(), **words, "chapter": chapter})
