"""The questions of a figure. A form validates shape; the engine judges sense, in its own words."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bassin.indicators.numbers import UNIT_WORDS
from bassin.indicators.secrecy.regimes import regime
from bassin.observe.opendata.declaring.answers import (
    MEAN,
    MEDIAN,
    RATIO,
    ROWS,
    SUM,
    VALUE,
    Answers,
    Part,
)
from bassin.observe.opendata.declaring.conditions import (
    ALL,
    ANY,
    MOST,
    OPERATORS,
    SEPARATOR,
    Condition,
)
from bassin.observe.opendata.declaring.offered import FREE, Offered
from bassin.sources.contract import Column
from bassin.ui.reader import language

WHAT = (
    (ROWS, _("A count of rows: how many establishments, projects, facilities")),
    (SUM, _("The sum of a column: euros, jobs, square metres")),
    (RATIO, _("A rate or a ratio: one part over another, both in this table")),
    (MEAN, _("A mean over the rows: the sum of a column over how many rows have it")),
    (VALUE, _("A value published for each commune: a price, an index, a published rate")),
    (MEDIAN, _("A median published for each commune")),
)
RULES = (
    ("sum", _("Add the communes up")),
    ("recompute_from_parts", _("Compute it again from its parts")),
    ("published_only", _("Show it commune by commune, never for a larger place")),
)
DIFFERENCES = (
    ("relative", _("in %: 110 is 10% more than 100")),
    ("points", _("in points: 14% is one point more than 13%")),
    ("absolute", _("in its own unit")),
)
POLARITIES = (
    ("neutral", _("neither: no sentence judges it")),
    ("higher_better", _("higher is better")),
    ("lower_better", _("lower is better")),
)
ABSENT = (
    ("unknown", _("is unknown")),
    ("zero", _("has none: the table lists them all")),
)
CHAPTERS = (
    ("population", _("Population")),
    ("establishments", _("Firms and establishments")),
    ("jobs", _("Jobs and occupations")),
    ("unemployment", _("Active population and unemployment")),
    ("income", _("Income and cohesion")),
    ("housing", _("Housing")),
    ("land", _("Land, taxes, transport")),
    ("transition", _("Ecological transition")),
)
VISIBILITIES = {
    "public": _("everyone"),
    "partners": _("partners and officers, signed in"),
    "internal": _("the authority's officers alone"),
}
UNITS = ("%", "€", "€/hab.", "€/m²", "km²", "ha", "m²", *sorted(UNIT_WORDS))
SHOWN = 3
"""Lines of conditions that are shown to begin with."""


def labelled(name: str, column: Column) -> str:
    """A column as a list gives it: its name and what it means."""
    said = column.label.say(language())
    return f"{name} — {said[:90]}" if said else name


class TableForm(forms.Form):
    """Which table the figure is made of."""

    table = forms.ChoiceField(label=_("Table"))

    def __init__(self, *args: Any, tables: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "table", [(each.key, each.title.say(language())) for each in tables])


class MeasureForm(forms.Form):
    """What is counted, among which rows, and how places add up."""

    what = forms.ChoiceField(label=_("What is measured?"), widget=forms.RadioSelect, choices=WHAT)
    column = forms.ChoiceField(label=_("Column"), required=False)
    whole_table = forms.ChoiceField(label=_("Table of what it is divided by"), required=False)
    whole_column = forms.ChoiceField(label=_("Divided by"), required=False)
    rule = forms.ChoiceField(label=_("For a larger place than a commune"), choices=RULES)
    absent = forms.ChoiceField(label=_("A commune without any row"), choices=ABSENT)

    def __init__(
        self, *args: Any, offered: Offered, tables: Sequence[Offered], answers: Answers,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": _measured(answers)})
        self.offered = offered
        typed = str(self.data.get("what", "")) if self.is_bound else answers.what
        self.asked: str = typed if typed in {code for code, _words in WHAT} else ROWS
        numbers = [(name, labelled(name, each)) for name, each in offered.numbers.items()]
        rows = [("", _("— the rows themselves"))]
        _choose(self, "column", [*(rows if self.asked in (ROWS, RATIO) else []), *numbers])
        _choose(self, "whole_column", [*rows, *numbers])
        others = [(each.key, each.title.say(language())) for each in tables]
        _choose(self, "whole_table", [("", _("the same table")), *others])
        self.parts = {
            prefix: Lines(self, prefix, part, offered)
            for prefix, part in (("part", answers.part), ("whole", answers.whole))
        }
        if self.asked == ROWS:
            del self.fields["column"]
        if self.asked != RATIO:
            del self.fields["whole_column"], self.fields["whole_table"]

    @property
    def is_ratio(self) -> bool:
        """Whether a second term is asked for."""
        return self.asked == RATIO

    def said(self, answers: Answers) -> Answers:
        """The answers with what was typed here, right or wrong."""
        data, own = self.cleaned_data, self.offered.key
        table = data.get("whole_table", "")
        return replace(
            answers, what=self.asked, rule=data.get("rule", answers.rule),
            absent=data.get("absent", answers.absent),
            part=replace(self.parts["part"].said(), column=data.get("column", "")),
            whole=replace(
                self.parts["whole"].said(), column=data.get("whole_column", ""),
                table="" if table == own else table,
            ) if self.is_ratio else Part(),
        )  # fmt: skip


def _measured(answers: Answers) -> dict[str, Any]:
    return {
        "what": answers.what, "column": answers.part.column, "rule": answers.rule,
        "absent": answers.absent, "whole_column": answers.whole.column,
        "whole_table": answers.whole.table,
    }  # fmt: skip


def ticks(form: forms.Form, name: str) -> list[str]:
    """The values that were ticked in a line."""
    data = form.data
    return data.getlist(f"{name}_ticked") if isinstance(data, QueryDict) else []


class Lines:
    """The conditions of one term: some lines of column, comparison and values."""

    def __init__(self, form: forms.Form, prefix: str, part: Part, offered: Offered) -> None:
        self.form, self.prefix = form, prefix
        columns = self._columns = offered.compared
        choices = [("", _("— no condition")), *((n, labelled(n, c)) for n, c in columns.items())]
        count = max(SHOWN, len(part.conditions) + 1)
        self.numbers = range(min(count, MOST))
        for at in self.numbers:
            known = part.conditions[at] if at < len(part.conditions) else None
            self._line(at, choices, known)
        join = forms.ChoiceField(
            label=_("These conditions hold"), required=False, initial=part.join,
            choices=((ALL, _("all together")), (ANY, _("one at least"))),
        )  # fmt: skip
        form.fields[f"{prefix}_join"] = join

    def _line(self, at: int, choices: list[Any], known: Condition | None) -> None:
        fields, name = self.form.fields, f"{self.prefix}_{at}"
        fields[f"{name}_column"] = forms.ChoiceField(
            label=_("Only rows where"), required=False, choices=choices,
            initial=known.column if known else "",
        )  # fmt: skip
        fields[f"{name}_operator"] = forms.ChoiceField(
            label=_("Comparison"), required=False, initial=known.operator if known else "in",
            choices=[(code, words) for code, (words, _kinds) in OPERATORS.items()],
        )  # fmt: skip
        fields[f"{name}_values"] = forms.CharField(
            label=_("Value, or values separated by ;"), required=False, max_length=2000,
            initial=f"{SEPARATOR} ".join(known.values) if known else "",
        )  # fmt: skip

    def said(self) -> Part:
        """What was typed: lines without a column are left aside."""
        data = self.form.cleaned_data
        found = []
        for at in self.numbers:
            name = f"{self.prefix}_{at}"
            if data.get(f"{name}_column"):
                found.append(
                    Condition(data[f"{name}_column"], data.get(f"{name}_operator") or "in",
                              self._values(name))
                )  # fmt: skip
        return Part(join=data.get(f"{self.prefix}_join") or ALL, conditions=tuple(found))

    def _values(self, name: str) -> tuple[str, ...]:
        """Those that were typed, then those that were ticked."""
        typed = str(self.form.cleaned_data.get(f"{name}_values") or "").split(SEPARATOR)
        ticked = ticks(self.form, name)
        return tuple(dict.fromkeys(each.strip() for each in (*typed, *ticked) if each.strip()))

    def asked(self) -> list[tuple[int, str]]:
        """The lines that name a column, with it."""
        found = []
        for at in self.numbers:
            column = self.form[f"{self.prefix}_{at}_column"].value()
            if column in self._columns:
                found.append((at, column))
        return found

    def __iter__(self) -> Iterator[tuple[int, Any, Any, Any]]:
        for at in self.numbers:
            name = f"{self.prefix}_{at}"
            column, operator, values = (
                self.form[f"{name}_{each}"] for each in ("column", "operator", "values")
            )
            yield at, column, operator, values

    @property
    def join(self) -> Any:
        """The question of how they hold together."""
        return self.form[f"{self.prefix}_join"]


class WordsForm(forms.Form):
    """How a figure is called, read and kept."""

    label_fr = forms.CharField(label=_("What it is called, in French"), max_length=120)
    label_en = forms.CharField(
        label=_("What it is called, in English"), max_length=120, required=False
    )
    name = forms.CharField(
        label=_("Name for files and addresses"), max_length=60, required=False,
        help_text=_("Small letters, digits and _. Made from the French name when it is empty."),
    )  # fmt: skip
    definition_fr = forms.CharField(
        label=_("Definition, in French"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is counted, and what is not."),
    )  # fmt: skip
    definition_en = forms.CharField(
        label=_("Definition, in English"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    universe_fr = forms.CharField(
        label=_("Who or what it is about, in French"), max_length=300,
        help_text=_("The field: establishments of all activities, main residences…"),
    )  # fmt: skip
    universe_en = forms.CharField(
        label=_("Who or what it is about, in English"), max_length=300, required=False
    )
    noun_fr = forms.CharField(
        label=_("One of what is counted, in French"), max_length=60, required=False,
        help_text=_("With its article: « un établissement ». For sentences."),
    )  # fmt: skip
    noun_en = forms.CharField(
        label=_("One of what is counted, in English"), max_length=60, required=False
    )
    caveat_fr = forms.CharField(
        label=_("To know before reading it, in French"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    caveat_en = forms.CharField(
        label=_("To know before reading it, in English"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Unit"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text=_("As it is written after the number, in the French plural: établissements, %, "
                    "€. Empty for a plain ratio."),
    )  # fmt: skip
    decimals = forms.IntegerField(label=_("Decimals"), min_value=0, max_value=4)
    difference = forms.ChoiceField(label=_("A gap is told"), choices=DIFFERENCES)
    polarity = forms.ChoiceField(label=_("Is more better?"), choices=POLARITIES)
    chapter = forms.ChoiceField(label=_("Chapter"), choices=CHAPTERS)
    visibility = forms.ChoiceField(
        label=_("Who reads it?"), widget=forms.RadioSelect,
        help_text=_("What everyone reads appears everywhere, as the other figures do: pages of "
                    "places, catalogue, API. The rest appears in no public page."),
    )  # fmt: skip
    regime = forms.ChoiceField(
        label=_("Statistical secrecy"), widget=forms.RadioSelect,
        help_text=_("Where a rule hides something, the whole table is no longer given for "
                    "download: who holds it would undo the mask."),
    )  # fmt: skip
    units = forms.ChoiceField(
        label=_("Who stands behind the figure?"), required=False,
        help_text=_("What secrecy counts: a figure of fewer is hidden."),
    )  # fmt: skip
    waiver_fr = forms.CharField(
        label=_("If the largest unit cannot be known: why, in French"), max_length=300,
        required=False,
        help_text=_("Without it, a figure whose largest unit is unknown is hidden, as a "
                    "precaution."),
    )  # fmt: skip
    waiver_en = forms.CharField(label=_("The same, in English"), max_length=300, required=False)
    sampled = forms.BooleanField(label=_("It comes from a survey, not from a whole list"),
                                 required=False)  # fmt: skip
    fragile_below = forms.IntegerField(
        label=_("Fragile below"), min_value=1, max_value=100_000, required=False,
        help_text=_("For a survey: below this count, the figure is marked as fragile."),
    )  # fmt: skip
    break_at = forms.RegexField(
        r"^\d{4}$", label=_("Year of a break in the series"), required=False,
        help_text=_("From when numbers are no longer comparable with those before."),
    )  # fmt: skip
    break_fr = forms.CharField(label=_("Why it breaks, in French"), max_length=300, required=False)
    break_en = forms.CharField(label=_("Why it breaks, in English"), max_length=300, required=False)

    def __init__(self, *args: Any, offered: Offered, answers: Answers, fixed: bool,
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": answers.kept()})
        if fixed:
            del self.fields["name"]
        words = language()
        _choose(self, "visibility", [(each, VISIBILITIES[each]) for each in offered.levels])
        _choose(self, "regime", [(code, _rule(code, words)) for code in offered.regimes])
        columns = [(name, labelled(name, each)) for name, each in offered.numbers.items()]
        _choose(self, "units", [("", _("each row is one of them")), *columns])
        if offered.regimes == (FREE,):
            for name in ("units", "waiver_fr", "waiver_en"):
                del self.fields[name]
        if offered.like is not None and offered.like.sampled:
            del self.fields["sampled"], self.fields["fragile_below"]

    def clean(self) -> dict[str, Any]:
        """Say no to half a break, and to a survey without its limits."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("sampled"):
            for name in ("caveat_fr", "fragile_below"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A survey has its limits: say them here."))
        if bool(data.get("break_at")) != bool(data.get("break_fr")):
            missing = "break_fr" if data.get("break_at") else "break_at"
            if missing not in self.errors:
                self.add_error(missing, _("A break has a year and a reason: give both."))
        return data

    def said(self, answers: Answers) -> Answers:
        """The answers with what was typed here."""
        typed = {name: value for name, value in self.cleaned_data.items() if value is not None}
        texts = {n: " ".join(v.split()) if isinstance(v, str) else v for n, v in typed.items()}
        made = Answers.of({**answers.kept(), **texts})
        if "name" in self.fields and not made.name:
            made = replace(made, name=named(made.label_fr))
        return made


def named(label: str) -> str:
    """A name for files, made from a label."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    words = "".join(each if each.isalnum() else " " for each in plain).split()
    return "_".join(words)[:60].strip("_")


def _rule(code: str, words: str) -> str:
    found = regime(code)
    return f"{found.title.say(words)} — {found.rule.say(words)}"


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class WhyForm(forms.Form):
    """A reason that readers are told."""

    why = forms.CharField(label=_("What changes, and why"), max_length=300,
                          widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip


class EndForm(forms.Form):
    """How a figure ends, and why."""

    gone = forms.ChoiceField(
        label=_("What becomes of it?"), widget=forms.RadioSelect, initial="0",
        choices=(("0", _("It stays readable, and says that it is no longer kept up")),
                 ("1", _("Nobody reads it any more: it was wrong, or should not be shown"))),
    )  # fmt: skip
    why = forms.CharField(label=_("Why"), max_length=300,
                          widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
