"""The forms of who prepares and runs workshops. They validate shape; the verbs validate sense.

Texts are written in French here; the page of translations holds the other languages.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from bassin.debate.workshops import films
from bassin.debate.workshops.actions_notes import LONGEST
from bassin.debate.workshops.models import Note, Series, Step, Workshop
from bassin.debate.workshops.models.workshops import SMALLEST_GROUP
from bassin.errors import Refused
from bassin.parties.models import Person
from bassin.ui.picking import PickField

SPOKEN = ("fr", "en", "ar", "bn", "es", "it", "pl", "pt", "ru", "ta", "tr", "uk", "vi", "zh-hans")
"""Languages a workshop may speak, beside French."""

_MINUTES = {"inputmode": "numeric", "min": 1, "max": 600}


def tongues() -> list[tuple[str, str]]:
    """The languages that may be added, in the reader's words and in their own."""
    infos = [(code, get_language_info(code)) for code in SPOKEN if code != "fr"]
    return [
        (code, f"{info['name_translated'].capitalize()} · \u2068{info['name_local']}\u2069")
        for code, info in infos
    ]


def offer(form: forms.BaseForm, name: str, **facts: Any) -> None:
    """Give a field of choice what it offers: `choices`, or a `queryset`."""
    for fact, value in facts.items():
        setattr(form.fields[name], fact, value)


def area(rows: int) -> forms.Textarea:
    """A place to write in, of that many lines."""
    return forms.Textarea(attrs={"rows": rows})


class Lines(forms.CharField):
    """Short texts, one a line, kept as a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(line.split())[:60] for line in (value or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class WorkshopForm(forms.Form):
    """What is written of a workshop."""

    title = forms.CharField(label=_("title"), max_length=160)
    text = forms.CharField(
        label=_("objectives"), required=False, widget=area(4),
        help_text=_("What people are told before it begins. One idea a line."),
    )  # fmt: skip
    starts_at = forms.DateTimeField(
        label=_("starts"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    place = forms.CharField(label=_("place"), max_length=200, required=False)
    series = forms.ModelChoiceField(
        label=_("series of workshops"), queryset=Series.objects.all(), required=False
    )
    previous = forms.ModelChoiceField(
        label=_("follows"), queryset=Workshop.objects.none(), required=False,
        help_text=_("It may then open on what became of the votes of that one."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("languages beside French"), choices=tongues, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    access = forms.ChoiceField(
        label=_("who answers"), choices=Workshop.Access.choices, widget=forms.RadioSelect,
        initial=Workshop.Access.CODE,
    )  # fmt: skip
    secrecy = forms.ChoiceField(
        label=_("secrecy"), choices=Workshop.Secrecy.choices, widget=forms.RadioSelect,
        initial=Workshop.Secrecy.PSEUDONYMOUS,
    )  # fmt: skip
    groups = Lines(
        label=_("groups one may say one belongs to"), required=False,
        help_text=_("One a line. Nothing is shown of a group of fewer people than the number "
                    "below."),
    )  # fmt: skip
    min_group = forms.IntegerField(
        label=_("smallest group shown"), min_value=SMALLEST_GROUP, initial=SMALLEST_GROUP
    )
    body = PickField(label=_("body"), kinds=["body"], required=False)
    framework = PickField(label=_("framework"), kinds=["framework"], required=False)

    def __init__(self, *args: Any, workshop: Workshop | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Workshop.objects.filter(rehearsal=False, archived_at=None)
        if workshop is not None:
            held = held.exclude(pk=workshop.pk)
        offer(self, "previous", queryset=held)


class StepForm(forms.Form):
    """What every step says."""

    field_order: Sequence[str] | None = None

    title = forms.CharField(
        label=_("title"), max_length=160,
        help_text=_("What the room sees at the top, and what you find again in the run sheet."),
    )  # fmt: skip
    text = forms.CharField(label=_("text"), required=False, widget=area(6))
    minutes = forms.IntegerField(
        label=_("minutes planned"), required=False, min_value=1, max_value=600,
        widget=forms.NumberInput(attrs=_MINUTES),
    )  # fmt: skip


class ContentForm(StepForm):
    """A step to look at: its figures have a source and a date."""

    source = forms.CharField(
        label=_("source and date of what is shown"), max_length=300, required=False,
        help_text=_("A figure is never shown without them."),
    )  # fmt: skip
    field_order = ["title", "text", "source", "minutes"]


class FilmForm(ContentForm):
    """A film of ours, with its captions and its transcript."""

    film = forms.FileField(
        label=_("film"), required=False, help_text=_("WebM or MP4, kept on this service.")
    )
    captions = forms.FileField(
        label=_("captions (WebVTT)"), required=False,
        help_text=_("Without them, people who do not hear are left out."),
    )  # fmt: skip
    transcript = forms.CharField(label=_("transcript"), required=False, widget=area(6))
    placeholder = forms.BooleanField(label=_("stands for a film that is not there"), required=False)
    field_order = ["title", "text", "film", "captions", "transcript", "placeholder", "source",
                   "minutes"]  # fmt: skip

    def clean_film(self) -> Any:
        return _received(self.files.get("film"), films.film)

    def clean_captions(self) -> Any:
        return _received(self.files.get("captions"), films.captions)


def _received(file: Any, judge: Any) -> Any:
    if not file:
        return None
    try:
        return judge(file)
    except Refused as refused:
        raise forms.ValidationError(str(refused)) from refused


class PresentationForm(StepForm):
    """An action or an operation, presented by a speaker."""

    speaker = forms.CharField(
        label=_("speaker, by role"), max_length=160, required=False,
        help_text=_("Such as: the vice-president for employment. No name is needed."),
    )  # fmt: skip
    reference = PickField(
        label=_("action or operation shown"), kinds=["action", "operation"], required=False
    )
    field_order = ["title", "speaker", "reference", "text", "minutes"]


STEP_FORMS: Mapping[str, type[StepForm]] = {
    Step.Kind.CONTENT: ContentForm,
    Step.Kind.VIDEO: FilmForm,
    Step.Kind.PRESENTATION: PresentationForm,
}


class NoteForm(forms.ModelForm):
    """What was said."""

    text = forms.CharField(label=_("what was said"), max_length=LONGEST, widget=area(3))

    class Meta:
        model = Note
        fields = ("text", "kind", "side")

    def _post_clean(self) -> None:
        """The note stays as it is: a verb changes it."""


class TicketsForm(forms.Form):
    """Tickets to print."""

    count = forms.IntegerField(label=_("how many"), min_value=1, max_value=500, initial=30)
    group = forms.ChoiceField(label=_("group"), required=False)
    channel = forms.ChoiceField(
        label=_("how they are handed out"), widget=forms.RadioSelect, initial="printed",
        choices=[("printed", _("to whoever comes in")),
                 ("roster", _("against a signature on the list of attendance"))],
    )  # fmt: skip

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped(self, workshop)


class PaperForm(forms.Form):
    """Which paper is entered."""

    channel = forms.ChoiceField(
        label=_("what it is"), widget=forms.RadioSelect, initial="paper",
        choices=[("paper", _("a paper ballot")), ("proxy", _("a proxy, given by someone absent"))],
    )  # fmt: skip
    number = forms.IntegerField(
        label=_("its number"), min_value=1, max_value=9999,
        help_text=_("Write it on the paper too: the same number again corrects the answer."),
    )  # fmt: skip
    group = forms.ChoiceField(label=_("group"), required=False)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped(self, workshop)


def grouped(form: forms.Form, workshop: Workshop) -> None:
    """Offer the groups of a workshop; ask nothing when there are none."""
    if workshop.secrecy == Workshop.Secrecy.SEALED or not workshop.groups:
        del form.fields["group"]
        return
    offer(form, "group", choices=[("", "—"), *((each, each) for each in workshop.groups)])


class PlaceForm(forms.Form):
    """What a result is about."""

    reference = PickField(
        label=_("action, part of a programme or operation"), kinds=["action", "node", "operation"]
    )


class WhyForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(label=_("why"), max_length=300)


class SeriesForm(forms.Form):
    """A series of workshops."""

    title = forms.CharField(label=_("title"), max_length=160)
    text = forms.CharField(label=_("what it is for"), required=False, widget=area(4))
    public = forms.BooleanField(label=_("shown to everyone"), required=False)


class PersonForm(forms.Form):
    """Who may run the workshop beside officers."""

    person = forms.ModelChoiceField(
        label=_("person"), queryset=Person.objects.filter(is_active=True, email__isnull=False)
    )


class RehearsalForm(forms.Form):
    """How many people are simulated."""

    participants = forms.IntegerField(
        label=_("simulated participants"), min_value=5, max_value=2000, initial=60
    )
