"""The questions of a sheet. A form validates shape; the reader of files judges what it says."""

import re
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.aids.editing.values import kind, typed
from bassin.match.aids.rules.aid import web
from bassin.match.aids.rules.facts import codes, facts
from bassin.pairing.conditions import Kind
from bassin.pairing.conditions.declared import OPS
from bassin.parties.widgets import Day
from bassin.ui.reader import language

LONG, SHORT, WORDS = 20_000, 300, 1_000
FREE = "said"
"""A demand that no known fact tells: a question of its own."""

OPS_SAID = {
    "in": _("is one of"), "not_in": _("is none of"), "is": _("is (yes or no)"),
    "at_least": _("is at least"), "at_most": _("is at most"), "above": _("is above"),
    "below": _("is below"), "between": _("is between (two numbers)"),
}  # fmt: skip
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def choices(family: str) -> Any:
    """The codes of a family with their words, in the reader's language."""
    return lazy(lambda: [(key, said.say(language())) for key, said in codes(family).items()], list)


def _facts() -> Any:
    def made() -> list[tuple[str, str]]:
        known = [(key, each.label.say(language())) for key, each in facts().items()]
        return [("", "—"), *known, (FREE, str(_("another demand: a question of its own")))]

    return lazy(made, list)


def line(label: Any, most: int = SHORT, **more: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=most, required=more.pop("needed", False), **more)


def text(label: Any, rows: int = 2, most: int = WORDS, **more: Any) -> forms.CharField:
    """Some lines of text."""
    needed = more.pop("needed", False)
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=needed, widget=area, **more)


def day(label: Any, **more: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, required=more.pop("needed", False), widget=Day(), **more)


class NumberField(forms.FloatField):
    """A number as people write it: "250 000", "12,5", "55 000 €"."""

    widget = forms.TextInput

    def clean(self, value: Any) -> Any:
        """Without its spaces and its unit."""
        plain = re.sub(r"[\s\u00a0\u202f€%]", "", str("" if value is None else value))
        return super().clean(plain.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """A whole number without a point."""
        whole = isinstance(value, float) and value.is_integer()
        return int(value) if whole else value


def number(label: Any, **more: Any) -> NumberField:
    """A number, or nothing."""
    return NumberField(label=label, required=False, min_value=0, max_value=1e12, **more)


class Quiet(forms.Form):
    """A form that may be shown again as it was typed, without being judged: a row is added."""

    def __init__(self, *args: Any, quiet: bool = False, **kwargs: Any) -> None:
        self.quiet = quiet
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Judge it, unless it is only shown again."""
        if self.quiet:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def said(self, name: str) -> Any:
        """What was typed, with the ends of lines of a file."""
        value = self.cleaned_data.get(name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def both(self, name: str) -> Any:
        """A text of two fields: its French alone, or both."""
        french, english = self.said(f"{name}_fr") or "", self.said(f"{name}_en") or ""
        return {"fr": french, "en": english} if english and french else french or english

    @property
    def blank(self) -> bool:
        """Whether nothing was typed in it."""
        return not any(self.cleaned_data.get(name) for name in self.fields)


class SheetForm(Quiet):
    """All of a sheet but what comes in rows."""

    title_fr = line(_("Name of the aid, in French"), 200, needed=True)
    title_en = line(_("The same, in English"), 200)
    slug = line(
        _("Name for addresses and files"), 80,
        help_text=_("Small letters, digits and hyphens. Made from the name when it is empty."),
    )  # fmt: skip
    promise_fr = text(_("What it does, in one sentence, in French"), needed=True)
    promise_en = text(_("The same, in English"))
    holder = line(_("Who gives it"), 200, needed=True)
    others = text(_("With whom, one a line"))
    natures = forms.MultipleChoiceField(
        label=_("Nature"), choices=choices("nature"), widget=forms.CheckboxSelectMultiple
    )
    scale = forms.ChoiceField(label=_("Scale"), choices=choices("scale"))
    source_fr = text(
        _("Text that it comes from, in French"), needed=True,
        help_text=_("The law, the rules of the scheme, the holder's page and its day."),
    )  # fmt: skip
    source_en = text(_("The same, in English"))
    url = line(_("The holder's own page"), 500)
    about_fr = text(_("In its holder's words, in French"), 6, LONG)
    about_en = text(_("The same, in English"), 6, LONG)
    opens_on = day(_("Opens on"))
    closes_on = day(_("Closes on"))
    closing_fr = line(
        _("When it closes, in words, in French"),
        help_text=_("For an aid without a closing day: by sessions, while funds last."),
    )
    closing_en = line(_("The same, in English"))
    budget = forms.ChoiceField(label=_("State of its budget"), choices=choices("budget"),
                               initial="unknown")  # fmt: skip
    budget_said_fr = line(_("On its budget, in French"))
    budget_said_en = line(_("The same, in English"))
    contact_name = line(
        _("Office to ask"), 200, help_text=_("An office or a service, never a person's own name.")
    )
    contact_phone = line(_("Its telephone"), 40)
    contact_email = forms.EmailField(label=_("Its shared address"), required=False, max_length=200)
    contact_url = line(_("Its page"), 500)
    de_minimis = forms.BooleanField(label=_("It counts in the de minimis ceiling"), required=False)
    excludes = line(
        _("Does not add up with"), 500,
        help_text=_("Names of other sheets as their addresses write them, with “;” between."),
    )  # fmt: skip
    stacking_said_fr = text(_("On adding up, in French"))
    stacking_said_en = text(_("The same, in English"))
    review_on = day(_("To be read again before"), needed=True)

    def __init__(self, *args: Any, known: set[str], fixed: str = "", **kwargs: Any) -> None:
        self.known, self.fixed = known, fixed
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["slug"]

    def _web(self, name: str) -> str:
        address = str(self.cleaned_data[name] or "").strip()
        if address and not web(address):
            raise forms.ValidationError(
                _("This is no address of the web: it begins with https:// and has no space.")
            )
        return address

    def clean_url(self) -> str:
        """An address that can be followed."""
        return self._web("url")

    def clean_contact_url(self) -> str:
        """An address that can be followed."""
        return self._web("contact_url")

    def clean_slug(self) -> str:
        """A name that no other sheet bears."""
        name = str(self.cleaned_data["slug"] or "").strip()
        if name and not _NAME.fullmatch(name):
            raise forms.ValidationError(
                _("Small letters without accents, digits and hyphens: aide-a-l-embauche.")
            )
        if name in self.known:
            raise forms.ValidationError(
                _("Another sheet bears this name already: open it, or choose another name.")
            )
        return name

    def clean_excludes(self) -> list[str]:
        """Sheets that exist."""
        typed_ones = str(self.cleaned_data["excludes"] or "").replace(",", ";").split(";")
        names = [each.strip() for each in typed_ones if each.strip()]
        unknown = [each for each in names if each not in self.known]
        if unknown:
            raise forms.ValidationError(
                _("No sheet is called “%(name)s”: copy the end of its address in the guide.")
                % {"name": unknown[0][:80]}
            )
        return names

    def clean(self) -> dict[str, Any]:
        """A calendar that runs forward."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("It would close before it opens: mend one of the days."))
        return data


class LineForm(Quiet):
    """A document, a step, a legal text, a note."""

    fr = text(_("In French"), 2, 4_000)
    en = text(_("In English"), 2, 4_000)

    def raw(self) -> Any:
        """What the file holds of it."""
        french, english = self.said("fr") or "", self.said("en") or ""
        return {"fr": french, "en": english} if english and french else french or english


class ConditionForm(Quiet):
    """One demand: the fact, how it compares, with what, and the words that it comes from."""

    either = forms.BooleanField(
        label=_("Or else: enough in place of the condition above"), required=False
    )
    fact = forms.ChoiceField(label=_("What is looked at"), choices=_facts(), required=False)
    op = forms.ChoiceField(
        label=_("How it compares"), choices=[("", "—"), *OPS_SAID.items()], required=False
    )
    value = line(
        _("With what"), 4_000,
        help_text=_("Codes or words with “;” between, a number, or oui / non."),
    )  # fmt: skip
    quote = text(_("The words of the text"), 2, 4_000)
    source_fr = line(_("Source, in French"), 500, help_text=_("Empty: the text of the sheet."))
    source_en = line(_("Source, in English"), 500)
    since = day(_("Holds from"))
    until = day(_("Holds until"))
    said_fr = line(_("What is demanded, in words, in French"))
    said_en = line(_("The same, in English"))
    name = line(
        _("Name of the question"),
        80,
        help_text=_("For a question of its own; two sheets with the same name ask it once."),
    )
    question_fr = line(_("The question, in French"), WORDS)
    question_en = line(_("The question, in English"), WORDS)
    why_fr = line(_("Why it is asked, in French"))
    why_en = line(_("Why it is asked, in English"))
    gone = forms.BooleanField(label=_("Take this condition away"), required=False)

    def __init__(self, *args: Any, house: House, **kwargs: Any) -> None:
        self.house = house
        self.made: dict[str, Any] = {}
        super().__init__(*args, **kwargs)

    @property
    def empty(self) -> bool:
        """Whether it says nothing, or is taken away."""
        said = self.cleaned_data
        told = {name: value for name, value in said.items() if name not in ("either", "gone")}
        return bool(said.get("gone")) or not any(told.values())

    def clean(self) -> dict[str, Any]:
        """Read it as its file would be: a mistake is told beside the field that bears it."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors or self.empty:
            return data
        fact, op = data.get("fact") or "", data.get("op") or ""
        if not fact:
            self.add_error("fact", _("Say what is looked at, or take this condition away."))
            return data
        known = OPS[Kind.CHOICE if fact == FREE else kind(fact)]
        if op not in known:
            listed = " · ".join(str(OPS_SAID[each]) for each in known)
            self.add_error("op", _("This fact compares so: %(listed)s.") % {"listed": listed})
            return data
        if fact == FREE:
            self._own(data)
        if not self.errors:
            self._compare(fact, op, str(data.get("value") or ""))
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("It would end before it begins."))
        return data

    def _own(self, data: dict[str, Any]) -> None:
        if not _NAME.fullmatch(data.get("name") or ""):
            self.add_error("name", _("Give the question a name: small letters and hyphens."))
        if not (data.get("question_fr") or data.get("quote")):
            self.add_error("question_fr", _("Write the question that is asked."))

    def _compare(self, fact: str, op: str, value: str) -> None:
        try:
            found = typed(fact, op, value, self.house)
        except Refused as refusal:
            self.add_error("value", refusal.text.say(language()))
            return
        name = f"said:{self.cleaned_data['name']}" if fact == FREE else fact
        self.made = {"fact": name, "op": op, "value": found}

    def raw(self) -> dict[str, Any]:
        """What the file holds of it; who checked it is not among its fields."""
        told = {
            "source": self.both("source"), "quote": self.said("quote"),
            "from": self.said("since"), "until": self.said("until"),
            "question": self.both("question"), "why": self.both("why"), "said": self.both("said"),
        }  # fmt: skip
        return {**self.made, **{key: value for key, value in told.items() if value}}


class AmountForm(Quiet):
    """How much, in words and in numbers."""

    said_fr = text(_("How much, in words, in French"), 2, 4_000)
    said_en = text(_("The same, in English"), 2, 4_000)
    rate_pct = number(_("Rate, %"))
    floor_eur = number(_("Least, €"))
    ceiling_eur = number(_("Most, €"))
    each_eur = number(_("Of each (hire, place), €"))
    gone = forms.BooleanField(label=_("Take this amount away"), required=False)

    @property
    def empty(self) -> bool:
        """Whether it says nothing, or is taken away."""
        return bool(self.cleaned_data.get("gone")) or self.blank

    def clean(self) -> dict[str, Any]:
        """Numbers come with words."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.empty and not (data.get("said_fr") or data.get("said_en")):
            self.add_error("said_fr", _("Say the amount in words too: they are what people read."))
        return data

    def raw(self) -> dict[str, Any]:
        """What the file holds of it."""
        names = ("rate_pct", "floor_eur", "ceiling_eur", "each_eur")
        found = {name: self.cleaned_data.get(name) for name in names}
        return {
            "said": self.both("said"),
            **{name: value for name, value in found.items() if value is not None},
        }
