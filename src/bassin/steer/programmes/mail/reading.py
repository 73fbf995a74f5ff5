"""What a person wrote in a reply, without what they quoted; what it may mean, as a proposal.

Nothing here decides: a percentage or a word is shown back to its author, who confirms it or not.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from mailparser_reply import EmailReplyParser  # noqa: F401  registers the languages
from mailparser_reply.parser import EmailMessage

from bassin.letters import bare
from bassin.steer.programmes.models.actions import Health

MARKER = "-----≡-----"
"""Stands above the text of a reminder: whatever follows it in a reply is a quotation."""

LONGEST = 20_000
FULL = 100
"""A progress of 100 %."""

_SENT_FROM = re.compile(
    r"^(envoyé (de|depuis|à partir de) |envoyé avec |télécharger outlook|obtenez outlook|"
    r"provenance : |sent from |get outlook for ).*$",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE = re.compile(
    r"(?:\A|\n)(Le|On) [^\n]{5,200}(\n[^\n]{0,200})?(a écrit|wrote) ?:\s*$", re.IGNORECASE
)


def written(text: str, html: str = "") -> str:
    """The words of the reply itself: no quotation, no signature, no advertisement of a telephone.

    A list with hyphens is kept: it is how people write what was done.
    """
    body = (text if text.strip() else _plain(html))[:LONGEST].replace("\r\n", "\n")
    body = body.partition(MARKER)[0]
    body = "\n".join(line for line in body.split("\n") if not line.lstrip().startswith(">"))
    body = _WROTE.sub("", body.rstrip())
    read = EmailMessage(text=body, languages=["fr", "en"], keep_hyphen_lists=True).read()
    own = read.replies[0].body if read.replies else body
    own = _SENT_FROM.sub("", own)
    return re.sub(r"\n{3,}", "\n\n", own).strip()


class _Text(HTMLParser):
    """The text of a page of HTML; what is quoted there is left out."""

    BREAKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3"}

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"blockquote", "style", "script", "head"}:
            self.skipped.append(tag)
        elif tag in self.BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.skipped and tag == self.skipped[-1]:
            self.skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.parts.append(re.sub(r"\s+", " ", data))


def _plain(html: str) -> str:
    reader = _Text()
    reader.feed(html[: 10 * LONGEST])
    return "".join(reader.parts)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a reply may mean. `doubt` names what was seen and not proposed: "percentages", "words".

    A progress comes from the only percentage written, never from a word.
    """

    progress: int | None = None
    health: str = ""
    done: bool = False
    doubt: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.progress is not None or bool(self.health) or self.done


_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3})(?![\d.,]*\d)\s*(?:%|pour ?cent\b|per ?cent\b)")
_NOT = r"(?:pas|plus|jamais|non|sans|not|never|no longer|isn't|n't|without)"
_WORDS = {
    Health.BLOCKED.value: r"bloque(?:e|s|es)?|a l'arret|au point mort|blocked|stuck|on hold",
    Health.AT_RISK.value: r"en retard|du retard|a risque|fragile|late|delayed|behind schedule"
                          r"|at risk",
    "done": r"termine(?:e|s|es)?|acheve(?:e|s|es)?|c'est fait|finished|completed|is done",
}  # fmt: skip


def understood(text: str) -> Proposal:
    """What the words of a reply propose."""
    folded = bare(text)
    doubt = []
    numbers = {int(found) for found in _PERCENT.findall(folded)}
    progress = numbers.pop() if len(numbers) == 1 and max(numbers) <= FULL else None
    if progress is None and _PERCENT.search(folded):
        doubt.append("percentages")
    said: set[str] = set()
    denied: set[str] = set()
    for meaning, words in _WORDS.items():
        for found in re.finditer(rf"\b(?:{words})\b", folded):
            before = folded[: found.start()]
            no = re.search(rf"\b{_NOT}\b(?:\s+\w+){{0,2}}\s*$", before)
            (denied if no else said).add(meaning)
    said -= denied
    if denied or {"done", Health.BLOCKED.value} <= said:
        doubt.append("words")
    if {"done", Health.BLOCKED.value} <= said:
        said = set()
    worst_first = (Health.BLOCKED.value, Health.AT_RISK.value)
    health = next((each for each in worst_first if each in said), "")
    return Proposal(progress, health, "done" in said, tuple(doubt))
