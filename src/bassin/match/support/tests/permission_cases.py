"""Who may do what with cases: the expected answer of every permission."""

from datetime import UTC, date, datetime

from bassin.match.support.models import Case, Interaction, Paper, Referral, Share
from tests.parties.test_matrix import Case as Asked

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
TODAY = NOW.date()


def _organisation(person):
    return person.memberships.get().organisation


def _case(person):
    return Case.objects.create(
        kind="holder", organisation=_organisation(person), title="Besoin", firm_name="Exemple",
        asked_at=NOW, last_contact_on=TODAY,
    )  # fmt: skip


def of_the_authority(people):
    return _case(people.awa)


def of_a_partner(people):
    return _case(people.bruno)


def of_a_firm(people):
    return _case(people.chloe)


def _shared(people, scope, withdrawn_on=None):
    case = _case(people.awa)
    share = Share.objects.create(
        case=case, organisation=_organisation(people.bruno), scope=scope, purpose="aider",
        person_name="Lucie", agreed_on=date(2026, 11, 1), agreed_how="spoken",
        withdrawn_on=withdrawn_on,
    )  # fmt: skip
    return case, share


def summary(people):
    return _shared(people, "summary")[0]


def history(people):
    return _shared(people, "history")[0]


def taken_back(people):
    return _shared(people, "history", TODAY)[0]


def said(scope, private, writer="awa"):
    def interaction(people):
        case, _share = _shared(people, scope)
        body = _organisation(getattr(people, writer))
        return Interaction(case=case, kind="call", on=TODAY, organisation=body, private=private)

    return interaction


def paper(scope, private):
    def made(people):
        case, _share = _shared(people, scope)
        body = _organisation(people.awa)
        return Paper(case=case, title="Devis", organisation=body, private=private, on=TODAY)

    return made


def asked(withdrawn_on=None):
    def referral(people):
        share = _shared(people, "summary", withdrawn_on)[1]
        return Referral(share=share, need="recruit", sent_on=TODAY)

    return referral


KINDS = [
    Asked("the authority's", of_the_authority, yes="awa"),
    Asked("a partner's: not even the authority", of_a_partner, yes="bruno"),
    Asked("a firm's: a firm follows nobody", of_a_firm, yes=""),
]

PERMISSIONS = {
    "can_open": [
        Asked("for some organisation", yes="awa bruno eve"),
        Asked("for the authority", lambda people: _organisation(people.awa), yes="awa"),
        Asked("for a firm", lambda people: _organisation(people.chloe), yes=""),
    ],
    "can_read": [
        *KINDS,
        Asked("shared in short", summary, yes="awa bruno"),
        Asked("taken back", taken_back, yes="awa"),
    ],
    "can_read_history": [
        *KINDS,
        Asked("shared in short", summary, yes="awa"),
        Asked("shared whole", history, yes="awa bruno"),
        Asked("taken back", taken_back, yes="awa"),
    ],
    "can_write": [*KINDS, Asked("shared whole", history, yes="awa")],
    "can_note": [
        *KINDS,
        Asked("shared in short", summary, yes="awa"),
        Asked("shared whole", history, yes="awa bruno"),
    ],
    "can_see_interaction": [
        Asked("shared in short", said("summary", private=False), yes="awa"),
        Asked("shared whole", said("history", private=False), yes="awa bruno"),
        Asked("for the authority alone", said("history", private=True), yes="awa"),
        Asked("for the partner alone", said("history", True, "bruno"), yes="bruno"),
    ],
    "can_see_paper": [
        Asked("shared in short", paper("summary", private=False), yes="awa"),
        Asked("shared whole", paper("history", private=False), yes="awa bruno"),
        Asked("for the authority alone", paper("history", private=True), yes="awa"),
    ],
    "can_answer": [
        Asked("asked of Bruno's chamber", asked(), yes="bruno"),
        Asked("the firm took its agreement back", asked(TODAY), yes=""),
    ],
    "can_follow": [
        Asked("asked of Bruno's chamber", asked(), yes="awa bruno"),
        Asked("the firm took its agreement back", asked(TODAY), yes="awa"),
    ],
    "can_count": [Asked("all organisations", yes="awa")],
}
