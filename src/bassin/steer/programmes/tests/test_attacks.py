"""What attackers try on Piloter: what blocks, hidden records, names written as commands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from bassin.commons.models import Operation
from bassin.parties import throttle
from bassin.steer.programmes import cards, words
from bassin.steer.programmes.mail.answers import confirmation
from bassin.steer.programmes.mail.reading import Proposal
from bassin.steer.programmes.models import Body
from bassin.steer.programmes.tests.conftest import organisation_of

NASTY = '"><img src=x onerror=alert(1)>{{ 7|add:"70" }}'


def page(name, *args):
    return reverse(f"programmes:{name}", args=args)


@pytest.fixture(autouse=True)
def territory(monkeypatch):
    """One commune, where no territory is chosen."""
    monkeypatch.setattr(words, "communes", lambda: {"94081": "Vitry-sur-Seine"})


@pytest.fixture
def plan(db, made):
    """A public framework of one axis."""
    framework = made.framework(public=True, slug="plan", title="Le plan")
    made.node(framework, code="1", title="Un axe")
    return framework


@pytest.fixture
def blocked(made, plan):
    """A public action that is blocked, late, in one commune."""
    return made.action(
        plan.nodes.get(), visibility="public", health="blocked", ends_on="2020-01-01",
        commune_codes=["94081"], blocked_cause="Le voisin refuse", unblock_condition="Un arbitrage",
    )  # fmt: skip


def lists(blocked):
    """The pages that show the action, its own first."""
    return (
        page("action", blocked.pk), page("framework", "plan"), page("public", "plan"),
        page("table", "plan"), page("home"), page("commune", "94081"),
    )  # fmt: skip


def test_what_blocks_a_public_action_is_told_to_insiders_only(client, blocked, bruno, chloe):
    for visitor in (None, chloe):
        if visitor:
            client.force_login(visitor)
        for address in lists(blocked):
            shown = client.get(address).content.decode()
            assert "Le voisin refuse" not in shown, address
            assert "Un arbitrage" not in shown, address
    client.force_login(bruno)
    seen = [each for each in lists(blocked) if "Le voisin" in client.get(each).content.decode()]

    assert cards.action(blocked.ref, "fr").context["line"].blocked == ""
    assert cards.place("commune:94081", "fr").context["lines"][0].blocked == ""
    assert seen == [page("action", blocked.pk), page("framework", "plan"), page("home"),
                    page("commune", "94081")]  # fmt: skip


def test_the_firm_that_holds_an_action_reads_what_blocks_it(client, blocked, chloe):
    blocked.holder = organisation_of(chloe)
    blocked.save()
    client.force_login(chloe)

    assert "Le voisin refuse" in client.get(page("action", blocked.pk)).content.decode()


def test_a_public_action_does_not_name_an_operation_that_its_reader_may_not_see(
    client, made, db, awa
):
    hidden = Operation.objects.create(
        slug="rachat", name="Rachat secret", kind="development", visibility="internal"
    )
    action = made.action(visibility="public", operation=hidden)

    assert "Rachat secret" not in client.get(page("action", action.pk)).content.decode()
    client.force_login(awa)
    assert "Rachat secret" in client.get(page("action", action.pk)).content.decode()


def test_nothing_that_people_write_is_run_or_shown_as_a_page(client, made, plan, awa):
    holder = made.organisation(name=NASTY)
    action = made.action(
        plan.nodes.get(), title=NASTY, text=NASTY, visibility="public", holder=holder, tags=[NASTY],
        commune_codes=["94081"], starts_on="2026-01-01", ends_on="2026-02-01",
    )  # fmt: skip
    made.update(action, text=NASTY, author_name=NASTY, evidence=NASTY)
    action.milestones.create(title=NASTY, due_on="2026-01-01")
    plan.title = NASTY
    plan.save()
    client.force_login(awa)

    for address in (
        *lists(action), page("timeline", "plan"), page("promises", "plan"),
        page("edit", action.pk), page("report", action.pk), page("signatory", holder.slug),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert "img src=x" in shown or address == page("promises", "plan"), address
        assert "<img src=x" not in shown, address
        assert "&amp;lt;" not in shown, address
        assert "770" not in shown, address


@pytest.mark.parametrize("door", ["action", "edit", "report", "archive"])
def test_whoever_opens_a_confidential_sheet_is_written_whatever_the_door(client, made, awa, door):
    secret = made.action(confidential=True)
    client.force_login(awa)

    client.get(page(door, secret.pk))

    reads = LogEntry.objects.get_for_object(secret).filter(action=LogEntry.Action.ACCESS)
    assert [each.actor for each in reads] == [awa]


def test_someone_whom_a_firm_calls_elected_sees_what_a_visitor_sees(client, made, chloe, dan):
    organisation_of(chloe).memberships.create(person=dan, role="elected", starts_on="2026-01-01")
    inner = made.action(visibility="partners")
    client.force_login(dan)

    assert client.get(page("action", inner.pk)).status_code == 404


def test_whether_an_organisation_is_known_is_told_to_nobody_else(client, chloe, dan):
    known = organisation_of(chloe).slug
    client.force_login(dan)

    for address in ("/piloter/organismes/{}/", "/piloter/qui-fait-quoi/service/?organisation={}"):
        answers = [client.get(address.format(slug)).status_code for slug in (known, "jamais")]
        assert answers == [404, 404]


@pytest.mark.parametrize("number", ["²", "9" * 30, "9" * 5000, "-1", "x"])
def test_an_edition_that_is_no_number_is_an_old_one(client, made, awa, number):
    action = made.action(title="Avant")
    typed = {"title": "Après", "kind": "action", "lifecycle": "idea", "visibility": "internal"}
    client.force_login(awa)

    answer = client.post(page("edit", action.pk), {**typed, "edition": number, "base": "x"})

    action.refresh_from_db()
    assert answer.status_code == 409
    assert action.title == "Avant"


@pytest.fixture
def meeting(db):
    """A meeting of a public committee that takes new members."""
    body = Body.objects.create(slug="comite", kind="committee", name="Comité", public=True)
    return body.meetings.create(on=date(2026, 12, 1))


def test_an_agenda_does_not_tell_the_actions_that_its_reader_may_not_see(
    client, made, meeting, awa, bruno
):
    for title, shown in (("Interne", "internal"), ("Entre nous", "partners")):
        action = made.action(title=title, visibility=shown, ends_on="2020-01-01")
        meeting.agenda.create(kind="decide", title=f"Relancer : {title}", action=action)
    client.force_login(bruno)
    said = client.get(page("meeting", meeting.pk)).content.decode()
    client.force_login(awa)
    told = client.get(page("meeting", meeting.pk)).content.decode()

    assert "Relancer : Interne" in told
    assert "Relancer : Interne" not in said
    assert "Relancer : Entre nous" in said


def test_the_lines_of_an_agenda_made_at_once_are_all_in_the_audit(client, made, meeting, awa):
    made.action(ends_on="2020-01-01")
    client.force_login(awa)

    client.post(page("prepare", meeting.pk))

    written = LogEntry.objects.filter(content_type__model="agendaitem").count()
    assert written == meeting.agenda.count() > 0


def test_who_left_a_public_body_is_not_named_to_visitors(client, meeting, chloe, dan, bruno):
    seats = meeting.body.seats
    seats.create(person=chloe, state="held", starts_on="2020-01-01", ends_on="2021-01-01")
    seats.create(person=dan, state="held", starts_on="2020-01-01")

    shown = client.get(page("body", "comite")).content.decode()
    client.force_login(bruno)
    told = client.get(page("body", "comite")).content.decode()

    assert ("Chloe" in shown, "Dan" in shown) == (False, True)
    assert "Chloe" in told


def test_a_confirmation_is_over_with_the_role_that_gave_it(client, made, bruno):
    action = made.action(holder=organisation_of(bruno), blocked_cause="Le voisin refuse")
    update = made.update(action, author=bruno, text="40 %")
    address = confirmation(update, Proposal(progress=40))
    assert client.get(address).status_code == 200

    bruno.memberships.update(ends_on="2026-01-01")

    answer = client.get(address)
    assert answer.status_code == 410
    assert "Le voisin refuse" not in answer.content.decode()


def test_what_visitors_may_send_in_an_hour_is_not_forgotten_in_minutes(db, rf, time_machine):
    request = rf.post("/")
    start = datetime(2026, 11, 26, 9, tzinfo=UTC)
    allowed = []
    for minutes in (0, 6, 12, 18):
        time_machine.move_to(start + timedelta(minutes=minutes))
        allowed.append(throttle.allowed(request, "test", 2))

    assert allowed == [True, True, False, False]


@pytest.fixture
def secrets(made, plan):
    """Two confidential sheets, late, in one commune, and one that everyone sees."""
    where = {"commune_codes": ["94081"], "ends_on": date(2020, 1, 1)}
    hidden = [made.action(plan.nodes.get(), confidential=True, **where) for _ in range(2)]
    made.action(plan.nodes.get(), visibility="public", **where)
    return hidden


def reads(person, how):
    """The sheets that the audit says a person read so."""
    found = LogEntry.objects.filter(action=LogEntry.Action.ACCESS, actor=person)
    return sorted(found.filter(additional_data__how=how).values_list("object_id", flat=True))


@pytest.mark.parametrize(
    "address",
    ["/piloter/", "/piloter/cadres/plan/", "/piloter/cadres/plan/tableau/",
     "/piloter/communes/94081/", page("timeline", "plan")],
)  # fmt: skip
def test_who_reads_confidential_lines_in_a_list_is_in_the_audit_once(client, awa, secrets, address):
    client.force_login(awa)

    for _ in range(2):
        client.get(address)

    assert reads(awa, "list") == sorted(each.pk for each in secrets)


@pytest.mark.parametrize("extension", ["csv", "json", "xlsx"])
def test_who_takes_confidential_lines_away_in_a_file_is_in_the_audit(
    client, awa, secrets, extension
):
    client.force_login(awa)

    client.get(page("framework", "plan"))
    client.get(reverse("programmes:export", args=["plan", extension]))

    assert reads(awa, "file") == sorted(each.pk for each in secrets)


def test_a_list_does_not_hide_that_the_sheet_was_opened_after(client, awa, secrets):
    client.force_login(awa)
    client.get(page("framework", "plan"))

    client.get(page("action", secrets[0].pk))

    opened = LogEntry.objects.filter(action=LogEntry.Action.ACCESS, additional_data__isnull=True)
    assert [each.object_id for each in opened] == [secrets[0].pk]
    journal = client.get(reverse("privacy:journal")).content.decode()
    assert "lu dans une liste" in journal


def test_a_list_without_confidential_lines_writes_nothing(client, bruno, secrets):
    client.force_login(bruno)

    client.get(page("framework", "plan"))

    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


def test_the_audit_of_a_list_costs_the_same_for_three_lines_and_for_forty(
    client, awa, made, plan, django_assert_max_num_queries
):
    client.force_login(awa)
    client.get(page("framework", "plan"))

    def counted(number):
        for _ in range(number):
            made.action(plan.nodes.get(), confidential=True)
        with django_assert_max_num_queries(40) as asked:
            client.get(page("framework", "plan"))
        return len(asked)

    assert counted(3) == counted(40)
