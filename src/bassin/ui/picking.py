"""Choosing a record of another system: a search field and what it finds, without any script.

The choice is kept as a reference `system:kind:id`. « Search » sends the whole form, which comes
back as it was typed, with what was found (`sought`, `again`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from bassin import systems
from bassin.ui.reader import language

SHOWN = 8
"""Records shown at once: beyond, more words are asked for."""


class Picked(str):
    """A reference chosen, with what was searched for beside it."""

    sought: str = ""


class Picker(forms.Widget):
    """What was chosen, nothing, or one of those that a search finds among these kinds."""

    use_fieldset = True

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__()
        self.kinds = tuple(kinds)

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Picked:
        chosen = Picked(str(data.get(name, "")).replace("\0", "")[:120])
        chosen.sought = str(data.get(f"{name}-sought", "")).replace("\0", "").strip()[:80]
        return chosen

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}-sought" if id_ else ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen, sought = str(value or ""), getattr(value, "sought", "")
        spoken = language()
        found = systems.picks(self.kinds, sought, spoken, SHOWN + 1)
        kept = systems.resolve(chosen, spoken) if chosen else None
        context = {
            "name": name, "id": (attrs or {}).get("id", f"id_{name}"), "chosen": chosen,
            "kept": kept, "sought": sought,
            "found": [(key, each) for key, each in found.items() if key != chosen][:SHOWN],
            "more": len(found) > SHOWN, "optional": not self.is_required,
        }  # fmt: skip
        return render_to_string("ui/_picker.html", context)


class PickField(forms.CharField):
    """The reference of a record of these kinds."""

    def __init__(self, *, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(widget=Picker(kinds), max_length=120, **kwargs)


def sought(form: forms.BaseForm, sent: Mapping[str, Any]) -> bool:
    """Whether a form was sent to search: its button was pressed, or new words await an answer."""
    names = [name for name, field in form.fields.items() if isinstance(field, PickField)]
    return "seek" in sent or any(
        str(sent.get(f"{name}-sought", "")).strip() != str(sent.get(f"{name}-was", "")).strip()
        for name in names
    )


def again(form: forms.BaseForm) -> None:
    """Make a form show what was typed so far, without judging it yet."""
    form.initial = {name: form[name].data for name in form.fields}
    form.is_bound = False
