"""Selections kept under a name: who sees them, and what came and went since they were seen."""

import pytest
from django.core.exceptions import PermissionDenied

from bassin.errors import Refused
from bassin.observe.companies import actions_saved as actions
from bassin.observe.companies import news
from bassin.observe.companies.models import SavedSelection, SelectionSeen
from bassin.observe.companies.selection import Selection, Typed
from bassin.observe.companies.tests.drawing import drawn_rows, quarters
from bassin.observe.companies.tests.shown import publish, row
from bassin.parties.models import Membership, Organisation
from bassin.types import Origin
from bassin.ui.reader import today
from tests.support.installing import install, put
from tests.support.people import seat

pytestmark = pytest.mark.django_db


def chosen(house, **asked) -> Selection:
    return Selection.read(Typed({k: [v] for k, v in asked.items()}), house, today())


def keep(house, by, name="Ateliers", selection=None, **more) -> SavedSelection:
    asked = selection or chosen(house, naf="25")
    return actions.save(house, asked, name=name, by=by, today=today(), **more)


def test_what_is_kept_is_read_back_as_it_was(many, awa):
    selection = chosen(many, lieu="commune:94081", effectif="10-49")

    kept = keep(many, awa, selection=selection)

    assert kept.query == "lieu=commune:94081&effectif=10-49"
    assert [each.name for each in actions.visible(awa)] == ["Ateliers"]


def test_a_second_one_of_the_same_name_takes_the_place_of_the_first(many, awa):
    keep(many, awa)
    keep(many, awa, selection=chosen(many, naf="10"))

    assert [each.query for each in actions.visible(awa)] == ["naf=10"]


def test_it_is_seen_by_its_owner_alone_until_it_is_shared(many, awa, bruno, dan):
    keep(many, bruno)
    colleague = seat("Lea", Organisation.Kind.CHAMBER, Membership.Role.MEMBER)
    body = bruno.memberships.get().organisation
    assert actions.visible(colleague) == []

    keep(many, bruno, audience="organisation", organisation=body)

    assert [each.name for each in actions.visible(colleague)] == ["Ateliers"]
    assert actions.visible(awa) == []
    assert actions.visible(dan) == []


def test_nobody_shares_with_an_organisation_that_is_not_theirs_nor_with_officers(many, bruno, eve):
    body = bruno.memberships.get().organisation

    with pytest.raises(PermissionDenied):
        keep(many, eve, audience="organisation", organisation=body)
    with pytest.raises(PermissionDenied):
        keep(many, eve, audience="officers")


def test_a_selection_without_a_name_is_refused(many, awa):
    with pytest.raises(Refused):
        keep(many, awa, name="  ")


def test_new_and_closed_establishments_are_told_since_it_was_seen(
    france, tmp_path, awa, client, settings
):
    house = install(france, tmp_path / "var")
    put(house, Origin.INVENTED, qpv=quarters())
    publish(house, [row(1), row(2), row(3)])
    kept = keep(house, awa)

    publish(house, [row(1), row(2, state="F", name="ATELIER FERME"), row(3, naf_code="10.71C"),
                    row(4), row(5)])  # fmt: skip
    settings.VAR = house.var
    client.force_login(awa)
    page = client.get("/entreprises/selections/").content.decode()

    assert "2 nouveaux, 1 fermé, 1 n’y répond plus" in page.replace("'", "’").replace("\xa0", " ")
    assert "ATELIER FERME" in page
    assert client.post(f"/entreprises/selections/{kept.pk}/vue/").status_code == 302
    assert "Rien n’a changé" in client.get("/entreprises/selections/").content.decode().replace(
        "&#x27;", "’"
    ).replace("'", "’")


def test_sirets_are_packed_and_come_back_whole():
    found = {each["siret"] for each in drawn_rows(2000)} | {"00000000000000"}

    kept = news.packed(found)

    assert news.unpacked(kept) == found
    assert len(kept) < 6 * len(found)
    assert news.unpacked(news.packed([])) == frozenset()


def test_a_selection_too_large_to_follow_is_kept_without_its_list(many, awa, monkeypatch):
    monkeypatch.setattr(news, "MOST", 10)

    kept = keep(many, awa)

    assert not SelectionSeen.objects.filter(selection=kept).exists()


def test_another_person_finds_no_page_and_takes_nothing_off(many, awa, dan, client, settings):
    kept = keep(many, awa)
    settings.VAR = many.var
    client.force_login(dan)

    answers = [
        client.get(f"/entreprises/selections/{kept.pk}/"),
        client.post(f"/entreprises/selections/{kept.pk}/vue/"),
        client.post(f"/entreprises/selections/{kept.pk}/retirer/"),
    ]

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert SavedSelection.objects.count() == 1


def test_the_form_offers_one_s_own_organisations_and_keeps_the_choice(many, awa, client, settings):
    settings.VAR = many.var
    client.force_login(awa)
    address = "/entreprises/selections/garder/?naf=25"
    body = awa.memberships.get().organisation

    page = client.get(address).content.decode()
    sent = client.post(address, {"name": "Ateliers", "audience": f"organisation:{body.pk}"})

    assert body.name in page
    assert sent.status_code == 302
    assert SavedSelection.objects.get().organisation == body
