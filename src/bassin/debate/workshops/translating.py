"""The texts of a workshop side by side in two languages, and what is not translated yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.debate.workshops import asking, permissions, results
from bassin.debate.workshops.actions import tell
from bassin.debate.workshops.actions_statements import may_write
from bassin.debate.workshops.models import Option, Statement, Step, Workshop
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """One text: where it stands, in which record and field, and what is written so far.

    `index` is the place in a list of texts (the two columns), -1 for a single text.
    """

    where: str
    label: str
    record: Workshop | Step | Statement | Option
    field: str
    texts: Mapping[str, str]
    index: int = -1

    @property
    def key(self) -> str:
        """The name of its field on a page."""
        at = "" if self.index < 0 else f"-{self.index}"
        return f"{self.record._meta.model_name}-{self.record.pk}-{self.field}{at}"

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
    steps = workshop.steps.select_related("statement").prefetch_related("statement__options")
    for number, step in enumerate(steps, start=1):
        where = f"{number}. {step.title.get('fr', '')}"
        if not is_derived(step):
            yield Piece(where, _("title"), step, "title", step.title)
        yield Piece(where, _("text"), step, "text", step.text)
        yield Piece(where, _("transcript"), step, "transcript", step.transcript)
        if step.statement is not None:
            yield from _of_statement(where, step.statement)


def is_derived(step: Step) -> bool:
    """Whether a step's title is the beginning of its question: it is then translated with it."""
    if step.statement is None:
        return False
    return step.title.get("fr") == asking.short(step.statement.text.get("fr", ""))


def _of_statement(where: str, statement: Statement) -> Iterator[Piece]:
    yield Piece(where, _("the question"), statement, "text", statement.text)
    yield Piece(where, _("what to know before answering"), statement, "help", statement.help)
    for index, column in enumerate(statement.columns):
        yield Piece(where, _("name of a column"), statement, "columns", column, index)
    for option in statement.options.all():
        yield Piece(where, _("answer proposed"), option, "text", option.text)


@transaction.atomic
def translate(workshop: Workshop, spoken: str, typed: Mapping[str, str], *, by: Person) -> int:
    """Write texts in another language; an empty one takes the translation out. How many changed.

    Raises:
        Refused: the workshop does not speak it or is published, a text is too long, or is not
            theirs to change.
    """
    require(permissions.can_prepare(by, workshop))
    if spoken == "fr" or spoken not in workshop.languages:
        raise Refused(_("This workshop does not speak that language. Add it to its languages."))
    held = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    results.unpublished(held)
    changed = 0
    touched: dict[tuple[str, int], tuple[Any, set[str]]] = {}
    for piece in pieces(held):
        text = str(typed.get(piece.key, piece.texts.get(spoken, ""))).strip()
        if text == piece.texts.get(spoken, ""):
            continue
        _allowed(piece, text, held, by)
        # One record stands in several pieces: it is written once, with all of them.
        name = str(piece.record._meta.model_name)
        record, fields = touched.setdefault((name, piece.record.pk), (piece.record, set()))
        _write(record, piece, spoken, text)
        fields.add(piece.field)
        changed += 1
    for record, fields in touched.values():
        record.save(update_fields=sorted(fields))
    _title_again(held, spoken)
    if changed:
        tell(held)
    return changed


def _title_again(workshop: Workshop, spoken: str) -> None:
    """Titles that are the beginning of a question follow its translation."""
    for step in workshop.steps.select_related("statement"):
        if step.statement is not None and is_derived(step):
            kept = {key: text for key, text in step.title.items() if key != spoken}
            words = step.statement.text.get(spoken, "")
            step.title = {**kept, spoken: asking.short(words)} if words else kept
            step.save(update_fields=["title"])


def _allowed(piece: Piece, text: str, workshop: Workshop, by: Person) -> None:
    if len(text) > LONGEST:
        raise Refused(_("A text is too long: {where}.").format(where=piece.where))
    record = piece.record
    statement = record.statement if isinstance(record, Option) else record
    if isinstance(statement, Statement) and not may_write(by, statement, workshop):
        raise Refused(
            _(
                "Another workshop asks this question too: an officer translates it ({where})."
            ).format(where=piece.where)
        )


def _write(record: Any, piece: Piece, spoken: str, text: str) -> None:
    columns = list(getattr(record, piece.field)) if piece.index >= 0 else []
    before = columns[piece.index] if columns else getattr(record, piece.field)
    texts = {key: value for key, value in before.items() if key != spoken}
    if text:
        texts[spoken] = text
    if columns:
        columns[piece.index] = texts
    setattr(record, piece.field, columns or texts)
