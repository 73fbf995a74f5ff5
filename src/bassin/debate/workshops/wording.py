"""The words of answers: the degrees of agreement, and what is written beside a result."""

from django.utils.translation import gettext_lazy as _

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
OTHERS = _("the other groups together")
