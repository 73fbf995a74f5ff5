"""Which sheets an organisation keeps, and the question of who keeps one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bassin.match.aids import permissions
from bassin.match.aids.editing.fields import SHORT, Quiet
from bassin.match.aids.models import SheetVersion
from bassin.match.aids.rules.aid import Aid
from bassin.parties.access import bodies_of
from bassin.parties.models import Organisation, Person


class KeepForm(Quiet):
    """Who keeps a sheet, and what its version changes."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Kept by"), empty_label=None
    )
    why = forms.CharField(
        label=_("What changes, and why"), max_length=SHORT, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For who accepts it, and for its history."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = Organisation.objects.exclude(kind=Organisation.Kind.FIRM).order_by("name")
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        mine = every.filter(pk__in=bodies_of(person))
        field.queryset = every if permissions.can_hand_over(person) else mine


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet that somebody may edit."""

    title: str
    slug: str
    url: str
    keeper: str
    holder: str


def kept_sheets(aids: Sequence[Aid], person: Person, language: str) -> list[Kept]:
    """The sheets that a person may edit: all for officers, those of their bodies for a partner."""
    current = SheetVersion.objects.filter(state=SheetVersion.State.IN_SERVICE)
    bodies = {each.slug: each.organisation for each in current.select_related("organisation")}
    every, mine = permissions.can_hand_over(person), bodies_of(person)
    found = []
    for each in aids:
        body = bodies.get(each.slug)
        if every or (body is not None and body.pk in mine):
            found.append(
                Kept(each.title.say(language), each.slug, reverse("aids:sheet", args=[each.slug]),
                     body.name if body else each.owner, each.holder)
            )  # fmt: skip
    return found
