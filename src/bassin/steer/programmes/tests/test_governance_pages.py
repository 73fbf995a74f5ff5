"""The pages of bodies, meetings and balance sheets, for the four people and a visitor."""

import pytest
from django.urls import reverse

from bassin.steer.programmes.models import BodyMembership, Decision, Framework, Meeting
from bassin.steer.programmes.tests.conftest import TODAY, organisation_of
from tests.support.papers import read_odt, read_pdf


def at(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=args)


@pytest.fixture
def secret_meeting(meeting):
    """The same meeting, of a body that is not public."""
    meeting.body.public = meeting.body.open = False
    meeting.body.save()
    return meeting


PAGES = {
    "bodies": (lambda m: at("bodies"), [200, 200, 200, 200, 200]),
    "body": (lambda m: at("body", m.body.slug), [200, 200, 404, 404, 302]),
    "meeting": (lambda m: at("meeting", m.pk), [200, 200, 404, 404, 302]),
    "pack": (lambda m: at("pack", m.pk, "odt"), [200, 403, 404, 404, 302]),
    "decide": (lambda m: at("decide", m.pk), [200, 403, 404, 404, 302]),
    "add_item": (lambda m: at("add_item", m.pk), [200, 403, 404, 404, 302]),
    "create_body": (lambda m: at("create_body"), [200, 403, 403, 403, 302]),
    "edit_body": (lambda m: at("edit_body", m.body.slug), [200, 403, 404, 404, 302]),
    "give_seat": (lambda m: at("give_seat", m.body.slug), [200, 403, 404, 404, 302]),
    "call": (lambda m: at("call_meeting", m.body.slug), [200, 403, 404, 404, 302]),
    "balance": (lambda m: at("balance", m.body.framework.slug), [200, 200, 404, 404, 302]),
    "balance csv": (
        lambda m: at("balance_file", m.body.framework.slug, "csv"), [200, 200, 404, 404, 302]
    ),
    "next": (lambda m: at("next", m.body.framework.slug), [200, 403, 404, 404, 302]),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_to_whom_it_should(name, secret_meeting, people, client):
    address, expected = PAGES[name]
    found = []
    for person in people:
        client.logout()
        if person is not None:
            client.force_login(person)
        found.append(client.get(address(secret_meeting)).status_code)

    assert found == expected


@pytest.fixture
def people(awa, bruno, chloe, dan):
    """The four people, and a visitor."""
    return [awa, bruno, chloe, dan, None]


def test_one_click_writes_the_agenda_and_offers_the_pack(meeting, followed, awa, client):
    client.force_login(awa)

    page = client.post(at("prepare", meeting.pk), follow=True)

    text = page.content.decode()
    assert "Débloquer : Friche" in text
    assert "lignes ont été ajoutées" in text or "lignes ajoutées" in text
    assert at("pack", meeting.pk, "pdf") in text
    made = client.get(at("pack", meeting.pk, "pdf"))
    assert "Débloquer : Friche" in read_pdf(made.content).text
    assert made.headers["Cache-Control"] == "private, no-store"
    text, _raw = read_odt(client.get(at("pack", meeting.pk, "odt")).content)
    assert "Dalle coulée." in text


def test_a_partner_sees_the_meeting_and_not_what_is_internal(meeting, followed, bruno, client):
    client.force_login(bruno)

    text = client.get(at("meeting", meeting.pk)).content.decode()

    assert "Sol pollué" not in text
    assert "Préparer le dossier" not in text


def test_a_line_of_the_agenda_is_written_and_taken_out(meeting, awa, client):
    client.force_login(awa)
    client.post(at("add_item", meeting.pk), {"kind": "decide", "title": "Voter le budget"})
    line = meeting.agenda.get()

    assert "Voter le budget" in client.get(at("meeting", meeting.pk)).content.decode()
    client.post(at("remove_item", meeting.pk, line.pk))

    assert not meeting.agenda.exists()


def test_a_decision_shows_its_evidence_to_whom_may_see_it(meeting, followed, awa, chloe, client):
    client.force_login(awa)
    sent = {
        "on": TODAY.isoformat(), "kind": "fund", "text": "Le quai est financé.", "public": "on",
        "action": followed["running"].pk, "evidence": "https://example.org/pv.pdf\n",
    }  # fmt: skip
    client.post(at("decide", meeting.pk), sent)
    decision = Decision.objects.get()
    assert decision.meeting == meeting

    client.force_login(chloe)
    text = client.get(at("body", meeting.body.slug)).content.decode()

    assert "Le quai est financé." in text
    assert "https://example.org/pv.pdf" in text
    assert "Quai fluvial" not in text  # the action is not hers to see


def test_a_firm_asks_to_join_from_its_page_and_reads_that_it_waits(meeting, chloe, awa, client):
    client.force_login(chloe)
    address = at("join", meeting.body.slug)
    firm = organisation_of(chloe)

    page = client.post(address, {"organisation": firm.pk, "why": "Un quai."}, follow=True)

    assert "attend une réponse" in page.content.decode()
    seat = BodyMembership.objects.get()
    assert (seat.state, seat.organisation) == ("asked", firm)
    client.force_login(awa)
    assert "Un quai." in client.get(at("body", meeting.body.slug)).content.decode()
    client.post(at("answer_seat", meeting.body.slug, seat.pk), {"accept": "1", "role": "membre"})
    seat.refresh_from_db()
    assert seat.state == "held"


def test_why_someone_asks_to_join_is_read_by_officers_alone(meeting, chloe, bruno, client):
    BodyMembership.objects.create(body=meeting.body, person=chloe, state="asked", why="Un secret.")
    client.force_login(bruno)

    assert "Un secret." not in client.get(at("body", meeting.body.slug)).content.decode()


def test_a_meeting_is_called_from_the_page_of_its_body(body, awa, client):
    client.force_login(awa)

    client.post(at("call_meeting", body.slug), {"on": TODAY.isoformat(), "place": "Orly"})

    assert Meeting.objects.get().place == "Orly"


def test_the_balance_sheet_is_a_page_a_paper_and_rows(meeting, followed, awa, client):
    client.force_login(awa)
    slug = meeting.body.framework.slug

    text = client.get(at("balance", slug)).content.decode()
    pdf = client.get(at("balance_file", slug, "pdf"))
    rows = client.get(at("balance_file", slug, "csv")).content.decode()
    book = client.get(at("balance_file", slug, "xlsx"))

    assert "Sur 5 actions prévues" in text
    assert "Sur 5 actions prévues" in read_pdf(pdf.content).text
    assert rows.count("\r\n") == 6
    assert "Implantation cachée" not in rows
    assert book.content[:2] == b"PK"
    assert client.get(at("balance_file", slug, "exe")).status_code == 404


def test_the_next_framework_is_drafted_from_the_form(meeting, followed, awa, client):
    client.force_login(awa)
    framework = meeting.body.framework
    page = client.get(at("next", framework.slug))
    first = page.context["form"].initial
    assert len(first["nodes"]) == 2

    sent = {"title": "La suite", "nodes": first["nodes"][:1], "carried": []}
    client.post(at("next", framework.slug), sent)

    draft = Framework.objects.get(title="La suite")
    assert list(draft.ancestors.all()) == [framework]
    assert draft.nodes.count() == 1


def test_a_body_of_many_seats_costs_the_same_number_of_queries(
    body,
    made,
    awa,
    client,
    django_assert_max_num_queries,
):
    for _number in range(30):
        BodyMembership.objects.create(body=body, organisation=made.organisation())
    client.force_login(awa)

    with django_assert_max_num_queries(14):
        client.get(at("body", body.slug))
