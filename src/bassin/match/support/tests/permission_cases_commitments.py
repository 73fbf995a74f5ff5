"""Who may do what with firms' promises: the expected answer of every permission."""

from datetime import date

from bassin.match.support.models import Assessment, Commitment, Proof
from tests.parties.test_matrix import Case as Asked

TODAY = date(2026, 11, 26)
CHLOE = "00000000100018"
"""The SIRET of the firm that Chloé runs."""


def _organisation(person):
    return person.memberships.get().organisation


def promised(keeper, siret=CHLOE, **more):
    def made(people):
        return Commitment.objects.create(
            organisation=_organisation(getattr(people, keeper)), siret=siret, siren=siret[:9],
            firm_name="EXEMPLE", scheme="paqte", pillar="raise", title="Deux stagiaires", target=2,
            unit="interns", signed_on=date(2026, 1, 5), due_on=date(2026, 12, 31),
            signatory_name="Lucie Modèle", **more,
        )  # fmt: skip

    return made


def brought(keeper, by, state="waiting", siret=CHLOE):
    def made(people):
        person = getattr(people, by)
        return Proof.objects.create(
            commitment=promised(keeper, siret)(people), kind="fact", quantity=1, on=TODAY,
            text="Un stage", source="la direction", brought_by=person, brought_on=TODAY,
            brought_for=_organisation(person), state=state,
            judged_on=None if state == "waiting" else TODAY,
        )  # fmt: skip

    return made


def answered(keeper, siret=CHLOE):
    def made(people):
        return Assessment.objects.create(
            organisation=_organisation(getattr(people, keeper)), siret=siret, siren=siret[:9],
            firm_name="EXEMPLE", version="2026-11", answers={}, on=TODAY, agreed_name="Lucie",
        )  # fmt: skip

    return made


OTHER = "00000000200006"
ENDED = {"ended_on": TODAY, "why": "déménagement"}
PERMISSIONS = {
    "can_promise": [
        Asked("for some organisation", yes="awa bruno eve"),
        Asked("for the authority", lambda people: _organisation(people.awa), yes="awa"),
        Asked("for a firm", lambda people: _organisation(people.chloe), yes=""),
    ],
    "can_keep": [
        Asked("the authority's, of Chloé's firm", promised("awa"), yes="awa"),
        Asked("a partner's: not even the authority", promised("bruno"), yes="bruno"),
    ],
    "can_see": [
        Asked("the authority's, of Chloé's firm", promised("awa"), yes="awa chloe"),
        Asked("of another firm", promised("awa", OTHER), yes="awa"),
        Asked("a partner's, of Chloé's firm", promised("bruno"), yes="bruno chloe"),
    ],
    "can_bring": [
        Asked("of Chloé's firm", promised("awa"), yes="awa chloe"),
        Asked("of another firm", promised("awa", OTHER), yes="awa"),
        Asked("ended", promised("awa", **ENDED), yes=""),
    ],
    "can_judge": [
        Asked("brought by the firm", brought("awa", "chloe"), yes="awa"),
        Asked("brought by the officer themselves", brought("awa", "awa"), yes=""),
        Asked("of a partner's commitment", brought("bruno", "chloe"), yes="bruno"),
    ],
    "can_withdraw": [
        Asked("brought by the firm", brought("awa", "chloe"), yes="chloe"),
        Asked("brought by the authority", brought("awa", "awa"), yes="awa"),
        Asked("judged already", brought("awa", "chloe", "accepted"), yes=""),
    ],
    "can_assess": [
        Asked("some firm", yes="awa bruno eve"),
        Asked("Chloé's firm", lambda people: CHLOE[:9], yes="awa bruno eve chloe"),
        Asked("another firm", lambda people: OTHER[:9], yes="awa bruno eve"),
    ],
    "can_see_assessment": [
        Asked("shared with the authority", answered("awa"), yes="awa chloe"),
        Asked("kept by the firm for itself", answered("chloe"), yes="chloe"),
        Asked("of another firm", answered("bruno", OTHER), yes="bruno"),
    ],
    "can_forget_assessment": [
        Asked("shared with the authority", answered("awa"), yes="awa chloe"),
        Asked("of another firm", answered("bruno", OTHER), yes="bruno"),
    ],
}
