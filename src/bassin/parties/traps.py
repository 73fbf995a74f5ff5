"""Traps for machines in the forms that need no account: a field nobody sees, a seal of time.

People lose nothing: no riddle, no picture, no third party.
"""

from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

QUICKEST = 3  # seconds: nobody reads and fills a form faster
OPEN_FOR = 24 * 3600
_TRAPS = ("website", "opened")


def opened_now(salt: str) -> str:
    """The moment at which a form is opened, signed."""
    return signing.dumps("", salt=salt)


class TrappedForm(forms.Form):
    """A form with both traps; each kind has its own `salt`, so that one's seal opens no other."""

    salt: ClassVar[str]

    # People do not see this field, machines fill it in.
    website = forms.CharField(required=False, label=_("Leave this empty"))
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def visible(self) -> list[forms.BoundField]:
        """The questions that people see."""
        return [self[name] for name in self.fields if name not in _TRAPS]

    @property
    def is_trapped(self) -> bool:
        """Whether a machine filled it in: the trap holds something, or it was too quick."""
        if self.data.get("website"):
            return True
        seal = self.data.get("opened", "")
        try:
            signing.loads(seal, salt=self.salt, max_age=OPEN_FOR)
        except signing.BadSignature:
            return True
        try:
            signing.loads(seal, salt=self.salt, max_age=QUICKEST)
        except signing.SignatureExpired:
            return False
        return True

    def told(self) -> dict[str, Any]:
        """What was told, without the traps."""
        return {name: value for name, value in self.cleaned_data.items() if name not in _TRAPS}
