"""Organisations, invitations and dated roles: who is let in, by whom, until when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from bassin.errors import Refused
from bassin.parties import access, actions
from bassin.parties.models import Invitation, Membership, Organisation, Person
from tests.support.people import SINCE, seat

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """E-mail waits for the end of the transaction, which a test never reaches."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, using=None: do())


def firm_of(person) -> Organisation:
    return person.memberships.get().organisation


def invite(by, email="dan@example.org", role="member", now=NOW):
    """The invitation, and the token of its link."""
    tokens = []

    def address(token: str) -> str:
        tokens.append(token)
        return f"http://testserver/invitation/{token}/"

    made = actions.invite(firm_of(by), email, role, by=by, now=now, address=address)
    return made, tokens[-1]


def test_an_invited_person_takes_their_seat_from_today_on(both_databases, request):
    chloe, dan = (request.getfixturevalue(name) for name in ("chloe", "dan"))
    invitation, _token = invite(chloe, "Dan@Example.org ")

    seat = actions.accept(invitation, by=dan, now=NOW)

    assert (seat.person, seat.role, seat.starts_on, seat.ends_on) == (dan, "member", TODAY, None)
    assert access.belongs(dan, firm_of(chloe))


def test_the_database_holds_no_token_and_the_e_mail_holds_the_link(chloe):
    invitation, token = invite(chloe)

    assert token not in str(Invitation.objects.values().get())
    assert f"/invitation/{token}/" in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["dan@example.org"]
    assert invitation.expires_at == NOW + timedelta(days=14)


def test_an_invitation_sent_to_someone_else_is_refused(chloe, bruno):
    invitation, _token = invite(chloe)

    with pytest.raises(Refused, match=r"bruno@example\.org"):
        actions.accept(invitation, by=bruno, now=NOW)

    assert not access.belongs(bruno, firm_of(chloe))


def test_an_invitation_works_once_even_after_the_role_ended(chloe, dan):
    invitation, _token = invite(chloe)
    seat = actions.accept(invitation, by=dan, now=NOW)
    actions.end_role(seat, by=chloe, last_day=TODAY, today=TODAY)

    with pytest.raises(Refused):
        actions.accept(invitation, by=dan, now=NOW + timedelta(days=1))


def test_an_invitation_is_too_old_after_fourteen_days(chloe, dan):
    invitation, _token = invite(chloe)

    with pytest.raises(Refused):
        actions.accept(invitation, by=dan, now=NOW + timedelta(days=14))


def test_an_invitation_that_was_taken_back_opens_nothing(chloe, dan):
    invitation, _token = invite(chloe)
    actions.withdraw(invitation, by=chloe, now=NOW)

    with pytest.raises(Refused):
        actions.accept(invitation, by=dan, now=NOW)


def test_sending_an_invitation_again_makes_the_first_link_open_nothing(client, chloe):
    invitation, token = invite(chloe)
    again = []
    actions.send_again(
        invitation, by=chloe, now=NOW + timedelta(days=20),
        address=lambda token: again.append(token) or token,
    )  # fmt: skip

    first = client.get(reverse("parties:invitation", args=[token]))
    second = client.get(reverse("parties:invitation", args=again))

    assert (first.status_code, second.status_code) == (404, 200)
    assert len(mail.outbox) == 2


def test_the_same_person_is_not_invited_twice_to_the_same_seat(chloe, dan):
    invitation, _token = invite(chloe)
    with pytest.raises(Refused, match=r"dan@example\.org"):
        invite(chloe)
    actions.accept(invitation, by=dan, now=NOW)

    with pytest.raises(Refused, match=r"dan@example\.org"):
        invite(chloe)


@pytest.mark.parametrize("name", ["bruno", "dan", "eve"])
def test_nobody_from_elsewhere_lets_people_into_a_firm(request, chloe, name):
    attacker = request.getfixturevalue(name)
    invitation, _token = invite(chloe, "someone@example.org")
    firm = firm_of(chloe)

    for attempt in (
        lambda: actions.invite(
            firm, "eve@example.org", "administrator", by=attacker, now=NOW, address=str
        ),
        lambda: actions.withdraw(invitation, by=attacker, now=NOW),
        lambda: actions.send_again(invitation, by=attacker, now=NOW, address=str),
        lambda: actions.end_role(chloe.memberships.get(), by=attacker, last_day=TODAY, today=TODAY),
    ):
        with pytest.raises(Refused):
            attempt()

    assert len(mail.outbox) == 1


def test_a_person_belongs_to_several_organisations_each_with_its_own_role(chloe, bruno):
    chamber = firm_of(bruno)
    Membership.objects.create(
        person=chloe, organisation=chamber, role="elected", starts_on=date(2026, 1, 1)
    )

    assert access.administers(chloe, chloe.memberships.get(role="administrator").organisation)
    assert access.belongs(chloe, chamber)
    assert not access.writes_for(chloe, chamber)


def test_a_role_says_nothing_the_day_after_its_last(both_databases, request, time_machine):
    bruno = request.getfixturevalue("bruno")
    seat = bruno.memberships.get()
    actions.end_role(seat, by=bruno, last_day=TODAY, today=TODAY)

    time_machine.move_to("2026-11-20T23:59:00+01:00")
    on_the_day = access.writes_for(Person.objects.get(pk=bruno.pk), seat.organisation)
    time_machine.move_to("2026-11-21T00:01:00+01:00")
    after = access.writes_for(Person.objects.get(pk=bruno.pk), seat.organisation)

    assert (on_the_day, after) == (True, False)


def test_the_last_administrator_stays_until_there_is_another(chloe, dan):
    own = chloe.memberships.get()
    with pytest.raises(Refused):
        actions.end_role(own, by=chloe, last_day=TODAY, today=TODAY)
    invitation, _token = invite(chloe, role="administrator")
    actions.accept(invitation, by=dan, now=NOW)

    actions.end_role(own, by=chloe, last_day=TODAY, today=TODAY)

    assert own.ends_on == TODAY


def test_an_officer_ends_the_role_of_a_firms_only_administrator(awa, chloe):
    seat = actions.end_role(chloe.memberships.get(), by=awa, last_day=TODAY, today=TODAY)

    assert seat.ends_on == TODAY


def test_a_role_that_has_ended_cannot_be_given_another_last_day(bruno):
    seat = bruno.memberships.get()
    actions.end_role(seat, by=bruno, last_day=date(2026, 1, 1), today=TODAY)

    with pytest.raises(Refused):
        actions.end_role(seat, by=bruno, last_day=date(2030, 1, 1), today=TODAY)


def test_a_role_does_not_end_before_it_began(bruno):
    with pytest.raises(Refused, match=SINCE.isoformat()):
        actions.end_role(
            bruno.memberships.get(), by=bruno, last_day=date(2019, 12, 31), today=TODAY
        )


def test_an_organisation_is_added_by_an_officer_and_known_once_by_its_siret(awa, bruno):
    facts = {"name": "Atelier", "kind": "firm", "siret": "00000000200016"}
    made = actions.add_organisation(by=awa, **facts)

    assert (made.slug, made.siren) == ("atelier", "000000002")
    with pytest.raises(Refused, match="00000000200016"):
        actions.add_organisation(by=awa, **facts)
    with pytest.raises(Refused):
        actions.add_organisation(by=bruno, name="Other", kind="firm")
    with pytest.raises(Refused):
        actions.add_organisation(by=awa, name="Another authority", kind="authority")


def test_the_first_administrator_is_named_from_the_console_and_again_changes_nothing(db):
    for _ in range(2):
        actions.appoint_administrator(
            "Zoe@example.org", name="Zoé", authority="Territoire", today=TODAY
        )

    [held] = Membership.objects.filter(person__email="zoe@example.org")
    assert (held.role, held.organisation.kind) == ("administrator", "authority")


def test_someone_who_lost_their_telephone_sets_a_second_factor_up_again(awa):
    actions.forget_second_factor("awa@example.org")

    assert not Authenticator.objects.filter(user=awa).exists()
    with pytest.raises(Refused, match=r"nobody@example\.org"):
        actions.forget_second_factor("nobody@example.org")


def test_an_administrator_invites_and_takes_back_from_the_page(client, chloe):
    client.force_login(chloe)
    page = reverse("parties:organisation", args=[firm_of(chloe).slug])
    client.post(f"{page}inviter/", {"email": "zoe@example.org", "role": "officer"})
    invitation = Invitation.objects.get()
    shown = client.get(page).content.decode()

    client.post(f"{page}invitations/{invitation.pk}/", {"withdraw": "1"})

    invitation.refresh_from_db()
    assert "zoe@example.org" in shown
    assert invitation.withdrawn_at is not None


def test_an_organisation_is_not_there_for_who_may_not_see_it(client, chloe, eve):
    client.force_login(eve)
    page = reverse("parties:organisation", args=[firm_of(chloe).slug])
    seat = chloe.memberships.get()

    answers = [
        client.get(page),
        client.post(f"{page}inviter/", {"email": "eve@example.org", "role": "administrator"}),
        client.get(reverse("parties:end_role", args=[seat.pk])),
        client.post(reverse("parties:end_role", args=[seat.pk]), {"last_day": "2026-11-20"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert not Invitation.objects.exists()


def test_one_organisation_does_not_handle_the_invitations_of_another(client, chloe, eve):
    invitation, _token = invite(chloe)
    client.force_login(eve)
    own = reverse("parties:handle_invitation", args=[firm_of(eve).slug, invitation.pk])

    assert client.post(own, {"withdraw": "1"}).status_code == 404


def test_a_member_who_does_not_administer_invites_nobody(client, bruno):
    client.force_login(bruno)
    page = reverse("parties:organisation", args=[firm_of(bruno).slug])

    answer = client.post(f"{page}inviter/", {"email": "eve@example.org", "role": "member"})

    assert answer.status_code == 403
    assert "inviter/" not in client.get(page).content.decode()


def test_the_link_leads_a_newcomer_through_an_account_to_their_seat(client, chloe, last_code):
    _invitation, token = invite(chloe, "zoe@example.org", now=datetime.now(UTC))
    link = reverse("parties:invitation", args=[token])
    shown = client.get(link)
    asked = client.post("/compte/creer/", {"name": "Zoé", "email": "zoe@example.org", "next": link})
    back = client.post(asked.url, {"code": last_code(), "next": link})

    joined = client.post(back.url)

    assert shown.context["way"].startswith("/compte/creer/?email=zoe%40example.org")
    assert back.url == link
    assert joined.url == "/compte/"
    assert Membership.objects.filter(person__email="zoe@example.org").exists()


def test_the_link_opened_by_someone_else_says_whose_it_is_and_gives_no_seat(client, chloe, bruno):
    _invitation, token = invite(chloe, now=datetime.now(UTC))
    client.force_login(bruno)

    answer = client.post(reverse("parties:invitation", args=[token]))

    assert answer.status_code == 400
    assert "bruno@example.org" in answer.content.decode()
    assert not access.belongs(bruno, firm_of(chloe))


def test_the_list_of_organisations_asks_as_little_for_fifty_as_for_two(
    client, awa, django_assert_max_num_queries
):
    for number in range(50):
        seat(f"P{number}", "association", "member", slug=f"a-{number}")
    client.force_login(awa)

    with django_assert_max_num_queries(6):
        page = client.get("/compte/organisations/")

    assert len(page.context["organisations"]) == 51
