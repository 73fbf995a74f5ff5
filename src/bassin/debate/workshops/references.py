"""Records of the workshops by their references, for the pages of other systems.

    workshops:workshop:CODE     its results          workshops:round:ID     one result
    workshops:statement:SLUG    a question over years workshops:note:ID     what was said

Only what everyone may read resolves, save that a workshop which has closed may be named before its
results are published: whoever decides on them decides that very week.
"""

from django.urls import reverse

from bassin.debate.workshops.asking import said
from bassin.debate.workshops.models import Note, Round, Statement, Workshop
from bassin.systems import Found
from bassin.types import Text

NAMED = (Workshop.State.CLOSED, Workshop.State.PUBLISHED, Workshop.State.ARCHIVED)
PUBLIC = (Workshop.State.PUBLISHED, Workshop.State.ARCHIVED)
RESULT = Text("résultat d'un vote", "result of a vote")
WORKSHOP = Text("atelier", "workshop")
_STATEMENT = Text("question posée à un atelier", "question put to a workshop")
_NOTE = Text("dit en atelier", "said in a workshop")


def resolve(reference: str, language: str) -> Found | None:
    """The record that a reference names; None when there is none that may be named."""
    system, _colon, rest = reference.partition(":")
    kind, _colon, key = rest.partition(":")
    if system != "workshops" or kind not in _KINDS:
        return None
    return _KINDS[kind](key, language)


def address(workshop: Workshop, *, held: Round | None = None) -> str:
    """Where the results of a workshop are read, at one of them when it is given."""
    page = reverse("workshops:synthesis", args=[workshop.code])
    return f"{page}#round-{held.pk}" if held else page


def found(workshop: Workshop, language: str, weight: float = 0.0) -> Found:
    """A workshop as an answer of the search box."""
    title = said(workshop.title, language)
    return Found(title, address(workshop), WORKSHOP, workshop.place, weight)


def _workshop(code: str, language: str) -> Found | None:
    one = Workshop.objects.filter(
        code=code, state__in=NAMED, rehearsal=False, archived_at=None
    ).first()
    return found(one, language) if one else None


def _round(key: str, language: str) -> Found | None:
    rounds = Round.objects.select_related("workshop").exclude(state=Round.State.VOID)
    rounds = rounds.filter(workshop__state__in=NAMED, workshop__rehearsal=False)
    held = rounds.filter(workshop__archived_at=None, pk=key).first() if key.isdecimal() else None
    if held is None:
        return None
    title, workshop = said(held.asked["text"], language), said(held.workshop.title, language)
    return Found(title, address(held.workshop, held=held), RESULT, workshop)


def _statement(slug: str, language: str) -> Found | None:
    asked = Round.objects.select_related("workshop", "step__statement").filter(
        step__statement__slug=slug, workshop__state__in=NAMED, workshop__rehearsal=False
    )
    held = asked.filter(workshop__archived_at=None).order_by("-closed_at").first()
    if held is None:
        return None
    statement = Statement.objects.get(slug=slug)
    page = reverse("workshops:statement", args=[slug])
    return Found(said(statement.text, language), page, _STATEMENT)


def _note(key: str, language: str) -> Found | None:
    notes = Note.objects.select_related("workshop").filter(workshop__rehearsal=False)
    notes = notes.filter(workshop__state__in=PUBLIC, workshop__archived_at=None)
    note = notes.filter(pk=key).first() if key.isdecimal() else None
    if note is None:
        return None
    return Found(note.text, address(note.workshop), _NOTE, said(note.workshop.title, language))


_KINDS = {"workshop": _workshop, "round": _round, "statement": _statement, "note": _note}
