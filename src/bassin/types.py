"""Small words of every floor: texts in several languages, origins of facts, scales of places."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

LANGUAGES = ("fr", "en")
"""In which everything is written. Public pages may be read in others: see `learn`."""

_LEARNT: dict[str, Callable[[str], str]] = {}


def learn(language: str, translate: Callable[[str], str]) -> None:
    """Say texts in one more language.

    Args:
        translate: from the English words to those of the language, "" where there are none.
    """
    _LEARNT[language] = translate


def spoken() -> tuple[str, ...]:
    """The languages in which a text may be said, French and English first."""
    return (*LANGUAGES, *_LEARNT)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in French, in English where it was written, and in languages that were learnt.

    Languages fall back on French. `others` are words that hold values already (a sentence with a
    name or a number in it), by language: a catalogue cannot know them.
    """

    fr: str
    en: str = ""
    others: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)

    @classmethod
    def of(cls, value: "str | dict[str, str] | Text") -> Self:
        """Accept what a TOML file holds: a plain string (French) or {fr = "…", en = "…"}."""
        if isinstance(value, str):
            return cls(fr=value)
        if isinstance(value, Text):
            return cls(value.fr, value.en, others=value.others)
        return cls(fr=value["fr"], en=value.get("en", ""))

    def say(self, language: str) -> str:
        """Return the text in a language, French when it is missing."""
        return self.only(language) or self.fr

    def only(self, language: str) -> str:
        """Return the text in a language, "" when it is missing."""
        if language in LANGUAGES:
            return self.en if language == "en" else self.fr
        said = next((words for code, words in self.others if code == language), "")
        learnt = _LEARNT.get(language)
        return said or (learnt(self.en) if learnt is not None and self.en else "")

    @classmethod
    def made(cls, make: "Callable[[str], str]") -> Self:
        """A text whose words are made for each language; "" where a language lacks them."""
        said = {language: make(language) for language in spoken()}
        others = tuple((code, words) for code, words in said.items()
                       if code not in LANGUAGES and words)  # fmt: skip
        return cls(said["fr"], said["en"], others=others)

    def __str__(self) -> str:
        return self.fr


class Origin(StrEnum):
    """Where a shown fact comes from. Shown beside every figure."""

    REAL = "real"  # published by its producer, computed here
    CITED = "cited"  # written in a document that is named
    INVENTED = "invented"  # made for the sample, touches no real firm or person

    @classmethod
    def together(cls, origins: Iterable[str]) -> "Origin":
        """That of what is computed from several facts: invented as soon as one of them is."""
        return cls.INVENTED if cls.INVENTED in set(origins) else cls.REAL

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
