"""Forms of the cases. They validate shape; actions judge sense."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.match.support.actions import STAGES
from bassin.match.support.models import (
    Case,
    Channel,
    Interaction,
    Need,
    Outcome,
    Share,
    SocialForm,
)
from bassin.parties.models import Organisation, Person
from bassin.parties.widgets import Day

_UNSAID = ("", _("not said"))
_YES_NO = (_UNSAID, ("yes", _("yes")), ("no", _("no")))


def _text(label: Any, longest: int, *, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, required=False, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _declared(label: Any) -> forms.TypedChoiceField:
    """What people say of themselves if they wish: yes, no, or nothing."""
    return forms.TypedChoiceField(
        label=label, choices=_YES_NO, required=False, empty_value=None,
        coerce=lambda said: said == "yes",
        help_text=_("Only if the person says so themselves. It counts, it decides nothing."),
    )  # fmt: skip


def _among(people: Sequence[Person], label: Any, **more: Any) -> forms.ModelChoiceField:
    chosen = Person.objects.filter(pk__in=[each.pk for each in people])
    return forms.ModelChoiceField(chosen, label=label, **more)


def in_the_name_of(bodies: Sequence[int]) -> forms.ModelChoiceField:
    """The organisations in whose name somebody writes; with one alone, nothing is asked."""
    found = Organisation.objects.filter(pk__in=bodies)
    alone = len(bodies) == 1
    return forms.ModelChoiceField(
        found, label=_("in the name of"), initial=found.first() if alone else None,
        widget=forms.HiddenInput if alone else forms.Select,
    )  # fmt: skip


class CaseForm(forms.Form):
    """A case, in the order in which one hears about it on the telephone."""

    firm_name = forms.CharField(label=_("name of the firm or of the project"), max_length=200)
    siret = forms.CharField(label=_("SIRET"), max_length=20, required=False)
    title = forms.CharField(label=_("the need in a few words"), max_length=160)
    needs = forms.MultipleChoiceField(
        label=_("what for"), choices=Need.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    text = _text(_("what was asked"), 4000)
    commune_code = forms.ChoiceField(label=_("commune"), required=False)
    headcount = forms.IntegerField(label=_("people it employs"), min_value=0, required=False)
    jobs_count = forms.IntegerField(label=_("jobs planned"), min_value=0, required=False)
    social_form = forms.ChoiceField(
        label=_("social form"), choices=[("", _("none, or not known yet")), *SocialForm.choices],
        required=False,
    )  # fmt: skip
    agreement = forms.CharField(
        label=_("under which agreement"), max_length=80, required=False,
        help_text=_("The convention that pays for this help: survival is compared by agreement."),
    )  # fmt: skip
    woman = _declared(_("led by a woman"))
    from_qpv = _declared(_("the holder lives in a priority neighbourhood"))
    channel = forms.ChoiceField(
        label=_("how it came"), choices=[_UNSAID, *Channel.choices], required=False
    )

    def __init__(self, *args: Any, kind: str, communes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune_code"] = forms.ChoiceField(
            label=_("commune"), required=False,
            choices=[("", _("elsewhere, or not said")), *communes.items()],
        )  # fmt: skip
        gone = {
            Case.Kind.FIRM: ("jobs_count", "social_form", "agreement", "woman", "from_qpv"),
            Case.Kind.HOLDER: ("headcount",),
            Case.Kind.PROSPECT: ("social_form", "agreement", "woman", "from_qpv", "headcount"),
        }[Case.Kind(kind)]
        for name in gone:
            del self.fields[name]
        if kind == Case.Kind.FIRM:
            self.fields["siret"].required = True
            self.fields["firm_name"].label = _("name of the firm")
        elif kind == Case.Kind.HOLDER:
            self.fields["firm_name"].label = _("name of the project")
            self.fields["siret"].help_text = _("Empty as long as the firm does not exist.")
        else:
            self.fields["firm_name"].label = _("name of the firm that may come")
            self.fields["siret"].help_text = _("If it exists already, wherever it is.")


class AskedForm(forms.Form):
    """For whom a case is opened, and when the request arrived: the 48 hours run from there."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("in the name of"))
    asked_on = forms.DateField(label=_("the request arrived on"), widget=Day())

    def __init__(self, *args: Any, bodies: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = in_the_name_of(bodies)


class ContactForm(forms.Form):
    """Whom to call."""

    contact_name = forms.CharField(label=_("whom to ask for"), max_length=120, required=False)
    function = forms.CharField(label=_("function"), max_length=120, required=False)
    contact_telephone = forms.CharField(label=_("telephone"), max_length=30, required=False)
    contact_email = forms.EmailField(label=_("e-mail address"), required=False)


class NoteForm(forms.Form):
    """An interaction: one button says what it was, all the rest is optional."""

    text = _text(_("what was said"), 20_000, rows=3, help_text=_("Paste an e-mail here as it is."))
    on = forms.DateField(label=_("when"), widget=Day(), required=False,
                         help_text=_("Today, unless you say another day."))  # fmt: skip
    minutes = forms.IntegerField(label=_("minutes"), min_value=0, max_value=1440, required=False)
    private = forms.BooleanField(label=_("for my organisation alone"), required=False)

    KINDS = (
        (Interaction.Kind.CALL, "phone"),
        (Interaction.Kind.VISIT, "map-pin"),
        (Interaction.Kind.MEETING, "users"),
        (Interaction.Kind.MAIL, "mail"),
        (Interaction.Kind.TRIED, "clock"),
        (Interaction.Kind.NOTE, "message-circle"),
    )


class TaskForm(forms.Form):
    """Something to do."""

    what = forms.CharField(label=_("to do"), max_length=200)
    due_on = forms.DateField(label=_("before"), widget=Day())
    assignee = forms.ModelChoiceField(Person.objects.none(), label=_("by"), required=False,
                                      empty_label=_("me"))  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"] = _among(people, _("by"), required=False, empty_label=_("me"))


class PaperForm(forms.Form):
    """A document."""

    title = forms.CharField(label=_("title"), max_length=160)
    file = forms.FileField(label=_("file"))
    private = forms.BooleanField(label=_("for my organisation alone"), required=False)


class LeadForm(forms.Form):
    """Who leads from now on."""

    adviser = forms.ModelChoiceField(Person.objects.none(), label=_("lead adviser"))
    why = forms.CharField(label=_("why"), max_length=300, required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adviser"] = _among(people, _("lead adviser"))


class CloseForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("what came of it"), choices=Outcome.choices)


class StageForm(forms.Form):
    """Where a project stands."""

    stage = forms.ChoiceField(label=_("stage"))
    created_on = forms.DateField(label=_("firm created on"), widget=Day(), required=False)
    siret = forms.CharField(label=_("its SIRET, once it exists"), max_length=20, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"] = forms.ChoiceField(
            label=_("stage"), choices=[(each.value, each.label) for each in STAGES[kind]]
        )
        if kind == Case.Kind.PROSPECT:
            self.fields["created_on"].label = _("installed on")


class ShareForm(forms.Form):
    """The firm's agreement, and what the partner is asked."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("with"))
    scope = forms.ChoiceField(label=_("what is shared"), choices=Share.Scope.choices)
    purpose = forms.CharField(label=_("what for"), max_length=200)
    person_name = forms.CharField(label=_("who agreed, in the firm"), max_length=120)
    agreed_on = forms.DateField(label=_("agreed on"), widget=Day())
    agreed_how = forms.ChoiceField(label=_("how"), choices=Share.How.choices)
    need = forms.ChoiceField(
        label=_("what the partner is asked"),
        choices=[("", _("nothing yet: they only read")), *Need.choices], required=False,
    )  # fmt: skip
    note = _text(_("what they must know"), 2000, rows=3)

    def __init__(self, *args: Any, partners: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_on"].initial = today
        self.fields["organisation"] = forms.ModelChoiceField(partners, label=_("with"))


class AnswerForm(forms.Form):
    """What a partner says of a referral."""

    answer = _text(_("in a sentence: what came of it, or who could do it"), 2000, rows=2)


class FilterForm(forms.Form):
    """Which cases: in the address, so that a list can be kept as a bookmark."""

    q = forms.CharField(label=_("name, SIRET or need"), required=False, max_length=80)
    etat = forms.ChoiceField(
        label=_("state"), required=False, choices=[("", _("all")), *Case.State.choices]
    )
    quoi = forms.ChoiceField(
        label=_("case of"), required=False, choices=[("", _("all")), *Case.Kind.choices]
    )
    besoin = forms.ChoiceField(
        label=_("what for"), required=False, choices=[("", _("all")), *Need.choices]
    )
    commune = forms.ChoiceField(label=_("commune"), required=False)
    theme = forms.ChoiceField(label=_("theme"), required=False)
    moi = forms.BooleanField(label=_("mine only"), required=False)

    def __init__(
        self, *args: Any, communes: dict[str, str], themes: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        anything: tuple[str, Any] = ("", _("all"))
        self.fields["commune"] = forms.ChoiceField(
            label=_("commune"), required=False, choices=[anything, *communes.items()]
        )
        self.fields["theme"] = forms.ChoiceField(
            label=_("theme"), required=False, choices=[anything, *themes]
        )
