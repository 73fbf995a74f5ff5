"""Who may do what with shared data: the expected answer of every permission."""

from datetime import date

from bassin.observe.opendata.models import Agreement, Deposit, SharedTable
from tests.parties.test_matrix import Case

ALL = "awa bruno chloe dan eve visitor"
DAY = date(2026, 1, 5)


def _organisation(person):
    return person.memberships.get().organisation


def agreement(level="internal", **more):
    """One whose producer is Bruno's chamber, and that Chloé's firm reads."""

    def make(people):
        kept = Agreement.objects.create(
            slug="a", title="A", producer=_organisation(people.bruno), purpose="p", level=level,
            starts_on=DAY, review_on=date(2030, 1, 1), **more,
        )  # fmt: skip
        kept.readers.add(_organisation(people.chloe))
        return kept

    return make


def table(level="internal", withdrawn=None, **more):
    def make(people):
        kept = agreement(level, **more)(people)
        return SharedTable(agreement=kept, key="shared_a", withdrawn_on=withdrawn)

    return make


def deposit(by, **more):
    def make(people):
        return Deposit(table=table(**more)(people), begun_by=getattr(people, by), begun_on=DAY)

    return make


ENDED = {"ended_on": date(2026, 2, 1)}
PERMISSIONS = {
    "can_manage_agreements": [Case("any", yes="awa")],
    "can_read_agreement": [
        Case("shared with partners", agreement("partners"), yes="awa bruno chloe"),
        Case("kept inside", agreement(), yes="awa bruno"),
        Case("public", agreement("public"), yes="awa bruno"),
    ],
    "can_deposit": [
        Case("of Bruno's chamber", agreement("partners"), yes="awa bruno"),
        Case("that has ended", agreement(**ENDED), yes=""),
    ],
    "can_publish": [
        Case("what Bruno brought", deposit("bruno"), yes="awa bruno"),
        Case("with four eyes", deposit("bruno", four_eyes=True), yes="awa"),
        Case("with four eyes, brought by Awa", deposit("awa", four_eyes=True), yes="bruno"),
    ],
    "can_see_deposit": [Case("what Awa brought", deposit("awa", **ENDED), yes="awa bruno")],
    "can_read_table": [
        Case("public", table("public"), yes=ALL),
        Case("shared with partners", table("partners"), yes="awa bruno chloe"),
        Case("kept inside", table(), yes="awa"),
        Case("withdrawn", table("public", DAY), yes=""),
        Case("of an agreement that ended", table("public", **ENDED), yes=""),
    ],
    "can_see_uses": [Case("of Bruno's chamber", table("partners"), yes="awa bruno")],
    "can_withdraw": [Case("of Bruno's chamber", table("public"), yes="awa bruno")],
}
