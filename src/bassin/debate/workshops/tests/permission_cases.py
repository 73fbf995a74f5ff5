"""Who may do what in Débattre: the expected answer of every permission of the workshops."""

from bassin.debate.workshops.models import Series, Workshop
from tests.parties.test_matrix import Case

ALL = "awa bruno chloe dan eve visitor"


def workshop(run_by: str = "", **facts):
    """A workshop, run by one of the people."""

    def make(people) -> Workshop:
        made = Workshop.objects.create(
            **{"code": "482913", "title": {"fr": "Atelier"}, "languages": ["fr"], **facts}
        )
        if run_by:
            made.facilitators.create(person=getattr(people, run_by))
        return made

    return make


def series(**facts):
    return lambda people: Series.objects.create(slug="projet", title={"fr": "Projet"}, **facts)


PERMISSIONS = {
    "can_prepare": [
        Case("a new one", yes="awa"),
        Case("one that Chloé runs", workshop("chloe"), yes="awa chloe"),
    ],
    "can_run": [
        Case("any", workshop(state="live"), yes="awa"),
        Case("one that Bruno runs", workshop("bruno", state="live"), yes="awa bruno"),
    ],
    "can_name_facilitators": [Case("of one that Bruno runs", workshop("bruno"), yes="awa")],
    "can_publish": [Case("one that Bruno runs", workshop("bruno", state="closed"), yes="awa")],
    "can_see_results": [
        Case("of a published one", workshop(state="published"), yes=ALL),
        Case("of a closed one", workshop(state="closed"), yes="awa bruno eve"),
        Case("of one under way", workshop(state="live"), yes="awa"),
        Case("of one that Chloé runs", workshop("chloe", state="live"), yes="awa chloe"),
        Case("of a rehearsal", workshop(state="published", rehearsal=True), yes="awa"),
    ],
    "can_join": [
        Case("one whose doors are open", workshop(state="lobby"), yes=ALL),
        Case("one under way", workshop(state="live"), yes=ALL),
        Case("one in preparation", workshop()),
        Case("one that is closed", workshop(state="closed")),
    ],
    "can_see_series": [
        Case("shown to everyone", series(public=True), yes=ALL),
        Case("in preparation", series(), yes="awa"),
    ],
    "can_edit_statement": [Case("any", yes="awa")],
}
