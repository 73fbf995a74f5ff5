"""Who may do what with shared records: the expected answer of every permission."""

from datetime import UTC, datetime

from bassin.commons.models import Document, Event, Operation
from tests.parties.test_matrix import Case

ALL = "awa bruno chloe dan eve visitor"
GONE = datetime(2026, 11, 20, tzinfo=UTC)


def _organisation(person):
    return person.memberships.get().organisation


def _chamber(people):
    return _organisation(people.bruno)


def _firm(people):
    return _organisation(people.chloe)


def _event(of: str = "", **more):
    def make(people):
        organiser = _organisation(getattr(people, of)) if of else None
        return Event(organiser=organiser, **more)

    return make


def _document(visibility: str):
    return lambda people: Document(visibility=visibility)


PERMISSIONS = {
    "can_see": [
        Case("a public operation", lambda people: Operation(), yes=ALL),
        Case("a public operation put away", lambda people: Operation(archived_at=GONE), yes="awa"),
        Case("a document for partners", _document("partners"), yes="awa bruno eve"),
        Case("a document of the authority's own", _document("internal"), yes="awa"),
        Case("Bruno's own, for officers", _event("bruno", visibility="internal"), yes="awa bruno"),
    ],
    "can_edit_operation": [
        Case("any", lambda people: Operation(), yes="awa"),
        Case("a new one", yes="awa"),
    ],
    "can_announce": [
        Case("in nobody's name", yes="awa"),
        Case("for Bruno's chamber", _chamber, yes="awa bruno"),
        Case("for Chloé's firm", _firm, yes="awa"),
    ],
    "can_edit_event": [
        Case("of Bruno's chamber", _event("bruno"), yes="awa bruno"),
        Case("of Bruno's chamber, put away", _event("bruno", archived_at=GONE), yes="awa"),
        Case("of nobody", _event(), yes="awa"),
    ],
    "can_weigh": [Case("what criteria count for", yes="awa")],
    "can_add_document": [Case("any", yes="awa")],
    "can_count": [Case("a hire", yes="awa bruno eve")],
}
