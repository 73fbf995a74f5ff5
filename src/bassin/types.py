"""Small words used on every floor: bilingual texts, the origin of a fact, scales of places."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in French, and in English where it was written; English falls back on French."""

    fr: str
    en: str = ""

    @classmethod
    def of(cls, value: "str | dict[str, str] | Text") -> Self:
        """Accept what a TOML file holds: a plain string (French) or {fr = "…", en = "…"}."""
        if isinstance(value, str):
            return cls(fr=value)
        if isinstance(value, Text):
            return cls(fr=value.fr, en=value.en)
        return cls(fr=value["fr"], en=value.get("en", ""))

    def say(self, language: str) -> str:
        """Return the text in a language, French when it is missing."""
        return (self.en if language == "en" else self.fr) or self.fr

    def __str__(self) -> str:
        return self.fr


class Origin(StrEnum):
    """Where a shown fact comes from. Shown beside every figure."""

    REAL = "real"  # published by its producer, computed here
    CITED = "cited"  # written in a document that is named
    INVENTED = "invented"  # made for the sample, touches no real firm or person

    @property
    def label(self) -> Text:
        """The word that people read."""
        return {
            Origin.REAL: Text("réel", "real"),
            Origin.CITED: Text("cité", "cited"),
            Origin.INVENTED: Text("inventé", "invented"),
        }[self]


class Scale(StrEnum):
    """Scales of places, from the smallest to the largest."""

    IRIS = "iris"
    QPV = "qpv"
    COMMUNE = "commune"
    SELECTION = "selection"
    EMPLOYMENT_AREA = "employment_area"
    EPCI = "epci"
    EPT = "ept"
    METROPOLE = "metropole"
    DEPARTEMENT = "departement"
    REGION = "region"
    FRANCE = "france"
