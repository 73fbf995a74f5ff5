"""The named fields of a letter: {Nom de l'entreprise}, {Conseiller|notre service}.

A field that we do not know is refused before anything leaves. What follows a bar is written where a
firm has no such value; a letter with a hole in it is not sent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.letters import spaced
from bassin.types import Text

_FIELD = re.compile(r"\{([^{}\n]{0,120})\}")
FIELDS: dict[str, Text] = {
    "firm": Text("Nom de l'entreprise", "Name of the firm"),
    "commune": Text("Commune", "Commune"),
    "siret": Text("SIRET", "SIRET"),
    "contact": Text("Personne à joindre", "Contact"),
    "function": Text("Fonction", "Function"),
    "adviser": Text("Conseiller", "Adviser"),
    "organisation": Text("Notre organisation", "Our organisation"),
}
"""What a letter may name, by code."""


def _plain(words: str) -> str:
    return spaced(words).replace("-", " ").replace("'", " ")


_KNOWN = {_plain(words): code for code, text in FIELDS.items() for words in (text.fr, text.en)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as it was written: its code, and what stands in for a value that is missing."""

    code: str
    otherwise: str


def _asked(written: str) -> Asked | None:
    name, _bar, otherwise = written.partition("|")
    code = _KNOWN.get(_plain(name))
    return Asked(code, otherwise.strip()) if code else None


def check(*texts: str) -> None:
    """Refuse a field that is not known, or a brace that is not closed.

    Raises:
        Refused: it names the fields that there are.
    """
    for text in texts:
        for written in _FIELD.findall(text):
            if _asked(written) is None:
                raise Refused(
                    _("“{{{field}}}” is no field of a letter. The fields are: {known}.").format(
                        field=written, known=", ".join(f"{{{each.fr}}}" for each in FIELDS.values())
                    )
                )
        if set(_FIELD.sub("", text)) & {"{", "}"}:
            raise Refused(
                _("A brace is open or closed alone: a field is written {{Nom de l'entreprise}}, "
                  "on one line.").format()
            )  # fmt: skip


def missing(values: Mapping[str, str], *texts: str) -> list[str]:
    """The codes of the fields that would leave a hole for a firm."""
    found: dict[str, None] = {}
    for text in texts:
        for written in _FIELD.findall(text):
            asked = _asked(written)
            if asked and not values.get(asked.code, "").strip() and not asked.otherwise:
                found[asked.code] = None
    return list(found)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its fields written out. What a firm's name holds is never read as a field."""

    def one(found: re.Match[str]) -> str:
        asked = _asked(found[1])
        if asked is None:
            return found[0]
        return values.get(asked.code, "").strip() or asked.otherwise

    return _FIELD.sub(one, text)
