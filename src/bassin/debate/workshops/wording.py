"""The words of answers: the degrees of agreement, and what is written beside a result."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bassin.indicators.numbers import period
from bassin.types import LANGUAGES

LEVELS = {
    1: _("I do not agree at all"),
    2: _("I do not agree"),
    3: _("I am in two minds"),
    4: _("I agree"),
    5: _("I agree completely"),
}
CANNOT_SAY = _("I cannot give an opinion")
NONE = _("None of them")
CELLS = {
    "agree": _("agree"),
    "mixed": _("in two minds"),
    "disagree": _("do not agree"),
    "not_agree": _("in two minds or do not agree"),
    "cannot_say": _("cannot say"),
    "picked": _("ticked"),
    "left": _("not ticked"),
}
OUTCOMES = {
    "right": _("right"),
    "wrong": _("wrong"),
    "depends": _("it depends on what you compare with"),
    "unknown": _("cannot be computed"),
}
VERDICTS = {
    "right": _("Right."),
    "wrong": _("Wrong."),
    "depends": _("It depends on what one compares with."),
    "unknown": _("Nothing loaded here can tell."),
}
BECAME = {"decision": _("decision"), "action": _("action"), "stage": _("stage reached")}
OTHERS = _("the other groups together")


def day(on: date, language: str) -> str:
    """A day in words; Django's own names of months where the house has none."""
    return period(on.isoformat(), language) if language in LANGUAGES else date_format(on, "j F Y")
