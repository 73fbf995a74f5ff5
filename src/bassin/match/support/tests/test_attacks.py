"""Nothing of a case is read by who has no right to it, whatever they type."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bassin import systems
from bassin.match.support import actions_doing, actions_sharing, links, night
from bassin.match.support.models import Case, Contact, Paper
from bassin.match.support.tests.conftest import (
    AGREED,
    NAMES,
    NOW,
    SIRET,
    TODAY,
    body,
    opened,
)
from bassin.parties.models import Person
from bassin.parties.privacy.actions import erase, forget_what_is_over

SECRET = "Une phrase que nul autre ne doit lire."
STRANGERS = ("bruno", "eve", "chloe", "dan")


@pytest.fixture
def whole(here, awa):
    """A case of a firm with everything in it."""
    made = opened(awa, kind="firm", siret=SIRET)
    actions_doing.note(made, by=awa, kind="call", text=SECRET, now=NOW)
    actions_doing.add_task(made, by=awa, what=SECRET, due_on=TODAY, today=TODAY)
    file = SimpleUploadedFile("devis.pdf", b"%PDF-1.4 devis")
    actions_doing.add_paper(made, by=awa, file=file, title="Devis", today=TODAY)
    return made


def addresses(case):
    task, paper = case.tasks.get(), case.papers.get()
    read = [
        reverse("support:case", args=[case.pk]), reverse("support:change", args=[case.pk]),
        reverse("support:read_paper", args=[paper.pk]), reverse("support:chain", args=[case.pk]),
        reverse("support:pack", args=[case.pk]), reverse("support:pack_as", args=[case.pk]),
    ]  # fmt: skip
    written = [
        *(reverse(f"support:{name}", args=[case.pk])
          for name in ("act", "note", "task", "paper", "share")),
        reverse("support:tick", args=[task.pk]), reverse("support:drop_paper", args=[paper.pk]),
    ]  # fmt: skip
    return read, written


@pytest.mark.parametrize("name", STRANGERS)
def test_no_address_of_a_case_exists_for_a_stranger(client, request, whole, name):
    client.force_login(request.getfixturevalue(name))
    read, written = addresses(whole)

    answers = [client.get(each).status_code for each in read]
    answers += [client.post(each, {"kind": "call", "do": "close"}).status_code for each in written]

    assert set(answers) == {404}
    whole.refresh_from_db()
    assert whole.is_open
    assert whole.interactions.count() == 1
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("name", STRANGERS)
def test_no_list_holds_a_case_for_a_stranger(client, request, whole, name):
    client.force_login(request.getfixturevalue(name))

    pages = [
        client.get(address).content.decode()
        for address in (
            "/accompagner/suivi/", "/accompagner/suivi/?vue=tous", "/accompagner/suivi/demandes/",
            f"/accompagner/suivi/dossiers/?q={SIRET}", "/accompagner/suivi/dossiers/?q=mecanique",
            f"/accompagner/suivi/nouveau/?siret={SIRET}",
        )
    ]  # fmt: skip

    assert [page for page in pages if NAMES in page or SECRET in page] == []


def test_who_reads_the_need_alone_learns_no_contact_from_the_chain(client, whole, awa, bruno):
    actions_sharing.share(
        whole, by=awa, organisation=body(bruno), today=TODAY, **{**AGREED, "scope": "summary"}
    )
    address = reverse("support:chain", args=[whole.pk])
    client.force_login(awa)
    mine = client.get(address).content.decode()
    client.force_login(bruno)
    theirs = client.get(address).content.decode()

    assert 'id="contacts-title"' in mine
    assert 'id="contacts-title"' not in theirs
    assert SECRET not in theirs


def test_a_visitor_is_asked_to_sign_in_everywhere(client, whole):
    read, _written = addresses(whole)

    assert {client.get(each).status_code for each in read} == {302}


def test_no_search_card_or_reference_tells_anything_of_a_case(whole):
    found = systems.search(NAMES, "fr") + systems.search(SIRET, "fr")
    assert [each for each in found if NAMES in each.title + each.detail] == []
    assert [
        each for kind in ("firm", "case")
        for each in systems.cards(kind, SIRET, "fr") if each.system == "support"
    ] == []  # fmt: skip

    there, absent = whole.pk, whole.pk + 999
    told = links.resolve([f"support:case:{there}", f"support:case:{absent}"], "fr")
    assert {
        each.title.replace(str(pk), "N")
        for each, pk in zip(told.values(), (there, absent), strict=True)
    } == {"Dossier d'accompagnement N"}
    assert NAMES not in str(told)


def test_other_systems_learn_the_day_of_the_authority_s_last_contact_and_nothing_else(whole, bruno):
    opened(bruno, kind="firm", siret="00000000200006")
    assert systems.last_contacts([SIRET[:9], "999999999"]) == {SIRET[:9]: TODAY}


def test_the_authority_learns_of_a_partner_s_contact_only_where_the_firm_agreed(here, bruno, awa):
    made = opened(bruno, kind="firm", siret=SIRET)
    assert systems.last_contacts([SIRET[:9]]) == {}
    actions_sharing.share(made, by=bruno, organisation=body(awa), today=TODAY, **AGREED)
    assert systems.last_contacts([SIRET[:9]]) == {SIRET[:9]: TODAY}


def test_the_audit_says_who_read_a_case_and_never_what_it_says(client, whole, awa):
    client.force_login(awa)
    client.get(reverse("support:case", args=[whole.pk]))

    entries = list(LogEntry.objects.all())
    text = " ".join(
        f"{each.object_repr} {each.changes} {each.additional_data} {each.serialized_data}"
        for each in entries
    )

    assert any(each.action == LogEntry.Action.ACCESS for each in entries)
    assert NAMES not in text
    assert SECRET not in text
    assert SIRET not in text
    assert "Recruter" not in text


def test_a_document_marked_for_an_organisation_alone_is_refused_to_who_shares_the_case(
    client, case, shared, awa, bruno, here
):
    file = SimpleUploadedFile("devis.pdf", b"%PDF-1.4 devis")
    kept = actions_doing.add_paper(
        case, by=awa, file=file, title="Devis", today=TODAY, private=True
    )
    address = reverse("support:read_paper", args=[kept.pk])

    client.force_login(bruno)
    refused = client.get(address).status_code
    client.force_login(awa)
    given = client.get(address)

    assert refused == 404
    assert b"".join(given.streaming_content) == b"%PDF-1.4 devis"
    assert "attachment" in given["Content-Disposition"]


def test_whoever_sees_the_need_alone_reads_no_task_call_or_document(client, here, awa, bruno):
    made = opened(awa, text="Un régleur avant mars.")
    actions_doing.note(made, by=awa, kind="call", text=SECRET, now=NOW)
    actions_doing.add_task(made, by=awa, what=SECRET, due_on=TODAY, today=TODAY)
    agreed = AGREED | {"scope": "summary"}
    actions_sharing.share(made, by=awa, organisation=body(bruno), today=TODAY, **agreed)

    client.force_login(bruno)
    page = client.get(reverse("support:case", args=[made.pk])).content.decode()

    assert "Un régleur avant mars." in page
    assert SECRET not in page


def test_a_case_is_deleted_with_its_files_three_years_after_the_last_contact(whole, settings):
    path = settings.MEDIA_ROOT / whole.papers.get().file.name
    three_years = TODAY.replace(year=TODAY.year + 3)

    forget_what_is_over(today=three_years)
    assert Case.objects.exists()
    forget_what_is_over(today=three_years + timedelta(days=1))
    night.forget_files()

    assert not Case.objects.exists()
    assert not path.exists()


def test_somebody_who_asks_to_be_forgotten_leaves_the_case_without_their_name(whole, awa):
    person = Person.objects.create_user("lucie@example.org", name="Lucie Modèle")
    Contact.objects.create(case=whole, contact_name="Lucie Modèle", contact_email=person.email)

    erase(person, by=None, today=TODAY)

    whole.refresh_from_db()
    assert whole.text == ""
    assert not whole.contacts.exists()
