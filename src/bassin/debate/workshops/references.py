"""Records of the workshops by their references, for the pages of other systems.

    workshops:workshop:CODE     its results          workshops:round:ID     one result
    workshops:statement:SLUG    a question over years workshops:note:ID     what was said

Only what everyone may read resolves, save that a workshop which has closed may be named before its
results are published: whoever decides on them decides that very week.
"""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse

from bassin.debate.workshops.asking import said
from bassin.debate.workshops.models import Note, Round, Statement, Workshop
from bassin.systems import Found, keys, numbers
from bassin.types import Text

NAMED = (Workshop.State.CLOSED, Workshop.State.PUBLISHED, Workshop.State.ARCHIVED)
PUBLIC = (Workshop.State.PUBLISHED, Workshop.State.ARCHIVED)
RESULT = Text("résultat d'un vote", "result of a vote")
WORKSHOP = Text("atelier", "workshop")
_STATEMENT = Text("question posée à un atelier", "question put to a workshop")
_NOTE = Text("dit en atelier", "said in a workshop")


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """The records that references name, those that may be named."""
    return {
        **_workshops(keys(references, "workshops:workshop"), language),
        **_rounds(numbers(references, "workshops:round"), language),
        **_statements(keys(references, "workshops:statement"), language),
        **_notes(numbers(references, "workshops:note"), language),
    }


def address(workshop: Workshop, *, held: Round | None = None) -> str:
    """Where the results of a workshop are read, at one of them when it is given."""
    page = reverse("workshops:synthesis", args=[workshop.code])
    return f"{page}#round-{held.pk}" if held else page


def found(workshop: Workshop, language: str, weight: float = 0.0) -> Found:
    """A workshop as an answer of the search box."""
    title = said(workshop.title, language)
    return Found(title, address(workshop), WORKSHOP, workshop.place, weight)


def _workshops(codes: list[str], language: str) -> dict[str, Found]:
    named = Workshop.objects.filter(state__in=NAMED, rehearsal=False, archived_at=None)
    return {
        f"workshops:workshop:{each.code}": found(each, language)
        for each in named.filter(code__in=codes)
    }


def _held() -> QuerySet[Round]:
    """The rounds of workshops that may be named."""
    return Round.objects.select_related("workshop").filter(
        workshop__state__in=NAMED, workshop__rehearsal=False, workshop__archived_at=None
    )


def _rounds(pks: list[int], language: str) -> dict[str, Found]:
    return {
        f"workshops:round:{held.pk}": Found(
            said(held.asked["text"], language),
            address(held.workshop, held=held),
            RESULT,
            said(held.workshop.title, language),
        )
        for held in _held().exclude(state=Round.State.VOID).filter(pk__in=pks)
    }


def _statements(slugs: list[str], language: str) -> dict[str, Found]:
    asked = Statement.objects.filter(slug__in=slugs, steps__rounds__in=_held())
    return {
        f"workshops:statement:{each.slug}": Found(
            said(each.text, language),
            reverse("workshops:statement", args=[each.slug]),
            _STATEMENT,
        )
        for each in asked.distinct()
    }


def _notes(pks: list[int], language: str) -> dict[str, Found]:
    notes = Note.objects.select_related("workshop").filter(
        workshop__state__in=PUBLIC, workshop__rehearsal=False, workshop__archived_at=None
    )
    return {
        f"workshops:note:{note.pk}": Found(
            note.text, address(note.workshop), _NOTE, said(note.workshop.title, language)
        )
        for note in notes.filter(pk__in=pks)
    }
