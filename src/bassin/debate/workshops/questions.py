"""A question as a page shows it: in one language, with what was filled in already."""

from collections.abc import Iterable
from dataclasses import dataclass

from bassin.debate.workshops import answers, forms_live, wording
from bassin.debate.workshops.asking import Asked, said, tongue_of
from bassin.indicators.sentences.words import fixed_spaces
from bassin.ui.loops import Loop, loop


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer proposed, and what was filled in for it: picked, a rank, points or a column."""

    code: str
    text: str
    value: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What the form of a question needs; `texts` are the lines to write in, filled or empty."""

    kind: str
    text: str
    help: str
    choices: tuple[Choice, ...]
    most: int
    longest: int = 0
    columns: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    level: str = ""
    cannot_say: bool = False
    loop: Loop | None = None
    tongue: str = ""

    @property
    def template(self) -> str:
        """What draws its form."""
        return f"workshops/ask/{_FORMS.get(self.kind, self.kind)}.html"

    @property
    def several(self) -> bool:
        """Whether more than one answer may be picked."""
        return self.kind == "quiz" or self.most > 1

    @property
    def ranks(self) -> range:
        """The ranks that may be given."""
        return range(1, len(self.choices) + 1)

    @property
    def levels(self) -> list[tuple[str, str]]:
        """The five degrees, strongest disagreement first."""
        return [(str(level), str(words)) for level, words in wording.LEVELS.items()]


def written(texts: dict[str, str], language: str) -> str:
    """A text to read in a language; in French no line begins with a « : » or a « ? »."""
    text = said(texts, language)
    return fixed_spaces(text) if language == "fr" else text


_FORMS = {"quiz": "picks", "choice": "picks", "words": "texts", "contributions": "texts"}
_PREFIX = {"ranking": "rank-", "points": "points-", "sorting": "place-"}
_MOST = {
    "words": answers.MOST_WORDS,
    "contributions": answers.MOST_CONTRIBUTIONS,
    "points": answers.TOTAL_POINTS,
}
_LONGEST = {"words": answers.LONGEST_WORD, "contributions": answers.LONGEST_CONTRIBUTION}


def question(asked: Asked, language: str, filled: forms_live.Items = ()) -> Question:
    """A question to show, filled in with the fields of a form."""
    items = list(filled)
    kind = asked["kind"]
    most = asked.get("most") or _MOST.get(kind, 1)
    return Question(
        kind=kind,
        text=written(asked["text"], language),
        help=written(asked.get("help") or {}, language),
        choices=tuple(_choices(asked, language, items)),
        most=most,
        longest=_LONGEST.get(kind, 0),
        columns=tuple(written(each, language) for each in asked.get("columns") or ()),
        texts=_lines([value for name, value in items if name == "text"], most),
        level=next((value for name, value in items if name == "level"), ""),
        cannot_say=any(name == forms_live.CANNOT_SAY for name, _value in items)
        or ("level", forms_live.CANNOT_SAY) in items,
        loop=loop(asked.get("loop") or {}),
        tongue=tongue_of(asked["text"], language),
    )


def _choices(asked: Asked, language: str, items: list[tuple[str, str]]) -> Iterable[Choice]:
    picked = {value for name, value in items if name == "pick"}
    values = dict(items)
    prefix = _PREFIX.get(asked["kind"], "pick-")
    for option in asked["options"]:
        code = option["code"]
        yield Choice(
            code=code,
            text=written(option["text"], language),
            value=values.get(f"{prefix}{code}", ""),
            chosen=code in picked,
        )


def _lines(written: list[str], most: int) -> tuple[str, ...]:
    return tuple([*written, *[""] * most][:most])


def in_words(asked: Question) -> list[str]:
    """What was filled in, as the participant reads it back, one line an answer."""
    if asked.cannot_say:
        return [str(wording.CANNOT_SAY)]
    if asked.kind == "likert":
        return [words for value, words in asked.levels if value == asked.level]
    if asked.kind in ("words", "contributions"):
        return [text for text in asked.texts if text]
    if asked.kind in ("quiz", "choice"):
        return [each.text for each in asked.choices if each.chosen] or [str(wording.NONE)]
    given = [each for each in asked.choices if each.value.isdecimal()]
    if asked.kind == "ranking":
        given.sort(key=lambda each: int(each.value))
        return [f"{each.value}. {each.text}" for each in given]
    if asked.kind == "sorting":
        return [
            f"{asked.columns[int(each.value)]} : {each.text}"
            for each in given
            if int(each.value) < len(asked.columns)
        ]
    return [f"{each.value} : {each.text}" for each in given]
