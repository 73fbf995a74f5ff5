"""What a firm says of itself: the questions, as files of the package, each a dated version.

An answer is yes, in progress, or no; « I do not know » is a question to ask. No answer is a point
and nothing is summed: a result is a list of strengths and of next steps, each with its reason.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from bassin import systems
from bassin.systems import Found
from bassin.types import Text

FOLDER = Path(__file__).parent / "questions"
YES, PROGRESS, NO, UNKNOWN = "yes", "progress", "no", "unknown"
ANSWERS: dict[str, Any] = {
    YES: _("yes"), PROGRESS: _("under way"), NO: _("no"), UNKNOWN: _("I do not know"),
}  # fmt: skip
_LINKS = Path("authority", "support", "csr.toml")


@dataclass(frozen=True, slots=True)
class Question:
    """One question, why it is asked, and what comes next when the answer is not yes."""

    code: str
    ask: Text
    why: Text
    next: Text
    aids: tuple[str, ...]
    commit: str
    theme: Text


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A version of the questions, on a day, with where they come from."""

    version: str
    dated: date
    source: Text
    questions: tuple[Question, ...]

    @property
    def themes(self) -> dict[Text, list[Question]]:
        """The questions by theme, in their order."""
        found: dict[Text, list[Question]] = {}
        for each in self.questions:
            found.setdefault(each.theme, []).append(each)
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer, and where the territory helps."""

    question: Question
    answer: str
    actions: tuple[Found, ...] = ()
    aids: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers say: strengths, next steps, and what is still to ask. Never a score."""

    strengths: tuple[Line, ...]
    steps: tuple[Line, ...]
    to_ask: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A question whose answer changed between two days."""

    question: Question
    before: str
    after: str


@cache
def versions() -> dict[str, Questionnaire]:
    """Every version of the package, the oldest first."""
    return {made.version: made for made in map(_read, sorted(FOLDER.glob("*.toml")))}


def latest() -> Questionnaire:
    """The version that is asked today."""
    return list(versions().values())[-1]


def _read(path: Path) -> Questionnaire:
    said = tomllib.loads(path.read_text("utf-8"))
    questions = tuple(
        Question(
            code=each["code"], ask=Text(**each["ask"]), why=Text(**each["why"]),
            next=Text(**each["next"]), aids=tuple(each.get("aids", ())), commit=each["commit"],
            theme=Text(**theme["label"]),
        )
        for theme in said["themes"]
        for each in theme["questions"]
    )  # fmt: skip
    return Questionnaire(said["version"], said["dated"], Text(**said["source"]), questions)


def links(var: Path) -> dict[str, tuple[str, ...]]:
    """The actions of the programmes that each question serves, as the authority wrote them."""
    path = var / _LINKS
    said = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return {code: tuple(found) for code, found in said.get("questions", {}).items()}


def result(
    asked: Questionnaire, answers: Mapping[str, str], served: Mapping[str, tuple[str, ...]],
    language: str,
) -> Result:  # fmt: skip
    """Strengths, next steps and what is to be asked, each with the territory's actions and aids."""
    wanted = [ref for refs in served.values() for ref in refs]
    wanted += [f"aids:aid:{slug}" for each in asked.questions for slug in each.aids]
    found = systems.resolve_all(wanted, language)
    lines = [
        Line(
            each, answer_to(answers, each.code),
            tuple(found[ref] for ref in served.get(each.code, ()) if ref in found),
            tuple(found[ref] for slug in each.aids if (ref := f"aids:aid:{slug}") in found),
        )
        for each in asked.questions
    ]  # fmt: skip
    return Result(
        strengths=tuple(each for each in lines if each.answer == YES),
        steps=tuple(
            each for wanted in (NO, PROGRESS) for each in lines if each.answer == wanted
        ),
        to_ask=tuple(each for each in lines if each.answer == UNKNOWN),
    )  # fmt: skip


def answer_to(answers: Mapping[str, str], code: str) -> str:
    """An answer; what was not answered is not known, and never a no."""
    said = answers.get(code, UNKNOWN)
    return said if said in ANSWERS else UNKNOWN


def moved(
    asked: Questionnaire, before: Mapping[str, str], after: Mapping[str, str]
) -> list[Moved]:  # fmt: skip
    """The questions whose answers differ, of those that both days were asked."""
    pairs = [
        (each, answer_to(before, each.code), answer_to(after, each.code))
        for each in asked.questions
        if each.code in before and each.code in after
    ]
    return [Moved(*each) for each in pairs if each[1] != each[2]]
