"""The forms of questions: the words of a statement, and the answers it proposes, one a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.debate.workshops.actions_statements import WITH_OPTIONS, Proposed
from bassin.debate.workshops.forms import StepForm, area
from bassin.debate.workshops.models import Option, Statement
from bassin.ui.picking import PickField

BLANK = 6
"""Rows to write in beside those filled in."""

LONGEST_ANSWER = 200
MOST_ROWS = 60

_MOST = {
    Statement.Kind.CHOICE: (gettext_lazy("answers one may choose"), 1),
    Statement.Kind.POINTS: (gettext_lazy("points to share out"), 10),
    Statement.Kind.WORDS: (gettext_lazy("words or phrases each"), 2),
    Statement.Kind.CONTRIBUTIONS: (gettext_lazy("contributions each"), 3),
}


class QuestionForm(StepForm):
    """A question: what is asked, and its line of the run sheet."""

    title = forms.CharField(
        label=gettext_lazy("title"), max_length=160, required=False,
        help_text=gettext_lazy("Of the run sheet. By default, the beginning of the question."),
    )  # fmt: skip
    asked = forms.CharField(label=gettext_lazy("the question"), max_length=600, widget=area(3))
    help = forms.CharField(
        label=gettext_lazy("what to know before answering"), required=False, widget=area(2)
    )
    most = forms.IntegerField(required=False, min_value=1, max_value=100)
    left = forms.CharField(label=gettext_lazy("first column"), max_length=60)
    right = forms.CharField(label=gettext_lazy("second column"), max_length=60)
    target = PickField(
        label=gettext_lazy("what it is about"), kinds=["action", "node", "operation"],
        required=False, help_text=gettext_lazy("Its result is then shown there."),
    )  # fmt: skip
    field_order = ("asked", "help", "most", "left", "right", "title", "minutes", "target")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["text"]
        if kind in _MOST:
            self.fields["most"].label, self.fields["most"].initial = _MOST[Statement.Kind(kind)]
        else:
            del self.fields["most"]
        if kind != Statement.Kind.SORTING:
            del self.fields["left"], self.fields["right"]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer proposed, as the page shows it."""

    index: int
    text: str = ""
    code: str = ""
    judged: str = ""
    source: str = ""
    last: bool = False

    @property
    def computed(self) -> bool:
        """Whether its truth comes from a figure."""
        return self.judged == "computed"


def rows(statement: Statement | None) -> list[Row]:
    """The rows of a statement, then blank ones."""
    return padded(filled(statement))


def filled(statement: Statement | None) -> list[Row]:
    """The rows of a statement."""
    options = list(statement.options.all()) if statement is not None else []
    return [_row(index, each) for index, each in enumerate(options)]


def told(rows: Sequence[Row]) -> str:
    """The rows in words, one a line: what two people's writings are compared by."""
    said = {"right": _("right"), "wrong": _("wrong"), "computed": _("computed from a figure")}
    lines = [(each.text, said.get(each.judged, ""), each.source) for each in rows if each.text]
    return "\n".join(" · ".join(filter(None, line)) for line in lines)


def _row(index: int, option: Option) -> Row:
    truth = option.truth or {}
    judged = ""
    if truth:
        judged = "computed" if truth.get("by") != "hand" else _word(truth.get("right"))
    source = str(truth.get("source", ""))
    return Row(index, str(option.text.get("fr", "")), option.code, judged, source)


def _word(right: Any) -> str:
    return "right" if right else "wrong"


def padded(filled: Sequence[Row], more: int = BLANK) -> list[Row]:
    """These rows, then blank ones."""
    count = min(max(len(filled) + more, BLANK), MOST_ROWS)
    blanks = [Row(index) for index in range(len(filled), count)]
    ends = [replace(each, last=True) for each in filled[-1:]]
    return [*filled[:-1], *ends, *blanks]


def typed_rows(sent: Mapping[str, Any]) -> list[Row]:
    """The rows as they were typed; those left empty are dropped."""
    found: list[Row] = []
    kept: list[int] = []
    for index in range(MOST_ROWS):
        text = " ".join(_plain(sent, f"answer-{index}").split())
        if text:
            code, judged, source = (
                _plain(sent, f"{name}-{index}").strip() for name in ("code", "judged", "source")
            )
            found.append(Row(len(found), text, code, judged, source))
            kept.append(index)
    return _moved(found, kept, sent)


def _moved(found: list[Row], kept: Sequence[int], sent: Mapping[str, Any]) -> list[Row]:
    """The rows once the button that moves one up or down was pressed; it names its line."""
    for name, places in (("up", -1), ("down", 1)):
        pressed = str(sent.get(name, ""))
        at = kept.index(int(pressed)) if pressed in map(str, kept) else -1
        if at >= 0 and 0 <= at + places < len(found):
            found[at], found[at + places] = found[at + places], found[at]
    return [replace(each, index=index) for index, each in enumerate(found)]


def _plain(sent: Mapping[str, Any], name: str) -> str:
    """A text as it was typed, without the sign that no database takes."""
    return str(sent.get(name, "")).replace("\0", "")


def proposed(typed: Sequence[Row], kept: Statement | None, kind: str) -> list[Proposed]:
    """What the rows propose; an answer keeps its truth when it is computed."""
    if kind not in WITH_OPTIONS:
        return []
    before = {each.code: each.truth for each in kept.options.all()} if kept is not None else {}
    found = []
    for row in typed:
        if len(row.text) > LONGEST_ANSWER:
            raise forms.ValidationError(
                _("« {begin}… » is longer than {most} characters.").format(
                    begin=row.text[:30], most=LONGEST_ANSWER
                )
            )
        truth = _truth(row, before.get(row.code) or {}, kind)
        found.append(Proposed({"fr": row.text}, row.code if row.code in before else "", truth))
    return found


def _truth(row: Row, before: Mapping[str, Any], kind: str) -> dict[str, Any]:
    if kind != Statement.Kind.QUIZ or row.judged not in ("right", "wrong", "computed"):
        return {}
    if row.judged == "computed":
        return dict(before)
    source = row.source or _("said by those who prepared the workshop")
    return {"by": "hand", "right": row.judged == "right", "source": source}
