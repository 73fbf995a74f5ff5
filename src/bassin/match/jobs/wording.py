"""Words that an offer may not hold, or should not: each found with its rule, its law, its advice.

The rules are data (`wording.toml`). A rule looks at one sentence at a time, without accents or
capitals. It cannot tell what a person meant: a moderator decides, and reads the sentence itself.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from bassin.types import Text

Severity = Literal["refuse", "warn"]
_END = re.compile(r"(?<![\s(][LRD])[.!?;\n]+(?=\s|$)|\n")  # "article L. 1132-1" is one sentence


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for, why, and what to write instead.

    `status` says which of its articles were checked, where and when. `unless` silences it in the
    same sentence; `softer` makes a refusal a warning; `contracts` are those whose law allows what
    it looks for.
    """

    code: str
    severity: Severity
    title: Text
    law: Text
    status: Text
    advice: Text
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...] = ()
    softer: tuple[re.Pattern[str], ...] = ()
    contracts: tuple[str, ...] = ()
    only_title: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A rule met: where, in which words, in which sentence."""

    rule: Rule
    severity: Severity
    field: str
    words: str
    sentence: str


@cache
def rules() -> tuple[Rule, ...]:
    """All of them, in the order of the file."""
    read = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
    return tuple(_rule(each) for each in read["rules"])


def _rule(raw: dict[str, object]) -> Rule:
    def compiled(name: str) -> tuple[re.Pattern[str], ...]:
        found = raw.get(name, [])
        assert isinstance(found, list)
        return tuple(re.compile(each) for each in found)

    severity = raw["severity"]
    assert severity in ("refuse", "warn")
    contracts = raw.get("contracts", [])
    assert isinstance(contracts, list)
    return Rule(
        code=str(raw["code"]),
        severity="refuse" if severity == "refuse" else "warn",
        title=_text(raw["title"]),
        law=_text(raw["law"]),
        status=_text(raw["status"]),
        advice=_text(raw["advice"]),
        patterns=compiled("patterns"),
        unless=compiled("unless"),
        softer=compiled("softer"),
        contracts=tuple(contracts),
        only_title=raw.get("where") == "title",
    )


def _text(raw: object) -> Text:
    assert isinstance(raw, dict)
    return Text.of(raw)


def folded(text: str) -> str:
    """The same text, letter for letter, without accents or capitals: places in it are the same."""
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter in "’ʼ`´":
        return "'"
    if letter in "‐‑–—":
        return "-"
    if letter.isspace() and letter != "\n":
        return " "
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def judge(title: str, text: str, *, contract: str = "") -> list[Flag]:
    """All that the rules find, the refusals first; each rule once in a sentence."""
    found: dict[tuple[str, str], Flag] = {}
    for field, sentence in (*_sentences("title", title), *_sentences("text", text)):
        flat = folded(sentence)
        for rule in rules():
            if contract in rule.contracts or (rule.only_title and field != "title"):
                continue
            for flag in _met(rule, field, sentence, flat):
                found.setdefault((rule.code, sentence), flag)
    return sorted(found.values(), key=lambda flag: flag.severity != "refuse")


def refused(flags: list[Flag]) -> list[Flag]:
    """Those that keep an offer from being published."""
    return [flag for flag in flags if flag.severity == "refuse"]


def _sentences(field: str, text: str) -> Iterator[tuple[str, str]]:
    start = 0
    for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
        if text[start:end].strip():
            yield field, text[start:end].strip()
        start = end


def _met(rule: Rule, field: str, sentence: str, flat: str) -> Iterator[Flag]:
    if any(each.search(flat) for each in rule.unless):
        return
    soft = any(each.search(flat) for each in rule.softer)
    for pattern in rule.patterns:
        for found in pattern.finditer(flat):
            words = sentence[found.start() : found.end()].strip()
            yield Flag(rule, "warn" if soft else rule.severity, field, words, sentence)
