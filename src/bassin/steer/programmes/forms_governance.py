"""The forms of bodies, meetings and decisions."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from bassin.commons.models import Visibility
from bassin.parties.models import Organisation, Person
from bassin.parties.widgets import Day
from bassin.steer.programmes import words
from bassin.steer.programmes.actions_governance import BODY_FIELDS
from bassin.steer.programmes.actions_meetings import MEETING_FIELDS
from bassin.steer.programmes.forms import Shape, dated, offer
from bassin.steer.programmes.models import (
    Action,
    AgendaItem,
    Body,
    Decision,
    Framework,
    Meeting,
    Node,
)
from bassin.ui.picking import PickField


class BodyForm(Shape):
    """What is written of a body."""

    class Meta:
        model = Body
        fields = BODY_FIELDS
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "framework": _("The pack of its meetings then follows the actions of this framework."),
            "open": _("A form to ask to join then stands on its page."),
        }


class SeatForm(forms.Form):
    """A seat given to an organisation, or to a person."""

    organisation = forms.ModelChoiceField(
        label=_("organisation"), queryset=Organisation.objects.all(), required=False
    )
    person = forms.ModelChoiceField(
        label=_("person"), queryset=Person.objects.filter(is_active=True), required=False
    )
    role = forms.CharField(label=_("role"), max_length=120, required=False)
    starts_on = forms.DateField(label=_("from"), required=False, widget=Day())


class EndForm(forms.Form):
    """The day on which a seat ends."""

    on = forms.DateField(label=_("until"), widget=Day())


class AnswerSeatForm(forms.Form):
    """Yes or no to a request to join."""

    accept = forms.TypedChoiceField(
        label=_("Your answer"), choices=[("1", _("accept")), ("0", _("decline"))],
        coerce=lambda value: value == "1", widget=forms.RadioSelect,
    )  # fmt: skip
    role = forms.CharField(label=_("role"), max_length=120, required=False)


class JoinForm(forms.Form):
    """Why someone asks to join, and in whose name."""

    organisation = forms.ModelChoiceField(
        label=_("In the name of"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("myself"),
    )  # fmt: skip
    why = forms.CharField(
        label=_("What you would bring"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence is enough. Officers read it; it is not published."),
    )  # fmt: skip

    def __init__(self, *args: Any, mine: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if mine is not None:
            offer(self, "organisation", queryset=mine)


class MeetingForm(Shape):
    """A meeting to call."""

    class Meta:
        model = Meeting
        fields = MEETING_FIELDS
        formfield_callback = dated
        widgets = {
            name: forms.TimeInput({"type": "time"}, format="%H:%M")
            for name in ("starts_at", "ends_at")
        }
        help_texts = {
            "starts_at": _("The agenda says it; without an hour, it says the day alone."),
            "since": _("By default, the day of the meeting before."),
        }


class CancelMeetingForm(forms.Form):
    """Whether a meeting is really called off."""

    sure = forms.BooleanField(label=_("Yes, call this meeting off"))


class MinutesForm(forms.Form):
    """The minutes of a meeting: a file or its address, and who reads them."""

    title = forms.CharField(label=_("title"), max_length=200)
    file = forms.FileField(
        label=_("file"), required=False,
        help_text=_("PDF, image, text or office file, 20 MB at most."),
    )  # fmt: skip
    url = forms.URLField(
        label=_("or its web address"), required=False, assume_scheme="https", max_length=200
    )
    visibility = forms.ChoiceField(
        label=_("who reads them"), choices=Visibility.choices, initial=Visibility.PARTNERS,
        help_text=_("Partners: those who sit in the body read them too."),
    )  # fmt: skip


class Decisions(forms.ModelChoiceField):
    """Decisions to choose from, by day, body and first words."""

    def label_from_instance(self, obj: Any) -> str:
        text = Truncator(obj.said).chars(100)
        return words.join((words.day(obj.on), str(obj.body), text))


class SupersedeForm(forms.Form):
    """The later decision that replaces one."""

    later = Decisions(
        label=_("The decision that replaces it"), queryset=Decision.objects.none(),
        help_text=_(
            "Record the new decision first, on its meeting. Both stay, each with the other's link."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, later: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "later", queryset=later)


class ItemForm(Shape):
    """A line of an agenda."""

    class Meta:
        model = AgendaItem
        fields = ("kind", "title")


class References(forms.CharField):
    """References or addresses, one a line, kept as a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


class DecisionForm(Shape):
    """A decision to record."""

    result = PickField(
        label=_("result of a workshop on which it rests"), kinds=["result"], required=False,
        help_text=_("Its page then says what was decided of it."),
    )  # fmt: skip
    evidence = References(
        label=_("other evidence"), required=False,
        help_text=_("One a line: a reference (roadmap:action:12), or an address."),
    )  # fmt: skip

    class Meta:
        model = Decision
        fields = ("on", "kind", "text", "action", "node", "result", "evidence", "public")
        labels = {"node": _("part of the programme")}
        formfield_callback = dated
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, framework: Framework | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = Action.objects.kept().order_by("title")
        nodes = Node.objects.none()
        if framework is not None:
            actions, nodes = actions.within(framework), framework.nodes.all()
        offer(self, "action", queryset=actions)
        offer(self, "node", queryset=nodes)


class ProofForm(forms.Form):
    """A published result on which a decision rests, found after it was recorded."""

    result = PickField(label=_("result of a workshop on which it rests"), kinds=["result"])


class NextForm(forms.Form):
    """The framework that comes after: its title, its end, what is kept and carried on."""

    title = forms.CharField(label=_("title"), max_length=200)
    ends_on = forms.DateField(
        label=_("until"),
        required=False,
        widget=Day(),
    )
    nodes = forms.MultipleChoiceField(
        label=_("Parts to keep"), required=False, widget=forms.CheckboxSelectMultiple
    )
    carried = forms.MultipleChoiceField(
        label=_("Actions to carry on"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those not done nor abandoned are ticked."),
    )  # fmt: skip

    def __init__(self, *args: Any, parts: Any = (), actions: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "nodes", choices=parts)
        offer(self, "carried", choices=actions)
