"""The texts of a workshop side by side in two languages, and what is not translated yet."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.commons.edition import Conflict, Difference
from bassin.debate.workshops import asking, permissions, results
from bassin.debate.workshops.actions import tell
from bassin.debate.workshops.actions_statements import may_write
from bassin.debate.workshops.models import Option, Statement, Step, Workshop
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.types import Text
from bassin.ui import loops
from bassin.ui.reader import language

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """One text: where it stands, in which record and field, and what is written so far.

    `path` leads to it within the field (the two columns, the card of a loop); `also` are the other
    records that hold the same text and get the same translation.
    """

    where: str
    label: str
    record: Workshop | Step | Statement | Option
    field: str
    texts: Mapping[str, str]
    path: tuple[str | int, ...] = ()
    also: tuple[Statement, ...] = ()

    @property
    def key(self) -> str:
        """The name of its field on a page."""
        where = (self.record._meta.model_name, self.record.pk, self.field, *self.path)
        return "-".join(map(str, where))

    @property
    def long(self) -> bool:
        """Whether it wants room."""
        return len(self.texts.get("fr", "")) > 60 or "\n" in self.texts.get("fr", "")


def pieces(workshop: Workshop) -> list[Piece]:
    """Every text that the room sees and that is written in French, in the order of the run sheet.

    A statement asked twice is there once.
    """
    seen: set[str] = set()
    found = []
    for piece in _all(workshop):
        if piece.texts.get("fr") and piece.key not in seen:
            seen.add(piece.key)
            found.append(piece)
    return found


def _all(workshop: Workshop) -> Iterator[Piece]:
    where = _("The workshop")
    yield Piece(where, _("title"), workshop, "title", workshop.title)
    yield Piece(where, _("objectives"), workshop, "text", workshop.text)
    steps = list(workshop.steps.select_related("statement").prefetch_related("statement__options"))
    asked = [step.statement for step in steps if step.statement is not None]
    for number, step in enumerate(steps, start=1):
        where = f"{number}. {step.title.get('fr', '')}"
        if not is_derived(step):
            yield Piece(where, _("title"), step, "title", step.title)
        yield Piece(where, _("text"), step, "text", step.text)
        yield Piece(where, _("transcript"), step, "transcript", step.transcript)
        if step.statement is not None:
            yield from _of_statement(where, step.statement)
            yield from _of_loop(where, step.statement, asked)


def is_derived(step: Step) -> bool:
    """Whether a step's title is the beginning of its question: it is then translated with it."""
    if step.statement is None:
        return False
    return step.title.get("fr") == asking.short(step.statement.text.get("fr", ""))


def _of_statement(where: str, statement: Statement) -> Iterator[Piece]:
    yield Piece(where, _("the question"), statement, "text", statement.text)
    yield Piece(where, _("what to know before answering"), statement, "help", statement.help)
    for index, column in enumerate(statement.columns):
        yield Piece(where, _("name of a column"), statement, "columns", column, (index,))
    for option in statement.options.all():
        yield Piece(where, _("answer proposed"), option, "text", option.text)


def _of_loop(where: str, statement: Statement, asked: Sequence[Statement]) -> Iterator[Piece]:
    """The card beside a question; where several questions show the same, it is translated once."""
    card = statement.loop
    same = [each for each in {each.pk: each for each in asked}.values() if each.loop == card]
    if not card or same[0].pk != statement.pk:
        return
    for label, *path in _LOOP:
        texts = _at(card, path)
        if isinstance(texts, Mapping):
            told = _("card of the loop: {part}").format(part=label.say(language()))
            yield Piece(where, told, statement, "loop", texts, tuple(path), tuple(same[1:]))


_LOOP: list[tuple[Any, ...]] = [
    (Text("nom", "name"), "name"),
    *((name, "dimensions", code) for code, name in loops.DIMENSIONS.items()),
    *((name, "conditions", code, part)
      for code, name in loops.CONDITIONS.items() for part in ("evidence", "next")),
]  # fmt: skip
"""The texts of a card: what each is, and where it stands."""


def _at(held: Any, path: Sequence[str | int]) -> Any:
    for each in path:
        held = held.get(each) if isinstance(held, Mapping) else None
    return held


@transaction.atomic
def translate(
    workshop: Workshop, spoken: str, typed: Mapping[str, str], *, by: Person,
    base: Mapping[str, str] | None = None,
) -> int:  # fmt: skip
    """Write texts in another language; an empty one takes the translation out. How many changed.

    Args:
        base: the translations that the page was opened on: those left as they were then stay as
            they are now, whoever wrote them meanwhile.

    Raises:
        Refused: the workshop does not speak it or is published, a text is too long, or is not
            theirs to change.
        Conflict: somebody else translated one of those changed here.
    """
    require(permissions.can_prepare(by, workshop))
    if spoken == "fr" or spoken not in workshop.languages:
        raise Refused(_("This workshop does not speak that language. Add it to its languages."))
    held = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    results.unpublished(held)
    touched: dict[tuple[str, int], tuple[Any, set[str]]] = {}
    written = _changed(pieces(held), spoken, typed, base or {})
    for piece, text in written:
        for own in (piece.record, *piece.also):
            _allowed(piece, own, text, held, by)
            # One record stands in several pieces: it is written once, with all of them.
            name = str(own._meta.model_name)
            record, fields = touched.setdefault((name, own.pk), (own, set()))
            _write(record, piece, spoken, text)
            fields.add(piece.field)
    for record, fields in touched.values():
        record.save(update_fields=sorted(fields))
    _title_again(held, spoken)
    if written:
        tell(held)
    return len(written)


def _changed(
    found: Sequence[Piece], spoken: str, typed: Mapping[str, str], base: Mapping[str, str]
) -> list[tuple[Piece, str]]:
    """The texts that were changed on the page, with what was written."""
    changed, clashes = [], []
    for piece in found:
        now = piece.texts.get(spoken, "")
        before = base.get(piece.key, now)
        text = _plain(typed.get(piece.key, before))
        if text in (_plain(before), _plain(now)):
            continue
        if _plain(before) != _plain(now):
            label = f"{piece.where} · {piece.label}"
            clashes.append(Difference(piece.key, label, before, now, text))
        changed.append((piece, text))
    if clashes:
        raise Conflict(tuple(clashes))
    return changed


def _plain(text: str) -> str:
    return str(text).replace("\r\n", "\n").strip()


def _title_again(workshop: Workshop, spoken: str) -> None:
    """Titles that are the beginning of a question follow its translation."""
    for step in workshop.steps.select_related("statement"):
        if step.statement is not None and is_derived(step):
            kept = {key: text for key, text in step.title.items() if key != spoken}
            words = step.statement.text.get(spoken, "")
            step.title = {**kept, spoken: asking.short(words)} if words else kept
            step.save(update_fields=["title"])


def _allowed(piece: Piece, record: Any, text: str, workshop: Workshop, by: Person) -> None:
    if len(text) > LONGEST:
        raise Refused(_("A text is too long: {where}.").format(where=piece.where))
    statement = record.statement if isinstance(record, Option) else record
    if isinstance(statement, Statement) and not may_write(by, statement, workshop):
        raise Refused(
            _(
                "Another workshop asks this question too: an officer translates it ({where})."
            ).format(where=piece.where)
        )


def _write(record: Any, piece: Piece, spoken: str, text: str) -> None:
    whole = deepcopy(getattr(record, piece.field))
    texts = whole
    for each in piece.path:
        texts = texts[each]
    texts.pop(spoken, None)
    if text:
        texts[spoken] = text
    setattr(record, piece.field, whole)
