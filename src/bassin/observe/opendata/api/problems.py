"""Refusals as problem details (RFC 9457): what happened, with the value, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bassin.types import Text

MEDIA = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of refusal: its word in addresses, its status, its title."""

    key: str
    status: int
    title: Text


PARAMETER = Kind("parameter", 400, Text("Un paramètre ne va pas", "A parameter is wrong"))
CURSOR = Kind("cursor", 400, Text("Ce curseur est celui d'une autre demande",
                                  "This cursor belongs to another query"))  # fmt: skip
UNKNOWN = Kind("unknown", 404, Text("Rien ne porte ce nom", "Nothing has this name"))
NOT_LOADED = Kind("not-loaded", 404, Text("Ces données ne sont pas chargées",
                                          "These data are not loaded"))  # fmt: skip
METHOD = Kind("method", 405, Text("Cette adresse ne fait que lire", "This address only reads"))
TOO_MANY = Kind("too-many", 429, Text("Trop de demandes", "Too many requests"))
NO_DATA = Kind("no-data", 503, Text("Rien n'est encore publié", "Nothing is published yet"))

KINDS = (PARAMETER, CURSOR, UNKNOWN, NOT_LOADED, METHOD, TOO_MANY, NO_DATA)
"""All of them, as the page of the API lists them."""


class Problem(Exception):
    """What was asked cannot be answered; told to whoever asks, in their language."""

    def __init__(self, kind: Kind, detail: Text, parameter: str = "", **headers: str) -> None:
        self.kind = kind
        self.detail = detail
        self.parameter = parameter
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(detail.say("en"))

    def body(self, language: str, page: str, instance: str) -> Mapping[str, Any]:
        """The members of RFC 9457, and the name of the parameter to correct.

        Args:
            page: address of the page that explains each kind.
            instance: the address that was asked.
        """
        body = {
            "type": f"{page}#{self.kind.key}",
            "title": self.kind.title.say(language),
            "status": self.kind.status,
            "detail": self.detail.say(language),
            "instance": instance,
        }
        return body | ({"parameter": self.parameter} if self.parameter else {})
