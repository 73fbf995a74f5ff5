"""The dated hypotheses behind the minutes: read from one TOML, shown to people as they are."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import blake2s
from importlib.resources import files
from typing import Any

from bassin.types import Text

FILE = "hypotheses.toml"
CLASSES = (
    Text("rural", "rural"),
    Text("intermédiaire", "intermediate"),
    Text("dense", "dense"),
    Text("très dense", "very dense"),
)
"""Classes of density, in the order of the lists of speeds."""

_FACTS = frozenset(("label", "unit", "origin", "source", "note"))


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One group of figures: what it is, in which unit, who says it, with which warning."""

    code: str
    label: Text
    unit: Text
    values: dict[str, Any]
    published: bool
    source: str
    note: Text

    def __getitem__(self, name: str) -> Any:
        """A figure of the group."""
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """All groups by code, their version and the day they were decided."""

    version: str
    decided_on: date
    digest: str
    groups: dict[str, Hypothesis]
    words: dict[str, Text]

    def __getitem__(self, code: str) -> Hypothesis:
        """A group of figures."""
        return self.groups[code]

    def but(self, code: str, **values: Any) -> "Hypotheses":
        """The same with other figures in one group: what would change if…"""
        group = self.groups[code]
        other = replace(group, values={**group.values, **values})
        digest = blake2s(f"{self.digest}{code}{values}".encode(), digest_size=6).hexdigest()
        return replace(self, digest=digest, groups={**self.groups, code: other})

    def shown(self, group: Hypothesis, language: str) -> list[str]:
        """The figures of a group as people read them, one a line."""
        return [
            f"{self._word(name, language)} : {self._value(value, language)}"
            if language == "fr"
            else f"{self._word(name, language)}: {self._value(value, language)}"
            for name, value in group.values.items()
        ]

    def _word(self, name: str, language: str) -> str:
        known = self.words.get(name)
        return known.say(language) if known else name

    def _value(self, value: Any, language: str) -> str:
        if isinstance(value, dict):
            return ", ".join(
                f"{self._word(name, language)} {self._value(each, language)}"
                for name, each in value.items()
            )
        if isinstance(value, list):
            joint = "-" if value and isinstance(value[0], str) else ", "
            return joint.join(self._value(each, language) for each in value) or "–"
        written = str(value)
        return written.replace(".", ",") if language == "fr" else written

    def of_line(self, group: str, mode: str, line: str) -> float:
        """A figure of a line when it has its own, else that of its mode."""
        values = self.groups[group].values
        return float(values.get(f"{mode} {line}", values[mode]))


def parsed(text: str) -> Hypotheses:
    """Hypotheses from a TOML; those of the authority, or those of a test."""
    read = tomllib.loads(text)
    groups = {
        code: Hypothesis(
            code, Text.of(group["label"]), Text.of(group["unit"]),
            {name: value for name, value in group.items() if name not in _FACTS},
            group["origin"] == "published", group["source"], Text.of(group["note"]),
        )
        for code, group in read.items()
        if isinstance(group, dict) and code != "words"
    }  # fmt: skip
    words = {name: Text.of(text) for name, text in read["words"].items()}
    digest = blake2s(text.encode(), digest_size=6).hexdigest()
    return Hypotheses(read["version"], read["decided_on"], digest, groups, words)


@cache
def hypotheses() -> Hypotheses:
    """Those the house ships."""
    return parsed(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
