"""Recognises the levels of a plan in pasted text: groups, axes, priorities, actions.

A label (« Priorités », « Actions principales ») says what the list below it holds; the paragraph
before the first label of a part is the axis. Whatever is not recognised is kept, and listed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bassin.letters import spaced
from bassin.steer.programmes.imports.entries import Entry, Findings, Level, Origin
from bassin.steer.programmes.imports.repair import Lexicon, bulleted, doubled, is_damaged, whole

_LABELS = (
    (Level.ACTION, re.compile(
        r"(les |nos )?(principales |grandes )?(actions|projets|mesures|fiches actions?)"
        r"( (principales|prioritaires|phares|engagees|proposees|engages|prioritaires|proposes))?")),
    (Level.PRIORITY, re.compile(
        r"(les |nos )?(\d+ )?(grandes |principales )?(priorites|objectifs)( \w[^.]*)?")),
    (Level.AXIS, re.compile(
        r"(les )?(\d+ )?(grands )?(axes)( \w[^.]*)?")),
)  # fmt: skip
_NUMBERED_AXIS = re.compile(
    r"^\s*(?:axe|axis|orientation)\s+(?:n°\s*)?(?P<code>\d{1,2}|[IVX]{1,4})\s*[:.–—-]\s*(?P<title>\S.*)$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"^\s*(?P<code>\d{1,2})[.)]\s")
_OPEN_WORDS = frozenset(
    [
        "de",
        "des",
        "du",
        "d",
        "la",
        "le",
        "les",
        "l",
        "un",
        "une",
        "et",
        "ou",
        "à",
        "au",
        "aux",
        "en",
        "dans",
        "sur",
        "pour",
        "par",
        "avec",
        "sans",
        "vers",
        "leur",
        "leurs",
        "ses",
        "ces",
        "son",
        "sa",
        "ce",
        "cette",
        "que",
        "qui",
        "dont",
        "plus",
    ]
)
LONGEST_TITLE = 300
LONGEST_HEADING = 80


@dataclass(slots=True)
class Block:
    """Lines that stand together. `role` is set once it is known what they are."""

    lines: list[tuple[int, str]]
    bullet: bool = False
    role: Level | None = None
    label: bool = False
    code: str = ""

    @property
    def texts(self) -> list[str]:
        """The lines' words."""
        return [text for _number, text in self.lines]

    @property
    def said(self) -> str:
        """The lines as one, unrepaired."""
        return " ".join(" ".join(self.texts).split())


def recognise(text: str) -> Findings:
    """What a pasted text holds; each line of words is in one entry, taken or not, or a label."""
    lexicon = Lexicon(text)
    blocks = _merged(_listed(list(_blocks(text))))
    _titles(blocks)
    _items(blocks)
    _headings(blocks)
    read = [block for block in blocks if not block.label]
    entries = tuple(_entry(key, block, lexicon) for key, block in enumerate(read, 1))
    labels = (origin for block in blocks if block.label for origin in _origins(block))
    return Findings(entries, labels=tuple(labels))


def folded(text: str) -> str:
    """Small letters without accents, one space between words."""
    return spaced(text)


def letters(text: str) -> str:
    """Letters and figures alone: two titles that agree on them differ in typography only."""
    return re.sub(r"[\W_]", "", folded(text))


def label_of(line: str) -> Level | None:
    """What a line announces, when it is a label and nothing else."""
    said = folded(line).rstrip(" :")
    opens = line.strip()[:1]
    if not (opens.isupper() or opens.isdigit()) or len(said) > LONGEST_HEADING or bulleted(line):
        return None
    return next((level for level, words in _LABELS if words.fullmatch(said)), None)


def _shouted(line: str) -> bool:
    """Whether a line is a heading in capitals, which ends what stands above it."""
    words = re.findall(r"[^\W\d_]{2,}", line)
    return len(words) >= 2 and line.upper() == line


def _blocks(text: str) -> Iterator[Block]:
    """Lines grouped: a blank line, a bullet, a label or a heading begins another group."""
    current: Block | None = None
    for number, line in enumerate(text.splitlines(), 1):
        words = _WORDS.search(line)
        if current and (not words or _begins(line, current)):
            yield current
            current = None
        if not words:
            continue
        if current is None:
            axis = bool(_NUMBERED_AXIS.match(line))
            current = Block([], bullet=bulleted(line) and not axis, label=_is_label(line))
        current.lines.append((number, line))
    if current:
        yield current


def _begins(line: str, above: Block) -> bool:
    """Whether a line begins another group than the one above it."""
    if _shouted(line) or _shouted(above.texts[0]):
        return _shouted(line) != _shouted(above.texts[0])
    if bulleted(line) or above.label or _is_label(line) or doubled(line):
        return True
    return bool(_NUMBERED_AXIS.match(line))


def _is_label(line: str) -> bool:
    return label_of(line) is not None


def _merged(blocks: list[Block]) -> list[Block]:
    """Items that a blank line cut in two are one again; so are paragraphs cut in mid-sentence."""
    kept: list[Block] = []
    for block in blocks:
        above = kept[-1] if kept else None
        if above is not None and above.bullet and _goes_on(above, block):
            above.lines += block.lines
        else:
            kept.append(block)
    return kept


def _listed(blocks: list[Block]) -> list[Block]:
    """Below a label, lines without bullets are items of their own: one line, one item.

    Only those right below it, and only in a list that has no bullet at all.
    """
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        above = blocks[place - 1] if place else None
        if above is not None and _is_plain_list(above, block, blocks[place + 1 :]):
            kept += [Block(lines, bullet=True) for lines in _plain_items(block)]
        else:
            kept.append(block)
    return kept


def _is_plain_list(above: Block, block: Block, after: Sequence[Block]) -> bool:
    """Whether the lines below a label are items: each opens as one, and none is prose."""
    level = label_of(above.said) if above.label else None
    if level is None or (level == Level.AXIS and len(block.lines) == 1):
        return False  # one line below « Les axes » is as likely a group of them
    if block.bullet or block.label or _shouted(block.texts[0]) or is_damaged(block.said):
        return False
    if any(_NUMBERED_AXIS.match(text) or doubled(text) for text in block.texts):
        return False
    for following in after:
        if following.label:
            break
        if following.bullet:
            return False
    items = [Block(lines).said for lines in _plain_items(block)]
    wrapped = len(block.lines) - len(items)
    return wrapped <= len(items) and not any(_is_prose(item) for item in items)


def _plain_items(block: Block) -> list[list[tuple[int, str]]]:
    """The lines of each item: one, and those that go on from it."""
    items: list[list[tuple[int, str]]] = []
    for number, text in block.lines:
        first = text.strip()[0]
        begins = first.isupper() or first.isdigit() or first in "«“"
        if items and (not begins or _is_open(Block(items[-1]).said)):
            items[-1].append((number, text))
        else:
            items.append([(number, text)])
    return items


def _is_prose(item: str) -> bool:
    """Whether it is too long for a title, begins in mid-sentence, or goes on after its end."""
    goes_on = re.search(r"[.!?]\s+[A-ZÀ-Ý«]", item)
    return len(item) > LONGEST_TITLE or item[0].islower() or bool(goes_on) or item[-1] in ":,;"


def _goes_on(above: Block, block: Block) -> bool:
    if block.bullet or block.label or _NUMBERED_AXIS.match(block.texts[0]):
        return False
    if is_damaged(block.said) != is_damaged(above.said) or _shouted(block.texts[0]):
        return False
    first = block.said[0]
    return first.islower() or first in ")»,;" or _is_open(above.said)


def _is_open(text: str) -> bool:
    """Whether a text stops in mid-sentence: a bracket or a quotation open, a small word last."""
    text = re.sub(r"^\s*»\s*", "", text).rstrip()
    if text.count("«") > text.count("»") or text.count("(") > text.count(")"):
        return True
    last = re.split(r"[\s’']", text)[-1].casefold()
    return last in _OPEN_WORDS or text.endswith(("-", "’", "'"))


def _titles(blocks: list[Block]) -> None:
    """Numbered axes, and the paragraph before the first label of each part."""
    for place, block in enumerate(blocks):
        if numbered := _NUMBERED_AXIS.match(block.said):
            block.role, block.code, block.bullet = Level.AXIS, numbered["code"], False
        level = label_of(block.said) if block.label else None
        if level not in (Level.PRIORITY, Level.ACTION) or not place:
            continue
        above = blocks[place - 1]
        if not above.bullet and not above.label and above.role is None and _may_title(above):
            above.role = Level.AXIS


def _may_title(block: Block) -> bool:
    said = block.said
    plain = said[0].isalpha() or said[0] in "«“"
    return plain and len(said) <= LONGEST_TITLE and not said.endswith((".", ":", "?", "!"))


def _items(blocks: list[Block]) -> None:
    """Each item is what the label above it announces; below a numbered axis, an action."""
    level: Level | None = None
    for block in blocks:
        if block.label:
            level = label_of(block.said)
        elif block.role == Level.AXIS:
            level = Level.ACTION if block.code else None
        elif block.bullet and block.role is None:
            block.role = level
            if (number := _NUMBER.match(block.texts[0])) and level == Level.AXIS:
                block.code = number["code"]
        elif _shouted(block.texts[0]) or block.said.endswith(":"):
            level = None


def _headings(blocks: list[Block]) -> None:
    """The group of axes: the nearest short paragraph that stands between an item and an axis."""
    for place, block in enumerate(blocks):
        if block.role != Level.AXIS or block.code:
            continue
        for above in reversed(blocks[max(place - 2, 0) : place]):
            if above.label or above.role is not None:
                break
            if _may_head(above):
                above.role = Level.HEADING
                break


def _may_head(block: Block) -> bool:
    said = block.said
    words = said.split()
    short = len(words) >= 2 and len(said) <= LONGEST_HEADING
    plain = said[0].isupper() and ":" not in said and said[-1].isalpha()
    return short and plain and not is_damaged(said) and not block.bullet


def _entry(key: int, block: Block, lexicon: Lexicon) -> Entry:
    texts = block.texts
    if block.code and (numbered := _NUMBERED_AXIS.match(texts[0])):
        texts = [numbered["title"], *texts[1:]]
    repaired = whole(texts, lexicon)
    return Entry(
        key,
        block.role or Level.NONE,
        repaired.text,
        _origins(block),
        repaired.repairs,
        block.code,
    )


def _origins(block: Block) -> tuple[Origin, ...]:
    return tuple(Origin(str(number), text.strip()) for number, text in block.lines)
