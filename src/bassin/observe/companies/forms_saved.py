"""The form that keeps a selection. It validates shape; `actions_saved` judges sense."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bassin.observe.companies import permissions_saved as permissions
from bassin.observe.companies.models import SavedSelection
from bassin.parties.access import roles
from bassin.parties.models import Organisation, Person

_AUDIENCE = SavedSelection.Audience


class SaveForm(forms.Form):
    """A name, and who sees it: what a person may not choose is not offered."""

    name = forms.CharField(label=_("Name of this selection"), max_length=80)
    audience = forms.ChoiceField(label=_("Who sees it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = {each.organisation_id for each in roles(person)}
        self._bodies = {each.pk: each for each in Organisation.objects.filter(pk__in=ids)}
        choices: list[tuple[str, Any]] = [(_AUDIENCE.OWNER.value, _AUDIENCE.OWNER.label)]
        choices += [
            (f"{_AUDIENCE.ORGANISATION.value}:{pk}", body.name)
            for pk, body in sorted(self._bodies.items(), key=lambda pair: pair[1].name)
        ]
        if permissions.can_share_with_officers(person):
            choices.append((_AUDIENCE.OFFICERS.value, _AUDIENCE.OFFICERS.label))
        field = self.fields["audience"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        self.initial.setdefault("audience", _AUDIENCE.OWNER.value)

    def written(self) -> dict[str, Any]:
        """What `actions_saved.save` wants."""
        kind, _colon, pk = self.cleaned_data["audience"].partition(":")
        return {
            "name": self.cleaned_data["name"],
            "audience": kind,
            "organisation": self._bodies[int(pk)] if pk else None,
        }
