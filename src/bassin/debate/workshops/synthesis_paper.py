"""The synthesis as a paper: a PDF that screen readers read, or a text to edit."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from bassin import systems
from bassin.debate.workshops import wording
from bassin.debate.workshops.becoming import Line as BecameLine
from bassin.debate.workshops.models import Correction, Minutes
from bassin.debate.workshops.shown import Board, Line
from bassin.debate.workshops.synthesis import Counted, Part, Synthesis
from bassin.indicators.numbers import period
from bassin.types import Origin
from bassin.ui.papers import Block, Heading, Items, Paper, Paragraph, Table

COLUMN = 1.0
"""Width of a column of numbers beside that of labels, which takes the rest."""


def paper(read: Synthesis, *, author: str, language: str, today: date) -> Paper:
    """The synthesis in a language."""
    invented = read.workshop.origin == Origin.INVENTED or read.workshop.rehearsal
    blocks = [*_opening(read), *(block for part in read.parts for block in _part(part))]
    if read.became:
        blocks += [Heading(_("What became of this workshop")), _became(read.became)]
    blocks += _check(read)
    return Paper(
        title=read.title,
        author=author,
        language=language,
        sample=invented,
        facts=[" · ".join(read.facts), status(read.minutes, language), *versions(read, language)],
        foot=_("{title}, synthesis made on {day}").format(
            title=read.title, day=period(today.isoformat(), language)
        ),
        blocks=blocks,
        room="debate",
    )


def status(minutes: Minutes, language: str) -> str:
    """How far the minutes are, with the day and the body."""
    if minutes.state == Minutes.State.DRAFT or minutes.validated_on is None:
        return _("Draft: no body has validated this synthesis yet.")
    told = _("Validated by {body} on {day}.").format(
        body=validator(minutes, language), day=period(minutes.validated_on.isoformat(), language)
    )
    if minutes.published_on is None:
        return told
    published = _("Published on {day}.").format(
        day=period(minutes.published_on.isoformat(), language)
    )
    return f"{told} {published}"


def validator(minutes: Minutes, language: str) -> str:
    """The body that validated, in the reader's language where it is that of the workshop."""
    body = minutes.workshop.body
    named = systems.resolve(body, language) if body else None
    with override("fr"):
        kept = systems.resolve(body, "fr") if named else None
    same = named is not None and kept is not None and kept.title == minutes.validated_by
    return named.title if same and named else minutes.validated_by


def versions(read: Synthesis, language: str) -> list[str]:
    """Each correction of a published synthesis, and whether this is a former version."""
    told = [_corrected(each, language) for each in read.corrections if each.number <= read.version]
    if read.former:
        told.append(_("This is version {number}: it was corrected since.").format(
            number=read.version))  # fmt: skip
    return told


def _corrected(each: Correction, language: str) -> str:
    told = _("Version {number}, corrected on {day}: {why}").format(
        number=each.number, day=period(each.on.isoformat(), language), why=each.why
    )
    if each.decided_on is None:
        return told
    decided = _("Decided by: {function}, {body}, on {day}.").format(
        function=each.decided_by, body=each.decided_in,
        day=period(each.decided_on.isoformat(), language),
    )  # fmt: skip
    return f"{told.rstrip('.')}. {decided}"


def not_an_election() -> str:
    """What a workshop is, said wherever its results are."""
    return _(
        "This workshop is a consultation: it enlightens those who decide. It is not an election, "
        "and none of its votes has the value of one."
    )


def _opening(read: Synthesis) -> list[Block]:
    blocks: list[Block] = [Paragraph(read.text)] if read.text else []
    if read.minutes.text:
        blocks.append(Heading(_("In a few sentences")))
        blocks += [Paragraph(each) for each in read.minutes.text.splitlines() if each.strip()]
    blocks.append(Paragraph(not_an_election(), soft=True))
    if not read.parts:
        blocks.append(Paragraph(_("Nothing was counted or noted yet.")))
    return blocks


def _part(part: Part) -> list[Block]:
    blocks: list[Block] = [Heading(part.title)]
    if part.question and part.question != part.title:
        blocks.append(Paragraph(part.question))
    for each in part.rounds:
        blocks += _round(each, alone=len(part.rounds) == 1)
    blocks += [
        Paragraph(_("A round was set aside: {why}").format(why=why), soft=True) for why in part.void
    ]
    for title, texts in (
        (_("For"), part.pros),
        (_("Against"), part.cons),
        (_("Also said"), part.others),
    ):
        if texts:
            blocks += [Heading(title, 2), Items(texts)]
    if part.proposals:
        told = [f"{kind} : {text}" for kind, text in part.proposals]
        blocks += [Heading(_("Proposed"), 2), Items(told)]
    if part.links:
        blocks += [Heading(_("This result is placed on"), 2), Items([e.title for e in part.links])]
    if part.became:
        blocks += [Heading(_("What came of it"), 2), _became(part.became)]
    return blocks


def _became(lines: Sequence[BecameLine]) -> Items:
    return Items([
        " · ".join(filter(None, (each.word, each.title, each.detail, each.when)))
        for each in lines
    ])  # fmt: skip


def _round(each: Counted, *, alone: bool) -> list[Block]:
    blocks: list[Block] = []
    if not alone:
        blocks.append(Heading(_("Round {number}").format(number=each.number), 2))
    blocks.append(Paragraph(each.shown.sentence, strong=True))
    blocks += [_table(board) for board in each.shown.boards]
    if each.shown.facts:
        blocks.append(Items(each.shown.facts))
    if each.moved:
        blocks.append(Paragraph(each.moved, strong=True))
    if each.moves:
        blocks.append(_table(each.moves))
    return blocks


def _table(board: Board) -> Table:
    numbers = len(board.columns) - 1
    return Table(
        board.caption,
        board.columns,
        [[_label(line), *line.cells] for line in board.lines],
        numbers=list(range(1, len(board.columns))),
        widths=[max(3.0, 6 - numbers * COLUMN), *[COLUMN] * numbers],
        note=board.note,
        bars=[line.share for line in board.lines]
        if any(line.share is not None for line in board.lines)
        else (),
    )


def _label(line: Line) -> str:
    """The label, with the verdict and the proofs that a page shows below it."""
    mark = f" ({wording.OUTCOMES[line.mark]})" if line.mark else ""
    proofs = "".join(f"\n{note}" for note, _url in line.notes)
    return f"{line.label}{mark}{proofs}"


def _check(read: Synthesis) -> list[Block]:
    blocks: list[Block] = [Heading(_("How to check these results"))]
    if not read.minutes.ballots_sha256:
        return [*blocks, Paragraph(_("The ballots are published with the validated synthesis."))]
    return [
        *blocks,
        Paragraph(
            _("Every ballot is published without its author. With the file of ballots, the command "
              "“{command}” makes each figure again.").format(
                command=f"bassin workshop recount {ballots_name(read.workshop.code)}")
        ),
        Paragraph(_("SHA-256 of the file of ballots: {digest}").format(
            digest=read.minutes.ballots_sha256), soft=True),
    ]  # fmt: skip


def ballots_name(code: str) -> str:
    """The name of the file of ballots."""
    return f"bulletins-{code}.json"
