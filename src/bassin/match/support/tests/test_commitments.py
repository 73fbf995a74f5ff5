"""What firms promise moves by proof alone, and is read by nobody who has no right to it."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from bassin import systems
from bassin.errors import Refused
from bassin.match.support import actions_assessing, night
from bassin.match.support import actions_committing as actions
from bassin.match.support.commitments import questionnaire
from bassin.match.support.commitments.totals import by_commune, totals
from bassin.match.support.models import Assessment, Commitment, Proof
from bassin.match.support.models.commitments import facts
from bassin.match.support.models.promised import PILLARS, Scheme, Unit
from bassin.match.support.tests.conftest import SIRET, TODAY, body, opened
from bassin.parties.models import Organisation
from bassin.parties.privacy.actions import forget_what_is_over
from tests.support.people import seat

FIRM = "EXEMPLE FONDERIE DU PONT"
CHLOE = "00000000100016"
PROMISES = "/accompagner/suivi/engagements/"
SIGNED = {
    "siret": CHLOE, "firm_name": FIRM, "commune_code": "94074", "scheme": "paqte",
    "pillar": "raise", "title": "Accueillir six élèves de 3e", "target": 6, "unit": "interns",
    "signed_on": date(2026, 1, 5), "due_on": date(2026, 12, 31),
    "signatory_name": "Lucie Modèle",
}  # fmt: skip
DONE = {"on": date(2026, 6, 20), "quantity": 2, "text": "Deux stages d'une semaine"}


@pytest.fixture
def fatou(awa):
    """A colleague of Awa's."""
    return seat("Fatou", Organisation.Kind.AUTHORITY, "officer")


@pytest.fixture
def firm(chloe):
    """Chloé's firm, under the SIRET of the promise."""
    Organisation.objects.filter(pk=body(chloe).pk).update(siret=CHLOE)
    chloe.__dict__.pop("_roles", None)
    return chloe


def promised(by, **more):
    return actions.promise(by=by, organisation=body(by), today=TODAY, **{**SIGNED, **more})


def proved(found):
    return facts(Commitment.objects.proved().get(pk=found.pk), TODAY)


def test_a_promise_moves_by_a_proof_that_somebody_else_accepted_and_by_nothing_else(awa, fatou):
    made = promised(awa)
    assert (proved(made)["done"], proved(made)["state"]) == (0, "going")

    proof = actions.bring(made, by=awa, today=TODAY, source="le collège", **DONE)
    assert proved(made)["done"] == 0
    with pytest.raises(PermissionDenied):
        actions.judge(proof, by=awa, accepted=True, today=TODAY)
    actions.judge(proof, by=fatou, accepted=True, today=TODAY)
    assert proved(made)["done"] == 2

    other = actions.bring(made, by=awa, today=TODAY, source="le collège", **{**DONE, "quantity": 9})
    actions.judge(other, by=fatou, accepted=False, today=TODAY, why="sans convention")
    assert proved(made)["done"] == 2
    with pytest.raises(Refused, match="déjà jugée"):
        actions.judge(other, by=fatou, accepted=True, today=TODAY)


def test_the_database_itself_refuses_who_judges_their_own_proof(awa):
    proof = actions.bring(promised(awa), by=awa, today=TODAY, source="le collège", **DONE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.filter(pk=proof.pk).update(
            state="accepted", judged_by=awa, judged_on=TODAY
        )  # fmt: skip


def test_an_officer_who_belongs_to_the_firm_judges_none_of_its_proofs(awa, fatou, firm):
    made = promised(awa)
    body(firm).memberships.create(person=fatou, role="member", starts_on=date(2020, 1, 1))
    fatou.__dict__.pop("_roles", None)
    proof = actions.bring(made, by=firm, today=TODAY, **DONE)

    with pytest.raises(PermissionDenied):
        actions.judge(proof, by=fatou, accepted=True, today=TODAY)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"pillar": "jobs"}, "axe"),
        ({"signed_on": TODAY + timedelta(days=1)}, "à venir"),
        ({"due_on": date(2025, 1, 1)}, "avant d'être signé"),
        ({"public": True}, "qui l'a accepté"),
        ({"siret": "00000000100017"}, "00000000100017"),
        ({"target": 0}, "1"),
    ],
)
def test_a_promise_that_cannot_be_right_is_refused_in_words(awa, wrong, words):
    with pytest.raises(Refused) as refusal:
        promised(awa, **wrong)
    assert words in str(refusal.value).replace("\u2019", "'")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on": date(2025, 6, 1)}, "avant la signature"),
        ({"on": TODAY + timedelta(days=1)}, "à venir"),
        ({"quantity": 0}, "au moins 1"),
        ({"text": " "}, "ce qui a été fait"),
        ({"source": ""}, "qui le dit"),
    ],
)
def test_a_hollow_proof_is_refused_in_words(awa, wrong, words):
    with pytest.raises(Refused) as refusal:
        actions.bring(
            promised(awa), by=awa, today=TODAY, **{"source": "le collège", **DONE, **wrong}
        )
    assert words in str(refusal.value)


def test_what_a_proof_was_judged_against_stays_as_it_was_signed(awa, fatou):
    made = promised(awa)
    proof = actions.bring(made, by=awa, today=TODAY, source="le collège", **DONE)
    actions.judge(proof, by=fatou, accepted=True, today=TODAY)

    with pytest.raises(Refused, match="restent comme signés"):
        actions.change(made, by=awa, today=TODAY, target=2)
    actions.change(made, by=awa, today=TODAY, signatory_name="Luc Modèle")


def test_late_kept_ended_and_to_review_are_told_from_days_and_proofs():
    made = Commitment(**{**SIGNED, "signed_on": date(2026, 1, 5), "due_on": date(2026, 6, 30)})

    assert made.state(0, date(2026, 6, 30)) == "going"
    assert made.state(0, date(2026, 7, 1)) == "late"
    assert made.state(6, date(2026, 7, 1)) == "kept"
    assert made.to_review(None, date(2026, 7, 7))
    assert not made.to_review(date(2026, 5, 1), date(2026, 7, 7))
    made.ended_on = date(2026, 5, 1)
    assert made.state(6, TODAY) == "ended"
    assert not made.to_review(None, TODAY)


def test_totals_add_like_with_like_and_no_proof_counts_beyond_its_promise():
    def one(done, **more):
        made = Commitment(**{**SIGNED, "siren": more.get("siret", CHLOE)[:9], **more})
        made.done = done
        return made

    held = [
        one(9), one(2, siret=SIRET[:8] + "200006", commune_code="94081"), one(1, unit="hires"),
        one(5, ended_on=TODAY, why="fermée"),
    ]  # fmt: skip

    told = {(each.unit, each.promised, each.proved, each.firms) for each in totals(held, TODAY)}

    assert told == {("interns", 12, 8, 2), ("hires", 6, 1, 1)}
    assert [(each.code, each.commitments, each.kept) for each in by_commune(held, TODAY)] == [
        ("94074", 2, 1), ("94081", 1, 0)
    ]  # fmt: skip


def test_every_scheme_has_pillars_and_every_pledge_of_the_questions_exists():
    assert set(PILLARS) == set(Scheme.values)
    for each in questionnaire.latest().questions:
        scheme, pillar, unit = each.commit.split(":")
        assert pillar in PILLARS[scheme]
        assert unit in Unit.values
        assert each.ask.en
        assert each.why.en
        assert each.next.en


def test_the_questions_point_at_aids_of_the_guide_and_actions_of_the_programme(here):
    asked, served = questionnaire.latest(), questionnaire.links(here.var)
    answers = {each.code: "no" for each in asked.questions} | {"interns": "yes", "waste": "unknown"}

    told = questionnaire.result(asked, answers, served, "fr")

    assert 12 <= len(asked.questions) <= 16
    assert set(served) == {each.code for each in asked.questions}
    wanted = {slug for each in asked.questions for slug in each.aids}
    assert {
        each.url.rstrip("/").rpartition("/")[2] for line in told.steps for each in line.aids
    } | {slug for each in asked.questions if each.code == "waste" for slug in each.aids} == wanted
    assert [each.question.code for each in told.strengths] == ["interns"]
    assert [each.question.code for each in told.to_ask] == ["waste"]
    assert len(told.steps) == len(asked.questions) - 2


def test_what_was_not_answered_is_a_question_and_never_a_no(here):
    asked = questionnaire.latest()
    told = questionnaire.result(asked, {"interns": "perhaps"}, {}, "fr")
    assert (len(told.to_ask), told.steps, told.strengths) == (len(asked.questions), (), ())
    moved = questionnaire.moved(asked, {"interns": "no"}, {"interns": "yes", "waste": "no"})
    assert [(each.question.code, each.before, each.after) for each in moved] == [
        ("interns", "no", "yes")
    ]


@pytest.fixture
def held(awa, firm):
    """A promise of Chloé's firm kept by the authority, with a document that waits."""
    made = promised(awa)
    file = SimpleUploadedFile("convention.pdf", b"%PDF-1.4 convention")
    proof = actions.bring(made, by=firm, today=TODAY, file=file, **DONE)
    return made, proof


def addresses(made, proof):
    read = [
        reverse("support:commitment", args=[made.pk]),
        reverse("support:commitment_change", args=[made.pk]),
        reverse("support:proof_document", args=[proof.pk]),
    ]
    written = [
        *(reverse(f"support:{name}", args=[made.pk]) for name in ("prove", "commitment_act")),
        reverse("support:judge", args=[proof.pk]),
    ]
    return read, written


@pytest.mark.parametrize("name", ["bruno", "eve", "dan"])
def test_no_address_of_a_commitment_exists_for_a_stranger(client, request, here, held, name):
    client.force_login(request.getfixturevalue(name))
    read, written = addresses(*held)

    answers = [client.get(each).status_code for each in read]
    answers += [
        client.post(each, {"do": do, "why": "x"}).status_code
        for each in written for do in ("accept", "withdraw", "hide", "end")
    ]  # fmt: skip

    assert set(answers) == {404}
    assert Proof.objects.get().state == "waiting"
    pages = [
        client.get(f"{address}?q={FIRM}").content.decode()
        for address in (
            PROMISES, f"{PROMISES}emporter/?format=csv", f"{PROMISES}mon-entreprise/",
            f"/accompagner/suivi/questions/?siret={CHLOE}",
        )
    ]  # fmt: skip
    assert [page for page in pages if f"{FIRM}</a>" in page or "Accueillir six" in page] == []


def test_a_visitor_is_asked_to_sign_in_on_every_page_of_commitments(client, here, held):
    read, _written = addresses(*held)
    pages = (*read, PROMISES, f"{PROMISES}emporter/?format=csv", f"{PROMISES}mon-entreprise/")
    assert {client.get(each).status_code for each in pages} == {302}


def test_a_firm_brings_its_proofs_itself_and_may_neither_judge_nor_change_its_promise(
    client, here, held, firm
):
    made, proof = held
    client.force_login(firm)
    address = reverse("support:commitment", args=[made.pk])
    assert "Accueillir six" in client.get(f"{PROMISES}mon-entreprise/").content.decode()
    assert client.get(address).status_code == 200

    sent = {"text": "Un stage", "quantity": "1", "on": "2026-09-01"}
    assert client.post(reverse("support:prove", args=[made.pk]), sent)["Location"] == address
    judged = client.post(reverse("support:judge", args=[proof.pk]), {"do": "accept"})
    ended = client.post(
        reverse("support:commitment_act", args=[made.pk]), {"do": "end", "why": "x"}
    )
    changed = client.get(reverse("support:commitment_change", args=[made.pk]))

    assert {each.status_code for each in (judged, ended, changed)} == {404}
    assert made.proofs.count() == 2
    given = client.get(reverse("support:proof_document", args=[proof.pk]))
    assert b"".join(given.streaming_content) == b"%PDF-1.4 convention"
    assert "attachment" in given["Content-Disposition"]


def test_a_refused_form_says_why_and_loses_nothing_of_what_was_typed(client, here, held, firm):
    client.force_login(firm)
    sent = {"text": "Un stage rare", "quantity": "1", "on": "2020-09-01"}
    page = client.post(reverse("support:prove", args=[held[0].pk]), sent).content.decode()
    assert "avant la signature" in page
    assert "Un stage rare" in page


def test_only_what_the_firm_agreed_to_show_is_public_and_it_takes_it_back(here, awa, firm, held):
    _made, _proof = held
    assert [each for each in systems.cards("firm", CHLOE, "fr") if each.system == "support"] == []

    shown = promised(awa, title="Former deux apprentis", public=True, agreed_name="Lucie Modèle",
                     agreed_on=TODAY)  # fmt: skip
    (card,) = [each for each in systems.cards("firm", CHLOE, "fr") if each.system == "support"]
    assert [each.pk for each, _stands in card.context["promises"]] == [shown.pk]
    assert systems.search(FIRM, "fr") == []

    actions.hide(shown, by=firm)
    assert [each for each in systems.cards("firm", CHLOE, "fr") if each.system == "support"] == []


def test_my_firm_tells_its_promises_to_who_writes_for_it_and_to_nobody_else(held, awa, firm, dan):
    mine = systems.own_cards(CHLOE, firm, "fr")
    assert [each.system for each in mine] == ["support"]
    assert [systems.own_cards(CHLOE, each, "fr") for each in (awa, dan)] == [[], []]
    assert systems.own_cards(SIRET.replace("1", "2"), firm, "fr") == []


def test_the_file_holds_promises_and_accepted_proofs_no_name_and_no_formula(client, here, awa):
    promised(awa, firm_name='=HYPERLINK("x")')
    client.force_login(awa)

    told = client.get(f"{PROMISES}emporter/?format=csv").content.decode("utf-8-sig")
    book = client.get(f"{PROMISES}emporter/?format=xlsx").content

    assert "'=HYPERLINK" in told
    assert "Lucie" not in told
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    assert sheet.cell(2, 10).value == 0
    assert client.get(f"{PROMISES}emporter/?format=exe").status_code == 404


def test_the_case_of_a_firm_shows_its_promises_to_its_keeper_and_to_no_partner(
    client, here, awa, bruno, held, shared
):
    case = opened(awa, kind="firm", siret=CHLOE)
    client.force_login(awa)
    assert "Accueillir six" in client.get(reverse("support:case", args=[case.pk])).content.decode()
    client.force_login(bruno)
    page = client.get(reverse("support:case", args=[shared.case_id])).content.decode()
    assert "promise" not in page.lower()


def test_a_firm_answers_for_itself_shares_with_whom_it_likes_and_takes_it_back(
    client, here, awa, firm, bruno
):
    client.force_login(firm)
    sent = {
        "firm_name": FIRM, "siret": CHLOE, "on": TODAY.isoformat(), "agreed_name": "Chloé",
        "organisation": body(awa).pk, "agrees": "on",
        **{f"q-{each.code}": "unknown" for each in questionnaire.latest().questions},
        "q-interns": "no", "q-energy": "progress",
    }  # fmt: skip
    asked = reverse("support:assess")
    assert "q-interns" in client.get(asked).content.decode()
    answer = client.post(asked, {**sent, "organisation": body(bruno).pk})
    assert answer.status_code == 200
    assert client.post(asked, {**sent, "siret": "00000000200006"}).status_code == 403

    address = client.post(asked, sent)["Location"]

    client.force_login(awa)
    page = client.get(address).content.decode()
    assert "Ouvrir deux places de stage" in page
    assert "promesse=paqte:raise:interns" in page
    client.force_login(bruno)
    assert client.get(address).status_code == 404
    client.force_login(firm)
    client.post(address + "supprimer/")
    assert not Assessment.objects.exists()


def test_nothing_answered_is_not_kept(awa):
    with pytest.raises(Refused, match="Rien n'est répondu"):
        actions_assessing.answer(
            by=awa, today=TODAY, organisation=body(awa), siret=CHLOE, firm_name=FIRM, on=TODAY,
            agreed_name="Lucie", answers={},
        )  # fmt: skip


def test_promises_answers_and_documents_are_deleted_when_their_time_is_over(
    settings, here, awa, held
):
    actions_assessing.answer(
        by=awa, today=TODAY, organisation=body(awa), siret=CHLOE, firm_name=FIRM, on=TODAY,
        agreed_name="Lucie", answers={"interns": "yes"},
    )  # fmt: skip
    path = settings.MEDIA_ROOT / held[1].file.name
    night.forget_files()
    assert path.exists()

    forget_what_is_over(today=date(2029, 12, 31))
    night.forget_files()
    assert path.exists()
    forget_what_is_over(today=date(2030, 1, 2))
    night.forget_files()

    assert not path.exists()
    assert not Commitment.objects.exists()
    assert not Assessment.objects.exists()
