"""Repairs what a PDF or a layout program did to a text, and says each thing that it did.

Nothing is invented: a repair changes the case of letters, or takes away spaces, hyphens of line
ends, bullets and words printed twice. A test checks it on generated damage.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W_]+)*")
_BULLET = re.compile(r"^\s*(?:(?:[»›•▪▫■●◦➢➤✓*–—·-]|o(?=\s)|\d{1,2}[.)](?=\s))\s*)+")
_INNER_CAPITAL = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ]")
_TWICE = re.compile(r"^(?P<said>.{2,80}?:)\s*(?P=said)")
_ORNAMENT = re.compile(r"[\t ]*[▼▲►◄]+[\t ]*")
_SMALL_WORDS = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "de",
        "des",
        "du",
        "d",
        "et",
        "ou",
        "à",
        "au",
        "aux",
        "en",
        "dans",
        "sur",
        "sous",
        "par",
        "pour",
        "avec",
        "sans",
        "vers",
        "ce",
        "ces",
        "cette",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "qui",
        "que",
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "to",
        "in",
        "on",
        "by",
        "for",
        "with",
    ]
)
_KEEPS_HYPHEN = frozenset(
    [
        "agro",
        "anti",
        "après",
        "arrière",
        "au",
        "auto",
        "avant",
        "celle",
        "celui",
        "ceux",
        "chef",
        "ci",
        "co",
        "contre",
        "demi",
        "eux",
        "ex",
        "grand",
        "haut",
        "inter",
        "là",
        "lui",
        "mi",
        "micro",
        "moi",
        "mono",
        "moyen",
        "multi",
        "non",
        "nous",
        "outre",
        "par",
        "petit",
        "peut",
        "plein",
        "poly",
        "post",
        "pré",
        "quasi",
        "rez",
        "saint",
        "sainte",
        "semi",
        "socio",
        "soi",
        "sous",
        "sud",
        "nord",
        "est",
        "ouest",
        "super",
        "sur",
        "toi",
        "ultra",
        "vice",
        "vous",
        "y",
    ]
)
"""First parts of compound words, whose hyphen is spelling and not a line end."""


class Kind(StrEnum):
    """What was repaired."""

    BULLET = "bullet"
    WRAP = "wrap"
    HYPHEN = "hyphen"
    CAPITALS = "capitals"
    TWICE = "twice"
    SPACES = "spaces"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing done to a text, with what stood there before and what stands there after."""

    kind: Kind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text, and what was done to it."""

    text: str
    repairs: tuple[Repair, ...]


class Lexicon:
    """How the undamaged part of a document writes its words: capitals and hyphens."""

    def __init__(self, text: str) -> None:
        self._spelled: dict[str, Counter[str]] = {}
        for paragraph in re.split(r"\n\s*\n", text):
            if not is_damaged(paragraph):
                self._learn(paragraph)

    def _learn(self, paragraph: str) -> None:
        for line in paragraph.splitlines():
            if line.isupper():
                continue
            for found in WORD.finditer(line):
                above = line[: found.start()].rstrip()
                # A capital that opens a line, a sentence or a quotation belongs to it.
                opens = not above or above[-1] in "«»“\"'’(.:!?•-–—*"
                if _INNER_CAPITAL.search(found[0]) or (opens and found[0][0].isupper()):
                    continue
                self._spelled.setdefault(found[0].casefold(), Counter())[found[0]] += 1

    def spelling(self, word: str) -> str:
        """The word as the document writes it most often elsewhere, else in small letters."""
        known = self._spelled.get(word.casefold())
        if word.isupper() and len(word) > 1:
            return word
        return known.most_common(1)[0][0] if known else word.lower()

    def knows(self, word: str) -> bool:
        """Whether the document writes this word elsewhere."""
        return word.casefold() in self._spelled


def is_damaged(text: str) -> bool:
    """Whether small capitals were broken: capitals inside words, in two words or twice in one.

    One capital inside one word is how a name may be written (OpenData, GPECt).
    """
    inner = [len(_INNER_CAPITAL.findall(word)) for word in WORD.findall(text)]
    return sum(inner) >= 2


def bulleted(line: str) -> bool:
    """Whether a line opens an item of a list."""
    return bool(_BULLET.match(line)) and bool(_BULLET.sub("", line, count=1).strip())


def doubled(line: str) -> bool:
    """Whether a line opens with a heading printed twice."""
    return bool(_TWICE.match(line.strip()))


def whole(lines: Sequence[str], lexicon: Lexicon) -> Repaired:
    """The text that lines make together, repaired."""
    repairs: list[Repair] = []
    kept = [line.replace("\u00ad", "").replace("\u200b", "") for line in lines]
    first = _BULLET.sub("", kept[0], count=1)
    if first != kept[0].lstrip():
        repairs.append(Repair(Kind.BULLET, kept[0].strip(), first.strip()))
    text = _joined([first, *kept[1:]], lexicon, repairs)
    steps: tuple[tuple[Kind, Callable[[str], str]], ...] = (
        (Kind.SPACES, _spaces),
        (Kind.TWICE, lambda said: _TWICE.sub(r"\g<said>", said)),
        (Kind.CAPITALS, lambda said: _capitals(said, lexicon)),
        (Kind.ENDING, lambda said: said.rstrip(" ,;")),
    )
    for kind, step in steps:
        changed = step(text)
        if changed != text:
            repairs.append(Repair(kind, text, changed))
            text = changed
    return Repaired(text, tuple(repairs))


def _joined(lines: Sequence[str], lexicon: Lexicon, repairs: list[Repair]) -> str:
    text = ""
    for line in (each.strip() for each in lines):
        if not line:
            continue
        if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and line[0].isalpha():
            text = _mended(text, line, lexicon, repairs)
        elif text:
            repairs.append(Repair(Kind.WRAP, f"{_tail(text)} ⏎ {_head(line)}",
                                  f"{_tail(text)} {_head(line)}"))  # fmt: skip
            text += f" {line}"
        else:
            text = line
    return text


def _mended(text: str, line: str, lexicon: Lexicon, repairs: list[Repair]) -> str:
    """A word cut at a line's end: whole again, its hyphen kept when it belongs to the word."""
    left = re.split(r"[\s’'(«]", text)[-1][:-1]
    right = WORD.match(line)
    end = right[0] if right else ""
    first = left.rsplit("-", 1)[-1]
    spelling = (
        end[:1].isupper()
        or "-" in left
        or first.casefold() in _KEEPS_HYPHEN
        or lexicon.knows(f"{left}-{end}")
    ) and not (lexicon.knows(left + end) and first.casefold() not in _KEEPS_HYPHEN)
    whole_word = f"{left}-{end}" if spelling else left + end
    repairs.append(Repair(Kind.HYPHEN, f"{left}- ⏎ {end}", whole_word))
    return text[: len(text) - len(left) - 1] + whole_word + line[len(end) :]


def _tail(text: str) -> str:
    return text.split()[-1]


def _head(line: str) -> str:
    return line.split()[0]


def _spaces(text: str) -> str:
    """One space where there were several, none inside brackets; French ones inside « »."""
    text = _ORNAMENT.sub(" ", text)
    text = re.sub(r"[ \t\u00a0\u202f]+", " ", text).strip()
    text = re.sub(r"\( | (?=[)\],.])", lambda found: found[0].strip(), text)
    return re.sub(r"«\s*", "« ", re.sub(r"\s*»", " »", text))


def _capitals(text: str, lexicon: Lexicon) -> str:
    if is_damaged(text):
        lowered = WORD.sub(lambda found: _spelled(found[0], lexicon), text)
        return lowered[:1].upper() + lowered[1:]
    return re.sub(
        r"(?<=[a-zà-öø-ÿ] )([A-ZÀ-Þ][a-zà-öø-ÿ]*)(?= [a-zà-öø-ÿ])",
        lambda found: found[0].lower() if found[0].lower() in _SMALL_WORDS else found[0],
        text,
    )


def _spelled(word: str, lexicon: Lexicon) -> str:
    """A word of broken small capitals: as the document writes it elsewhere, else small letters."""
    if lexicon.knows(word):
        return lexicon.spelling(word)
    return re.sub(r"[^\W_]+", lambda part: lexicon.spelling(part[0]), word)
