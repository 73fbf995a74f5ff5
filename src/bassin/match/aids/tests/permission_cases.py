"""Who may do what with aids: the expected answer of every permission."""

from datetime import date

from bassin.match.aids.models import CallList, SheetVersion
from tests.parties.test_matrix import Case

TODAY = date(2026, 11, 26)


def body(person):
    return person.memberships.get().organisation


def of_the_authority(people):
    return body(people.awa)


def of_a_partner(people):
    return body(people.bruno)


def of_a_firm(people):
    return body(people.chloe)


def version(who):
    def made(people):
        person = getattr(people, who)
        return SheetVersion(slug="essai", organisation=body(person), written_by=person,
                            written_on=TODAY)  # fmt: skip

    return made


def kept_by(who):
    return lambda people: CallList(name="À appeler", aid="acre", owner=getattr(people, who))


PERMISSIONS = {
    "can_prospect": [Case("any", yes="awa")],
    "can_see_list": [Case("of Awa", kept_by("awa"), yes="awa"), Case("of Bruno", kept_by("bruno"))],
    "can_keep_sheets": [Case("any", yes="awa bruno eve")],
    "can_edit": [
        Case("of the authority", of_the_authority, yes="awa"),
        Case("of a partner", of_a_partner, yes="awa bruno"),
        Case("of a firm", of_a_firm, yes="awa"),
    ],
    "can_hand_over": [Case("any", yes="awa")],
    "can_see_version": [
        Case("of the authority", version("awa"), yes="awa"),
        Case("of a partner", version("bruno"), yes="awa bruno"),
    ],
    "can_accept": [
        Case("written by a partner", version("bruno"), yes="awa"),
        Case("written by Awa", version("awa")),
    ],
    "can_ask_links": [Case("any", yes="awa")],
}
