"""Who may do what with bodies, meetings, balance sheets, obstacles and calls."""

from bassin.steer.programmes.models import Body, BodyMembership, Obstacle
from bassin.steer.programmes.tests.conftest import TODAY, Made, organisation_of
from tests.parties.test_matrix import Case

INSIDERS = "awa bruno eve"


def body(**facts):
    def make(people) -> Body:
        return Body.objects.create(
            **{"slug": "copil", "kind": "committee", "name": "Copil", **facts}
        )

    return make


def _where_chloe_sits(people) -> Body:
    made = body(public=False)(people)
    BodyMembership.objects.create(body=made, organisation=organisation_of(people.chloe))
    return made


def _where_chloe_sat(people) -> Body:
    made = body(public=False)(people)
    BodyMembership.objects.create(
        body=made, organisation=organisation_of(people.chloe), ends_on=TODAY
    )
    return made


def _asked_by(who: str):
    def make(people) -> BodyMembership:
        return BodyMembership(body=body()(people), person=getattr(people, who), state="asked")

    return make


def framework(**facts):
    return lambda people: Made().framework(**facts)


def _filed_by_chloe(people) -> Obstacle:
    return Obstacle(procedure="Permis", text="Long.", filed_by=people.chloe, filed_on=TODAY)


def _filed_by_nobody(people) -> Obstacle:
    return Obstacle(procedure="Permis", text="Long.", filed_on=TODAY)


PERMISSIONS = {
    "can_run_bodies": [Case("a public one", body(public=True), yes="awa"), Case("any", yes="awa")],
    "can_prepare": [Case("of a public body", body(public=True), yes="awa")],
    "can_see_meeting": [
        Case("of a public body", body(public=True), yes=INSIDERS),
        Case("of a body where Chloé sits", _where_chloe_sits, yes=f"{INSIDERS} chloe"),
        Case("of a body where Chloé sat", _where_chloe_sat, yes=INSIDERS),
    ],
    "can_ask_to_join": [
        Case("an open and public body", body(public=True, open=True),
             yes="awa bruno chloe dan eve"),
        Case("an open body for partners", body(open=True), yes=INSIDERS),
        Case("a closed body", body(public=True)),
    ],
    "can_answer_seat": [
        Case("asked by Dan", _asked_by("dan"), yes="awa"),
        Case("asked by Awa herself", _asked_by("awa")),
    ],
    "can_see_balance": [
        Case("of a framework in force", framework(public=True), yes=INSIDERS),
        Case("of a draft", framework(state="draft"), yes="awa"),
    ],
    "can_draft_next": [Case("after a framework in force", framework(), yes="awa")],
    "can_handle_obstacles": [Case("all of them", yes="awa")],
    "can_see_obstacle": [
        Case("that Chloé filed", _filed_by_chloe, yes="awa chloe"),
        Case("that nobody signed", _filed_by_nobody, yes="awa"),
    ],
    "can_match_calls": [Case("all of them", yes="awa")],
    "can_see_calls": [Case("all of them", yes=INSIDERS)],
}  # fmt: skip
