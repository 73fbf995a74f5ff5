"""The sample's commitments and self-assessments: all invented, no firm promised any of them."""

from datetime import date, timedelta
from typing import Any

from bassin.match.support.commitments import questionnaire
from bassin.match.support.models import Assessment, Commitment, Proof
from bassin.parties.models import Organisation, Person
from bassin.parties.sample import AUTHORITY, FIRM
from bassin.types import Origin
from bassin.ui.opened import house

INVENTED = Origin.INVENTED.value
Facts = dict[str, Any]
_FIRM = """
    SELECT siret, name, commune_code FROM establishments_shown
    WHERE state = 'A' AND NOT is_hidden AND name IS NOT NULL AND commune_code = ?
        AND starts_with(naf_code, ?) ORDER BY headcount_band DESC NULLS LAST, siret LIMIT 1
"""


def build(facts: Facts, today: date) -> None:
    """Write them, unless some are there."""
    if Commitment.objects.filter(origin=INVENTED).exists():
        return
    keeper = Organisation.objects.get(slug=AUTHORITY)
    account = Organisation.objects.get(slug=FIRM)
    awa = Person.objects.get(email="awa@example.org")
    other = Person.objects.filter(origin=INVENTED, email=None, name__in=facts["advisers"].values())
    judge = other.order_by("pk").first()
    for said in facts["commitments"]:
        firm = _firm(said["firm"], account)
        if firm is not None:
            made = _commitment(said, firm, keeper, awa, today)
            for proof in said["proofs"]:
                _proof(proof, made, awa, judge, today)
    for said in facts["assessments"]:
        _assessment(said, account, keeper, today)


def _firm(said: str | list[str], account: Organisation) -> tuple[str, str, str] | None:
    """The firm of the sample that can sign in, or an invented establishment there."""
    if said == "account":
        return account.siret or "", account.name, account.commune_code
    reader = house().reader
    rows = reader.rows(_FIRM, list(said)) if reader.has("establishments_shown") else []
    return rows[0] if rows else None


def _commitment(
    said: Facts, firm: tuple[str, str, str], keeper: Organisation, by: Person, today: date
) -> Commitment:
    siret, name, commune = firm
    signed, public = today - timedelta(days=said["signed"]), said.get("public", False)
    return Commitment.objects.create(
        organisation=keeper, siret=siret, siren=siret[:9], firm_name=name, commune_code=commune,
        scheme=said["scheme"], pillar=said["pillar"], title=said["title"], target=said["target"],
        unit=said["unit"], signed_on=signed, due_on=today + timedelta(days=said["due"]),
        signatory_name="Signataire Exemple", signatory_role="direction", public=public,
        agreed_name="Signataire Exemple" if public else "", agreed_on=signed if public else None,
        action=said["action"], by=by, origin=INVENTED,
    )  # fmt: skip


def _proof(
    said: list[Any], made: Commitment, by: Person, judge: Person | None, today: date
) -> None:
    ago, quantity, words, source, state = said
    on, judged = today - timedelta(days=ago), state != Proof.State.WAITING
    Proof.objects.create(
        commitment=made, kind=Proof.Kind.FACT, quantity=quantity, on=on, text=words, source=source,
        brought_by=by, brought_for=made.organisation, brought_on=on, state=state,
        judged_by=judge if judged else None, judged_on=on + timedelta(days=5) if judged else None,
        why="une promesse n'est pas une embauche" if state == Proof.State.REFUSED else "",
    )  # fmt: skip


def _assessment(said: Facts, firm: Organisation, keeper: Organisation, today: date) -> None:
    siret = firm.siret or ""
    asked = questionnaire.latest()
    answers = {
        each.code: questionnaire.answer_to(said["answers"], each.code) for each in asked.questions
    }
    Assessment.objects.create(
        organisation=keeper, siret=siret, siren=siret[:9], firm_name=firm.name,
        version=asked.version, answers=answers, on=today - timedelta(days=said["ago"]),
        agreed_name="Chloé Exemple", origin=INVENTED,
    )  # fmt: skip
