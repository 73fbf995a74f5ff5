"""The forms of Piloter. They validate shape; the verbs of `actions` validate sense."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.indicators.catalogue import indicators
from bassin.parties.widgets import Day
from bassin.steer.programmes import words
from bassin.steer.programmes.actions import EDITABLE, OFFICERS_DECIDE
from bassin.steer.programmes.actions_frameworks import FREE, FROZEN, NODE_FIELDS
from bassin.steer.programmes.actions_money import (
    CONTRIBUTION_FIELDS,
    FUNDING_FIELDS,
    REQUEST_FIELDS,
)
from bassin.steer.programmes.models import (
    Action,
    Commitment,
    Contribution,
    Decision,
    Framework,
    Funding,
    FundingRequest,
    Health,
    Milestone,
    Node,
)
from bassin.steer.programmes.rules import KNOWN_TO

_LEVEL = ("kind", "fr", "en")


def dated(field: Any, **more: Any) -> Any:
    """The field of a model's form: dates as the browser's own calendar writes them."""
    made = field.formfield(**more)
    if isinstance(made, forms.DateField):
        made.widget = Day()
    return made


def offer(form: forms.BaseForm, name: str, **facts: Any) -> None:
    """Give a field of choice what it offers: `choices`, or a `queryset` and its words."""
    for fact, value in facts.items():
        setattr(form.fields[name], fact, value)


class Shape(forms.ModelForm):
    """A form on the fields of a record, which checks each field and changes nothing."""

    def _post_clean(self) -> None:
        """The record stays as it is: a verb changes it."""


class Tags(forms.CharField):
    """Words separated by commas, kept as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [word for each in (value or "").split(",") if (word := each.strip())]


class Levels(forms.CharField):
    """The names of the levels of a framework, one a line: kind, French, English."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(", ".join(each.get(k, "") for k in _LEVEL) for each in value)

    def to_python(self, value: Any) -> Any:
        lines = [line.split(",") for line in (value or "").splitlines() if line.strip()]
        if any(len(line) not in (2, 3) for line in lines):
            raise forms.ValidationError(_("Write on each line: kind, French, English."))
        return [
            dict(zip(_LEVEL, (*(word.strip() for word in line), ""), strict=False))
            for line in lines
        ]


class ActionForm(Shape):
    """What is written of an action."""

    commune_codes = forms.MultipleChoiceField(
        label=_("Communes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = Tags(label=_("Themes"), required=False, help_text=_("Separate them with commas."))

    class Meta:
        model = Action
        fields = EDITABLE
        formfield_callback = dated
        labels = {
            "title_en": _("Title in English"),
            "text_en": _("Description in English"),
            "operation": _("Operation"),
        }
        help_texts = {
            "title": _("A verb and a thing: what people will be able to see."),
            "ends_on": _("Lateness is computed from this date and from the steps."),
            "starts_to": _("When a document gives only a year, its first day stands above."),
            "ends_to": _("When a document gives only a year, its last day stands above."),
            "elsewhere": _("Places outside the territory, or that nobody recognised."),
            "abandoned_why": _("Needed when the stage is “abandoned”."),
            "confidential": _("Only officers, the holder, pilots and referents then see it."),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "text_en": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, officer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = words.communes()
        kept = [code for code in (self.instance.commune_codes or []) if code not in named]
        choices = [*sorted(named.items(), key=lambda each: each[1]), *((c, c) for c in kept)]
        offer(self, "commune_codes", choices=choices)
        for known in KNOWN_TO.values():
            self.fields[known].required = False
        if not officer:
            for name in OFFICERS_DECIDE:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A day that was changed is known to the day, unless that was said with it."""
        given = super().clean() or self.cleaned_data
        for day, known in KNOWN_TO.items():
            said = given.get(known)
            if day in self.changed_data and (not said or known not in self.changed_data):
                given[known] = Action.Precision.DAY.value
            elif not said:
                given[known] = getattr(self.instance, known)
        return given


class ReportForm(forms.Form):
    """What is said of an action this month, from a phone: few questions, big targets."""

    text = forms.CharField(
        label=_("What happened?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences, as you would say them on the telephone."),
    )
    health = forms.ChoiceField(
        label=_("How does it go?"),
        required=False,
        choices=[*Health.choices, ("", _("I cannot say"))],
        widget=forms.RadioSelect,
    )
    blocked_cause = forms.CharField(label=_("What blocks it?"), required=False, max_length=300)
    unblock_condition = forms.CharField(
        label=_("What would unblock it?"), required=False, max_length=300
    )
    progress = forms.IntegerField(
        label=_("How far is it, in percent?"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Leave blank when you cannot say: blank is not zero."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    done = forms.ModelMultipleChoiceField(
        Milestone.objects.none(),
        label=_("Which steps are done?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    evidence = forms.CharField(
        label=_("Where can it be seen?"), required=False, max_length=300,
        help_text=_("A document, an address on the web, a place."),
    )  # fmt: skip

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = action.milestones.filter(done_on=None)
        offer(self, "done", queryset=steps)
        if not steps:
            del self.fields["done"]
        if action.milestones.exists():
            # Steps say how far it is: a second number would compete with them.
            del self.fields["progress"]


class MilestoneForm(Shape):
    """A step."""

    class Meta:
        model = Milestone
        fields = ("title", "due_on", "done_on", "weight", "order")
        formfield_callback = dated
        labels = {"order": _("Order in the list")}


class FundingForm(Shape):
    """What a funder plans, has committed, has paid in a year."""

    class Meta:
        model = Funding
        fields = FUNDING_FIELDS
        formfield_callback = dated


class RequestForm(Shape):
    """A request to a funder."""

    class Meta:
        model = FundingRequest
        fields = REQUEST_FIELDS
        formfield_callback = dated


class ContributionForm(Shape):
    """The figure that an action is meant to move. What is observed is not asked."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    place_key = forms.ChoiceField(label=_("Place"), required=False)
    targets = forms.CharField(
        label=_("Targets"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line: a date, then the value. For instance 2027-12-31 12.5"),
    )

    class Meta:
        model = Contribution
        fields = CONTRIBUTION_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = words.language()
        known = [(e.id, e.label.say(language)) for e in indicators().values()
                 if e.status == "published"]  # fmt: skip
        offer(self, "indicator", choices=sorted(known, key=lambda each: each[1]))
        named = sorted(words.communes().items(), key=lambda each: each[1])
        communes = [(f"commune:{code}", name) for code, name in named]
        offer(self, "place_key", choices=[("", _("the whole territory")), *communes])
        if self.instance.pk:
            aims = [f"{t.on.isoformat()} {t.value:g}" for t in self.instance.targets.all()]
            self.initial["targets"] = "\n".join(aims)

    def clean_targets(self) -> dict[Any, float]:
        """The targets by date."""
        found = {}
        for line in self.cleaned_data["targets"].splitlines():
            if not line.strip():
                continue
            when, _space, value = line.strip().partition(" ")
            try:
                number = float(value.replace("\u202f", "").replace(" ", "").replace(",", "."))
                found[forms.DateField(input_formats=["%Y-%m-%d"]).clean(when)] = number
            except (ValueError, forms.ValidationError) as error:
                raise forms.ValidationError(
                    _("“%(line)s” is not a date followed by a number."), params={"line": line}
                ) from error
        return found


class PlacementForm(forms.Form):
    """A place in a framework."""

    node = forms.ModelChoiceField(Node.objects.none(), label=_("Where?"))
    primary = forms.BooleanField(
        label=_("Its main place in this framework"), required=False, initial=True,
        help_text=_("An average counts an action at its main place only."),
    )  # fmt: skip
    weight = forms.DecimalField(label=_("Weight"), min_value=0, initial=1)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nodes = Node.objects.filter(framework__archived_at=None).select_related("framework")
        nodes = nodes.exclude(placements__action=action)
        offer(self, "node", queryset=nodes, label_from_instance=_path)


def _path(node: Node) -> str:
    return f"{node.framework.title} › {node.code} {node.title}"[:120]


class WhyForm(forms.Form):
    """The reason of something that everyone will read later."""

    why = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class FrameworkForm(Shape):
    """What is written of a framework; once adopted, only what may still change."""

    level_names = Levels(
        label=_("Names of the levels"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One per line: kind, French, English. For instance: axis, Axe, Axis"),
    )  # fmt: skip

    class Meta:
        model = Framework
        fields = ("slug", *FROZEN, *FREE)
        formfield_callback = dated
        labels = {
            "slug": _("Address"),
            "title_en": _("Title in English"),
            "summary_en": _("Summary in English"),
            "owner": _("Owner"),
            "announced_note": _("Where it was announced"),
            "announced_note_en": _("The same in English"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["slug"]
            if self.instance.state != Framework.State.DRAFT:
                for name in FROZEN:
                    del self.fields[name]


class NodeForm(Shape):
    """A part of a draft."""

    class Meta:
        model = Node
        fields = NODE_FIELDS
        formfield_callback = dated
        labels = {
            "order": _("Order in the list"),
            "title_en": _("Title in English"),
            "text_en": _("Text in English"),
        }


class AdoptForm(forms.Form):
    """The decision that adopts a draft."""

    decision = forms.ModelChoiceField(
        Decision.objects.filter(kind=Decision.Kind.ADOPT), label=_("The decision that adopts it")
    )


class CommitmentForm(Shape):
    """What an organisation promises within a framework."""

    class Meta:
        model = Commitment
        fields = (
            "organisation", "role", "to_organisation", "node", "text", "state", "signed_on",
            "due_on", "source",
        )  # fmt: skip
        formfield_callback = dated

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "node", queryset=framework.nodes.all())
        self.fields["to_organisation"].label = _("To whom")


class KeepForm(forms.Form):
    """What shows that a promise was kept."""

    evidence = forms.CharField(label=_("What shows it?"), max_length=300)
    on = forms.DateField(label=_("On which day?"), widget=Day())


class ReviewForm(forms.Form):
    """A judgement on what was claimed of a figure."""

    verdict = forms.ChoiceField(label=_("Review"), choices=Contribution.Review.choices)
    text = forms.CharField(label=_("On what it rests"), widget=forms.Textarea(attrs={"rows": 3}))
