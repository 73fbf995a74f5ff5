"""Who may see signals and handle them: the expected answer of every permission."""

from datetime import date

from bassin.observe.watch.models import Circle, Signal, Subscription
from tests.parties.test_matrix import Case

DAY = date(2026, 11, 26)


def _signal(circle: str = "", **more):
    def made(people):
        facts = {"kind": "opening", "subject": "firm", "on": DAY, "found_on": DAY,
                 "reliability": "act"}  # fmt: skip
        one = Signal.objects.create(key=f"test:{Signal.objects.count()}", **{**facts, **more})
        if circle:
            body = getattr(people, circle).memberships.get().organisation
            Circle.objects.create(signal=one, organisation=body, since=DAY)
        return one

    return made


def _of(name: str):
    return lambda people: Subscription(person=getattr(people, name), name="x", made_on=DAY)


PARTNERS = "awa bruno eve"
_ENTRUSTED = Case("entrusted to Bruno's chamber", _signal("bruno"), yes="awa bruno")
_OURS = Case("of the authority alone", _signal(), yes="awa")
_FIRMS_OWN = Case("wrongly entrusted to a firm", _signal("chloe"), yes="awa")
_GONE = Case("withdrawn", _signal("bruno", withdrawn_on=DAY), yes="")
PERMISSIONS = {
    "can_enter": [Case("any", yes=PARTNERS)],
    "can_see": [
        _ENTRUSTED, _OURS, _FIRMS_OWN,
        Case("withdrawn", _signal("bruno", withdrawn_on=DAY), yes="awa bruno"),
    ],
    "can_note": [Case("any", yes=PARTNERS)],
    "can_handle": [Case("entrusted to Bruno's chamber", _signal("bruno"), yes="awa"), _GONE],
    "can_contact": [_ENTRUSTED, _OURS, _GONE],
    "can_share": [Case("entrusted to Bruno's chamber", _signal("bruno"), yes="awa"), _GONE],
    "can_rate": [_ENTRUSTED, _OURS],
    "can_look": [Case("any", yes="awa")],
    "can_suppose": [Case("any", yes="awa")],
    "can_subscribe": [Case("any", yes=PARTNERS)],
    "can_change": [
        Case("Bruno's", _of("bruno"), yes="bruno"), Case("Dan's", _of("dan"), yes="dan"),
    ],
}  # fmt: skip
