"""Who may do what in Piloter: the expected answer of every permission of the programmes."""

from bassin.steer.programmes.models import Action, Body, Commitment, Decision
from bassin.steer.programmes.tests.conftest import Made, organisation_of
from tests.parties.test_matrix import Case

ALL = "awa bruno chloe dan eve visitor"
INSIDERS = "awa bruno eve"


def framework(**facts):
    return lambda people: Made().framework(**facts)


def _draft_of_the_chamber(people):
    return Made().framework(state="draft", public=True, owner=organisation_of(people.bruno))


def action(holder: str = "", **facts):
    """An action, held by the organisation of one of the people."""

    def make(people) -> Action:
        body = organisation_of(getattr(people, holder)) if holder else None
        return Made().action(holder=body, **facts)

    return make


def _referred_by_dan(people) -> Action:
    made = Made().action(confidential=True)
    made.roles.create(role="referent", person=people.dan)
    return made


def organisation(of: str):
    return lambda people: organisation_of(getattr(people, of))


def _promise_of_the_chamber(people):
    return Commitment(framework=Made().framework(), organisation=organisation_of(people.bruno))


PERMISSIONS = {
    "can_see_room": [Case("the boards", yes=INSIDERS)],
    "can_see_framework": [
        Case("public and in force", framework(public=True), yes=ALL),
        Case("in force, not public", framework(public=False), yes=INSIDERS),
        Case("a draft", framework(public=True, state="draft"), yes="awa"),
        Case("a draft of Bruno's chamber", _draft_of_the_chamber, yes="awa bruno"),
    ],
    "can_edit_framework": [
        Case("one that exists", framework(public=True), yes="awa"),
        Case("a new one", yes="awa"),
    ],
    "can_see": [
        Case("a public action", action(visibility="public"), yes=ALL),
        Case("one for partners", action(visibility="partners"), yes=INSIDERS),
        Case("an internal one", action(visibility="internal"), yes="awa"),
        Case("a confidential one of Bruno's", action("bruno", confidential=True), yes="awa bruno"),
        Case("an internal one of Chloé's", action("chloe", visibility="internal"), yes="awa chloe"),
        Case("a confidential one that Dan refers", _referred_by_dan, yes="awa dan"),
    ],
    "can_create": [
        Case("for nobody", yes="awa"),
        Case("for Bruno's chamber", organisation("bruno"), yes="awa bruno"),
        Case("for Chloé's firm", organisation("chloe"), yes="awa"),
    ],
    "can_edit": [
        Case("one of nobody", action(visibility="public"), yes="awa"),
        Case("one of Bruno's", action("bruno", visibility="public"), yes="awa bruno"),
        Case("one of Chloé's", action("chloe", visibility="public"), yes="awa chloe"),
    ],
    "can_report": [
        Case("one of Bruno's", action("bruno", visibility="public"), yes="awa bruno"),
        Case("one that Dan refers", _referred_by_dan, yes="awa dan"),
    ],
    "can_place": [Case("one of Bruno's", action("bruno"), yes="awa")],
    "can_archive": [Case("one of Bruno's", action("bruno"), yes="awa")],
    "can_review": [Case("one of Bruno's", action("bruno"), yes="awa")],
    "can_see_internal": [
        Case("one of Bruno's", action("bruno", visibility="internal"), yes="awa bruno"),
        Case("a public one", action(visibility="public"), yes=INSIDERS),
        Case("one of Chloé's", action("chloe", visibility="internal"), yes="awa"),
    ],
    "can_see_signatory": [
        Case("Bruno's chamber", organisation("bruno"), yes=INSIDERS),
        Case("Chloé's firm", organisation("chloe"), yes="awa bruno chloe eve"),
    ],
    "can_import": [Case("a plan", yes="awa")],
    "can_keep_promise": [Case("of Bruno's chamber", _promise_of_the_chamber, yes="awa bruno")],
    "can_see_body": [
        Case("a public one", lambda people: Body(public=True), yes=ALL),
        Case("one that is not", lambda people: Body(public=False), yes=INSIDERS),
    ],
    "can_see_decision": [
        Case("a public one", lambda people: Decision(public=True), yes=ALL),
        Case("one that is not", lambda people: Decision(public=False), yes=INSIDERS),
    ],
}
